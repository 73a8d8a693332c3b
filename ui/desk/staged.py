"""What a user has staged: the rows as they would be, what would be wrong, and what others committed meanwhile."""

from collections.abc import Collection
from functools import lru_cache

from scenarios.changes import Change, Conflict, apply, rows_after
from scenarios.document import Scenario
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.language import speaking, spoken
from scenarios.store import Draft, Store, Version
from ui.desk.desk import Desk
from ui.roles import Action

REMEMBERED = 64
"""Drafts whose rows and problems one server keeps at hand."""


def rows(desk: Desk, draft: Draft, table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table with what is staged, in the texts of files, even when they make no valid scenario."""
    desk.require(Action.READ)
    return _rows(desk.store, draft.base, draft.changes, table)


def base(desk: Desk, draft: Draft) -> Scenario:
    """Return the scenario that the draft started from."""
    desk.require(Action.READ)
    return desk.store.scenario_of(draft.base)


def problems(desk: Desk, draft: Draft, more: tuple[Change, ...] = ()) -> tuple[Problem, ...]:
    """Return everything that would be wrong with what is staged, and with ``more`` changes after it."""
    desk.require(Action.READ)
    return _problems(desk.store, draft.base, (*draft.changes, *more), spoken())


def overtaken_by(desk: Desk, draft: Draft) -> Version | None:
    """Return the last version when others committed since the draft started."""
    desk.require(Action.READ)
    head = desk.store.head(draft.dossier)
    return head if head.id != draft.base else None


def settle(desk: Desk, dossier: str, mine: Collection[Conflict]) -> Draft:
    """Start what is staged again from the last version: the places in ``mine`` keep it, the others take theirs.

    Raises ScenarioError, and what is staged stays as it was, when the result would not be valid.
    """
    desk.require(Action.EDIT, dossier)
    return desk.store.settle_draft(dossier, desk.user.name, mine)


@lru_cache(REMEMBERED)
def _rows(store: Store, version: str, changes: tuple[Change, ...], table: str) -> tuple[dict[str, str], ...]:
    return rows_after(store.scenario_of(version), table, changes)


@lru_cache(REMEMBERED)
def _problems(store: Store, version: str, changes: tuple[Change, ...], language: str) -> tuple[Problem, ...]:
    """Return the problems, told in a language: one memory for each."""
    try:
        with speaking(language):
            apply(store.scenario_of(version), changes)
    except ScenarioError as error:
        return error.problems
    return ()
