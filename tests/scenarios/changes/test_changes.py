"""Changes: told by table, key and column; made, undone, written; refused in French when they do not fit."""

import json

import pytest
from hypothesis import given, settings

from scenarios import library
from scenarios.changes import (
    CellChanged,
    Change,
    RowAdded,
    RowRemoved,
    apply,
    difference,
    from_json,
    inverse,
    rows_after,
    sentence,
    to_json,
)
from scenarios.dictionary import HEADER, tables
from scenarios.document import Goal, GoalKind, Scenario
from scenarios.document.keys import KEYS, REPEATED, UNIQUE
from scenarios.fingerprint import fingerprint
from scenarios.formats import ScenarioError, read
from tests.scenarios.changes.edits import COMPLETE, edited, loan

BUDGET = COMPLETE.budgets[0]
KEY = (BUDGET.holder, str(BUDGET.year))


def refusal(*changes: Change) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        apply(COMPLETE, changes)
    return caught.value


def test_every_table_has_one_key_of_its_own_columns() -> None:
    assert set(KEYS) == set(tables()) - {HEADER}
    assert not set(UNIQUE) & set(REPEATED)
    for table, columns in KEYS.items():
        assert all(tables()[table].column(name) is not None for name in columns), table


@settings(max_examples=60, deadline=None)
@given(before=edited(), after=edited())
def test_the_difference_leads_there_and_its_inverse_back(before: Scenario, after: Scenario) -> None:
    changes = difference(before, after)
    assert fingerprint(apply(before, changes)) == fingerprint(after)
    assert fingerprint(apply(after, inverse(changes))) == fingerprint(before)
    assert inverse(inverse(changes)) == changes
    assert from_json(json.loads(json.dumps(to_json(changes)))) == changes
    assert (changes == ()) == (fingerprint(before) == fingerprint(after))


@pytest.mark.parametrize("name", library.names())
def test_the_order_of_rows_is_nothing_and_is_kept(name: str) -> None:
    scenario = read(library.find(name))
    turned = {table: tuple(reversed(getattr(scenario, table))) for table in KEYS if table != "goals"}
    assert difference(scenario, scenario.model_copy(update=turned)) == ()
    assert apply(scenario, ()) == scenario
    change = CellChanged("operations", (scenario.operations[0].code,), "label", scenario.operations[0].label, "Autre")
    after = apply(scenario, [change])
    assert [row.code for row in after.operations] == [row.code for row in scenario.operations]


def test_a_cell_a_row_and_the_header() -> None:
    budgets = (BUDGET.model_copy(update={"commitment": 150}), *COMPLETE.budgets[2:])
    after = COMPLETE.model_copy(update={"title": "Autre", "budgets": budgets})
    gone = COMPLETE.budgets[1]
    title, cell, removed = difference(COMPLETE, after)
    assert title == CellChanged(HEADER, (), "title", COMPLETE.title, "Autre")
    assert isinstance(cell, CellChanged)
    assert (cell.table, cell.key, cell.column, cell.after) == ("budgets", KEY, "commitment", "1.50")
    assert isinstance(removed, RowRemoved)
    assert removed.key == (gone.holder, str(gone.year))
    assert sentence(cell) == (
        f"table « budgets », ligne « {' · '.join(KEY)} », colonne « commitment » : « {cell.before} » → « 1.50 »"
    )
    assert sentence(title) == f"champ « title » : « {COMPLETE.title} » → « Autre »"
    assert sentence(removed).endswith(": retirée")
    assert sentence(inverse([removed])[0]).endswith(": ajoutée")


def test_the_order_of_goals_is_one_cell() -> None:
    goals = COMPLETE.goals
    (moved,) = difference(COMPLETE, COMPLETE.model_copy(update={"goals": goals[::-1]}))
    assert isinstance(moved, CellChanged)
    assert (moved.table, moved.key, moved.column) == ("goals", (), "order")
    assert sentence(moved).startswith("ordre des objectifs : ")
    last = COMPLETE.model_copy(update={"goals": (*goals, Goal(kind=GoalKind.FEWEST_PARTNERS))})
    assert [type(change) for change in difference(COMPLETE, last)] == [RowAdded]
    middle = COMPLETE.model_copy(update={"goals": (goals[0], *goals[2:])})
    changes = difference(COMPLETE, middle)
    assert [type(change) for change in changes] == [RowRemoved, CellChanged], "its place is needed to bring it back"
    assert apply(middle, inverse(changes)).goals == goals


def test_several_goals_removed_come_back_in_their_order() -> None:
    """The inverse adds them from the last to the first: without the order, they came back reversed."""
    first = COMPLETE.model_copy(update={"goals": COMPLETE.goals[:1]})
    assert apply(first, inverse(difference(COMPLETE, first))).goals == COMPLETE.goals


def test_rows_of_one_key_are_replaced_whole_and_counted() -> None:
    twice = COMPLETE.model_copy(update={"loans": (loan(100), loan(100))})
    once = COMPLETE.model_copy(update={"loans": (loan(100),)})
    (removed,) = difference(twice, once)
    assert isinstance(removed, RowRemoved)
    assert apply(twice, [removed]).loans == (loan(100),)
    (cell,) = difference(once, COMPLETE.model_copy(update={"loans": (loan(200),)}))
    assert isinstance(cell, CellChanged)
    with pytest.raises(ScenarioError, match="plusieurs lignes de ce nom"):
        apply(twice, [cell])


def test_changes_are_made_one_after_the_other() -> None:
    first = CellChanged("budgets", KEY, "provenance", BUDGET.provenance or None, "un")
    then = CellChanged("budgets", KEY, "provenance", "un", None)
    assert apply(COMPLETE, [first, then]).budgets[0].provenance == ""
    row = rows_after(COMPLETE, "budgets", [first])[0]
    assert (row["holder"], row["provenance"]) == (BUDGET.holder, "un")
    assert "provenance" not in rows_after(COMPLETE, "budgets", [first, then])[0]


def test_rows_that_make_no_valid_scenario_are_still_shown() -> None:
    before = rows_after(COMPLETE, "operations", [])[0]["receipts"]
    wrong = CellChanged("operations", (COMPLETE.operations[0].code,), "receipts", before, "beaucoup")
    with pytest.raises(ScenarioError, match="trouvé : « beaucoup »"):
        apply(COMPLETE, [wrong])
    assert rows_after(COMPLETE, "operations", [wrong])[0]["receipts"] == "beaucoup"


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    added = RowAdded("budgets", KEY, (("holder", KEY[0]), ("year", KEY[1])))
    problems = refusal(
        CellChanged("budgets", ("PERSONNE", "2026"), "payment", None, "1"),
        CellChanged("budgets", KEY, "provenance", "périmé", "1"),
        CellChanged("budgets", KEY, "year", KEY[1], "2031"),
        CellChanged("rien", (), "payment", None, "1"),
        added,
        RowAdded("budgets", ("AUTRE", "2026"), added.cells),
        RowRemoved("budgets", KEY, added.cells),
        RowAdded(HEADER, (), (("title", "Deux"),)),
    ).problems
    assert [(problem.table, problem.column) for problem in problems] == [
        ("budgets", None), ("budgets", "provenance"), ("budgets", "year"), ("rien", None), ("budgets", None),
        ("budgets", None), ("budgets", problems[6].column), (HEADER, None),
    ]  # fmt: skip
    assert str(problems[0]) == (
        "table « budgets », ligne « PERSONNE · 2026 »\n  trouvé : aucune ligne de ce nom\n"
        "  attendu : une ligne du scénario\n  à faire : Rechargez la version courante : la ligne a pu être retirée."
    )
    assert "attendu : « périmé »" in str(problems[1])


def test_what_the_result_breaks_is_told_by_key() -> None:
    code = COMPLETE.operations[0].code
    problems = refusal(
        CellChanged("operations", (code,), "label", COMPLETE.operations[0].label, None),
        CellChanged("budgets", KEY, "provenance", BUDGET.provenance or None, "x" * 2001),
    ).problems
    assert [(problem.table, problem.key, problem.column) for problem in problems] == [
        ("operations", (code,), "label"), ("budgets", KEY, "provenance"),
    ]  # fmt: skip
    owner = COMPLETE.operations[0].owner
    (partner,) = [
        row for row in difference(COMPLETE, COMPLETE.model_copy(update={"partners": ()})) if row.key == (owner,)
    ]
    unknown = refusal(partner).problems
    assert ("operations", (code,), "owner") in [(found.table, found.key, found.column) for found in unknown]
    assert f"table « operations », ligne « {code} », colonne « owner »" in str(refusal(partner))
