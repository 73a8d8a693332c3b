"""*Accueil*: a scenario is settled, archived, opened again from its card, with a reason, by who may."""

import json

import pytest

from scenarios.changes import CellChanged
from scenarios.store import RefusedError, Status, Store
from tests.ui.pages.deciding.conftest import Opens, press, texts
from tests.ui.pages.keeping.conftest import Desks
from ui.desk.dossiers import set_status
from ui.pages import session
from ui.roles import NotAllowedError, Role, User

CHANGE = (CellChanged("operations", ("COPRO",), "value", "25", "24"),)


def status(store: Store) -> Status:
    return store.dossiers()[0].status


def test_a_card_settles_its_scenario_which_is_then_only_read(opens: Opens, store: Store) -> None:
    page = opens("accueil")
    next(box for box in page.selectbox if box.label == "Nouveau statut").select(Status.SETTLED)
    next(field for field in page.text_input if field.label == "Motif du changement de statut").input("Vote final")
    page = press(page, "Changer le statut")
    assert status(store) is Status.SETTLED
    assert "arrêté" in [metric.value for metric in page.metric]
    assert next(box for box in page.selectbox if box.label == "Nouveau statut").options == ["brouillon", "archivé"]
    assert next(field for field in page.text_input if field.label == "Motif du changement de statut").value == ""
    told = store.log()[-1]
    assert (told.author, json.loads(told.details)["reason"]) == (session.LOCAL, "Vote final")
    with pytest.raises(RefusedError, match="arrêté ou archivé : rouvrez-le"):
        store.commit("tutoriel", store.head("tutoriel").id, CHANGE, "Camille", "Correction")
    assert "Ce scénario est arrêté" in texts(opens("operations").info)


def test_a_scenario_opened_again_is_edited(desks: Desks, store: Store) -> None:
    desk = desks(Role.OFFICER)
    set_status(desk, "tutoriel", Status.ARCHIVED, "Fin du programme")
    assert set_status(desk, "tutoriel", Status.DRAFT, "Avenant").status is Status.DRAFT
    assert store.commit("tutoriel", store.head("tutoriel").id, CHANGE, "Camille", "Correction").number == 2
    assert not store.verify_log()


def test_without_a_reason_nothing_changes(opens: Opens, store: Store) -> None:
    page = press(opens("accueil"), "Changer le statut")
    assert "Motif" in texts(page.error)
    assert status(store) is Status.DRAFT


def test_a_status_it_has_already_is_refused(desks: Desks, store: Store) -> None:
    before = len(store.log())
    with pytest.raises(RefusedError, match="« tutoriel » est déjà brouillon"):
        set_status(desks(), "tutoriel", Status.DRAFT, "Essai")
    assert len(store.log()) == before


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AUDITOR])
def test_who_may_not_settle_sees_no_way_and_is_refused(
    opens: Opens, desks: Desks, store: Store, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    with pytest.raises(NotAllowedError, match="Arrêter ou archiver un scénario est réservé"):
        set_status(desks(role), "tutoriel", Status.SETTLED, "Vote final")
    assert status(store) is Status.DRAFT
    monkeypatch.setattr(session, "user", lambda: User("Camille", frozenset({role})))
    assert "Changer le statut" not in [button.label for button in opens("accueil").button]


def test_in_english(opens: Opens) -> None:
    page = opens("accueil", lang="en")
    assert "Change the status" in [button.label for button in page.button]
