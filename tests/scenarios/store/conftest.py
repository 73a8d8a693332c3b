"""Every test of the store runs on both databases."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scenarios.store import Store, open_store
from tests.scenarios.store.postgresql import Server, programs, server

_names = itertools.count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Run a PostgreSQL server for the tests."""
    if programs() is None:
        pytest.skip("il manque PostgreSQL ; pour l'installer (Debian, Ubuntu) : sudo apt-get install postgresql")
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a database that nobody has opened yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    running: Server = request.getfixturevalue("postgresql")
    return running.empty(f"store{next(_names)}")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Return a clock that adds a minute each time it is read."""
    times = (datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(minutes=rank) for rank in itertools.count())
    return lambda: next(times)


@pytest.fixture
def store(url: str, clock: Callable[[], datetime]) -> Iterator[Store]:
    """Open a new store."""
    with open_store(url, clock) as opened:
        yield opened
