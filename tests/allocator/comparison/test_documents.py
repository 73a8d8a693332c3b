"""Documents compared cell by cell: what is added, withdrawn, changed, whatever the order of the rows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.comparison.documents import Edit, RowChange, RowState, compare_documents
from scenarios import library
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.formats import read
from tests.allocator.rules import tiny

VALUE, CLOSE = tiny.VALUE.kind, tiny.CLOSE.kind


def changes(**tables_after: Any) -> tuple[RowChange, ...]:
    before = tiny.scenario()
    return compare_documents(before, before.model_copy(update=tables_after))


def test_a_cell_that_changes() -> None:
    (change,) = changes(operations=(tiny.operation(cost_excl_vat=1250, units=3),))
    assert change == RowChange(
        "operations", ("OP",), RowState.CHANGED, (Edit("cost_excl_vat", "12", "12.50"), Edit("units", None, "3"))
    )


def test_a_row_added_and_a_row_withdrawn() -> None:
    found = changes(eligibilities=(tiny.eligibility("DEP"),))
    assert [(change.key, change.state) for change in found] == [
        (("OP", "DEP"), RowState.ADDED),
        (("OP", "REG"), RowState.REMOVED),
    ]
    assert found[0].edits == (
        Edit("operation", None, "OP"), Edit("partner", None, "DEP"), Edit("presence", None, "required"),
    )  # fmt: skip


def test_the_header_and_the_order_of_goals() -> None:
    found = changes(title="Autre", goals=(tiny.CLOSE, tiny.VALUE))
    assert found == (
        RowChange(HEADER, (), RowState.CHANGED, (Edit("title", "Essai", "Autre"),)),
        RowChange("goals", (), RowState.CHANGED, (Edit("order", f"{VALUE}|{CLOSE}", f"{CLOSE}|{VALUE}"),)),
    )


def test_rows_of_one_key_are_told_apart() -> None:
    """Two loans of one bank: one is kept, the other changes; then both change and cannot be paired."""
    before = read(library.find("region-demo"))
    loan = before.loans[0]
    twice = before.model_copy(update={"loans": (loan, loan.model_copy(update={"amount": 7}))})

    def against(*amounts: int) -> list[tuple[RowState, tuple[str, ...]]]:
        loans = tuple(loan.model_copy(update={"amount": amount}) for amount in amounts)
        found = compare_documents(twice, twice.model_copy(update={"loans": loans}))
        return [(change.state, tuple(edit.column for edit in change.edits)) for change in found]

    assert against(7, loan.amount) == []
    assert against(loan.amount, 8) == [(RowState.CHANGED, ("amount",))]
    assert [state for state, _columns in against(1, 8)] == [RowState.REMOVED] * 2 + [RowState.ADDED] * 2
    assert [state for state, _columns in against(loan.amount)] == [RowState.REMOVED]


def test_every_table_has_a_key() -> None:
    """No two rows of a table answer each other by nothing at all."""
    scenario = read(library.find("region-demo"))
    empty = {name: () for name in tables() if name != HEADER}
    for change in compare_documents(scenario, scenario.model_copy(update=empty)):
        if (change.table, change.key) == ("goals", ()):
            # The order of goals is one line: it is emptied with them.
            assert [edit.column for edit in change.edits] == ["order"]
            continue
        assert change.state is RowState.REMOVED
        assert any(change.key), change.table


@pytest.mark.parametrize("name", library.names())
def test_a_scenario_is_the_same_as_itself_whatever_the_order(name: str) -> None:
    scenario = read(library.find(name))
    turned = {table: tuple(reversed(getattr(scenario, table))) for table in tables() if table not in {HEADER, "goals"}}
    assert compare_documents(scenario, scenario.model_copy(update=turned)) == ()


@given(data=st.data())
def test_every_cell_that_is_changed_is_found_both_ways(data: st.DataObject) -> None:
    scenario: Scenario = read(library.find("tutoriel"))
    rank = data.draw(st.integers(0, len(scenario.budgets) - 1))
    amount = data.draw(st.integers(0, 10**9).filter(lambda cents: cents != scenario.budgets[rank].commitment))
    budgets = list(scenario.budgets)
    budgets[rank] = budgets[rank].model_copy(update={"commitment": amount})
    other = scenario.model_copy(update={"budgets": tuple(budgets)})
    (there,), (back,) = compare_documents(scenario, other), compare_documents(other, scenario)
    assert there.key == back.key == (budgets[rank].holder, str(budgets[rank].year))
    assert [(edit.before, edit.after) for edit in there.edits] == [(edit.after, edit.before) for edit in back.edits]
