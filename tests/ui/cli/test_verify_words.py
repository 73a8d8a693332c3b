"""``allocator verify`` for people: its page and its workbook speak the committee's words, its JSON the exact names."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.allocator.archive.attacker import edited, rewritten
from tests.ui.cli.conftest import Ended

Allocator = Callable[..., Ended]
CORPUS = Path(__file__).parents[2] / "allocator" / "archive" / "corpus"


@pytest.fixture
def forged(tmp_path: Path) -> Path:
    """Take one cent from the first commitment of an archive."""

    def one_cent_less(values: Any) -> None:
        values["commitments"][0]["amount"] -= 1

    archive = Path(shutil.copy(CORPUS / "1-droit-demo.zip", tmp_path))
    return rewritten(archive, edited(archive, "allocation.json", one_cent_less))


def test_rows_are_told_in_words_and_exactly_in_json(allocator: Allocator, forged: Path, tmp_path: Path) -> None:
    verdicts = allocator("verify", forged, "--json").document()["verdicts"]
    assert "ne tient pas coverage|" in "\n".join(reason for line in verdicts for reason in line["reasons"])
    ended = allocator("verify", forged, "--report", tmp_path / "rapport.xlsx")
    (sheet,) = load_workbook(tmp_path / "rapport.xlsx").worksheets
    shown = "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)
    for told in (" ".join(ended.out.split()), shown):
        assert "ne tient pas « couverture du coût (" in told
        assert "coverage|" not in told


def test_without_a_journal_the_command_names_its_option(allocator: Allocator) -> None:
    archive = CORPUS / "1-droit-demo.zip"
    option = "Pour comparer avec le journal du comité : --journal FICHIER."
    assert option in allocator("verify", archive).out
    assert option not in allocator("verify", archive, "--journal", CORPUS / "journal.txt").out
