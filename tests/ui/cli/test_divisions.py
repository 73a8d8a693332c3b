"""``allocator divisions``: the example of the guide, and a scenario that follows a division."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocator.divisions import Division
from scenarios import library
from scenarios.formats import read

Allocator = Callable[..., Any]


def test_the_example_of_the_guide(allocator: Allocator) -> None:
    """The table of docs/partages.md, cell by cell."""
    page = (Path(__file__).parents[3] / "docs" / "partages.md").read_text(encoding="utf-8").replace("\u202f", " ")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if "," in line and "|" in line]
    rows = [row for row in rows if row[0] in {"ETAT", "REGION", "VILLE", "Total", "À déplacer"}]
    documented = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert [row[0] for row in documented] == ["ETAT", "REGION", "VILLE", "Total", "À déplacer"]
    ended = allocator("divisions", "tutoriel")
    assert ended.code == 0
    printed = [re.split(r"\s{2,}", line.strip()) for line in ended.out.split("Hors partage")[0].splitlines()]
    for row in documented:
        assert row[1:] in [cells[-len(row) + 1 :] for cells in printed if cells[0].split()[:1] == row[0].split()[:1]]


def test_json_shares_the_same_totals(allocator: Allocator) -> None:
    document = allocator("divisions", "tutoriel", "--json").document()
    assert document["scenario"]["code"] == "tutoriel"
    assert [line["code"] for line in document["apart"]] == ["ANAH", "COPRO"]
    for name in ("by_capacity", "by_need"):
        plan = document[name]
        for division in Division:
            assert sum(line["divided"][division] for line in plan["lines"]) == plan["estate"]
        assert sum(line["planned"] for line in plan["lines"]) == plan["estate"]
    assert document["by_capacity"]["distances"]["talmud"] == 42_500_000


def test_a_solved_folder_is_taken_as_it_stands(allocator: Allocator, tmp_path: Path) -> None:
    allocator("solve", "tutoriel", "--out", tmp_path)
    ended = allocator("divisions", tmp_path, "--json")
    assert ended.code == 0
    assert "Lecture et vérification de la répartition" in ended.err
    assert ended.document() == allocator("divisions", "tutoriel", "--json").document()


def test_a_scenario_that_follows_a_division(allocator: Allocator, tmp_path: Path) -> None:
    path = tmp_path / "suivi.yaml"
    ended = allocator("divisions", "tutoriel", "--key", "equal_awards", "--out", path)
    assert ended.code == 0
    assert "lignes de référence" in ended.out
    assert "Aucun objectif" not in ended.out
    before, after = read(library.find("tutoriel")), read(path)
    assert after.model_copy(update={"references": before.references}) == before
    assert {line.provenance for line in after.references} == {
        "partage du coût à financer entre ceux qui peuvent le financer : gains égaux"
    }
    changed = allocator("solve", path, "--json").document()["allocation"]["commitments"]
    assert changed != allocator("solve", "tutoriel", "--json").document()["allocation"]["commitments"]


def test_a_scenario_without_the_goal_is_told(allocator: Allocator, tmp_path: Path) -> None:
    path = tmp_path / "suivi.json"
    ended = allocator("divisions", "dc-2014", "--key", "talmud", "--out", path)
    assert "Aucun objectif ne suit la référence" in ended.out
    document = allocator("divisions", "tutoriel", "--key", "talmud", "--out", path, "--json").document()
    assert document["lines"] == len(read(path).references)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tutoriel", "--key", "talmud"], "--key et --out vont ensemble"),
        (["tutoriel", "--out", "x.yaml"], "--key et --out vont ensemble"),
        (
            ["tutoriel", "--key", "maimonide", "--out", "x.yaml"],
            "Le partage « maimonide » n'existe pas. Partages : prop",
        ),
    ],
)
def test_what_cannot_be_asked_ends_with_2(allocator: Allocator, arguments: list[str], sentence: str) -> None:
    ended = allocator("divisions", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert sentence in ended.err
