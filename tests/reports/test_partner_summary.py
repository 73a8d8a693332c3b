"""The summary of one partner: its amounts in every project, to the cent, and the limits that bind it."""

from collections import defaultdict

import pytest
from openpyxl import load_workbook

from reports import partner_summary


def _write(scenario, allocation, partner, folder):
    path = folder / f"{partner}.xlsx"
    partner_summary.write(scenario, allocation, partner, path)
    return load_workbook(path, data_only=True)


def test_engagements_hold_every_project_to_the_cent(scenario, allocation, tmp_path):
    sheet = _write(scenario, allocation, "REGION", tmp_path)["Engagements"]
    found, titles = {}, {cell.value: cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row):
        start = sheet.cell(row, titles["Année de lancement"]).value
        found[sheet.cell(row, 1).value, start] = round(sheet.cell(row, titles["Engagement"]).value * 100)
    expected = defaultdict(int)
    for line in allocation.commitments:
        if line.partner == "REGION":
            expected[line.operation, line.start] += line.amount
    assert {key: amount for key, amount in found.items() if amount} == expected
    assert found["A-DEM", 2026] == 0, "an operation with a refusal is shown at zero"
    total = sheet.cell(sheet.max_row, titles["Engagement"]).value
    assert round(total * 100) == sum(expected.values())


def test_projects_share_the_total(scenario, allocation, tmp_path):
    sheet = _write(scenario, allocation, "REGION", tmp_path)["Synthèse par projet"]
    lines = {sheet.cell(row, 1).value: round(sheet.cell(row, 5).value * 100) for row in range(5, 8)}
    assert lines == {"P1": 87_345_678, "P2": 30_000_000, "Total": 117_345_678}


def test_budgets_leave_what_the_plan_does_not_use(scenario, allocation, tmp_path):
    sheet = _write(scenario, allocation, "REGION", tmp_path)["Synthèse par partenaire"]
    lines = {
        sheet.cell(row, 3).value: [sheet.cell(row, column).value for column in range(6, 10)]
        for row in range(5, sheet.max_row + 1)
    }
    assert lines["Engagements (AE) de ce classeur"] == [600_000, 573_456.78, 0, 0]
    assert lines["Engagements (AE) hors de ce classeur"] == [0, 0, 0, 0]
    assert lines["Reste à engager"] == [100_000, 126_543.22, 700_000, 700_000]
    assert lines["Reste à payer"] == [466_666.67, 42_181.08, 267_695.47, 650_000]


def test_a_shared_purse_shows_what_the_others_draw(scenario, allocation, tmp_path):
    sheet = _write(scenario, allocation, "ANAH", tmp_path)["Synthèse par partenaire"]
    lines = {
        (sheet.cell(row, 1).value, sheet.cell(row, 3).value): [sheet.cell(row, column).value for column in range(6, 10)]
        for row in range(5, sheet.max_row + 1)
    }
    assert lines["FNRU", "Engagements (AE) de ce classeur"] == [0, 200_000, 0, 0]
    assert lines["FNRU", "Engagements (AE) hors de ce classeur"] == [904_333.37, 600_000, 0, 0]
    assert lines["FNRU", "Crédits dégagés"] == [0, 40_000, 0, 0]
    assert lines["FNRU", "Reste à engager"] == [95_666.63, 335_666.63, 1_335_666.63, 2_335_666.63]


def test_only_the_rules_of_the_partner_are_listed(scenario, allocation, tmp_path):
    sheet = _write(scenario, allocation, "ANRU", tmp_path)["Règles appliquées"]
    codes = [sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)]
    assert codes == ["ANRU-DEM", "ANRU-RLG", "ANRU-TIERS"]


@pytest.mark.parametrize("partner", ["VILLE-A", "VILLE-B", "AGGLO", "DEPT", "REGION", "OPH", "ANAH", "ANRU"])
def test_every_summary_of_a_correct_plan_conforms(scenario, allocation, tmp_path, partner):
    assert _write(scenario, allocation, partner, tmp_path)["Contrôles"]["C4"].value == "CONFORME"


@pytest.mark.parametrize(("partner", "message"), [("INCONNU", "no partner INCONNU"), ("BANQUE", "commits nothing")])
def test_a_partner_without_commitment_is_refused(scenario, allocation, tmp_path, partner, message):
    with pytest.raises(ValueError, match=message):
        _write(scenario, allocation, partner, tmp_path)
    assert not list(tmp_path.iterdir())
