"""``allocator compare``: one scenario under two laws."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scenarios.document import Budget
from scenarios.formats import read, write

SCHOOL = Path(__file__).parents[2] / "scenarios" / "rulebooks" / "ecole.yaml"

Allocator = Callable[..., Any]


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Write the school scenario as it stands in 2019."""
    path = tmp_path / "ecole-2019.yaml"
    write(read(SCHOOL).model_copy(update={"code": "ecole-2019", "reference_date": date(2019, 6, 1)}), path)
    return path


def test_two_scenarios_that_differ_by_their_day(
    allocator: Allocator, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    ended = allocator("compare", SCHOOL, later)
    assert ended.code == 0
    assert "Avant : ecole, droit du 2017-06-01" in ended.out
    assert "Après : ecole-2019, droit du 2019-06-01" in ended.out
    assert "texte responsable : Décret 2018-514, art. 10, à partir du 2018-10-01" in ended.out
    rows = [line.split() for line in ended.out.splitlines()]
    assert ["ECOLE", "École", "financé", "1", "000", "000,00", "1", "000", "000,00", "0,00", "gagne"] in rows
    assert ["REGION", "Région", "engagé", "450", "000,00", "650", "000,00", "+200", "000,00", "perd"] in rows
    assert max(map(len, ended.out.splitlines())) <= 100


def test_no_amount_is_cut_on_a_narrow_terminal(
    allocator: Allocator, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = allocator("compare", SCHOOL, later).out
    assert "1 000 000,00   1 000 000,00          0,00   gagne" in out


def test_one_scenario_on_two_days_gives_the_same_document(allocator: Allocator, later: Path) -> None:
    one = allocator("compare", SCHOOL, later, "--json").document()
    for arguments in (["--date2", "2019-06-01"], [SCHOOL, "--date1", "2017-06-01", "--date2", "2019-06-01"]):
        same = allocator("compare", SCHOOL, *arguments, "--json").document()
        assert {name: value for name, value in same.items() if name != "after"} == {
            name: value for name, value in one.items() if name != "after"
        }
        assert same["after"]["law_hash"] == one["after"]["law_hash"]


def test_json_holds_cents_that_balance_and_the_text_responsible(allocator: Allocator, later: Path) -> None:
    document = allocator("compare", SCHOOL, later, "--json").document()
    assert document["status"] == "done"
    (operation,) = document["operations"]
    assert operation["aid"] == {"before": 80_000_000, "after": 100_000_000, "difference": 20_000_000}
    assert operation["gain"] == 20_000_000
    assert [(line["partner"], line["gain"]) for line in document["partners"]] == [
        ("REGION", -20_000_000),
        ("VILLE", 20_000_000),
    ]
    funded = document["total"]["funded"]["difference"]
    assert sum(line["difference"] for line in document["commitments"]) == funded == 0
    (law,) = document["law"]
    assert law["responsible"] == {"reference": "Décret 2018-514, art. 10", "version": "2018-10-01", "until": None}
    assert (law["before"]["until"], law["operations"]) == ("2018-09-30", ["ECOLE"])


def test_two_days_of_the_same_law(allocator: Allocator) -> None:
    ended = allocator("compare", SCHOOL, "--date2", "2018-09-30")
    assert ended.code == 0
    assert "Les deux droits disent la même chose et donnent la même répartition, au centime." in ended.out


def test_a_law_under_which_no_plan_exists_is_named(allocator: Allocator, tmp_path: Path) -> None:
    scenario = read(SCHOOL)
    partners = tuple(line.model_copy(update={"commitment_limited": line.code == "VILLE"}) for line in scenario.partners)
    budgets = (Budget(holder="VILLE", year=2026, commitment=10_000_000, provenance="illustratif"),)
    write(scenario.model_copy(update={"partners": partners, "budgets": budgets}), tmp_path / "pauvre.yaml")
    ended = allocator("compare", tmp_path / "pauvre.yaml", "--date1", "2019-06-01", "--date2", "2017-06-01")
    assert ended.code == 1
    assert ended.out == ""
    assert "Sous le droit d'après (2017-06-01) :" in ended.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([SCHOOL], "Donnez un second scénario, ou une date avec --date1 ou --date2."),
        ([SCHOOL, SCHOOL], "Donnez un second scénario, ou une date avec --date1 ou --date2."),
        ([SCHOOL, "--date2", "demain"], "« demain » n'est pas une date"),
        ([SCHOOL, "--date2", "1999-12-31"], "hors de son horizon de validité"),
        ([SCHOOL, "tutoriel"], "Les deux scénarios ne diffèrent pas que par le droit :"),
    ],
)
def test_what_cannot_be_compared_ends_with_2(allocator: Allocator, arguments: list[Any], sentence: str) -> None:
    ended = allocator("compare", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert sentence in ended.err
