"""What is staged: who may touch it, and what is wrong said in the language of whoever reads."""

from pathlib import Path

import pytest

from scenarios import library
from scenarios.changes import CellChanged
from scenarios.formats import read
from scenarios.language import speaking
from scenarios.store import Store, open_store
from ui.desk.desk import Desk
from ui.desk.edits import draft, stage
from ui.desk.goal_order import move_goal
from ui.desk.received_rows import from_document
from ui.desk.staged import overtaken_by, problems, rows, settle
from ui.roles import NotAllowedError, Role, User
from ui.solving.queue import Queue

WRONG = CellChanged("operations", ("ECOLE",), "cost_excl_vat", "2400000", "beaucoup")
RIGHT = CellChanged("operations", ("ECOLE",), "value", "40", "41")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    opened.create("tutoriel", read(library.find("tutoriel")), "Camille", "Exemple")
    return opened


def desk_of(store: Store, *roles: Role, name: str = "Camille") -> Desk:
    queue: Queue = None  # type: ignore[assignment]  # nothing is calculated here
    return Desk(store, queue, User(name, frozenset(roles)), "tab")


def test_what_is_wrong_is_said_in_the_language_spoken(store: Store) -> None:
    desk = desk_of(store, Role.OFFICER)
    found = stage(desk, "tutoriel", [WRONG])
    french = problems(desk, found)
    with speaking("en"):
        english = problems(desk, found)
    assert [one.key for one in french] == [one.key for one in english] == [("ECOLE",)]
    assert french[0].expected.startswith("un montant")
    assert english[0].expected.startswith("an amount")


def test_rows_are_those_of_the_draft_even_when_wrong(store: Store) -> None:
    desk = desk_of(store, Role.OFFICER)
    found = stage(desk, "tutoriel", [WRONG])
    costs = {row["code"]: row["cost_excl_vat"] for row in rows(desk, found, "operations")}
    assert costs["ECOLE"] == "beaucoup"


def test_a_draft_knows_that_others_committed_since(store: Store) -> None:
    desk = desk_of(store, Role.OFFICER)
    found = stage(desk, "tutoriel", [RIGHT])
    assert overtaken_by(desk, found) is None
    other = CellChanged("operations", ("COPRO",), "value", "25", "26")
    made = store.commit("tutoriel", found.base, [other], "Dominique", "Vote")
    assert overtaken_by(desk, draft(desk, "tutoriel")) == made
    assert settle(desk, "tutoriel", []).base == made.id
    assert draft(desk, "tutoriel").changes == (RIGHT,)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AUDITOR])
def test_who_may_not_edit_changes_nothing(store: Store, role: Role) -> None:
    desk = desk_of(store, role)
    found = draft(desk, "tutoriel")
    for refused in (
        lambda: settle(desk, "tutoriel", []),
        lambda: from_document(desk, found, "a.yaml", b""),
        lambda: move_goal(desk, found, 0, 1),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    assert draft(desk, "tutoriel").steps == ()
