"""The burden of communes: what owners pay, to the cent, and what it weighs on inhabitants."""

from fractions import Fraction

from reports.charts.burden import chart
from reports.layout.figures import Figures
from scenarios.document import Indicator, IndicatorWeight

MINE = (230_000_000 - 125_000_011) + 10_000_000
"""Ville A: what is left of A-EQP, and its part of A-PLA; it brings nothing to its operation not funded."""


def test_every_cent_of_owners_is_counted_once(figures: Figures) -> None:
    table = chart(figures).table
    own = sum(figures.amount(line.code, line.owner) for line in figures.scenario.operations)
    assert table.total("Part de la commune") + table.total("Part des autres maîtres d'ouvrage") == own


def test_the_commune_and_the_other_owners_stand_apart(figures: Figures) -> None:
    rows = {row[0]: row for row in chart(figures).table.rows}
    assert rows["A"][3] == MINE
    assert rows["A"][6] == Fraction(MINE, 20_000)
    assert rows["B"][3:] == (30_000_000, 0, Fraction(30, 80), None, None)


def test_the_heaviest_burden_comes_first(figures: Figures) -> None:
    assert [row[0] for row in chart(figures).table.rows] == ["A", "B"]


def test_the_measure_of_the_goal_of_equality_where_indicators_are_given(figures: Figures) -> None:
    weight = IndicatorWeight(indicator=Indicator.FINANCIAL_POTENTIAL, weight=Fraction(1), year=2024)
    weighed = figures.scenario.model_copy(update={"equalisation": (weight,)})
    rows = {row[0]: row for row in chart(Figures(weighed, figures.allocation)).table.rows}
    # The only commune with indicators is its own average: its weighted potential is its population.
    assert rows["A"][7] == Fraction(MINE, 20_000)
    assert rows["B"][7] is None


def test_bars_have_patterns_and_totals_are_written(figures: Figures) -> None:
    drawn = chart(figures).figure
    assert len({bar.marker.pattern.shape for bar in drawn.data}) == 2
    written = [note.text.replace("\u202f", " ") for note in drawn.layout.annotations]
    assert written[1] == "300 000 € · 37,5 %"
