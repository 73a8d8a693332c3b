"""Tables on the screen and in Excel: exact amounts, written the way of the language spoken."""

import io
from decimal import Decimal

import openpyxl

from ui.desk.views import by_partner, matrix
from ui.pages.drawing import frame_of
from ui.plan import Plan


def test_amounts_are_exact_in_units_of_the_currency(plan: Plan) -> None:
    frame = frame_of(matrix(plan))
    assert frame["Reste à financer"].iloc[0] == Decimal("1234567.00")
    assert frame["Nom de DEP"].iloc[1] == Decimal("9999.99")
    assert frame["Nom de DEP"].iloc[2] is None


def test_the_workbook_holds_numbers_to_the_cent(plan: Plan) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(matrix(plan).xlsx())).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(min_row=4, values_only=True)
    place = heads.index("Nom de DEP")
    assert [row[place] for row in rows[:3]] == [None, 9999.99, None]
    assert [row[0] for row in rows[:4]] == ["C-RIEN", "B-PARTIE", "A-PLEINE", "Budget restant"]


def test_numbers_are_sorted_as_numbers(plan: Plan) -> None:
    assert set(frame_of(by_partner(plan))["Opérations aidées"].map(type)) == {float}
