"""What every sheet of every kind of workbook keeps: print layout, formulas with their values, text that stays text."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.worksheet.worksheet import Worksheet

from allocator.allocation import Allocation
from allocator.archive.verdict import Question, State, Verdict
from reports import agreements, comparisons, stress
from reports.audit_report import compose
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from reports.layout.stressed import StressTest
from scenarios.document import Scenario
from scenarios.formats.workbook.writing import render
from tests.reports.test_stress import FOUND, SPEC, THIRD

Planned = tuple[Scenario, Allocation]

KINDS = ("convention", "financeur", "releve", "comparaison", "avenant", "epreuve", "audit", "scenario")


def written_in(folder: Path, scenario: Scenario, allocation: Allocation, amended: Planned) -> list[Path]:
    """Write all the workbooks of a plan and of a second one; the first of each kind stands for it."""
    written = agreements.write_all(scenario, allocation, folder, lambda _text: None)
    figures = Figures(scenario, allocation)
    written += comparisons.write_all(Pair(figures, Figures(*amended)), folder, lambda _text: None)
    stress.write(StressTest(figures, SPEC, FOUND, THIRD.target, THIRD), folder / "epreuve.xlsx")
    verdicts = [Verdict(Question.BYTES, State.CONFORMING, ("=1+1",))]
    compose("a.zip", {"External-Description": "@x", "Bagging-Date": "2026-01-02"}, verdicts, folder / "audit.xlsx")
    (folder / "scenario.xlsx").write_bytes(render(scenario))
    written += [folder / f"{name}.xlsx" for name in ("epreuve", "audit", "scenario")]
    return written


@pytest.fixture(scope="module")
def every_path(scenario, allocation, amended, tmp_path_factory) -> list[Path]:
    return written_in(tmp_path_factory.mktemp("tous"), scenario, allocation, amended)


@pytest.fixture(scope="module")
def paths(every_path) -> dict[str, Path]:
    """Give one workbook of each kind, by kind."""
    return {kind: next(path for path in every_path if path.name.startswith(kind)) for kind in KINDS}


@pytest.fixture(params=KINDS)
def path(request, paths) -> Path:
    return paths[request.param]


def test_every_workbook_has_the_same_bytes_when_written_again(every_path, scenario, allocation, amended, tmp_path):
    again = written_in(tmp_path, scenario, allocation, amended)
    assert [path.name for path in again] == [path.name for path in every_path]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in every_path]


def sheets(path: Path) -> list[Worksheet]:
    return load_workbook(path).worksheets


def formulas(book: Workbook) -> Iterator[tuple[Worksheet, object]]:
    for sheet in book:
        for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"):
            yield sheet, cell


def test_every_sheet_prints_on_landscape_a4_with_a_footer_that_names_it(path):
    for sheet in sheets(path):
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9), sheet.title
        assert sheet.oddFooter.left.text, sheet.title
        assert sheet.oddFooter.center.text == "&A", sheet.title
        assert {"&P", "&N"} <= set(re.findall("&.", sheet.oddFooter.right.text)), sheet.title


def test_titles_are_repeated_wherever_a_table_may_go_over_a_page(path):
    """Read-me sheets, and sheets made of several small tables, have no line of titles to repeat."""
    several = {
        "Lisez-moi", "Séance", "Signatures", "Articles", "Journal", "Tirages", "Lois", "Budget sûr", "Délibération",
        "Convention OPAH", "Assiettes et prêts", "Équité", "Synthèse par opération", "Rapport d'audit",
    }  # fmt: skip
    for sheet in sheets(path):
        if sheet.title not in several:
            assert sheet.print_title_rows, sheet.title


def test_every_formula_has_its_value_and_no_constant(path):
    stored = load_workbook(path, data_only=True)
    for sheet, cell in formulas(load_workbook(path)):
        where = (sheet.title, cell.coordinate, cell.value)
        assert stored[sheet.title][cell.coordinate].value is not None, where
        operands = [item for item in Tokenizer(cell.value).items if item.type == "OPERAND"]
        assert not [item.value for item in operands if item.subtype == "NUMBER"], where


def test_no_formula_comes_from_a_text(path):
    """Labels begin with =, + and @; formulas only call the functions that the house writes."""
    called = {
        token.value
        for _sheet, cell in formulas(load_workbook(path))
        for token in Tokenizer(cell.value).items
        if token.type == "FUNC" and token.subtype == "OPEN"
    }
    assert called <= {
        f"{name}(" for name in (
            "ABS", "AND", "BETAINV", "COUNTIF", "COUNTIFS", "EXACT", "IF", "MAX", "MIN", "N", "OR", "ROWS", "SUM",
            "SUMPRODUCT",
        )
    }, called  # fmt: skip
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name or "vbaProject" in name]


def test_text_of_users_stays_text(paths):
    """=HYPERLINK(...), +1, @x and =1+1 are found as they were typed, in every kind where they stand."""
    typed = {
        "convention": {'=HYPERLINK("http://exemple.fr";"cliquez")', "+1 école", "@Espaces publics"},
        "financeur": {"+1 école"}, "releve": {'=HYPERLINK("http://exemple.fr";"cliquez")', "+1 école"},
        "comparaison": {'=HYPERLINK("http://exemple.fr";"cliquez")', "+1 école", "@Espaces publics"},
        "avenant": {"@Espaces publics"}, "epreuve": {"=Aléas du centre", "+1 école"}, "audit": {"=1+1", "@x"},
        "scenario": {'=HYPERLINK("http://exemple.fr";"cliquez")', "+1 école", "@Espaces publics"},
    }  # fmt: skip
    for kind, labels in typed.items():
        cells = [cell for sheet in sheets(paths[kind]) for cells in sheet.iter_rows() for cell in cells]
        found = [cell for cell in cells if cell.value in labels]
        assert {cell.value for cell in found} == labels, kind
        assert {cell.data_type for cell in found} == {"s"}, kind
