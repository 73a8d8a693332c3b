"""Formulas and their values are built together."""

from fractions import Fraction

import pytest

from reports.layout.live import Live, euros, least, span, span_total, total


@pytest.fixture
def cells() -> list[Live]:
    return [Live(f"'Feuille'!{name}1", Fraction(value)) for name, value in (("A", 6), ("B", 4), ("C", 2))]


@pytest.mark.parametrize(
    ("build", "formula", "value"),
    [
        (lambda a, b, c: a + b - c, "A+B-C", 8),
        (lambda a, b, c: a - (b + c), "A-(B+C)", 0),
        (lambda a, b, c: a - (b - c), "A-(B-C)", 4),
        (lambda a, b, c: (a + b) * c, "(A+B)*C", 20),
        (lambda a, b, c: a / (b * c), "A/(B*C)", Fraction(3, 4)),
        (lambda a, b, c: a * b / c, "A*B/C", 12),
        (lambda a, b, c: a / b / c, "A/B/C", Fraction(3, 4)),
        (lambda a, b, c: a / (b / c), "A/(B/C)", 3),
        (lambda a, b, c: c * total([a, b]), "C*SUM(A,B)", 20),
        (lambda a, b, c: least([a, b * c]), "MIN(A,B*C)", 6),
    ],
)
def test_formula_means_its_value(cells, build, formula, value):
    live = build(*cells)
    assert live.formula.replace("'Feuille'!", "").replace("1", "") == formula
    assert live.value == value


def test_spans_name_the_sheet_once(cells):
    assert span(cells) == "'Feuille'!A1:C1"
    assert span_total(cells) == Live("SUM('Feuille'!A1:C1)", Fraction(12))


def test_a_bare_number_cannot_enter_a_formula(cells):
    with pytest.raises(AttributeError):
        cells[0] + 1


def test_euros_are_exact():
    assert euros(63_932_580) == Fraction(6_393_258, 10)
