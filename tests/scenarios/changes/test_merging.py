"""Two edits put together: both when they touch other cells, a conflict that names the place otherwise."""

from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from scenarios.changes import Conflict, apply, conflict_sentence, difference, merge, settle
from scenarios.document import Goal, GoalKind, Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats import ScenarioError
from tests.scenarios.changes.edits import COMPLETE, edited, loan

BUDGET = COMPLETE.budgets[0]
KEY = (BUDGET.holder, str(BUDGET.year))


def other(**changes: Any) -> Scenario:
    return COMPLETE.model_copy(update=changes)


def budget(**changes: Any) -> Scenario:
    return other(budgets=(BUDGET.model_copy(update=changes), *COMPLETE.budgets[1:]))


@settings(max_examples=80, deadline=None)
@given(ours=edited(), theirs=edited())
def test_sides_are_equal(ours: Scenario, theirs: Scenario) -> None:
    """Who is first does not matter: the same changes, and the same conflicts seen from the other side."""
    there, back = merge(COMPLETE, ours, theirs), merge(COMPLETE, theirs, ours)
    assert set(there.changes) == set(back.changes)
    turned = {Conflict(c.table, c.key, c.column, c.base, c.theirs, c.ours) for c in back.conflicts}
    assert set(there.conflicts) == turned


@settings(max_examples=80, deadline=None)
@given(ours=edited(most=3), theirs=edited(most=3))
def test_edits_that_do_not_meet_are_the_same_in_both_orders(ours: Scenario, theirs: Scenario) -> None:
    merged = merge(COMPLETE, ours, theirs)
    assume(not merged.conflicts)
    try:
        both = fingerprint(apply(COMPLETE, merged.changes))
    except ScenarioError:
        reject()
    mine, yours = difference(COMPLETE, ours), difference(COMPLETE, theirs)
    assume(not {(c.table, c.key) for c in mine} & {(c.table, c.key) for c in yours})
    assert fingerprint(apply(ours, yours)) == both
    assert fingerprint(apply(theirs, mine)) == both


@settings(max_examples=60, deadline=None)
@given(side=edited(), data=st.data())
def test_one_side_alone_and_twice_the_same(side: Scenario, data: st.DataObject) -> None:
    base = data.draw(edited())
    for ours, theirs in ((side, base), (base, side), (side, side)):
        merged = merge(base, ours, theirs)
        assert merged.conflicts == ()
        assert fingerprint(apply(base, merged.changes)) == fingerprint(side)


@settings(max_examples=60, deadline=None)
@given(ours=edited(), theirs=edited())
def test_conflicts_all_settled_for_one_side_are_all_settled_against_the_other(ours: Scenario, theirs: Scenario) -> None:
    there, back = merge(COMPLETE, ours, theirs).conflicts, merge(COMPLETE, theirs, ours).conflicts
    for mine, yours in ((there, ()), ((), back)):
        try:
            won = fingerprint(apply(COMPLETE, settle(COMPLETE, ours, theirs, mine)))
        except ScenarioError:
            reject()
        assert won == fingerprint(apply(COMPLETE, settle(COMPLETE, theirs, ours, yours)))
    if not there:
        assert set(settle(COMPLETE, ours, theirs, ())) == set(merge(COMPLETE, ours, theirs).changes)


def test_conflicts_are_settled_place_by_place() -> None:
    few, cover = Goal(kind=GoalKind.FEWEST_PARTNERS), Goal(kind=GoalKind.SMOOTH_PAYMENTS)
    ours = budget(provenance="a").model_copy(update={"loans": (loan(1),), "goals": (*COMPLETE.goals, few)})
    theirs = budget(provenance="b", commitment=7).model_copy(update={"loans": (), "goals": (*COMPLETE.goals, cover)})
    order, row, whole = sorted(merge(COMPLETE, ours, theirs).conflicts, key=lambda conflict: conflict.column or "z")
    assert (order.column, row.column, whole.table, whole.theirs) == ("order", "provenance", "loans", None)

    def settled(*mine: Conflict) -> tuple[str, int | None, int, tuple[Goal, ...]]:
        after = apply(COMPLETE, settle(COMPLETE, ours, theirs, mine))
        return after.budgets[0].provenance, after.budgets[0].commitment, len(after.loans), after.goals[-2:]

    assert settled() == ("b", 7, 0, (cover, few))
    assert settled(row, whole) == ("a", 7, 1, (cover, few))
    assert settled(order) == ("b", 7, 0, (few, cover))


def test_a_row_added_on_both_sides_is_settled_cell_by_cell() -> None:
    base = other(budgets=COMPLETE.budgets[1:])
    ours, theirs = budget(provenance="a", commitment=1), budget(provenance="b", commitment=2)
    conflict = next(found for found in merge(base, ours, theirs).conflicts if found.column == "provenance")
    row = apply(base, settle(base, ours, theirs, [conflict])).budgets[-1]
    assert (row.provenance, row.commitment) == ("a", 2)


def test_two_cells_of_one_row() -> None:
    merged = merge(COMPLETE, budget(commitment=100), budget(provenance="vote"))
    assert merged.conflicts == ()
    row = apply(COMPLETE, merged.changes).budgets[0]
    assert (row.commitment, row.provenance) == (100, "vote")


def test_one_cell_twice() -> None:
    merged = merge(COMPLETE, budget(provenance="a"), budget(provenance="b"))
    before = BUDGET.provenance or None
    assert merged.changes == ()
    assert merged.conflicts == (Conflict("budgets", KEY, "provenance", before, "a", "b"),)
    assert conflict_sentence(merged.conflicts[0]) == (
        f"table « budgets », ligne « {' · '.join(KEY)} », colonne « provenance » : "
        f"{'« ' + before + ' »' if before else 'rien'} au départ, « a » d'un côté, « b » de l'autre"
    )


def test_a_row_removed_here_and_changed_there() -> None:
    (conflict,) = merge(COMPLETE, other(budgets=COMPLETE.budgets[1:]), budget(provenance="b")).conflicts
    assert (conflict.table, conflict.key, conflict.column, conflict.ours) == ("budgets", KEY, "", None)
    assert "provenance: b" in (conflict.theirs or "")


def test_a_row_added_on_both_sides() -> None:
    base = other(budgets=COMPLETE.budgets[1:])
    sides = budget(provenance="a"), budget(provenance="b")
    assert [conflict.column for conflict in merge(base, *sides).conflicts] == ["provenance"]
    assert [conflict.column for conflict in merge(base, sides[0], budget(provenance="")).conflicts] == ["provenance"]
    same = merge(base, sides[0], sides[0])
    assert same.conflicts == ()
    assert apply(base, same.changes).budgets[-1].provenance == "a"


def test_rows_of_one_key_are_one_cell() -> None:
    """Two loans of one bank, each changed by somebody else: nothing names them apart, so people decide."""
    base = other(loans=(loan(100), loan(200)))
    (conflict,) = merge(base, other(loans=(loan(1), loan(200))), other(loans=(loan(100), loan(2)))).conflicts
    assert (conflict.table, conflict.column) == ("loans", "")
    added = merge(COMPLETE, other(loans=(*COMPLETE.loans, loan(1))), other(loans=(*COMPLETE.loans, loan(2))))
    assert [conflict.column for conflict in added.conflicts] == [""]


def test_the_order_of_goals() -> None:
    goals = COMPLETE.goals
    few, cover = Goal(kind=GoalKind.FEWEST_PARTNERS), Goal(kind=GoalKind.SMOOTH_PAYMENTS)

    def merged(ours: tuple[Goal, ...], theirs: tuple[Goal, ...]) -> tuple[Goal, ...] | None:
        found = merge(COMPLETE, other(goals=ours), other(goals=theirs))
        return None if found.conflicts else apply(COMPLETE, found.changes).goals

    assert merged(goals[1:], (*goals, few)) == (*goals[1:], few)
    assert merged(goals[1:], goals[::-1]) == goals[::-1][:-1]
    assert merged(goals[::-1], goals[:-1]) == goals[::-1][1:]
    assert merged((few, *goals), (few, *goals)) == (few, *goals)
    assert merged((*goals, few), (*goals, cover)) is None, "which of the two comes first?"
    assert merged(goals[::-1], (*goals, cover)) is None
    tolerant = goals[0].model_copy(update={"tolerance_rate": 0})
    assert merged((tolerant, *goals[1:]), goals[::-1]) == (*goals[:0:-1], tolerant)
