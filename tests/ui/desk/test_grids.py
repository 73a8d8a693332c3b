"""What is done in a grid, staged little by little, leaves the rows that the grid shows."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import library
from scenarios.changes import CellChanged, Change, RowAdded, RowRemoved, rows_after
from scenarios.dictionary import tables
from scenarios.formats import read
from ui.desk.grids import Live, changes_between, lacking_name, row_changes

SCENARIO = read(library.find("tutoriel"))
TABLE = tables()["budgets"]
ROWS = rows_after(SCENARIO, "budgets", ())
LOANS = tables()["decommitments"]

CELLS = st.dictionaries(
    st.sampled_from(["commitment", "payment", "provenance"]), st.sampled_from(["12", "1 000,50", "texte", None, ""])
)
ADDED = st.lists(st.sampled_from(["ANAH", "CDC", "DEP", "FEDER"]), unique=True, max_size=4)
BUDGET = {"year": "2030", "commitment": "5"}
MOMENT = st.builds(
    lambda edited, added, deleted: Live(edited, [BUDGET | {"holder": one} for one in added], deleted),
    st.dictionaries(st.integers(0, len(ROWS) - 1), CELLS, max_size=3),
    ADDED,
    st.frozensets(st.integers(0, len(ROWS) - 1), max_size=3),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(MOMENT, min_size=1, max_size=5))
def test_edits_staged_step_by_step_leave_what_the_grid_shows(moments: list[Live]) -> None:
    changes: tuple[Change, ...] = ()
    before = Live()
    for moment in moments:
        changes += changes_between(TABLE, ROWS, before, moment)
        before = moment
    at_once = changes_between(TABLE, ROWS, Live(), moments[-1])
    assert as_set(rows_after(SCENARIO, "budgets", changes)) == as_set(rows_after(SCENARIO, "budgets", at_once))
    assert changes_between(TABLE, ROWS, before, before) == ()


def as_set(rows: tuple[dict[str, str], ...]) -> set[tuple[tuple[str, str], ...]]:
    return {tuple(sorted(row.items())) for row in rows}


def test_only_the_cells_that_change_are_told() -> None:
    first: Mapping[str, Any] = ROWS[0]
    live = Live({0: {"commitment": "1 500 000", "provenance": "arrêté"}})
    assert changes_between(TABLE, ROWS, Live(), live) == (
        CellChanged("budgets", (first["holder"], first["year"]), "provenance", first["provenance"], "arrêté"),
    )


def test_a_row_of_a_table_whose_names_repeat_is_taken_whole() -> None:
    row = {"holder": "ETAT", "year": "2027", "amount": "5", "reason": "Reprise"}
    found = list(row_changes(LOANS, row, {**row, "amount": "6"}))
    assert [type(change) for change in found] == [RowRemoved, RowAdded]


def test_rows_without_their_name_wait() -> None:
    live = Live(added=[{"holder": "ETAT"}, {}, {"holder": "ETAT", "year": "2031"}, {"commitment": None}])
    assert lacking_name(TABLE, live) == 1
    assert [change.key for change in changes_between(TABLE, ROWS, Live(), live)] == [("ETAT", "2031")]
