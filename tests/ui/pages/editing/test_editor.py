"""*Opérations* and the shared editor: every way to change a row, kept at each step, committed with a reason."""

import pytest
from streamlit.util import calc_hash

from scenarios.changes import CellChanged, RowAdded, RowRemoved
from scenarios.store import Status, Store
from tests.ui.pages.editing.conftest import (
    AUTHOR,
    NAME,
    Opens,
    committed,
    draft,
    field,
    grid,
    place,
    press,
    shown,
    tables,
    texts,
    typed,
)
from ui.pages import session
from ui.roles import Role, User

OPERATION = {
    "code": "NEUF", "label": "Crèche", "nature": "EQP", "project": "CENTRE", "commune": "VILLE-EXEMPLE",
    "owner": "VILLE", "cost_basis": "excl_vat", "cost_excl_vat": "1 250 000,50 €", "receipts": "0", "value": "5",
    "mandatory": "non", "divisible": "oui", "earliest_start": "2027", "latest_start": "2028", "profile": "COMPTANT",
}  # fmt: skip


def cell(key: str, column: str, before: str | None, after: str | None) -> CellChanged:
    return CellChanged("operations", (key,), column, before, after)


def test_a_cell_typed_is_staged_at_once_then_committed_with_a_reason(opens: Opens, store: Store) -> None:
    page = opens("operations")
    assert grid(page).value["cost_excl_vat"].tolist()[:2] == ["1\u202f000\u202f000", "2\u202f400\u202f000"]
    typed(page, {place(page, code="ECOLE"): {"cost_excl_vat": "2 500 000,75 €"}})
    assert draft(store).changes == (cell("ECOLE", "cost_excl_vat", "2400000", "2500000.75"),)
    assert 'ECOLE,2 400 000,"2 500 000,75",Coût hors taxes,Opérations' in tables(page)
    committed(page, "Nouveau devis")
    head = store.head(NAME)
    assert (head.number, head.author, head.reason) == (2, AUTHOR, "Nouveau devis")
    assert next(line for line in store.scenario_of(head.id).operations if line.code == "ECOLE").cost == 250_000_075
    assert "Version 2 enregistrée." in texts(page.success)
    assert draft(store).steps == ()


def test_a_commit_without_reason_keeps_what_is_staged(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, {0: {"value": "26"}})
    committed(page, " ")
    assert store.head(NAME).number == 1
    assert "Motif" in texts(page.error)
    assert len(draft(store).changes) == 1


def test_a_row_is_added_changed_and_deleted(opens: Opens, store: Store) -> None:
    page = opens("operations")
    key = grid(page).proto.id
    typed(page, added=[OPERATION])
    (added,) = draft(store).changes
    assert isinstance(added, RowAdded)
    assert dict(added.cells)["cost_excl_vat"] == "1250000.50"
    typed(page, added=[OPERATION | {"value": "7"}])
    assert draft(store).changes[1:] == (cell("NEUF", "value", "5", "7"),)
    gone = place(page, code="GYMNASE")
    typed(page, added=[OPERATION | {"value": "7"}], deleted=[gone])
    assert isinstance(draft(store).changes[2], RowRemoved)
    typed(page, deleted=[gone])
    assert [type(change) for change in draft(store).changes[3:]] == [RowRemoved]
    assert grid(page).proto.id == key, "the grid is never laid out again by its own edits"
    assert len(draft(store).steps) == 4


def test_a_row_added_waits_for_its_name(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, added=[{"label": "Crèche"}, {}])
    assert draft(store).changes == ()
    assert "Lignes ajoutées à compléter : 1." in texts(page.warning)
    typed(page, added=[{"label": "Crèche", "code": "NEUF"}])
    assert [change.key for change in draft(store).changes] == [("NEUF",)]
    assert "À corriger avant d'enregistrer" in texts(page.error)


def test_a_row_renamed_is_removed_and_added_and_names_can_be_exchanged(opens: Opens, store: Store) -> None:
    page = opens("operations", table="projects")
    assert grid(page).value["code"].tolist() == ["CENTRE"]
    typed(page, {0: {"code": "COEUR"}})
    assert draft(store).changes[0].key == ("CENTRE",)
    page = opens("operations")
    one, two = place(page, code="ECOLE"), place(page, code="PLACE")
    typed(page, {one: {"code": "PLACE"}, two: {"code": "ECOLE"}})
    assert [(type(change), change.key) for change in draft(store).changes] == [
        (RowRemoved, ("CENTRE",)), (RowAdded, ("COEUR",)), (RowRemoved, ("ECOLE",)), (RowRemoved, ("PLACE",)),
        (RowAdded, ("PLACE",)), (RowAdded, ("ECOLE",)),
    ]  # fmt: skip


def test_edits_of_filtered_rows_are_kept_when_the_filter_changes(opens: Opens, store: Store) -> None:
    page = opens("operations")
    field(page, "Filtrer les lignes").input("gymnase")
    shown(page.run())
    assert grid(page).value["code"].tolist() == ["GYMNASE"]
    assert "Lignes montrées : 1 sur 5." in texts(page.caption)
    typed(page, {0: {"value": "21"}})
    field(page, "Filtrer les lignes").input("réhabilitation ECOLE")
    shown(page.run())
    assert grid(page).value["code"].tolist() == ["ECOLE"]
    typed(page, {0: {"value": "41"}})
    assert draft(store).changes == (cell("GYMNASE", "value", "20", "21"), cell("ECOLE", "value", "40", "41"))
    field(page, "Filtrer les lignes").input("")
    shown(page.run())
    assert dict(zip(grid(page).value["code"], grid(page).value["value"], strict=True))["GYMNASE"] == "21"
    committed(page)
    assert store.head(NAME).changes == (cell("ECOLE", "value", "40", "41"), cell("GYMNASE", "value", "20", "21"))


def test_looking_at_another_table_and_coming_back_takes_nothing_back(opens: Opens, store: Store) -> None:
    """A grid shown again holds nothing: that was read as every cell put back to what it was."""
    page = opens("operations")
    typed(page, {0: {"value": "26"}})
    field(page, "Table").set_value("locks")
    shown(page.run())
    field(page, "Table").set_value("operations")
    shown(page.run())
    shown(page.run())
    assert draft(store).changes == (cell("COPRO", "value", "25", "26"),)
    assert grid(page).value["value"][0] == "26"
    typed(page, {1: {"value": "41"}})
    assert draft(store).changes[1:] == (cell("ECOLE", "value", "40", "41"),)


def test_a_cell_received_with_the_choice_of_another_table_is_staged(opens: Opens, store: Store) -> None:
    page = opens("operations")
    field(page, "Table").set_value("locks")
    typed(page, {0: {"value": "26"}})
    assert draft(store).changes == (cell("COPRO", "value", "25", "26"),)
    assert "sense" in grid(page).value.columns


def test_a_cell_received_with_the_choice_of_another_page_is_staged(opens: Opens, store: Store) -> None:
    page = opens("operations")
    page._page_hash = calc_hash("communes")
    typed(page, {0: {"value": "26"}})
    assert draft(store).changes == (cell("COPRO", "value", "25", "26"),)


def test_rows_are_sorted_by_value_and_edits_follow_their_row(opens: Opens, store: Store) -> None:
    page = opens("operations", tri="-cost_excl_vat")
    assert grid(page).value["code"].tolist() == ["ECOLE", "GYMNASE", "PLACE", "COPRO", "ETUDE"]
    typed(page, {4: {"value": "11"}})
    assert draft(store).changes == (cell("ETUDE", "value", "10", "11"),)


def test_undo_redo_and_discard(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, {0: {"value": "26"}})
    typed(page, {0: {"value": "27"}})
    press(page, "Annuler")
    assert draft(store).changes == (cell("COPRO", "value", "25", "26"),)
    assert grid(page).value["value"][0] == "26"
    press(page, "Rétablir")
    assert grid(page).value["value"][0] == "27"
    press(page, "Abandonner toutes les modifications")
    assert draft(store).changes == ()
    assert grid(page).value["value"][0] == "25"


def test_a_second_edit_right_after_a_commit_starts_from_it(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, {0: {"value": "26"}})
    committed(page)
    typed(page, {0: {"value": "27"}})
    assert draft(store).changes == (cell("COPRO", "value", "26", "27"),)
    committed(page)
    assert [version.number for version in store.history(NAME)] == [1, 2, 3]


def test_a_commit_is_undone_and_done_again_from_the_editor(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, {0: {"value": "26"}})
    committed(page)
    press(page, "Défaire la dernière version")
    assert grid(page).value["value"][0] == "25"
    press(page, "Refaire la version défaite")
    assert grid(page).value["value"][0] == "26"
    assert store.head(NAME).number == 4


def test_what_is_staged_is_offered_back_in_another_tab(opens: Opens, store: Store) -> None:
    typed(opens("operations"), {0: {"value": "26"}})
    again = opens("operations")
    assert "Vous aviez préparé des modifications (1) : les voici." in texts(again.info)
    assert grid(again).value["value"][0] == "26"
    committed(again)
    assert store.head(NAME).number == 2


def test_a_wrong_cell_is_told_by_row_and_column_and_nothing_is_committed(opens: Opens, store: Store) -> None:
    page = opens("operations")
    school, square = place(page, code="ECOLE"), place(page, code="PLACE")
    typed(page, {school: {"cost_excl_vat": "beaucoup"}, square: {"commune": None}})
    assert "À corriger avant d'enregistrer : 2." in texts(page.error)
    assert "ECOLE,Coût hors taxes,« beaucoup »" in tables(page)
    assert "PLACE,Commune de l'opération,rien" in tables(page)
    committed(page)
    assert store.head(NAME).number == 1
    assert "2 points à corriger" in texts(page.error)
    typed(page, {school: {"cost_excl_vat": "2 400 000"}, square: {"commune": None}})
    assert "À corriger avant d'enregistrer : 1." in texts(page.error)


def test_a_row_typed_twice_stays_in_the_grid_until_it_is_named_otherwise(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, added=[OPERATION | {"code": "ECOLE"}])
    assert draft(store).changes == ()
    assert "Ce que vous venez de taper ne peut pas être préparé (1)." in texts(page.error)
    typed(page, added=[OPERATION | {"code": "ECOLE2"}])
    assert [change.key for change in draft(store).changes] == [("ECOLE2",)]
    assert "ne peut pas être préparé" not in texts(page.error)


def test_a_refused_edit_can_be_given_up(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, added=[OPERATION | {"code": "ECOLE"}])
    press(page, "Renoncer à cette saisie et recharger le tableau")
    assert not page.error
    assert draft(store).changes == ()


def test_changes_of_others_to_other_cells_are_put_together(opens: Opens, store: Store) -> None:
    page = opens("operations")
    typed(page, {0: {"value": "26"}})
    store.commit(NAME, store.head(NAME).id, (cell("ECOLE", "value", "40", "42"),), "Dominique", "Vote")
    shown(page.run())
    assert "Dominique a enregistré la version 2 depuis." in texts(page.warning)
    committed(page)
    assert "réunie avec ce que d'autres ont enregistré" in texts(page.success)
    values = {line.code: line.value for line in store.scenario_of(store.head(NAME).id).operations}
    assert (values["COPRO"], values["ECOLE"]) == (26, 42)


@pytest.mark.parametrize(("choice", "kept"), [("mine", 26), ("theirs", 24)])
def test_a_conflict_is_settled_cell_by_cell(opens: Opens, store: Store, choice: str, kept: int) -> None:
    page = opens("operations")
    typed(page, {0: {"value": "26"}, 1: {"label": "École élémentaire"}})
    store.commit(NAME, store.head(NAME).id, (cell("COPRO", "value", "25", "24"),), "Dominique", "Vote")
    committed(page)
    assert store.head(NAME).number == 2
    assert "À trancher avec la version 2" in texts(page.subheader)
    assert "Au départ : 25" in texts(page.text)
    assert len(page.radio[0].options) == 2
    assert next(button for button in page.button if button.label == "Retenir ces choix").disabled
    page.radio[0].set_value(choice)
    shown(page.run())
    press(page, "Retenir ces choix")
    assert "À trancher" not in texts(page.subheader)
    assert draft(store).base == store.head(NAME).id
    committed(page)
    lines = {line.code: line for line in store.scenario_of(store.head(NAME).id).operations}
    assert lines["COPRO"].value == kept
    assert lines["ECOLE"].label == "École élémentaire"


def test_who_may_not_edit_reads(opens: Opens, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "user", lambda: User("Camille", frozenset({Role.MEMBER})))
    page = opens("operations")
    assert "permettent de lire ces données, pas de les modifier" in texts(page.info)
    assert "GYMNASE" in tables(page)
    assert "Enregistrer une version" not in [button.label for button in page.button]
    assert store.draft(NAME, "Camille").steps == ()


def test_a_settled_scenario_is_only_read(opens: Opens, store: Store) -> None:
    store.set_status(NAME, Status.SETTLED, "Camille", "Vote final")
    page = opens("operations")
    assert "Ce scénario est arrêté : rouvrez-le pour le modifier." in texts(page.info)
    assert not [one for one in page.dataframe if one.proto.editing_mode]


def test_a_former_version_is_only_read(opens: Opens, store: Store) -> None:
    store.commit(NAME, store.head(NAME).id, (cell("COPRO", "value", "25", "24"),), "Dominique", "Vote")
    page = opens("operations", version="1")
    assert "Revenez à la dernière version" in texts(page.info)
    assert ",25," in tables(page)


def test_the_editor_speaks_english(opens: Opens, store: Store) -> None:
    page = opens("operations", lang="en")
    assert [title.value for title in page.title] == ["Operations"]
    assert grid(page).value["cost_excl_vat"][1] == "2,400,000"
    typed(page, {1: {"cost_excl_vat": "2,500,000.75"}})
    assert draft(store).changes == (cell("ECOLE", "cost_excl_vat", "2400000", "2500000.75"),)
    field(page, "Reason for these changes").input("New quote")
    press(page, "Save a version")
    assert "Version 2 saved." in texts(page.success)
