"""People as the administrator sees them, and drafts that a partner's people keep to themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scenarios import library
from scenarios.formats import read
from scenarios.store import Person, RefusedError, Status, Store, UnknownError, open_store
from tests.scenarios.store.dossier import altered
from ui.desk.comparing import places
from ui.desk.desk import Desk
from ui.desk.dossiers import cards, open_example, set_status, status_word
from ui.desk.edits import draft, stage
from ui.desk.people import forget_person, journal, keep_person, people
from ui.desk.versions import current
from ui.roles import Role, User
from ui.solving import shared

Desks = Callable[..., Desk]
DENIS = "denis@dep.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as opened:
        yield opened


@pytest.fixture
def desks(store: Store) -> Desks:
    def at(name: str, *roles: Role, partner: str | None = None) -> Desk:
        return Desk(store, shared.queue(), User(name, frozenset(roles), partner), "tab")

    return at


def test_an_administrator_gives_roles_and_the_journal_says_so(desks: Desks, tmp_path: Path) -> None:
    desk = desks("Chloé", Role.ADMINISTRATOR)
    keep_person(desk, " Anne@Region.example ", [Role.OFFICER, Role.MEMBER], " REG ")
    kept = Person("anne@region.example", frozenset({"financier", "membre"}), "REG")
    assert people(desk) == (kept,)
    keep_person(desk, kept.identity, [])
    assert people(desk) == (Person(kept.identity, frozenset()),)
    forget_person(desk, kept.identity)
    assert people(desk) == ()
    found = journal(desk)
    assert [(entry.author, entry.act) for entry in found.entries] == [("Chloé", "person")] * 3
    assert ([entry.number for entry in found.entries], found.faults) == ([3, 2, 1], ())
    for wrong in ("", "a,b", "Anne (anne@region.example)", "x" * 151):
        with pytest.raises(RefusedError, match="Identité"):
            keep_person(desk, wrong, [Role.MEMBER])
    altered(
        f"sqlite:///{tmp_path / 'store.sqlite'}", """INSERT INTO people VALUES ('x@y', '["administrateur"]', NULL)"""
    )
    assert journal(desk).faults == ("« x@y » : ses rôles ne sont plus ceux que dit le journal",)


@pytest.fixture
def apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three dossiers of three people, two of whom speak for the same partner."""
    monkeypatch.setenv("ALLOCATOR_OWN_DRAFTS_ONLY", "oui")
    scenario = read(library.find("tutoriel"))
    for name, partner in (("anne@reg.example", "REG"), ("bruno@reg.example", "REG"), (DENIS, "DEP")):
        store.keep_person(Person(name, frozenset({"financier"}), partner), "Chloé")
        store.create(f"De {name}", scenario, f"Quelqu'un ({name})", "Ouvert")


def seen(desk: Desk) -> list[str]:
    return sorted(card.dossier.name for card in cards(desk))


OF_REGION = ["De anne@reg.example", "De bruno@reg.example"]
HIDDEN = f"De {DENIS}"


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("role", [Role.MEMBER, Role.OFFICER])
def test_drafts_of_other_partners_are_not_seen(role: Role, desks: Desks, store: Store) -> None:
    desk = desks("Anne (anne@reg.example)", role, partner="REG")
    assert seen(desk) == OF_REGION
    assert [place for place in places(desk, current(desk, OF_REGION[0])) if HIDDEN in place] == []
    for refused in (current, status_word, draft):
        with pytest.raises(UnknownError, match=f"Aucun dossier « {HIDDEN} »"):
            refused(desk, HIDDEN)
    assert current(desk, OF_REGION[1]).dossier == OF_REGION[1]
    store.set_status(HIDDEN, Status.SETTLED, "Chloé", "Voté")
    assert seen(desk) == [*OF_REGION, HIDDEN], "what is settled is everybody's"
    assert current(desk, HIDDEN).dossier == HIDDEN


@pytest.mark.usefixtures("apart")
def test_a_draft_that_is_not_seen_is_not_changed_either(desks: Desks) -> None:
    desk = desks("Anne (anne@reg.example)", Role.OFFICER, partner="REG")
    with pytest.raises(UnknownError):
        stage(desk, HIDDEN, ())
    with pytest.raises(UnknownError):
        set_status(desk, HIDDEN, Status.SETTLED, "Voté")


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(
    ("roles", "partner"),
    [((Role.MEMBER,), None), ((Role.AUDITOR, Role.MEMBER), "REG"), ((Role.ADMINISTRATOR,), "REG")],
)
def test_who_speaks_for_no_partner_or_looks_after_all_sees_all(
    roles: tuple[Role, ...], partner: str | None, desks: Desks
) -> None:
    assert seen(desks("Eve", *roles, partner=partner)) == [*OF_REGION, HIDDEN]


@pytest.mark.usefixtures("apart")
def test_drafts_are_everybodys_unless_the_committee_says_so(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desks("Anne (anne@reg.example)", Role.MEMBER, partner="REG")
    for setting in ("non", ""):
        monkeypatch.setenv("ALLOCATOR_OWN_DRAFTS_ONLY", setting)
        assert seen(desk) == [*OF_REGION, HIDDEN]


@pytest.mark.usefixtures("apart")
def test_a_name_that_looks_like_another_identity_opens_nothing(desks: Desks, store: Store) -> None:
    store.create("Piège", read(library.find("tutoriel")), f"anne@reg.example ({DENIS})", "Ouvert")
    assert "Piège" not in seen(desks("Anne (anne@reg.example)", Role.MEMBER, partner="REG"))


@pytest.mark.usefixtures("apart")
def test_an_example_opened_by_another_partner_is_its_draft(desks: Desks) -> None:
    open_example(desks(f"Denis ({DENIS})", Role.OFFICER, partner="DEP"), "tutoriel")
    with pytest.raises(UnknownError):
        open_example(desks("Anne (anne@reg.example)", Role.MEMBER, partner="REG"), "tutoriel")
