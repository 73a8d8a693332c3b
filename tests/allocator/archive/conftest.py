"""The tutorial computed once, and sealed as often as a test likes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allocator.archive.payload import Sealing
from allocator.archive.seal import Computed, Place, compute, seal
from scenarios import library

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
EXPORTS = {"classeur.xlsx": b"PK classeur"}

Seal = Callable[..., Path]


def silent(_: str) -> None:
    """Hear nothing."""


@pytest.fixture(scope="session")
def tutorial() -> Computed:
    return compute(library.find("tutoriel"), silent)


@pytest.fixture
def sealed(tutorial: Computed, tmp_path: Path) -> Seal:
    """Give a function that seals the tutorial under a name."""

    def call(name: str = "a", *, at: datetime = AT, sealing: Sealing | None = None, **place: object) -> Path:
        out = tmp_path / f"{name}.zip"
        seal(tutorial, EXPORTS, sealing or Sealing(), Place(out, **place), at)  # type: ignore[arg-type] - as the test gives them
        return out

    return call
