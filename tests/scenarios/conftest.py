"""The complete valid folder, and ways to spoil a copy of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.formats import read, write

Edit = dict[str, str]
Spoil = Callable[[list[Edit]], Path]

COMPLETE = Path(__file__).parent / "complete"


@pytest.fixture
def complete() -> Path:
    """Return the folder of a valid scenario in which every table has a line."""
    return COMPLETE


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Return a function that copies the complete folder, edits the copy and returns its path.

    An edit names a ``file`` and either replaces ``before``, found exactly once, by ``after``, appends text,
    gives the whole content (in UTF-8, or in Latin 1), or removes the file. Edits of ``complet.yaml`` or
    ``complet.json`` apply to the same scenario written as one document, whose path is then returned.
    """

    def edited(edits: list[Edit]) -> Path:
        folder = tmp_path / "complet"
        shutil.copytree(COMPLETE, folder)
        whole = folder / edits[0]["file"]
        if whole.stem == "complet":
            write(read(COMPLETE), whole)
        for edit in edits:
            _apply(edit, folder / edit["file"])
        return whole if whole.stem == "complet" else folder

    return edited


def _apply(edit: Edit, path: Path) -> None:
    if "removed" in edit:
        path.unlink()
    elif "latin1" in edit:
        path.write_text(edit["latin1"], encoding="latin-1")
    elif "content" in edit:
        path.write_text(edit["content"], encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        if "before" in edit:
            assert text.count(edit["before"]) == 1, f"{edit} must change one place"
            text = text.replace(edit["before"], edit["after"])
        path.write_text(text + edit.get("append", ""), encoding="utf-8")
