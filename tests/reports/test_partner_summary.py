"""The summary of one partner: its amounts in every project, to the cent, and the limits that bind it."""

import shutil
from collections import defaultdict

import pytest
from openpyxl import load_workbook

from reports import partner_summary
from tests.reports.by_hand import same_values, set_cell, verdict_of

SCHEDULES = "Plan de financement et échéanciers"


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


@pytest.fixture(scope="module")
def with_accounts(scenario):
    """Accounts of the public accounting plan: of origin for the region, of beneficiary for a commune and a landlord."""
    accounts = {
        "REGION": {"received_account": "1322", "siret": "12345678901234"}, "VILLE-A": {"paid_account": "20414"},
        "OPH": {"paid_account": "204182"},
    }  # fmt: skip
    partners = tuple(partner.model_copy(update=accounts.get(partner.code, {})) for partner in scenario.partners)
    return scenario.model_copy(update={"partners": partners})


def test_accounts_stand_beside_the_grants_and_not_beside_own_shares(with_accounts, allocation, tmp_path):
    sheet = _write(with_accounts, allocation, "REGION", tmp_path)["Engagements"]
    titles = {cell.value: cell.column for cell in sheet[4]}
    paid, received = (titles[head] for head in ("Compte 204, subvention versée", "Compte 13, chez le bénéficiaire"))
    found = {sheet.cell(row, 1).value: (sheet.cell(row, paid).value, sheet.cell(row, received).value)
             for row in range(5, sheet.max_row)}  # fmt: skip
    assert found["A-EQP"] == ("20414", "1322")
    assert found["A-OPA"] == ("204182", "1322")
    assert found["A-AME"] == (None, "1322"), "its owner gives no account"
    sheet = _write(with_accounts, allocation, "VILLE-A", tmp_path)["Engagements"]
    titles = {cell.value: cell.column for cell in sheet[4]}
    assert "Compte 204, subvention versée" not in titles, "it only brings its own shares"


def test_without_account_no_column(scenario, allocation, tmp_path):
    sheet = _write(scenario, allocation, "REGION", tmp_path)["Engagements"]
    assert not {"Compte 204, subvention versée", "Compte 13, chez le bénéficiaire"} & {c.value for c in sheet[4]}


def test_what_is_to_be_voted_by_project_year_and_account(with_accounts, allocation, tmp_path):
    sheet = _write(with_accounts, allocation, "REGION", tmp_path)["Délibération"]
    lines = {row[0]: [round((value or 0) * 100) for value in row[4:9]]
             for row in sheet.iter_rows(min_row=5, values_only=True) if isinstance(row[4], int | float)}  # fmt: skip
    assert (lines["P1"][0], lines["P2"][0]) == (87_345_678, 30_000_000)
    paid = [sum(p.amount for p in allocation.payments if (p.partner, p.year) == ("REGION", year))
            for year in range(2026, 2030)]  # fmt: skip
    assert lines["Total"] == [117_345_678, *paid]
    assert lines["Total des CP"][0] == 117_345_678
    assert (lines["20414"][0], lines["204182"][0]) == (60_000_000, 5_000_000)


CHANGES = {
    "projet d'un engagement": (set_cell("Échéancier AE", ("A-OPA",), "Projet", "P9"), {SCHEDULES}),
    "projet d'un paiement": (set_cell("Échéancier CP", ("A-OPA",), "Projet", "P9"), {SCHEDULES}),
}


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_what_is_voted_is_recalculated_and_controlled(with_accounts, allocation, tmp_path, recalculate):
    path = tmp_path / "REGION.xlsx"
    partner_summary.write(with_accounts, allocation, "REGION", path)
    books = {"intact": load_workbook(path)}
    for name, (change, _families) in CHANGES.items():
        books[name] = load_workbook(path)
        change(books[name])
    recalculated = recalculate(books)
    same_values(path, recalculated["intact"], at_least=100)
    verdicts = {name: verdict_of(file) for name, file in recalculated.items()}
    assert verdicts.pop("intact") == ("CONFORME", set())
    assert verdicts == {name: ("NON CONFORME", families) for name, (_change, families) in CHANGES.items()}
