"""What the scenario workbook offers to those who fill it."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from scenarios.dictionary import HEADER, tables
from scenarios.document import FORMAT_VERSION, Scenario
from scenarios.document.quantities import AMOUNT, CODE
from scenarios.formats import ScenarioError, read, write
from scenarios.formats.workbook.names import LISTS, LONGEST, README, sheet_names
from scenarios.formats.workbook.safe_text import safe_text
from tests.scenarios.workbook.conftest import COMPLETE, address, sheet_of


@pytest.fixture(scope="module")
def book(exported: Path) -> Workbook:
    return load_workbook(exported)


def offered(book: Workbook, table: str, column: str) -> DataValidation:
    place = address(book, table, 3, column)
    (rule,) = (rule for rule in sheet_of(book, table).data_validations.dataValidation if place in rule.sqref)
    return rule


def words(book: Workbook, rule: DataValidation) -> list[object]:
    sheet, area = rule.formula1.replace("$", "").rsplit("!", 1)
    return [row[0].value for row in book[sheet.strip("'")][area]]


def test_one_sheet_per_table_with_every_column(book: Workbook) -> None:
    assert book.sheetnames == [README, *sheet_names().values(), LISTS]
    assert len(set(map(str.casefold, book.sheetnames))) == len(book.sheetnames)
    assert all(len(name) <= LONGEST and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)
    for name, table in tables().items():
        sheet = sheet_of(book, name)
        if name == HEADER:
            assert [cell.value for cell in sheet["A"][2:]] == [column.name for column in table.columns]
        else:
            assert [cell.value for cell in sheet[2]] == [column.name for column in table.columns]
            assert [cell.value for cell in sheet[1]] == list(table.titles)


def test_titles_are_told_apart() -> None:
    for table in tables().values():
        titles = table.titles
        assert len(set(titles)) == len(titles), titles
        assert all(title and len(title) <= 80 for title in titles)


def test_every_title_has_its_note_from_the_dictionary(book: Workbook) -> None:
    for name, table in tables().items():
        for place, column in enumerate(table.columns, start=1):
            if name == HEADER:
                note = sheet_of(book, name).cell(place + 2, 4).value
            else:
                note = sheet_of(book, name).cell(1, place).comment.text
            assert note.startswith(column.meaning)
            assert all(word in note for word in column.values)
            assert column.quantity != AMOUNT or "deux décimales au plus" in note


def test_closed_lists_are_refused_when_unknown(book: Workbook) -> None:
    for name, table in tables().items():
        for column in table.columns if name != HEADER else ():
            if column.values:
                rule = offered(book, name, column.name)
                assert words(book, rule) == list(column.values)
                assert column.listed or rule.errorStyle in (None, "stop")
    assert words(book, offered(book, "partners", "carry_over")) == ["oui", "non"]


def test_codes_of_other_sheets_are_offered(book: Workbook, exported: Path) -> None:
    scenario = read(exported)
    partners = [partner.code for partner in scenario.partners]
    live = offered(book, "operations", "owner")
    assert live.formula1.startswith("'Partenaires'!$A$3:$A$")
    assert words(book, live)[: len(partners)] == partners
    assert words(book, offered(book, "budgets", "holder")) == [*partners, *(pool.code for pool in scenario.pools)]
    profiles = list(dict.fromkeys(line.profile for line in scenario.profiles))
    assert words(book, offered(book, "operations", "profile")) == profiles
    assert offered(book, "operations", "owner").errorStyle == "warning"
    assert not offered(book, "rules", "operations").showErrorMessage


def test_figures_are_bounded(book: Workbook) -> None:
    receipts, year = offered(book, "operations", "receipts"), offered(book, "budgets", "year")
    assert (receipts.type, receipts.formula1, receipts.formula2) == ("decimal", "0", "50000000000")
    assert (year.type, year.formula1, year.formula2) == ("whole", "1990", "2100")


def test_cells_have_the_type_of_their_column(book: Workbook) -> None:
    sheet = sheet_of(book, "operations")
    code, cost = sheet[address(book, "operations", 3, "code")], sheet[address(book, "operations", 3, "cost_excl_vat")]
    assert (code.value, code.data_type, code.number_format) == ("0010", "s", "@")
    assert (cost.value, cost.data_type) == (639325.8, "n")
    header = {row[0].value: row[2] for row in sheet_of(book, HEADER).iter_rows(min_row=3)}
    assert header["reference_date"].value.date() == date(2026, 11, 24)
    assert header["format_version"].value == FORMAT_VERSION
    shares = {row[2].value for row in sheet_of(book, "profiles").iter_rows(min_row=3)}
    assert {1, "1/3"} <= shares


def test_new_lines_are_ready_to_be_filled(book: Workbook) -> None:
    sheet = sheet_of(book, "communes")
    assert sheet.column_dimensions["A"].number_format == "@"
    assert all(column.quantity != CODE or column.name for column in tables()["communes"].columns)
    rule = offered(book, "partners", "kind")
    assert "C400" in rule.sqref


def test_titles_stay_on_the_screen_and_on_paper(book: Workbook) -> None:
    for name in sheet_names().values():
        sheet = book[name]
        assert sheet.freeze_panes.endswith("3")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$2"
        assert "page &P sur &N" in sheet.oddFooter.right.text


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://a";"b")', "+1", "@x", "-2+3", "{=1}", "http://a.fr", "<r>&amp;</r>", "_x000D_"]
    base = read(COMPLETE)
    extra = [base.communes[0].model_copy(update={"code": f"X{i}", "label": text}) for i, text in enumerate(texts)]
    scenario = base.model_copy(update={"communes": (*base.communes, *extra)})
    write(scenario, tmp_path / "s.xlsx")
    assert read(tmp_path / "s.xlsx") == scenario
    for sheet in load_workbook(tmp_path / "s.xlsx"):
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert not [cell.coordinate for cell in cells if cell.hyperlink and cell.hyperlink.target]


def test_ready_made_xml_in_a_label_stays_text() -> None:
    """A label between <r> and </r> was written as XML, and could damage any workbook."""
    assert safe_text("<r>&</r>") == '<r><t xml:space="preserve">&lt;r&gt;&amp;&lt;/r&gt;</t></r>'
    assert safe_text("a_b <r>") == "a_b <r>"


def test_the_same_bytes_each_time(exported: Path, tmp_path: Path) -> None:
    write(read(COMPLETE), tmp_path / "s.xlsx")
    assert (tmp_path / "s.xlsx").read_bytes() == exported.read_bytes()
    write(read(exported), tmp_path / "s.xlsx")
    assert (tmp_path / "s.xlsx").read_bytes() == exported.read_bytes()
    assert {info.date_time[0] for info in zipfile.ZipFile(exported).infolist()} == {1980}


def test_days_that_spreadsheets_number_otherwise_stay_text(tmp_path: Path) -> None:
    for day in (date(1789, 7, 14), date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)):
        scenario = read(COMPLETE).model_copy(update={"reference_date": day})
        write(scenario, tmp_path / "s.xlsx")
        sheet = sheet_of(load_workbook(tmp_path / "s.xlsx"), HEADER)
        values = {row[0].value: row[2].value for row in sheet.iter_rows(min_row=3)}
        assert isinstance(values["reference_date"], str) == (day < date(1900, 3, 1))


def test_every_cent_of_the_largest_amounts_is_kept(tmp_path: Path) -> None:
    base = read(COMPLETE)
    for cents in (4_999_999_999_999, 5_000_000_000_000, 1, 10, 99):
        loans = (base.loans[0].model_copy(update={"amount": cents}),)
        scenario = base.model_copy(update={"loans": loans})
        write(scenario, tmp_path / "s.xlsx")
        sheet = sheet_of(load_workbook(tmp_path / "s.xlsx"), "loans")
        assert round(sheet["C3"].value * 100) == cents


def too_long(scenario: Scenario) -> Scenario:
    codes = tuple(f"{rank:040d}" for rank in range(900))
    rule = scenario.rules[0].model_copy(update={"operations": codes})
    return scenario.model_copy(update={"rules": (rule, *scenario.rules[1:])})


def test_a_list_too_long_for_a_cell_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="un contenu de 36899 caractères"):
        write(too_long(read(COMPLETE)), tmp_path / "s.xlsx")
    assert list(tmp_path.iterdir()) == []
