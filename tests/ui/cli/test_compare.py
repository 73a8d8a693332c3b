"""``allocator compare``: two laws, two scenarios, two plans already computed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scenarios import library
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
        named = {"after", "inputs"}  # they say the code of the scenario
        assert {name: value for name, value in same.items() if name not in named} == {
            name: value for name, value in one.items() if name not in named
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
    assert "Il n'existe pas de plan d'après (ecole, droit du 2017-06-01) :" in ended.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([SCHOOL], "Donnez un second scénario, ou une date avec --date1 ou --date2."),
        ([SCHOOL, SCHOOL], "Donnez un second scénario, ou une date avec --date1 ou --date2."),
        ([SCHOOL, "--date2", "demain"], "« demain » n'est pas une date"),
        ([SCHOOL, "--date2", "1999-12-31"], "hors de son horizon de validité"),
        ([SCHOOL, "dc-2014"], "Un scénario est en EUR, l'autre en USD : leurs montants ne se comparent pas."),
    ],
)
def test_what_cannot_be_compared_ends_with_2(allocator: Allocator, arguments: list[Any], sentence: str) -> None:
    ended = allocator("compare", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert sentence in ended.err


@pytest.fixture
def richer(tmp_path: Path) -> Path:
    """Write the tutorial with the gymnasium withdrawn and more of the State in 2028."""
    scenario = read(library.find("tutoriel"))
    kept = {
        name: tuple(line for line in getattr(scenario, name) if getattr(line, "operation", "") != "GYMNASE")
        for name in ("eligibilities", "references")
    }
    budgets = tuple(
        line.model_copy(update={"commitment": 50_000_000}) if (line.holder, line.year) == ("ETAT", 2028) else line
        for line in scenario.budgets
    )
    operations = tuple(line for line in scenario.operations if line.code != "GYMNASE")
    path = tmp_path / "sans-gymnase.yaml"
    write(scenario.model_copy(update={**kept, "operations": operations, "budgets": budgets}), path)
    return path


def test_two_scenarios_say_what_differs_in_their_data(allocator: Allocator, richer: Path) -> None:
    ended = allocator("compare", "tutoriel", richer)
    assert ended.code == 0
    assert "Les données diffèrent : aucun écart n'est attribué au droit seul." in ended.out
    assert "Opérations (operations)\n  - GYMNASE : retiré" in ended.out
    assert "  ~ ETAT · 2028 : commitment « 433333.30 » → « 500000 »" in ended.out
    assert "Règles qui changent" not in ended.out


def test_json_of_two_scenarios_balances_on_every_side(allocator: Allocator, richer: Path) -> None:
    document = allocator("compare", "tutoriel", richer, "--json").document()
    assert document["law_only"] is False
    assert {(row["table"], row["state"]) for row in document["inputs"]} == {
        ("operations", "removed"), ("eligibilities", "removed"), ("references", "removed"), ("budgets", "changed"),
    }  # fmt: skip
    total = document["total"]["funded"]["difference"]
    assert total
    for name in ("operations", "communes", "territories", "projects"):
        assert sum(line["funded"]["difference"] for line in document[name]) == total
    for name in ("partners", "years", "lines"):
        assert sum(line["committed"]["difference"] for line in document[name]) == total
        assert name == "partners" or sum(line["paid"]["difference"] for line in document[name]) == total
    assert sum(line["difference"] for line in document["commitments"]) == total


def test_two_plans_already_computed_are_not_solved_again(
    allocator: Allocator, richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenarios = allocator("compare", "tutoriel", richer, "--json").document()
    for name, folder in (("tutoriel", "a"), (richer, "b")):
        assert allocator("solve", name, "--out", tmp_path / folder).code == 0
    mixed = allocator("compare", tmp_path / "a", richer, "--json").document()
    monkeypatch.setattr("ui.cli.planned.find_plan", lambda *_arguments: pytest.fail("solved again"))
    plans = allocator("compare", tmp_path / "a", tmp_path / "b", "--json").document()
    assert plans == mixed == scenarios


def test_a_plan_of_rulebooks_is_compared_with_its_rules_in_force(
    allocator: Allocator, later: Path, tmp_path: Path
) -> None:
    assert allocator("solve", SCHOOL, "--out", tmp_path / "signe").code == 0
    document = allocator("compare", tmp_path / "signe", later, "--json").document()
    laws = allocator("compare", SCHOOL, later, "--json").document()
    assert document["law"] == []
    assert {row["table"] for row in document["inputs"]} == {"scenario", "rules"}
    assert (document["lines"], document["partners"]) == (laws["lines"], laws["partners"])


def test_the_day_of_a_plan_already_computed_cannot_change(allocator: Allocator, tmp_path: Path) -> None:
    assert allocator("solve", SCHOOL, "--out", tmp_path).code == 0
    ended = allocator("compare", tmp_path, "--date2", "2019-06-01")
    assert ended.code == 2
    assert "est un plan déjà calculé : sa date de référence ne se change pas" in ended.err


def test_a_plan_without_its_scenario_ends_with_2(allocator: Allocator, tmp_path: Path) -> None:
    assert allocator("solve", SCHOOL, "--out", tmp_path).code == 0
    (tmp_path / "scenario.json").unlink()
    ended = allocator("compare", tmp_path, SCHOOL, "--json")
    assert ended.code == 2
    assert ended.document()["status"] == "unusable"
    assert "scenario.json manque" in ended.err


def test_the_comparison_and_the_amendments_are_written(allocator: Allocator, richer: Path, tmp_path: Path) -> None:
    out = tmp_path / "ecarts"
    ended = allocator("compare", "tutoriel", richer, "--out", out, "--effect", "2027-03-01")
    assert ended.code == 0
    assert "Avenant du projet CENTRE" in ended.err
    names = sorted(path.name for path in out.iterdir())
    assert [name.rsplit("_", 2)[0] for name in names] == ["avenant_CENTRE", "comparaison"]
    assert all(name in ended.out for name in names)
    book = load_workbook(out / names[0], data_only=True)
    assert book["Contrôles"]["C4"].value == "CONFORME"
    assert "Le présent avenant prend effet le 01/03/2027." in [cell.value for cell in book["Articles"]["B"]]
    document = allocator("compare", "tutoriel", richer, "--out", out, "--json").document()
    assert sorted(Path(path).name for path in document["files"]) == names


def test_rulebooks_do_not_prevent_the_workbooks(allocator: Allocator, later: Path, tmp_path: Path) -> None:
    document = allocator("compare", SCHOOL, later, "--out", tmp_path / "x", "--json").document()
    assert len(document["files"]) == 2
    sheet = load_workbook(document["files"][0])["Données qui changent"]
    assert {"STATE-CAP-1999", "STATE-CAP-2018"} & {cell.value for cell in sheet["B"]}


def test_no_workbook_when_no_amount_changes(allocator: Allocator, tmp_path: Path) -> None:
    ended = allocator("compare", SCHOOL, "--date2", "2018-09-30", "--out", tmp_path / "rien")
    assert ended.code == 0
    assert "Aucun montant ne change : aucun classeur n'est écrit." in ended.out
    assert not (tmp_path / "rien").exists()


def test_a_date_of_effect_without_workbooks_ends_with_2(allocator: Allocator, later: Path) -> None:
    ended = allocator("compare", SCHOOL, later, "--effect", "2027-03-01")
    assert ended.code == 2
    assert "donnez aussi --out" in ended.err
