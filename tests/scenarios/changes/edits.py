"""Scenarios to edit, and valid edits drawn at random: every kind of change, in every table that bears it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from scenarios.checks import findings
from scenarios.document import Goal, GoalKind, PastAid, Scenario
from scenarios.formats import read

COMPLETE = read(Path(__file__).parents[1] / "complete")
"""A row in almost every table; its past aids are drawn by ``edited``."""

Edit = Callable[[st.DrawFn, Scenario], dict[str, Any]]
_TEXTS = st.text("abé |;", max_size=5).map(str.strip)
_CENTS = st.integers(0, 10**6)


def loan(amount: int, **changes: Any) -> Any:
    """Return the loan of the complete scenario with another amount."""
    return COMPLETE.loans[0].model_copy(update={"amount": amount, **changes})


def _text(draw: st.DrawFn, scenario: Scenario) -> dict[str, Any]:
    table = draw(st.sampled_from(["partners", "operations", "budgets", "loans", "plans", "eligibilities", "communes"]))
    rows = list(getattr(scenario, table))
    assume(rows)
    rank = draw(st.integers(0, len(rows) - 1))
    rows[rank] = rows[rank].model_copy(update={"provenance": draw(_TEXTS)})
    return {table: tuple(rows)}


def _header(draw: st.DrawFn, _scenario: Scenario) -> dict[str, Any]:
    return {"description": draw(_TEXTS)}


def _budget(draw: st.DrawFn, scenario: Scenario) -> dict[str, Any]:
    rows = list(scenario.budgets)
    rank = draw(st.integers(0, len(rows) - 1))
    columns = [name for name in ("commitment", "payment") if getattr(rows[rank], name) is not None]
    rows[rank] = rows[rank].model_copy(update={draw(st.sampled_from(columns)): draw(_CENTS)})
    return {"budgets": tuple(rows)}


def _repeated(draw: st.DrawFn, _scenario: Scenario) -> dict[str, Any]:
    """Loans and withdrawn credits: some removed, some doubled, some of the same key as another."""
    table = draw(st.sampled_from(["loans", "decommitments"]))
    pattern = getattr(COMPLETE, table)[0]
    amounts = draw(st.lists(st.sampled_from([100, 200, 300]), max_size=4))
    return {table: tuple(pattern.model_copy(update={"amount": amount}) for amount in amounts)}


def _past_aids(draw: st.DrawFn, scenario: Scenario) -> dict[str, Any]:
    owner = scenario.operations[0].owner
    days = draw(st.lists(st.sampled_from(["2025-01-01", "2025-02-01"]), max_size=3))
    rows = (PastAid(partner=owner, day=day, amount=draw(_CENTS), funder="Illustratif") for day in days)  # type: ignore[arg-type] # a text, as in files
    return {"past_aids": tuple(rows)}


def _goals(draw: st.DrawFn, _scenario: Scenario) -> dict[str, Any]:
    kinds = [GoalKind.PRIORITY_VALUE, GoalKind.FUNDED_COST, GoalKind.EARLIEST_START, GoalKind.FEWEST_PARTNERS]
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, unique=True))
    return {"goals": tuple(Goal(kind=kind) for kind in chosen)}


def _eligibilities(draw: st.DrawFn, scenario: Scenario) -> dict[str, Any]:
    rows = list(scenario.eligibilities)
    rank = draw(st.integers(0, len(rows) - 1))
    return {"eligibilities": (*rows[:rank], *rows[rank + 1 :])}


def _order(draw: st.DrawFn, scenario: Scenario) -> dict[str, Any]:
    table = draw(st.sampled_from(["partners", "operations", "budgets", "loans", "communes"]))
    return {table: tuple(draw(st.permutations(getattr(scenario, table))))}


_EDITS: tuple[Edit, ...] = (_text, _header, _budget, _repeated, _past_aids, _goals, _eligibilities, _order)


@st.composite
def edited(draw: st.DrawFn, scenario: Scenario = COMPLETE, most: int = 5) -> Scenario:
    """Draw a valid scenario some edits away from another."""
    for edit in draw(st.lists(st.sampled_from(_EDITS), max_size=most)):
        scenario = scenario.model_copy(update=edit(draw, scenario))
    assume(not findings(scenario))
    return scenario
