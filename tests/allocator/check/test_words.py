"""Amounts, rates and numbers in French and in English."""

from fractions import Fraction

import pytest

from allocator.words import either, euros, money, number, percent
from scenarios.language import speaking


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0_€"),
        (1, "0,01_€"),
        (10, "0,10_€"),
        (100, "1_€"),
        (99_999, "999,99_€"),
        (100_000, "1_000_€"),
        (123_456_789, "1_234_567,89_€"),
        (-5, "-0,05_€"),
        (-123_450, "-1_234,50_€"),
    ],
)
def test_euros(cents: int, text: str) -> None:
    assert euros(cents) == text.replace("_", "\u202f")


def test_other_currencies() -> None:
    assert money(150, "USD") == "1,50\u202f$"
    assert money(150, "CHF") == "1,50\u202fCHF"


def test_the_whole_cents_next_to_an_exact_amount() -> None:
    assert either(Fraction(100), "EUR") == "1\u202f€"
    assert either(Fraction(1_000, 3), "EUR") == "3,33\u202f€ ou 3,34\u202f€"
    assert either(Fraction(-1, 2), "EUR") == "-0,01\u202f€ ou 0\u202f€"


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Fraction(0), "0_%"),
        (Fraction(1, 4), "25_%"),
        (Fraction(1), "100_%"),
        (Fraction(1, 8), "12,5_%"),
        (Fraction("0.16404"), "16,404_%"),
        (Fraction(1, 3), "≈ 33,33_%"),
        (Fraction(2, 3), "≈ 66,67_%"),
        (Fraction(-1, 3), "≈ -33,33_%"),
        (Fraction(99_999_999, 1_000_000), "9_999,9999_%"),
    ],
)
def test_percent(rate: Fraction, text: str) -> None:
    assert percent(rate) == text.replace("_", "\u202f")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1_234_567), "1_234_567"),
        (Fraction(1, 2), "0,5"),
        (Fraction(1, 10_000), "0,0001"),
        (Fraction(1, 100_000), "≈ 0"),
        (Fraction(12_345_678, 7), "≈ 1_763_668,29"),
    ],
)
def test_number(value: Fraction, text: str) -> None:
    assert number(value) == text.replace("_", "\u202f")


def test_in_english() -> None:
    with speaking("en"):
        assert euros(123_456_789) == "1,234,567.89\u202f€"
        assert euros(-123_450) == "-1,234.50\u202f€"
        assert money(100_000, "USD") == "1,000\u202f$"
        assert money(100_000, "", decimals=True) == "1,000.00\u202f"
        assert either(Fraction(1_000, 3), "EUR") == "3.33\u202f€ or 3.34\u202f€"
        assert (percent(Fraction(1, 4)), percent(Fraction(1, 3))) == ("25%", "≈ 33.33%")
        assert number(Fraction(12_345_678, 10)) == "1,234,567.8"
    assert percent(Fraction(1, 4)) == "25\u202f%"
