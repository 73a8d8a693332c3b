"""The table behind a chart keeps every cent in its files, and no text of it becomes a formula."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

from openpyxl import load_workbook

from reports.charts.table import Column, Table, Unit
from scenarios.language import speaking

TABLE = Table(
    title="Essai",
    columns=(
        Column("Nom"), Column("Montant", Unit.AMOUNT), Column("Part", Unit.SHARE), Column("Année", Unit.YEAR),
        Column("Nombre", Unit.NUMBER),
    ),
    rows=(
        ("=HYPERLINK(1)", 123_456_789_01, Fraction(1, 3), 2027, Fraction(7)),
        ("Région ; à l'est", -1, None, 2028, Fraction(1, 2)),
    ),
    currency="EUR",
    day=date(2026, 1, 15),
    stamp="essai · abc",
)  # fmt: skip


def test_csv_in_french_keeps_the_cent_and_disarms_formulas() -> None:
    lines = TABLE.csv().decode("utf-8-sig").splitlines()
    assert lines == [
        "Nom;Montant;Part;Année;Nombre",
        "'=HYPERLINK(1);123456789,01;0,3333333333;2027;7",
        '"Région ; à l\'est";-0,01;;2028;0,5',
    ]


def test_csv_in_english_has_points_and_commas() -> None:
    with speaking("en"):
        lines = TABLE.csv().decode("utf-8-sig").splitlines()
    assert lines[1] == "'=HYPERLINK(1),123456789.01,0.3333333333,2027,7"


def test_workbook_holds_numbers_and_texts() -> None:
    sheet = load_workbook(io.BytesIO(TABLE.xlsx())).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0] == ["Nom", "Montant", "Part", "Année", "Nombre"]
    assert rows[1][0] == "=HYPERLINK(1)"
    assert sheet["A5"].data_type == "s"
    assert rows[1][1:] == [123456789.01, 1 / 3, 2027, 7]
    assert rows[2][1:] == [-0.01, None, 2028, 0.5]


def test_the_same_table_makes_the_same_bytes() -> None:
    assert TABLE.xlsx() == TABLE.xlsx()


def test_written_is_what_a_reader_sees() -> None:
    written = [[cell.replace("\u202f", " ") for cell in row] for row in TABLE.written()]
    assert written[0] == ["=HYPERLINK(1)", "123 456 789,01 €", "≈ 33,33 %", "2027", "7"]
    assert written[1] == ["Région ; à l'est", "-0,01 €", "", "2028", "0,5"]


def test_total_adds_cents() -> None:
    assert TABLE.total("Montant") == 123_456_789_00


def test_without_the_sign_of_the_currency_digits_stand_in_line() -> None:
    (name, _amount, *rest), *_others = TABLE.rows
    whole = (name, 5_00, *rest)
    bare = replace(TABLE, signed=False)
    assert [row[1].replace("\u202f", " ") for row in bare.written()] == ["123 456 789,01", "-0,01"]
    assert next(replace(bare, rows=(whole, *TABLE.rows)).written())[1] == "5,00"
    assert next(replace(bare, rows=(whole,)).written())[1] == "5"
