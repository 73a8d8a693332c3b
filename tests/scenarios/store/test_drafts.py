"""Drafts: one per dossier and user, kept at every step, committed or forgotten as a whole."""

import pytest

from scenarios.formats import ScenarioError
from scenarios.store import ConflictError, Draft, RefusedError, Store, open_store
from tests.scenarios.store.dossier import NAME, cell, created, provenances


def test_a_draft_grows_step_by_step_and_survives(store: Store, url: str) -> None:
    first = created(store)
    assert store.draft(NAME, "Anne") == Draft(NAME, "Anne", first.id)
    store.stage(NAME, "Anne", [cell(0, "a"), cell(1, "a")])
    draft = store.stage(NAME, "Anne", [cell(0, "b", before="a")])
    assert draft.steps == ((cell(0, "a"), cell(1, "a")), (cell(0, "b", before="a"),))
    assert draft.changes == (cell(0, "a"), cell(1, "a"), cell(0, "b", before="a"))
    assert store.draft(NAME, "Bruno").changes == (), "the draft of one user is nobody else's"
    with open_store(url) as later:
        assert later.draft(NAME, "Anne") == draft
    assert store.history(NAME) == (first,)


def test_steps_are_taken_back_and_staged_again(store: Store) -> None:
    created(store)
    steps = [(cell(0, "a"),), (cell(1, "b"),)]
    for step in steps:
        store.stage(NAME, "Anne", step)
    store.unstage_last(NAME, "Anne")
    draft = store.unstage_last(NAME, "Anne")
    assert (draft.steps, draft.undone) == ((), (steps[1], steps[0]))
    with pytest.raises(RefusedError, match="aucune modification à annuler"):
        store.unstage_last(NAME, "Anne")
    assert store.restage(NAME, "Anne").steps == (steps[0],)
    assert store.restage(NAME, "Anne").steps == tuple(steps)
    with pytest.raises(RefusedError, match="aucune modification à rétablir"):
        store.restage(NAME, "Anne")
    store.unstage_last(NAME, "Anne")
    assert store.stage(NAME, "Anne", [cell(2, "c")]).undone == ()


def test_a_step_that_does_not_fit_is_refused_and_one_that_is_only_incomplete_is_not(store: Store) -> None:
    created(store)
    before = store.stage(NAME, "Anne", [cell(0, "x" * 2001)])
    with pytest.raises(ScenarioError, match="la cellule a changé"):
        store.stage(NAME, "Anne", [cell(0, "y")])
    assert store.draft(NAME, "Anne") == before
    with pytest.raises(ScenarioError, match="2 000 caractères"):
        store.commit_draft(NAME, "Anne", "Un")
    assert store.draft(NAME, "Anne") == before, "what is refused is not lost"


def test_a_draft_is_committed_and_gone(store: Store) -> None:
    created(store)
    store.stage(NAME, "Anne", [cell(0, "a")])
    version = store.commit_draft(NAME, "Anne", "Vote")
    assert (version.author, version.number, version.changes) == ("Anne", 2, (cell(0, "a"),))
    assert store.draft(NAME, "Anne") == Draft(NAME, "Anne", version.id)
    with pytest.raises(RefusedError, match="Rien à enregistrer"):
        store.commit_draft(NAME, "Anne", "Vote")


def test_a_draft_is_discarded(store: Store) -> None:
    first = created(store)
    store.stage(NAME, "Anne", [cell(0, "a")])
    assert store.discard(NAME, "Anne") == store.draft(NAME, "Anne") == Draft(NAME, "Anne", first.id)


def test_a_draft_in_conflict_is_settled_and_both_edits_are_kept(store: Store) -> None:
    first = created(store)
    for rank in (0, 1, 2):
        store.stage(NAME, "Chloé", [cell(rank, "Chloé")])
    store.commit(NAME, first.id, [cell(0, "Bruno"), cell(1, "Bruno"), cell(3, "Bruno")], "Bruno", "Un")
    with pytest.raises(ConflictError) as caught:
        store.commit_draft(NAME, "Chloé", "Deux")
    mine = [conflict for conflict in caught.value.conflicts if conflict.key == cell(0, "").key]
    draft = store.settle_draft(NAME, "Chloé", mine)
    assert (draft.base, len(draft.steps)) == (store.head(NAME).id, 1)
    assert draft.changes == (cell(0, "Chloé", before="Bruno"), cell(2, "Chloé"))
    version = store.commit_draft(NAME, "Chloé", "Deux")
    assert provenances(store, version)[:4] == ["Chloé", "Bruno", "Chloé", "Bruno"]
    assert not version.merged


def test_a_draft_all_settled_for_the_others_is_empty(store: Store) -> None:
    first = created(store)
    store.stage(NAME, "Chloé", [cell(0, "Chloé")])
    store.commit(NAME, first.id, [cell(0, "Bruno")], "Bruno", "Un")
    assert store.settle_draft(NAME, "Chloé", []) == Draft(NAME, "Chloé", store.head(NAME).id)


def test_a_draft_keeps_its_base_and_is_merged_or_kept(store: Store) -> None:
    first = created(store)
    store.stage(NAME, "Anne", [cell(0, "Anne")])
    store.stage(NAME, "Chloé", [cell(1, "Chloé")])
    store.commit(NAME, first.id, [cell(1, "Bruno")], "Bruno", "Un")
    assert store.draft(NAME, "Anne").base == first.id
    merged = store.commit_draft(NAME, "Anne", "Deux")
    assert merged.merged
    assert provenances(store, merged)[:2] == ["Anne", "Bruno"]
    with pytest.raises(ConflictError) as caught:
        store.commit_draft(NAME, "Chloé", "Trois")
    assert caught.value.head == merged
    assert store.draft(NAME, "Chloé").changes == (cell(1, "Chloé"),)
