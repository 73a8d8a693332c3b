"""The journal of the server: one JSON object per line on the error output, and never a secret in it."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

from ui.configuration import log_level

_HIDDEN = "***"
_SECRETS = (
    re.compile(r"(?P<kept>[a-z][a-z0-9+.-]*://[^:@/\s]*:)[^@/\s]+(?=@)", re.IGNORECASE),
    re.compile(
        r"(?P<kept>(?:password|passwd|secret|token|api[_-]?key|authorization|cookie|mot de passe)[\"']?\s*[:=]\s*"
        r"(?:bearer\s+)?[\"']?)[^\s\"',;&]+",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<kept>\bbearer\s+)[\w.~+/-]+=*", re.IGNORECASE),
    re.compile(r"(?P<kept>-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?=-----END|\Z)", re.DOTALL),
)
"""Passwords in addresses, values named as secrets, keys: replaced wherever they stand in a message or a trace."""


def without_secrets(text: str) -> str:
    """Return a text whose passwords, tokens and keys are hidden."""
    for secret in _SECRETS:
        text = secret.sub(lambda found: f"{found['kept']}{_HIDDEN}", text)
    return text


class JsonLines(logging.Formatter):
    """One line per event: ``time`` (UTC), ``level``, ``logger``, ``message``, and ``trace`` when there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of one event."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class _Handler(logging.StreamHandler[TextIO]):
    """Ours: found again, so that a page shown again adds no second one."""


def start(stream: TextIO | None = None) -> None:
    """Write every event of the process as JSON lines; calling it again changes nothing."""
    root = logging.getLogger()
    if any(isinstance(handler, _Handler) for handler in root.handlers):
        return
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(log_level())
