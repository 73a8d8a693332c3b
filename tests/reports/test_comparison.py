"""The comparison workbook: both plans to the cent, who gains, the data responsible, same bytes."""

import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.formula import Tokenizer

from allocator.comparison.plans import CurrencyMismatchError
from reports import comparison
from reports.layout.figures import Figures
from reports.layout.pair import Pair

SHEETS = [
    "Lisez-moi", "Par opération", "Par financeur", "Par commune", "Par territoire", "Par projet", "Par année",
    "Lignes qui changent", "Données qui changent", "Contrôles", "Valeurs archivées",
]  # fmt: skip


@pytest.fixture(scope="module")
def pair(scenario, allocation, amended):
    return Pair(Figures(scenario, allocation), Figures(*amended))


@pytest.fixture(scope="module")
def path(pair, tmp_path_factory):
    path = tmp_path_factory.mktemp("comparaison") / "comparaison.xlsx"
    comparison.write(pair, path)
    return path


@pytest.fixture(scope="module")
def values(path):
    return load_workbook(path, data_only=True)


def _lines(sheet, head):
    """Rows of a table, by the text of their first cell."""
    return {
        str(cells[0].value): [cell.value for cell in cells[1:]]
        for cells in sheet.iter_rows(min_row=head + 1)
        if cells[0].value is not None
    }


def _cents(value):
    return round(value * 100)


def test_sheets(values):
    assert values.sheetnames == SHEETS
    assert values["Contrôles"]["C4"].value == values["Lisez-moi"]["B4"].value == "CONFORME"


def test_operations_before_and_after(values):
    found = _lines(values["Par opération"], 5)
    texts = {code: (line[2], line[3], line[-1]) for code, line in found.items() if code != "Total"}
    assert texts["A-OPA"] == ("2027 → 2026", "modifiée", "perd")
    assert texts["A-RLG"] == ("2026 → –", "retirée", "perd")
    assert texts["A-COM"] == ("– → 2026", "ajoutée", "gagne")
    assert texts["B-EQP"] == ("2026", "inchangée", "égal")
    assert texts["A-AME"] == ("2026, 2027", "modifiée", "gagne")
    assert list(map(_cents, found["A-OPA"][4:13])) == [
        63_300_000, 63_300_000, 0, 38_300_000, 41_299_997, 2_999_997, 25_000_000, 22_000_003, -2_999_997,
    ]  # fmt: skip


def test_totals_are_those_of_the_plans(values, allocation, amended):
    before = sum(line.amount for line in allocation.commitments)
    after = sum(line.amount for line in amended[1].commitments)
    for name in SHEETS[1:7]:
        texts = 4 if name == "Par opération" else 0 if name == "Par année" else 1
        total = _lines(values[name], 5)["Total"][texts : texts + 3]
        assert list(map(_cents, total)) == [before, after, after - before], name


def test_partners_gain_when_they_bring_less(values):
    found = {code: line[-1] for code, line in _lines(values["Par financeur"], 5).items() if code != "Total"}
    assert (found["ANAH"], found["ANRU"], found["VILLE-A"]) == ("gagne", "gagne", "perd")
    assert (found["DEPT"], found["VILLE-B"]) == ("égal", "égal")


def test_lines_that_change_hold_the_differences_only(values, pair):
    sheet = values["Lignes qui changent"]
    rows = list(sheet.iter_rows(min_row=5, max_row=sheet.max_row - 1, values_only=True))
    found = {(row[0], row[2], row[4]): tuple(_cents(cell) for cell in row[7:13]) for row in rows}
    assert found == {
        (line.operation, line.partner, line.year): (
            line.committed.before, line.committed.after, line.committed.difference,
            line.paid.before, line.paid.after, line.paid.difference,
        )
        for line in pair.lines
    }  # fmt: skip
    signs = {(row[0], row[2], row[4]): row[13] for row in rows}
    assert signs["A-RLG", "ANRU", 2026] == "−"
    assert signs["A-COM", "REGION", 2026] == "+"
    # Nothing of it changes but the owner: it is there since it ceases to be the owner's own share.
    assert signs["A-AME", "AGGLO", 2026] == "="
    assert {row[5:7] for row in rows if row[0] == "A-AME"} == {("maître d'ouvrage", "financeur")}


def test_data_that_change_are_listed(values):
    rows = list(values["Données qui changent"].iter_rows(min_row=5, values_only=True))
    assert rows == [
        ("En-tête du scénario", None, "changée", "title", "Atelier : deux projets écrits à la main",
         "Atelier : second plan"),
        ("operations", "A-AME", "changée", "owner", "AGGLO", "VILLE-A"),
    ]  # fmt: skip


def test_every_formula_has_its_value_and_no_constant(path, values):
    seen = 0
    for sheet in load_workbook(path):
        for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"):
            seen += 1
            assert values[sheet.title][cell.coordinate].value is not None, (sheet.title, cell.coordinate)
            items = Tokenizer(cell.value).items
            assert not [item for item in items if item.type == "OPERAND" and item.subtype == "NUMBER"], cell.value
    assert seen > 300


def test_both_plans_are_named(values, path, pair):
    texts = [cell.value for cells in values["Lisez-moi"].iter_rows() for cell in cells]
    marks = [side.allocation.fingerprint for side in pair.sides]
    assert set(marks) <= set(texts)
    assert f"{marks[0][:12]} → {marks[1][:12]}" in load_workbook(path)["Par année"].oddFooter.left.text


def test_same_bytes_twice_and_whatever_the_order_of_the_rows(pair, path, tmp_path):
    comparison.write(pair, tmp_path / "encore.xlsx")
    assert (tmp_path / "encore.xlsx").read_bytes() == path.read_bytes()
    turned = []
    for side in pair.sides:
        tables = {
            name: tuple(reversed(getattr(side.scenario, name)))
            for name in type(side.scenario).model_fields
            if isinstance(getattr(side.scenario, name), tuple) and name != "goals"
        }
        turned.append(Figures(side.scenario.model_copy(update=tables), side.allocation))
    comparison.write(Pair(*turned), tmp_path / "mêlé.xlsx")
    assert (tmp_path / "mêlé.xlsx").read_bytes() == path.read_bytes()


def test_text_of_the_scenario_never_becomes_a_formula(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>HYPERLINK" not in archive.read(name)
    sheet = load_workbook(path)["Par opération"]
    labels = {cell.value: cell.data_type for cells in sheet.iter_rows() for cell in cells}
    assert labels['=HYPERLINK("http://exemple.fr";"cliquez")'] == "s"


def test_the_same_plan_twice_is_refused(scenario, allocation, tmp_path):
    same = Figures(scenario, allocation)
    with pytest.raises(ValueError, match="nothing to compare"):
        comparison.write(Pair(same, same), tmp_path / "rien.xlsx")
    assert not list(tmp_path.iterdir())


def test_two_currencies_are_refused(scenario, allocation, tmp_path):
    other = Figures(scenario.model_copy(update={"currency": "CHF"}), replace(allocation, commitments=()))
    with pytest.raises(CurrencyMismatchError):
        comparison.write(Pair(Figures(scenario, allocation), other), tmp_path / "devises.xlsx")
    assert not list(tmp_path.iterdir())
