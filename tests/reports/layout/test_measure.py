"""Row heights and column widths are estimated without a screen: never too small."""

from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from reports import agreement
from reports.layout.measure import amount_width, line_count


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("court", 10, 1),
        ("deux mots", 6, 2),
        ("Office public de l'habitat d'exemple", 40, 1),
        ("Office public de l'habitat d'exemple", 20, 2),
        ("X" * 60, 10, 9),
    ],
)
def test_lines_wrap_between_words_and_inside_long_ones(text, width, lines):
    assert line_count(text, width, bold=False) == lines


def test_bold_text_never_takes_fewer_lines():
    text = "Prêts (compris dans la part du maître d'ouvrage)"
    assert all(line_count(text, width, bold=True) >= line_count(text, width, bold=False) for width in range(5, 60))


def test_a_wider_amount_asks_for_a_wider_column():
    widths = [amount_width(Fraction(10**power), "€") for power in range(12)]
    assert widths == sorted(widths)
    assert amount_width(Fraction(10**9), "USD") > amount_width(Fraction(10**9), "€")


def test_columns_widen_for_the_largest_amounts(scenario, allocation, tmp_path):
    """50 billion on one line: the column must hold it, or programs show a row of hashes."""
    huge = 5_000_000_000_000
    operations = tuple(
        o.model_copy(update={"cost_excl_vat": huge}) if o.code == "A-COM" else o for o in scenario.operations
    )
    agreement.write(scenario.model_copy(update={"operations": operations}), allocation, "P1", tmp_path / "grand.xlsx")
    sheet = load_workbook(tmp_path / "grand.xlsx")["Plan de financement"]
    column = next(cell.column_letter for cell in sheet[5] if cell.value == "Reste à financer")
    assert sheet.column_dimensions[column].width >= amount_width(Fraction(huge, 100), "€")


def test_long_texts_raise_their_row(scenario, allocation, tmp_path):
    engine = replace(allocation.engine, options=tuple((f"option_{rank}", "valeur") for rank in range(40)))
    agreement.write(scenario, replace(allocation, engine=engine), "P1", tmp_path / "long.xlsx")
    sheet = load_workbook(tmp_path / "long.xlsx")["Lisez-moi"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "Moteur de calcul")
    assert sheet.row_dimensions[row].height > 60
