"""``allocator check``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_scenario_that_can_be_used(allocator: Callable[..., Any]) -> None:
    ended = allocator("check", "tutoriel")
    assert ended.code == 0
    assert "6 884 000,50 €" in ended.out
    assert ended.out.endswith("Le scénario peut être employé.\n")


def test_json_holds_cents_and_sorted_keys(allocator: Callable[..., Any]) -> None:
    document = allocator("check", "tutoriel", "--json").document()
    assert list(document) == sorted(document)
    assert document["status"] == "done"
    assert document["to_fund"] == 688_400_050
    assert document["rows"]["operations"] == 5
    assert document["scenario"]["code"] == "tutoriel"
    assert len(document["scenario"]["fingerprint"]) == 64


def test_every_problem_is_told_with_its_place(allocator: Callable[..., Any], broken: Path) -> None:
    ended = allocator("check", broken)
    assert ended.code == 2
    assert ended.out == ""
    assert "budgets.csv, ligne 2, colonne « commitment »" in ended.err
    assert "beaucoup" in ended.err


def test_json_tells_the_problems_too(allocator: Callable[..., Any], broken: Path) -> None:
    ended = allocator("check", broken, "--json")
    assert ended.code == 2
    document = ended.document()
    assert document["status"] == "unusable"
    (problem,) = document["problems"]
    assert (problem["file"], problem["row"], problem["column"]) == ("budgets.csv", 2, "commitment")
    assert set(problem) == {"advice", "cell", "column", "expected", "file", "found", "row", "sheet", "table"}
