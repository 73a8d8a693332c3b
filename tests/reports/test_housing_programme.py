"""The layout of a housing programme (OPAH): funders, works and engineering by year; and instalments of a rulebook."""

import shutil

import pytest
from openpyxl import load_workbook

from reports import agreement
from scenarios.document import RulebookUse
from scenarios.rulebooks import law_of
from tests.reports.by_hand import same_values, set_cell, verdict_of

SHEET = "Convention OPAH"


@pytest.fixture(scope="module")
def path(scenario, allocation, tmp_path_factory):
    """Write the agreement of the first project as a housing programme, whose relocation counts as engineering."""
    programmes = {"P1": "OPAH-RU", "P2": "NPNRU"}
    projects = tuple(p.model_copy(update={"programme": programmes[p.code]}) for p in scenario.projects)
    housing = scenario.model_copy(update={"projects": projects})
    path = tmp_path_factory.mktemp("opah") / "P1.xlsx"
    use = RulebookUse(rulebook="anah", entry="ANAH-INST")
    agreement.write(housing, allocation, "P1", path, law_of(housing.model_copy(update={"rulebooks": (use,)})))
    return path


def _blocks(path):
    """Read each block: amounts in cents by funder and purpose, the total then the years."""
    blocks: list[dict] = []
    for row in load_workbook(path, data_only=True)[SHEET].iter_rows(min_row=3):
        values = [cell.value for cell in row]
        if values[0] == "Code":
            blocks.append({})
        elif blocks and isinstance(values[4], int | float):
            blocks[-1][values[0], values[2]] = [round((value or 0) * 100) for value in values[4:9]]
    return blocks


def test_funders_stand_by_purpose_and_year_anah_first(path, allocation):
    commitments, payments = _blocks(path)
    assert next(iter(commitments)) == ("ANAH", "travaux")
    assert commitments["ANRU", "ingénierie"] == [433_337, 433_337, 0, 0, 0]
    assert commitments["ANRU", "travaux"] == [130_000_000, 70_000_000, 60_000_000, 0, 0]
    whole = sum(line.amount for line in allocation.commitments if line.operation.startswith("A-"))
    assert commitments["Total", None][0] == payments["Total", None][0] == whole
    assert set(commitments) == set(payments)


def test_it_says_that_amounts_depend_on_yearly_budgets(path):
    sheet = load_workbook(path)[SHEET]
    assert "budgets que chaque financeur vote chaque année" in sheet["A2"].value


def test_other_programmes_have_no_such_sheet(scenario, allocation, tmp_path):
    agreement.write(scenario, allocation, "P1", tmp_path / "P1.xlsx")
    assert SHEET not in load_workbook(tmp_path / "P1.xlsx").sheetnames


def test_instalments_take_the_rate_the_rulebook_says(path):
    sheet = load_workbook(path, data_only=True)["Versements"]
    lines = {row[0].value: [cell.value for cell in row[1:10]] for row in sheet.iter_rows(min_row=5)}
    anah = lines["Anah (ANAH)"]
    assert anah[2:8] == [200_000, None, 0.7, 0, 140_000, 60_000]
    assert "Règlement général de l'Anah" in anah[8]
    assert lines["ANRU (ANRU)"][4] is None


CHANGES = {
    "un financeur renommé": set_cell(SHEET, ("ANAH", "travaux"), "Code", "AUTRE"),
    "un objet changé": set_cell(SHEET, ("ANRU", "ingénierie"), "Objet", "études"),
}


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_recalculated_values_are_the_stored_ones_and_a_change_by_hand_turns_the_verdict(path, recalculate):
    books = {"intact": load_workbook(path), "avance": load_workbook(path)}
    set_cell("Versements", ("Anah (ANAH)",), "Avance, taux", 0.4)(books["avance"])
    for name, change in CHANGES.items():
        books[name] = load_workbook(path)
        change(books[name])
    recalculated = recalculate(books)
    same_values(path, recalculated["intact"], at_least=200)
    verdicts = {name: verdict_of(file) for name, file in recalculated.items()}
    assert verdicts.pop("intact") == verdicts.pop("avance") == ("CONFORME", set())
    lines = load_workbook(recalculated["avance"], data_only=True)["Versements"].iter_rows(min_row=5, values_only=True)
    assert next(line[6] for line in lines if line[0] == "Anah (ANAH)") == 80_000
    family = {"Plan de financement et échéanciers"}
    assert verdicts == dict.fromkeys(CHANGES, ("NON CONFORME", family))
