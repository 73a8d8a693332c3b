"""Figures as French tables write them."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.formats.financing_table.numbers import amount, day, is_dash, rate, whole, year
from scenarios.formats.workbook.cell_text import UnfitCellError
from tests.scenarios.financing_table.foreign import grouped, millions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 234 567,89 €", "1234567.89"), ("1\u00a0234\u00a0567,89\u00a0€", "1234567.89"),
        ("1\u202f234\u202f567,89\u202f€", "1234567.89"), ("1 234,5 k€", "1234500"), ("12,3 M€", "12300000"),
        ("12.3 M€", "12300000"), ("1234.50", "1234.50"), ("0", "0"), ("-5,00 €", "-5"), ("−5 EUR", "-5"),
        ("12 euros", "12"), ("3 keur", "3000"), ("1234567", "1234567"), ("2 MEUR", "2000000"),
    ],
)  # fmt: skip
def test_amounts_as_text(text: str, expected: str) -> None:
    assert amount(text, "General", 1) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    ["1.234", "1.234,56", "1,234.56", "12 34", "12 €€", "€ 12", "1 234 56", "abc", "12,", "1e5", "12 %", "#REF!"],
)
def test_ambiguous_amounts_are_refused(text: str) -> None:
    with pytest.raises(UnfitCellError):
        amount(text, "General", 1)


def test_a_unit_written_wins_over_that_of_the_table() -> None:
    assert amount("12 €", "General", 1000) == 12
    assert amount("12", "General", 1000) == 12_000
    assert amount(12.5, "General", 1000) == 12_500
    assert amount(12.5, '#,##0.0 "k€"', 1) == 12_500
    assert amount(12.5, '#,##0.0 "M€"', 1000) == 12_500_000
    assert amount(12_500, '#,##0.0,"k€"', 1) == 12_500


@given(cents=st.integers(0, 5_000_000_000_000))
def test_every_cent_written_in_french_is_read(cents: int) -> None:
    assert amount(f"{grouped(cents)} €", "General", 1) * 100 == cents
    assert amount(millions(cents), "General", 1) * 100 == cents
    assert amount(cents / 100, "General", 1) * 100 == cents


def test_rates_and_the_precision_they_show() -> None:
    assert rate("40 %", "General") == (Fraction(2, 5), Fraction(1, 200))
    assert rate("40,25 %", "General") == (Fraction(161, 400), Fraction(1, 20_000))
    assert rate(0.4, "0%") == (Fraction(2, 5), Fraction(1, 200))
    assert rate(0.4025, "0.00%") == (Fraction(161, 400), Fraction(1, 20_000))
    assert rate(1, "0%")[0] == 1
    for value in (40, "40", -0.1, True, "quarante", 1.01):
        with pytest.raises(UnfitCellError):
            rate(value, "General")


def test_years_and_days() -> None:
    texts = [2026, "2026", "S1 2026", "s2-2026", "2026 S2", "01/03/2026", "1.3.2026"]
    assert {year(text) for text in texts} == {"2026"}
    moment = datetime.fromisoformat("2026-03-01")
    assert (year(moment), day(moment), day("01/03/2026"), day("2026-03-01")) == ("2026", *["2026-03-01"] * 3)
    for value in (26, "mars", 2026.5, True, "S3 2026"):
        with pytest.raises(UnfitCellError):
            year(value)


def test_whole_numbers_and_dashes() -> None:
    assert [whole(value) for value in ("1 200", 1200, "1200,0")] == ["1200"] * 3
    assert all(map(is_dash, ("-", " – ", "—", "−")))
    assert not any(map(is_dash, ("", "-5", None, 0)))
