"""Cells as people write them: every cell of the shipped scenarios comes back the same, in both languages."""

import pytest

from scenarios import library
from scenarios.changes import rows_after
from scenarios.dictionary import Column, tables
from scenarios.formats import read
from scenarios.language import speaking
from ui.desk.cells import choice_face, face, is_choice, rank, text_of

AMOUNT, RATE = ("operations", "cost_excl_vat"), ("references", "share")


def column(table: str, name: str) -> Column:
    found = tables()[table].column(name)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["region-demo", "tutoriel", "droit-demo", "baltimore-2018"])
def test_every_cell_shown_is_read_back_the_same(name: str, language: str) -> None:
    scenario, count = read(library.find(name)), 0
    with speaking(language):
        for table in tables().values():
            for row in rows_after(scenario, table.name, ()):
                for key, text in row.items():
                    where = column(table.name, key)
                    shown = choice_face(text) if is_choice(where) else face(text, where)
                    assert text_of(shown, where) == text, (table.name, key, shown)
                    count += 1
    assert count > 300


@pytest.mark.parametrize(
    ("typed", "where", "text"),
    [
        ("1 234 567,89 €", AMOUNT, "1234567.89"),
        ("1\u202f234\u00a0567", AMOUNT, "1234567"),
        ("1,2 M€", AMOUNT, "1200000"),
        ("12 k€", AMOUNT, "12000"),
        ("1234.5", AMOUNT, "1234.50"),
        ("1.234", AMOUNT, "1.234 ?"),
        ("12.500", AMOUNT, "12.500 ?"),
        ("1,005", AMOUNT, "1,005"),
        ("-5", AMOUNT, "-5"),
        ("beaucoup", AMOUNT, "beaucoup"),
        ("12,5 %", RATE, "0.125"),
        ("1/3", RATE, "1/3"),
        ("120 %", RATE, "120 %"),
        ("1 200", ("operations", "units"), "1200"),
        ("01/03/2026", ("operations", "decision_date"), "2026-03-01"),
        ("2026-03-01", ("operations", "decision_date"), "2026-03-01"),
        ("DEM, AME ; EQP|ING", ("envelopes", "natures"), "DEM|AME|EQP|ING"),
        ("Oui", ("operations", "mandatory"), "oui"),
        ("hors taxes", ("operations", "cost_basis"), "excl_vat"),
        ("excl_vat", ("operations", "cost_basis"), "excl_vat"),
        (None, AMOUNT, ""),
        ("  ", ("operations", "label"), ""),
    ],
)
def test_what_is_typed_in_french_is_read_or_left_as_it_is(typed: object, where: tuple[str, str], text: str) -> None:
    assert text_of(typed, column(*where)) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [("1,234,567.89", "1234567.89"), ("1,5", "1,5"), ("12,34", "12,34"), ("1.5", "1.50"), ("2,000 €", "2000")],
)
def test_a_comma_between_thousands_is_read_in_english_only(typed: str, text: str) -> None:
    with speaking("en"):
        assert text_of(typed, column(*AMOUNT)) == text


def test_a_rate_without_short_decimals_stays_a_fraction() -> None:
    assert face("1/3", column(*RATE)) == "1/3"
    assert face("0.125", column(*RATE)) == "12,5\u202f%"


def test_figures_are_sorted_by_value_then_words_then_nothing() -> None:
    texts = ["9", "", "beaucoup", "10", "9.50"]
    assert sorted(texts, key=lambda text: rank(text, column(*AMOUNT))) == ["9", "9.50", "10", "beaucoup", ""]
