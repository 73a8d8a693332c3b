"""Commitments and payments against budgets: the figures a person adds by hand, to the cent."""

import pytest

from reports.charts.budget_years import chart, holders
from reports.layout.figures import Figures


def by_year(figures: Figures, holder: str | None) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in chart(figures, holder).table.rows}


def test_one_purse_without_carry_over(figures: Figures) -> None:
    rows = by_year(figures, "REGION")
    assert rows[2026][:2] == (10_000_000 + 30_000_000 + 20_000_000, 70_000_000)
    assert rows[2027][:2] == (40_000_000 + 12_345_678 + 5_000_000, 70_000_000)


def test_what_is_left_is_carried_over(figures: Figures) -> None:
    rows = by_year(figures, "DEPT")
    assert rows[2026][:2] == (15_000_001, 25_000_000)
    assert rows[2027][:2] == (25_000_000, 25_000_000 + 9_999_999)


def test_a_pool_counts_its_members_and_the_credits_freed(figures: Figures) -> None:
    rows = by_year(figures, "FNRU")
    assert rows[2026][:2] == (70_000_000 + 433_337 + 20_000_000, 100_000_000)
    assert rows[2027][:2] == (60_000_000 + 20_000_000, 100_000_000 + 4_000_000 + 9_566_663)


def test_payments_of_one_purse_are_all_that_it_pays_past_the_horizon_too(figures: Figures) -> None:
    table = chart(figures, "REGION").table
    paid = sum(line.amount for line in figures.allocation.payments if line.partner == "REGION")
    assert table.total("Payé") == paid
    assert table.total("Engagé") == sum(
        line.amount for line in figures.allocation.commitments if line.partner == "REGION"
    )


def test_a_purse_without_limit_shows_no_budget(figures: Figures) -> None:
    drawn = chart(figures, "OPH")
    assert {row[2] for row in drawn.table.rows} == {None}
    assert [trace.name for trace in drawn.figure.data] == ["Engagé", "Payé"]


def test_all_limited_budgets_together(figures: Figures) -> None:
    rows = by_year(figures, None)
    assert rows[2026][:2] == (60_000_000 + 15_000_001 + 90_433_337, 195_000_000)
    assert holders(figures) == ("DEPT", "REGION", "FNRU")


def test_a_partner_and_its_pool_are_counted_once(figures: Figures) -> None:
    partners = tuple(
        line.model_copy(update={"commitment_limited": True}) if line.code == "ANRU" else line
        for line in figures.scenario.partners
    )
    fund = [line for line in figures.scenario.budgets if line.holder == "FNRU"]
    budgets = (*figures.scenario.budgets, *(line.model_copy(update={"holder": "ANRU"}) for line in fund))
    both = figures.scenario.model_copy(update={"partners": partners, "budgets": budgets})
    assert by_year(Figures(both, figures.allocation), None)[2026] == by_year(figures, None)[2026]


def test_bars_differ_by_their_pattern_and_budgets_by_their_mark(figures: Figures) -> None:
    bars = [trace for trace in chart(figures, "REGION").figure.data if trace.type == "bar"]
    marks = [trace for trace in chart(figures, "REGION").figure.data if trace.type == "scatter"]
    assert len({bar.marker.pattern.shape for bar in bars}) == 2
    assert len({mark.marker.symbol for mark in marks}) == 2


def test_an_unknown_purse_is_refused(figures: Figures) -> None:
    with pytest.raises(KeyError):
        chart(figures, "INCONNU")
