"""Every function that pages call, under every role: refused before anything is read, or let through."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any, cast

import pytest

import ui.desk
from scenarios.store import Store
from tests.ui.test_roles import MAY
from ui.desk.desk import Desk
from ui.roles import Action, NotAllowedError, Role, User
from ui.solving.queue import Queue

ASKED = {
    Action.READ: (
        "agreements.ask_look", "amending.signed_versions", "comparing.ask_comparison", "comparing.open_place",
        "comparing.places", "dossiers.cards", "dossiers.examples", "dossiers.open_example", "dossiers.status_word",
        "edits.draft", "goal_order.goals", "plans.known", "plans.last_known", "sealing.journal", "staged.base",
        "staged.overtaken_by", "staged.problems", "staged.rows", "versions.current", "versions.history",
        "versions.parent",
    ),
    Action.CALCULATE: (
        "explaining.ask_next_euro", "explaining.ask_operation", "explaining.ask_partner", "exploring.ask_alternatives",
        "exploring.ask_frontier", "exploring.ask_stress", "exploring.ask_stress_workbook", "exploring.received_spec",
        "goal_prices.ask_goal_price", "plans.ask", "plans.keep", "reasons.ask_hindrance", "reasons.ask_reasons",
        "unlocking.ask_obstacles", "unlocking.ask_ways_out", "unlocking.ask_ways_to_fund",
    ),
    Action.COMMENT: (),
    Action.EDIT: (
        "corrections.ask_correction", "corrections.commit_correction", "dossiers.import_document", "edits.commit",
        "edits.discard", "edits.redo", "edits.restage", "edits.stage", "edits.undo", "edits.unstage",
        "exploring.keep_alternative", "goal_order.add_goal", "goal_order.move_goal", "goal_order.remove_goal",
        "received_rows.from_document", "staged.settle", "unlocking.stage_way",
    ),
    Action.CONDUCT: ("meeting.decide",),
    Action.EXPORT: (
        "agreements.ask_workbook", "amending.ask_amendments", "comparing.ask_comparison_workbooks",
        "corrections.ask_scenario_workbook", "meeting.ask_minutes", "workbooks.ask_workbooks",
    ),
    Action.SEAL: ("sealing.ask_seal", "sealing.enter"),
    Action.VERIFY: (
        "auditing.ask_audit", "auditing.ask_replay", "auditing.report_text", "auditing.report_workbook",
        "auditing.verifier", "sealing.content_of",
    ),
    Action.SETTLE: ("dossiers.set_status",),
    Action.ADMINISTER: ("people.forget_person", "people.journal", "people.keep_person", "people.people"),
}  # fmt: skip
"""What each function of ``ui.desk`` asks of the user. Actions without a function are checked in tests/ui/test_roles."""

PAIRS = [(name, action) for action, names in ASKED.items() for name in names]


def functions() -> dict[str, Callable[..., Any]]:
    """Return the public functions of ``ui.desk`` that take a desk, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(ui.desk.__path__):
        loaded = importlib.import_module(f"ui.desk.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            ours = function.__module__ == loaded.__name__ and not name.startswith("_")
            if ours and next(iter(inspect.signature(function).parameters), "") == "desk":
                found[f"{module.name}.{name}"] = function
    return found


def call(function: Callable[..., Any], *roles: Role) -> None:
    """Call a function with a desk that has neither store nor queue: what goes past the refusal fails on them."""
    desk = Desk(cast("Store", None), cast("Queue", None), User("Camille", frozenset(roles)), "tab")
    needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty][1:]
    positional = [object() for one in needed if one.kind is not one.KEYWORD_ONLY]
    function(desk, *positional, **{one.name: object() for one in needed if one.kind is one.KEYWORD_ONLY})


def test_no_function_is_left_out() -> None:
    assert sorted(name for name, _action in PAIRS) == sorted(functions())
    assert set(ASKED) == set(Action)


@pytest.mark.parametrize(("role", "asked"), list(product(Role, PAIRS)), ids=str)
def test_a_function_lets_through_the_roles_of_its_action_and_no_other(role: Role, asked: tuple[str, Action]) -> None:
    name, action = asked
    if action.value not in MAY[role]:
        with pytest.raises(NotAllowedError) as refusal:
            call(functions()[name], role)
        assert refusal.value.action is action
        return
    with suppress(AttributeError, TypeError, ValueError, LookupError):  # there is neither store nor queue to work on
        call(functions()[name], role)


@pytest.mark.parametrize("name", [name for name, _action in PAIRS])
def test_without_a_role_nothing_is_read(name: str) -> None:
    with pytest.raises(NotAllowedError, match="Votre rôle : aucun"):
        call(functions()[name])
