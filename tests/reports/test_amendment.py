"""The amendment of one project: articles, lines with their sign, date of effect, places to sign."""

from datetime import date

import pytest
from openpyxl import load_workbook

from reports import amendment
from reports.layout.figures import Figures
from reports.layout.pair import Pair

SHEETS = [
    "Lisez-moi", "Articles", "Lignes qui changent", "Par opération", "Par financeur", "Par année", "Contrôles",
    "Valeurs archivées", "Signatures",
]  # fmt: skip


@pytest.fixture(scope="module")
def pair(scenario, allocation, amended):
    return Pair(Figures(scenario, allocation), Figures(*amended))


@pytest.fixture(scope="module")
def values(pair, tmp_path_factory):
    path = tmp_path_factory.mktemp("avenant") / "P1.xlsx"
    amendment.write(pair, "P1", path, date(2027, 3, 1))
    return load_workbook(path, data_only=True)


def _texts(sheet):
    return [cell.value for cells in sheet.iter_rows() for cell in cells if cell.value is not None]


def test_only_projects_whose_agreement_changes_have_an_amendment(pair):
    assert amendment.amended_projects(pair) == ("P1",)


def test_sheets(values):
    assert values.sheetnames == SHEETS
    assert values["Contrôles"]["C4"].value == values["Lisez-moi"]["B4"].value == "CONFORME"


def test_articles_say_what_is_agreed(values):
    sheet = values["Articles"]
    rows = {row[1]: row[2:5] for row in sheet.iter_rows(values_only=True) if row[1]}
    assert [row[0] for row in sheet.iter_rows(values_only=True) if row[0]][2:] == [
        f"Article {rank}" for rank in range(1, 7)
    ]
    assert rows["A-OPA – Copropriété dégradée : modifiée ; lancement 2027 → 2026"] == (633_000, 633_000, 0)
    assert rows["A-RLG – Relogement des ménages : retirée ; lancement 2026 → –"] == (10_000, 0, -10_000)
    assert rows["A-COM – Commerces, non financés : ajoutée ; lancement – → 2026"] == (0, 500_000.07, 500_000.07)
    assert "A-DEM" not in " ".join(filter(None, rows))
    assert rows["Anah (ANAH)"] == (200_000, 150_000, -50_000)
    assert rows["Le présent avenant prend effet le 01/03/2027."] == (None, None, None)


def test_totals_are_those_of_the_project(values, allocation, amended):
    before, after = (
        sum(line.amount for line in plan.commitments if line.operation != "B-EQP") for plan in (allocation, amended[1])
    )
    sheet = values["Par opération"]
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Total")
    assert [round(cell * 100) for cell in total[5:8]] == [before, after, after - before]
    assert "B-EQP" not in _texts(sheet)


def test_each_partner_before_or_after_has_a_place_to_sign(values):
    texts = _texts(values["Signatures"])
    assert {"ANRU", "Anah", "@Ville A", "Agglomération d'exemple", "Région d'exemple"} <= set(texts)
    assert "Ville B" not in texts


def test_without_a_day_the_date_of_effect_is_left_to_fill(pair, tmp_path):
    amendment.write(pair, "P1", tmp_path / "P1.xlsx")
    book = load_workbook(tmp_path / "P1.xlsx")
    sheet = book["Articles"]
    row = next(
        row for row in range(1, sheet.max_row) if sheet.cell(row, 2).value == "Le présent avenant prend effet le :"
    )
    assert not sheet.cell(row + 1, 2).protection.locked
    assert "à compléter dans « Articles »" in _texts(book["Lisez-moi"])


def test_same_bytes_twice(pair, tmp_path):
    for name in ("a", "b"):
        amendment.write(pair, "P1", tmp_path / f"{name}.xlsx", date(2027, 3, 1))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("project", ["P2", "P9"])
def test_a_project_that_does_not_change_is_refused(pair, tmp_path, project):
    with pytest.raises(ValueError, match=project):
        amendment.write(pair, project, tmp_path / "rien.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_first_agreement_is_no_amendment(pair):
    assert "P2" not in amendment.amended_projects(Pair(pair.after, pair.before))
    emptied = pair.before.allocation
    nothing = type(emptied)(
        emptied.scenario, emptied.fingerprint, (), (), (), (), emptied.tie_break, unique=False, engine=emptied.engine
    )
    assert amendment.amended_projects(Pair(Figures(pair.before.scenario, nothing), pair.after)) == ()
    assert amendment.amended_projects(Pair(pair.after, Figures(pair.before.scenario, nothing))) == ("P1", "P2")
