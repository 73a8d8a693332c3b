"""No control without a workbook altered by hand that turns it red: each family in short, each single line at length."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.formula import Tokenizer

from allocator.solve.allocate import allocate
from reports import agreement, amendment, comparison, partner_summary, session_minutes, stress
from reports.controls.control import Family
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from reports.layout.stressed import StressTest
from scenarios.fingerprint import fingerprint
from scenarios.formats import read
from tests.reports import (
    test_comparisons,
    test_early_payments,
    test_overall_rules,
    test_presence_and_dates,
    test_recalculation,
    test_stress,
)
from tests.reports.by_hand import convert

_FOUND, _LIMIT, _RESULT = 7, 9, 11
"""Columns of the sheet of controls."""

_AT_ONCE = 25
"""Workbooks that one start of LibreOffice recalculates."""

KINDS = ("convention", "ensemble", "financeur", "releve", "comparaison", "avenant", "epreuve")


def test_every_family_of_controls_is_turned_red_by_hand():
    changes = (
        test_recalculation.CHANGES, test_recalculation.PARTNER_CHANGES, test_presence_and_dates.CHANGES,
        test_overall_rules.CHANGES, test_comparisons.CHANGES, test_early_payments.CHANGES, test_stress.CHANGES,
    )  # fmt: skip
    turned = {family for table in changes for change in table.values() for family in change[-1]}
    assert {str(family) for family in Family} - turned == set()


@pytest.fixture(scope="module")
def workbooks(scenario, allocation, amended, tmp_path_factory) -> dict[str, Path]:
    """Give one workbook of each kind that has controls, by kind; the agreement has every rule of the other tests."""
    folder = tmp_path_factory.mktemp("controles")
    paths = {kind: folder / f"{kind}.xlsx" for kind in KINDS}
    ruled = test_presence_and_dates.ruled(scenario)
    ruled = ruled.model_copy(update={"rules": (*ruled.rules, *test_early_payments.ADDED)})
    plan = replace(allocation, fingerprint=fingerprint(ruled))
    agreement.write(ruled, plan, "P1", paths["convention"])
    partner_summary.write(ruled, plan, "REGION", paths["financeur"])
    session_minutes.write(scenario, allocation, paths["releve"])
    (example,) = re.findall(r"```yaml\n(.*?)```", test_overall_rules.PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "exemple.yaml").write_text(example, encoding="utf-8")
    document = read(folder / "exemple.yaml")
    agreement.write(document, allocate(document), "CENTRE", paths["ensemble"])
    figures = Figures(scenario, allocation)
    pair = Pair(figures, Figures(*amended))
    comparison.write(pair, paths["comparaison"])
    amendment.write(pair, "P1", paths["avenant"])
    safer = test_stress.THIRD
    stress.write(StressTest(figures, test_stress.SPEC, test_stress.FOUND, safer.target, safer), paths["epreuve"])
    return paths


def _leaves(book: Workbook, sheet: str, formula: str) -> Iterator[Cell]:
    """Give the cells of numbers and words from which a formula is computed, through the formulas between them."""
    for item in Tokenizer(formula).items:
        if item.type != "OPERAND" or item.subtype != "RANGE":
            continue
        name, _mark, area = item.value.rpartition("!")
        if not re.fullmatch(r"[A-Z]+\d+(:[A-Z]+\d+)?", area.replace("$", "")):
            continue  # a named cell: a tolerance
        place = name.strip("'") or sheet
        found = book[place][area]
        for cell in (cell for line in found for cell in line) if isinstance(found, tuple) else (found,):
            if cell.data_type == "f":
                yield from _leaves(book, place, cell.value)
            else:
                yield cell


def _altered(path: Path, row: int, column: int) -> Workbook:
    """Break a control by hand: the numbers that its value (or its limit) reads become far too large, or too small.

    Where it only reads words, which it counts, the words are changed.
    """
    book = load_workbook(path)
    sheet = book["Contrôles"]
    large = (sheet.cell(row, 8).value == "≥") is (column == _LIMIT)
    leaves = list(_leaves(book, "Contrôles", sheet.cell(row, column).value))
    numbers = [cell for cell in leaves if cell.data_type == "n"]
    for rank, cell in enumerate(numbers or leaves, start=1):  # all different: a gap between two of them is not nothing
        cell.value = "?" if not numbers else rank * 10**9 if large else -rank * 10**9
    return book


def _overwritten(path: Path, row: int) -> Workbook:
    """Break a control whose two sides read the same numbers: type a number over the formula that it reads first."""
    book = load_workbook(path)
    formula = book["Contrôles"].cell(row, _FOUND).value
    name, _mark, area = next(item.value for item in Tokenizer(formula).items if item.subtype == "RANGE").rpartition("!")
    found = book[name.strip("'")][area]
    cell = found[0][0] if isinstance(found, tuple) else found
    cell.value = 10**9
    return book


def _controls(path: Path) -> dict[int, tuple[object, ...]]:
    """Give what the control sheet says, by row."""
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    head = next(row for row in range(12, sheet.max_row + 1) if sheet.cell(row, 1).value == "N°")
    return {row: tuple(cell.value for cell in sheet[row]) for row in range(head + 1, sheet.max_row + 1)}


def _still_right(rows: Iterable[int], change: Callable[[int], Workbook], folder: Path) -> set[int]:
    """Give the rows whose control stays right after a change by hand made for each, a few workbooks at a time."""
    right, left = set(), sorted(rows)
    for first in range(0, len(left), _AT_ONCE):
        part = folder / str(first)
        part.mkdir(parents=True)
        recalculated = convert({str(row): change(row) for row in left[first : first + _AT_ONCE]}, part)
        right |= {int(row) for row, file in recalculated.items() if _controls(file)[int(row)][_RESULT - 1] == "OK"}
    return right


@pytest.mark.long
@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
@pytest.mark.parametrize("kind", KINDS)
def test_each_single_control_is_turned_red_by_hand(kind, workbooks, tmp_path):
    """Not a family but each line: what it reads is altered and the line is no longer right."""
    path = workbooks[kind]
    lines = _controls(path)
    assert {line[_RESULT - 1] for line in lines.values()} == {"OK"}
    left = _still_right(lines, lambda row: _altered(path, row, _FOUND), tmp_path / "valeurs")
    left = _still_right(left, lambda row: _altered(path, row, _LIMIT), tmp_path / "limites")
    left = _still_right(left, lambda row: _overwritten(path, row), tmp_path / "formules")
    assert {lines[row] for row in left} == set()
