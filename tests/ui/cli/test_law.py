"""The law in the command line: rulebooks resolved as a scenario is read, listed with their source, refused by date."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scenarios import library
from scenarios.document import RulebookUse
from scenarios.fingerprint import fingerprint
from scenarios.formats import read, write
from scenarios.rulebooks import in_force, law_hash


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes the scenario of 2017 with other fields, and returns its path."""

    def change(**fields: Any) -> Path:
        path = tmp_path / "droit.yaml"
        write(read(library.find("droit-demo")).model_copy(update=fields), path)
        return path

    return change


def test_check_lists_the_rules_in_force_with_source_horizon_and_hash(allocator: Callable[..., Any]) -> None:
    ended = allocator("check", "droit-demo")
    digest = law_hash(read(library.find("droit-demo")))
    assert ended.code == 0
    assert f"Droit : 4 recueils, empreinte {digest[:12]}, valable jusqu'au 2018-09-30." in ended.out
    assert f"Empreinte du droit : {digest}" in ended.out
    assert "Date de référence : 2017-06-01." in ended.out
    assert "Recueil etat-detr (à partir du 2011-05-13) : " in ended.out
    assert "STATE-CAP-1999, ETAT : " in ended.out
    assert (
        "    Décret 99-1060, art. 10 (lu dans le texte officiel) ; du 2000-01-01 au 2018-09-30 ; "
        "opérations : ECOLE, MEDIA.\n"
    ) in ended.out
    assert "valeur de référence, non appliquée par la répartition" in ended.out
    assert ended.out.endswith("Le scénario peut être employé.\n")


def test_check_says_nothing_of_the_law_of_a_scenario_without_rulebooks(allocator: Callable[..., Any]) -> None:
    assert "Droit" not in allocator("check", "tutoriel").out
    assert "Droit : aucun recueil" in allocator("solve", "tutoriel").out


def test_json_holds_the_law(allocator: Callable[..., Any]) -> None:
    checked = allocator("check", "droit-demo", "--json").document()
    law = checked["law"]
    assert law["hash"] == law_hash(read(library.find("droit-demo")))
    assert (law["reference_date"], law["last_day"]) == ("2017-06-01", "2018-09-30")
    assert [book["code"] for book in law["rulebooks"]] == ["anah", "cgct-part-propre", "etat-detr", "etat-subventions"]
    state = next(rule for rule in law["rules"] if rule["rule"] == "STATE-CAP-1999")
    assert (state["reference"], state["version"], state["until"]) == (
        "Décret 99-1060, art. 10", "2000-01-01", "2018-09-30",
    )  # fmt: skip
    solved = allocator("solve", "droit-demo", "--json").document()
    assert solved["law"] == law
    assert solved["plan_status"] == "proposed"
    assert solved["allocation"]["fingerprint"] == checked["scenario"]["fingerprint"]


def test_derogations_carried_by_texts_are_told_with_author_article_and_reason(allocator: Callable[..., Any]) -> None:
    reason = "La part minimale du maître d'ouvrage ne s'applique pas aux opérations d'une convention du NPNRU"
    assert f"MO-20 levée pour MEDIA : {reason} (Loi, Loi 2003-710, art. 9-3)\n" in allocator("check", "droit-demo").out
    found = allocator("check", "droit-demo", "--json").document()["law"]["derogations"]
    assert [line["operation"] for line in found] == ["CRECHE", "MEDIA"]
    told = ("MO-20", "Loi", "Loi 2003-710, art. 9-3", reason)
    assert {(line["rule"], line["author"], line["reference"], line["reason"]) for line in found} == {told}


def test_the_folder_of_an_allocation_holds_its_law(allocator: Callable[..., Any], tmp_path: Path) -> None:
    assert allocator("solve", "droit-demo", "--out", tmp_path).code == 0
    content = json.loads((tmp_path / "law.json").read_text(encoding="utf-8"))
    assert content["plan_status"] == "proposed"
    assert content["law"] == allocator("check", "droit-demo", "--json").document()["law"]


def test_solve_prints_the_law_then_that_the_plan_is_a_proposal(allocator: Callable[..., Any]) -> None:
    ended = allocator("solve", "droit-demo")
    assert "valable jusqu'au 2018-09-30." in ended.out
    assert ended.out.endswith("Ce plan est une proposition : seule la décision de chaque financeur l'engage.\n")


def test_csv_is_the_scenario_as_received_with_its_rulebooks(allocator: Callable[..., Any], tmp_path: Path) -> None:
    assert allocator("export", "droit-demo", "--format", "csv", "--out", tmp_path / "copie").code == 0
    copy, document = read(tmp_path / "copie"), read(library.find("droit-demo"))
    assert fingerprint(copy) == fingerprint(document) != fingerprint(in_force(document))
    assert (tmp_path / "copie" / "rulebooks.csv").is_file()
    assert not (tmp_path / "copie" / "rules.csv").exists()


def test_the_program_holds_the_resolved_rules(allocator: Callable[..., Any], tmp_path: Path) -> None:
    assert allocator("export", "droit-demo", "--format", "lp", "--out", tmp_path / "p.lp").code == 0
    assert "STATE~CAP~1999#ECOLE" in (tmp_path / "p.lp").read_text(encoding="utf-8")


def test_agreements_carry_the_law(allocator: Callable[..., Any], tmp_path: Path) -> None:
    document = allocator("agreements", "droit-demo", "--out", tmp_path, "--json").document()
    assert document["law"]["hash"] == law_hash(read(library.find("droit-demo")))
    assert any("convention_QUARTIER_" in name for name in document["files"])


@pytest.mark.parametrize("command", ["check", "solve"])
def test_a_date_outside_the_horizon_is_refused(
    allocator: Callable[..., Any], changed: Callable[..., Path], command: str
) -> None:
    ended = allocator(command, changed(reference_date=date(1999, 12, 31)))
    assert (ended.code, ended.out) == (2, "")
    assert "« STATE-CAP » le 1999-12-31, hors de son horizon de validité" in ended.err
    assert "opérations : « ECOLE », « MEDIA »" in ended.err


def test_an_entry_to_fill_is_refused_by_name(allocator: Callable[..., Any], changed: Callable[..., Path]) -> None:
    use = RulebookUse(rulebook="anah", partner="ANAH", entry="ANAH-URGENT", operations=("COPRO",))
    ended = allocator("check", changed(rulebooks=(use,)))
    assert (ended.code, ended.out) == (2, "")
    assert "« ANAH-URGENT », entrée à remplir : aucune source n'en donne la valeur" in ended.err


def test_the_day_after_changes_the_law_and_the_plan(
    allocator: Callable[..., Any], changed: Callable[..., Path]
) -> None:
    before = allocator("solve", changed(reference_date=date(2018, 9, 30)), "--json").document()
    after = allocator("solve", changed(reference_date=date(2018, 10, 1)), "--json").document()
    assert before["law"]["hash"] != after["law"]["hash"]
    assert after["law"]["last_day"] is None
    amounts = [
        sum(line["amount"] for line in plan["allocation"]["commitments"] if line["partner"] == "ETAT")
        for plan in (before, after)
    ]
    assert amounts == [180_000_000, 230_000_000]
