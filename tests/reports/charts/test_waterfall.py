"""A against B: the steps lead from one total to the other, to the cent, whatever is drawn together."""

import pytest

from reports.charts import waterfall
from reports.charts.waterfall import Measure, chart
from reports.layout.pair import Pair

NAMES = ("version 1", "version 2")


@pytest.mark.parametrize("measure", list(Measure))
def test_steps_lead_from_one_total_to_the_other(pair: Pair, measure: Measure) -> None:
    drawn = chart(pair, measure, NAMES)
    before, after = drawn.table.total("version 1"), drawn.table.total("version 2")
    assert drawn.table.total("Écart") == after - before
    (bars,) = drawn.figure.data
    assert round(sum(bars.x) * 100) == after
    assert [bars.measure[0], bars.measure[-1]] == ["absolute", "total"]
    assert set(bars.measure[1:-1]) == {"relative"}


def test_totals_are_those_of_the_plans(pair: Pair) -> None:
    committed = [sum(line.amount for line in side.allocation.commitments) for side in pair.sides]
    table = chart(pair, Measure.PARTNER, NAMES).table
    assert [table.total("version 1"), table.total("version 2")] == committed
    paid = [sum(line.amount for line in side.allocation.payments) for side in pair.sides]
    table = chart(pair, Measure.YEAR, NAMES).table
    assert [table.total("version 1"), table.total("version 2")] == paid


def test_a_step_is_what_a_person_subtracts(pair: Pair) -> None:
    rows = {row[0]: row for row in chart(pair, Measure.OPERATION, NAMES).table.rows}
    assert rows["A-COM"][2:] == (0, 50_000_007, 50_000_007)
    assert rows["A-RLG"][2:] == (1_000_000, 0, -1_000_000)
    assert rows["B-EQP"][4] == 0


def test_signs_are_written_beside_the_colours(pair: Pair) -> None:
    (bars,) = chart(pair, Measure.OPERATION, NAMES).figure.data
    assert [text.replace("\u202f", " ") for text in bars.text[1:-1]] == ["+500 000,07 €", "-10 000 €"]


def test_small_steps_are_drawn_together(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = chart(pair, Measure.PARTNER, NAMES)
    moves = [row for row in whole.table.rows if row[4]]
    monkeypatch.setattr(waterfall, "MOST", 2)
    drawn = chart(pair, Measure.PARTNER, NAMES)
    assert drawn.figure.layout.yaxis.ticktext[3] == f"{len(moves) - 2} autres"
    assert round(sum(drawn.figure.data[0].x) * 100) == drawn.table.total("version 2")
    assert drawn.table == whole.table


def test_an_axis_that_does_not_begin_at_zero_is_said_so(pair: Pair) -> None:
    drawn = chart(pair, Measure.OPERATION, NAMES)
    assert drawn.figure.layout.xaxis.range[0] > 0
    assert "L'axe ne commence pas à zéro" in drawn.note


def test_two_plans_of_the_same_name_are_told_apart(pair: Pair) -> None:
    assert [column.name for column in chart(pair, Measure.YEAR, ("plan", "plan")).table.columns][2:4] == [
        "Avant", "Après"
    ]  # fmt: skip


def test_nothing_moves_between_a_plan_and_itself(pair: Pair) -> None:
    drawn = chart(Pair(pair.before, pair.before), Measure.PARTNER, NAMES)
    assert list(drawn.figure.data[0].measure) == ["absolute", "total"]
    assert drawn.table.total("Écart") == 0
