"""The journal of the server: JSON lines, and no secret among them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from ui import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    # A page opened by a former test may have started the journal of this very process.
    root.handlers[:] = [handler for handler in handlers if not isinstance(handler, logs._Handler)]
    logs.start(written)
    logs.start(written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def test_one_event_is_one_json_line(stream: io.StringIO) -> None:
    logging.getLogger("ui.essai").info("Deux\nlignes, %s", "été")
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert event.pop("time").endswith("+00:00")
    assert event == {"level": "info", "logger": "ui.essai", "message": "Deux\nlignes, été"}


def test_a_trace_is_kept(stream: io.StringIO) -> None:
    try:
        int("password=hunter2")
    except ValueError:
        logging.getLogger("ui.essai").exception("Arrêt")
    event = json.loads(stream.getvalue())
    assert event["level"] == "error"
    assert "password=***" in event["trace"]
    assert "hunter2" not in event["trace"]


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://comite:hunter2@serveur/comite", "client_secret = 'hunter2'", '{"password": "hunter2"}',
        "cookie_secret=hunter2&a=b", "Authorization: Bearer hunter2", "bearer hunter2", "api_key: hunter2",
        "mot de passe : hunter2", "access_token=hunter2",
        "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----",
    ],
)  # fmt: skip
def test_a_secret_is_hidden(text: str, stream: io.StringIO) -> None:
    logging.getLogger("ui.essai").warning("Reçu : %s", text)
    assert "hunter2" not in stream.getvalue()
    assert "***" in stream.getvalue()


@pytest.mark.parametrize(
    "text", ["postgresql://comite@serveur/comite", "3 000 secrets bien gardés", "http://a.fr:80/b"]
)
def test_what_is_no_secret_is_kept(text: str) -> None:
    assert logs.without_secrets(text) == text
