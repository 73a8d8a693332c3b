"""The minutes of a session: every line with the last decision on it, totals by status, and a verdict that follows."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from allocator.check import verify
from reports import session_minutes
from scenarios.checks import findings
from scenarios.document import Decision, DecisionStatus
from scenarios.fingerprint import fingerprint
from tests.reports.by_hand import same_values, set_cell, verdict_of

GUIDE = Path(__file__).parents[2] / "docs" / "classeurs.md"

DECISIONS = (
    Decision(
        operation="A-OPA", partner="REGION", status=DecisionStatus.IN_PRINCIPLE, day="2026-02-01",
        author="Bureau de la région",
    ),
    Decision(
        operation="A-OPA", partner="REGION", status=DecisionStatus.VOTED, day="2026-03-01", author="Assemblée",
        reference="=2026-12", recusal="Une élue, administratrice de l'office",
    ),
    Decision(operation="A-EQP", status=DecisionStatus.IN_PRINCIPLE, day="2026-02-01", author="Comité"),
    Decision(
        operation="A-EQP", partner="AGGLO", status=DecisionStatus.REFUSED, day="2026-01-15", author="Conseil",
        reason="Montant dérisoire",
    ),
    Decision(
        operation="A-COM", status=DecisionStatus.POSTPONED, day="2026-02-01", author="Comité", reason="Étude attendue"
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def document(scenario):
    return scenario.model_copy(update={"decisions": DECISIONS})


@pytest.fixture(scope="module")
def plan(document, allocation):
    plan = replace(allocation, fingerprint=fingerprint(document))
    assert findings(document) == []
    assert verify(document, plan) == ()
    return plan


@pytest.fixture(scope="module")
def path(document, plan, tmp_path_factory):
    path = tmp_path_factory.mktemp("releve") / "releve.xlsx"
    session_minutes.write(document, plan, path)
    return path


def _lines(path, sheet):
    rows = [
        tuple(cell.value for cell in row) for row in load_workbook(path, data_only=True)[sheet].iter_rows(min_row=5)
    ]
    return [row for row in rows if any(value is not None for value in row)]


def test_each_line_has_its_amount_and_the_last_decision_on_it(path, plan):
    lines = {(line[1], line[3]): line for line in _lines(path, "Lignes") if line[0] != "Total"}
    amounts = {pair: round(line[6] * 100) for pair, line in lines.items() if line[6]}
    expected = {}
    for line in plan.commitments:
        pair = line.operation, line.partner
        expected[pair] = expected.get(pair, 0) + line.amount
    assert amounts == {pair: amount for pair, amount in expected.items() if amount}
    states = {pair: line[7] for pair, line in lines.items()}
    assert states["A-OPA", "REGION"] == "délibéré"
    assert states["A-EQP", "AGGLO"] == "refusé"
    assert states["A-EQP", "REGION"] == "accord de principe"
    assert states["A-COM", None] == "reporté"
    assert states["A-DEM", "ANRU"] == "proposé"
    voted = lines["A-OPA", "REGION"]
    assert str(voted[8])[:10] == "2026-03-01"
    assert voted[9:] == ("=2026-12", "Assemblée", None, "Une élue, administratrice de l'office")


def test_totals_go_by_status(path):
    region = next(line for line in _lines(path, "Par financeur") if line[0] == "REGION")
    assert [round(value * 100) for value in region[2:8]] == [72_345_678, 40_000_000, 5_000_000, 0, 0, 117_345_678]


def test_decisions_come_in_order_of_dates(path):
    lines = _lines(path, "Suivi des décisions")
    assert [(str(line[0])[:10], line[1], line[4]) for line in lines] == [
        ("2026-01-15", "A-EQP", "refusé"), ("2026-02-01", "A-COM", "reporté"),
        ("2026-02-01", "A-EQP", "accord de principe"), ("2026-02-01", "A-OPA", "accord de principe"),
        ("2026-03-01", "A-OPA", "délibéré"),
    ]  # fmt: skip


def test_without_decision_the_whole_plan_is_proposed(scenario, allocation, tmp_path):
    session_minutes.write(scenario, allocation, tmp_path / "releve.xlsx")
    assert {line[7] for line in _lines(tmp_path / "releve.xlsx", "Lignes") if line[6] and line[7]} == {"proposé"}
    assert _lines(tmp_path / "releve.xlsx", "Suivi des décisions")[0][0].startswith("Aucune décision")


def test_same_bytes_whatever_the_order_of_the_decisions(document, plan, path, tmp_path):
    other = document.model_copy(update={"decisions": DECISIONS[::-1]})
    session_minutes.write(other, plan, tmp_path / "autre.xlsx")
    assert (tmp_path / "autre.xlsx").read_bytes() == path.read_bytes()


CHANGES = {
    "montant": (
        set_cell("Lignes", ("A-OPA", "REGION"), "Montant proposé", 50_000.01),
        {"Totaux des colonnes", "Totaux généraux"},
    ),
    "état inconnu": (
        set_cell("Lignes", ("A-OPA", "REGION"), "État", "voté"), {"Totaux des colonnes", "Totaux généraux"},
    ),
    "valeur archivée": (
        set_cell("Valeurs archivées", ("Total du plan",), "Valeur archivée", 0.01), {"Totaux généraux"},
    ),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_recalculated_values_are_the_stored_ones_and_a_change_by_hand_turns_the_verdict(path, recalculate):
    books = {"intact": load_workbook(path)}
    for name, (change, _families) in CHANGES.items():
        books[name] = load_workbook(path)
        change(books[name])
    recalculated = recalculate(books)
    same_values(path, recalculated["intact"], at_least=60)
    verdicts = {name: verdict_of(file) for name, file in recalculated.items()}
    assert verdicts.pop("intact") == ("CONFORME", set())
    assert verdicts == {name: ("NON CONFORME", families) for name, (_change, families) in CHANGES.items()}


def test_the_example_of_the_guide_is_read():
    (example,) = re.findall(r"```yaml\ndecisions:\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [Decision.model_validate(line) for line in yaml.safe_load(example)]
    assert [(line.operation, line.partner, line.status) for line in lines] == [
        ("ECOLE", "REGION", DecisionStatus.VOTED), ("PLACE", None, DecisionStatus.POSTPONED),
    ]  # fmt: skip
