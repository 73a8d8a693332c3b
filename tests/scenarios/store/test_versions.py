"""Dossiers and versions: written once, merged when they can be, never overwritten."""

from datetime import UTC, datetime

import pytest

from scenarios.changes import CellChanged, Conflict, RowRemoved, apply, difference
from scenarios.fingerprint import fingerprint
from scenarios.formats import ScenarioError
from scenarios.store import Act, ConflictError, RefusedError, Status, Store, UnknownError
from tests.scenarios.store.dossier import COMPLETE, NAME, cell, created, provenances


def test_a_dossier_is_created(store: Store) -> None:
    version = created(store)
    assert (version.number, version.parent, version.base, version.act) == (1, None, None, Act.CREATED)
    assert (version.author, version.reason, version.changes) == ("Anne", "Premier envoi", ())
    assert version.time == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert version.fingerprint == fingerprint(COMPLETE)
    assert store.scenario_of(version.id) == COMPLETE
    (dossier,) = store.dossiers()
    assert (dossier.name, dossier.title, dossier.status, dossier.head) == (NAME, COMPLETE.title, Status.DRAFT, version)
    assert store.head(NAME) == store.version(version.id) == version
    assert store.history(NAME) == (version,)


def test_a_commit_on_the_head(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "vote")], "Bruno", "Budget voté")
    assert (second.number, second.parent, second.base, second.merged) == (2, first.id, first.id, False)
    assert second.changes == (cell(0, "vote"),)
    assert provenances(store, second)[0] == "vote"
    assert store.scenario_of(first.id) == COMPLETE, "the version before stays"
    assert store.history(NAME) == (first, second)
    assert [dossier.head for dossier in store.dossiers()] == [second]


def test_the_hash_of_a_version_is_that_of_all_it_holds(store: Store) -> None:
    first = created(store)
    ids = {first.id, created(store, "Autre").id}
    ids.add(store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un").id)
    ids.add(store.commit("Autre", store.head("Autre").id, [cell(0, "a")], "Bruno", "Un").id)
    assert len(ids) == 4
    assert all(len(name) == 64 for name in ids)


def test_a_stale_commit_that_touches_other_cells_is_merged(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "Bruno")], "Bruno", "Un")
    third = store.commit(NAME, first.id, [cell(1, "Chloé")], "Chloé", "Deux")
    assert third.merged
    assert (third.parent, third.base) == (second.id, first.id)
    assert third.changes == (cell(1, "Chloé"),)
    assert provenances(store, third)[:2] == ["Bruno", "Chloé"]


def test_a_stale_commit_on_the_same_cell_is_a_conflict(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "Bruno")], "Bruno", "Un")
    with pytest.raises(ConflictError) as caught:
        store.commit(NAME, first.id, [cell(0, "Chloé"), cell(1, "Chloé")], "Chloé", "Deux")
    budget = COMPLETE.budgets[0]
    key = (budget.holder, str(budget.year))
    before = budget.provenance or None
    assert caught.value.conflicts == (Conflict("budgets", key, "provenance", before, "Chloé", "Bruno"),)
    assert caught.value.head == second
    assert str(caught.value).startswith("Bruno a enregistré la version 2 entre-temps. Les deux modifications touchent")
    assert store.history(NAME) == (first, second), "nothing was written"
    both = store.commit(NAME, second.id, [cell(0, "Chloé", before="Bruno"), cell(1, "Chloé")], "Chloé", "Deux")
    assert provenances(store, both)[:2] == ["Chloé", "Chloé"]


def test_two_edits_valid_alone_but_not_together_are_a_conflict(store: Store) -> None:
    """One uses a profile that the other removes: no cell is common, and no valid scenario holds both."""
    profile = COMPLETE.profiles[0].model_copy(update={"profile": "UNIQUE", "offset": 0, "share": 1})
    base = COMPLETE.model_copy(update={"profiles": (*COMPLETE.profiles, profile)})
    first = store.create(NAME, base, "Anne", "Un")
    user = base.operations[0]
    using = CellChanged("operations", (user.code,), "profile", user.profile, "UNIQUE")
    (removing,) = difference(base, COMPLETE)
    assert isinstance(removing, RowRemoved)
    second = store.commit(NAME, first.id, [removing], "Bruno", "Un")
    with pytest.raises(ConflictError, match="ne font pas un scénario valable") as caught:
        store.commit(NAME, first.id, [using], "Chloé", "Deux")
    assert caught.value.conflicts == ()
    assert ("operations", (user.code,), "profile") in [(p.table, p.key, p.column) for p in caught.value.problems]
    assert store.head(NAME) == second


def test_the_same_edit_twice_changes_nothing(store: Store) -> None:
    first = created(store)
    store.commit(NAME, first.id, [cell(0, "vote")], "Bruno", "Un")
    with pytest.raises(RefusedError, match="Rien à enregistrer"):
        store.commit(NAME, first.id, [cell(0, "vote")], "Bruno", "Un")
    with pytest.raises(RefusedError, match="Rien à enregistrer"):
        store.commit(NAME, store.head(NAME).id, [], "Bruno", "Un")


def test_changes_that_do_not_fit_or_leave_it_wrong_write_nothing(store: Store) -> None:
    first = created(store)
    for wrong in (cell(0, "x", before="autre chose"), cell(0, "beaucoup", "commitment", "absent"), cell(0, "x" * 2001)):
        with pytest.raises(ScenarioError, match="table « budgets », ligne « "):
            store.commit(NAME, first.id, [wrong], "Bruno", "Un")
    assert store.history(NAME) == (first,)
    assert len(store.log()) == 1


def test_a_settled_dossier_takes_no_version(store: Store) -> None:
    first = created(store)
    settled = store.set_status(NAME, Status.SETTLED, "Anne", "Séance du 24")
    assert settled.status is Status.SETTLED
    for act in (
        lambda: store.commit(NAME, first.id, [cell(0, "x")], "Bruno", "Un"),
        lambda: store.undo(NAME, "Bruno"),
        lambda: store.redo(NAME, "Bruno"),
    ):
        with pytest.raises(RefusedError, match="rouvrez-le"):
            act()
    store.set_status(NAME, Status.DRAFT, "Anne", "Rouvert")
    assert store.commit(NAME, first.id, [cell(0, "x")], "Bruno", "Un").number == 2


def test_what_does_not_exist(store: Store) -> None:
    first = created(store)
    created(store, "Autre")
    for ask in (store.head, store.history, store.comments, store.archives, lambda name: store.draft(name, "Anne")):
        with pytest.raises(UnknownError, match="Aucun dossier « Nulle part »"):
            ask("Nulle part")
    for ask in (store.version, store.scenario_of):
        with pytest.raises(UnknownError, match="Aucune version 0000"):
            ask("0000")
    with pytest.raises(UnknownError, match="Aucune version"):
        store.commit("Autre", first.id, [cell(0, "x")], "Bruno", "Un")


def test_names_and_reasons_are_asked_for(store: Store) -> None:
    first = created(store)
    with pytest.raises(RefusedError, match="« Région 2027 » existe déjà"):
        store.create(" Re\u0301gion 2027 ", COMPLETE, "Anne", "Encore")
    for name in ("", " ", "a\nb", "x" * 81, "\x00"):
        with pytest.raises(RefusedError, match="Nom du dossier : un texte d'une ligne, de 1 à 80"):
            store.create(name, COMPLETE, "Anne", "Un")
    for author, reason, word in (("", "Un", "Auteur"), ("Anne", " ", "Motif"), ("Anne", "x" * 2001, "Motif")):
        with pytest.raises(RefusedError, match=word):
            store.commit(NAME, first.id, [cell(0, "x")], author, reason)
    with pytest.raises(ScenarioError):
        store.create("Faux", COMPLETE.model_copy(update={"partners": ()}), "Anne", "Un")
    assert [dossier.name for dossier in store.dossiers()] == [NAME]


def test_undo_and_redo_go_back_and_forth(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
    third = store.commit(NAME, second.id, [cell(0, "b", before="a"), cell(1, "b")], "Chloé", "Deux")
    back = store.undo(NAME, "Anne")
    assert (back.act, back.target, back.author, back.reason, back.number) == (Act.UNDONE, third.id, "Anne", "Deux", 4)
    assert back.fingerprint == second.fingerprint
    assert store.undo(NAME, "Anne").fingerprint == first.fingerprint
    with pytest.raises(RefusedError, match="Rien à annuler"):
        store.undo(NAME, "Anne")
    again = store.redo(NAME, "Anne")
    assert (again.act, again.target, again.fingerprint) == (Act.REDONE, second.id, second.fingerprint)
    assert store.redo(NAME, "Anne").fingerprint == third.fingerprint
    with pytest.raises(RefusedError, match="Rien à rétablir"):
        store.redo(NAME, "Anne")
    assert store.undo(NAME, "Anne").target == third.id
    store.commit(NAME, store.head(NAME).id, [cell(1, "c")], "Bruno", "Trois")
    with pytest.raises(RefusedError, match="Rien à rétablir"):
        store.redo(NAME, "Anne")
    assert [version.number for version in store.history(NAME)] == list(range(1, 10)), "the log keeps everything"


def test_a_merged_commit_alone_is_undone(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "Bruno")], "Bruno", "Un")
    store.commit(NAME, first.id, [cell(1, "Chloé")], "Chloé", "Deux")
    assert store.undo(NAME, "Chloé").fingerprint == second.fingerprint


def test_undo_does_not_take_back_what_its_author_has_not_seen(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
    store.commit(NAME, second.id, [cell(1, "b")], "Chloé", "Deux")
    with pytest.raises(RefusedError, match="Chloé a enregistré la version 3 entre-temps"):
        store.undo(NAME, "Bruno", seen=second.id)
    assert store.undo(NAME, "Bruno", seen=store.head(NAME).id).number == 4


def test_versions_say_how_to_go_from_one_to_the_next(store: Store) -> None:
    version = created(store)
    for rank in range(3):
        version = store.commit(NAME, version.id, [cell(rank, "x")], "Bruno", "Un")
    scenario = COMPLETE
    for version in store.history(NAME)[1:]:
        scenario = apply(scenario, version.changes)
        assert fingerprint(scenario) == version.fingerprint
