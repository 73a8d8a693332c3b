"""The other ways to edit: a form for one row, rows pasted, a CSV file, a workbook of the whole scenario."""

from pathlib import Path

from scenarios.changes import CellChanged, RowAdded, RowRemoved
from scenarios.document import Scenario
from scenarios.formats import write
from scenarios.store import Store
from tests.ui.pages.editing.conftest import NAME, Opens, committed, draft, field, press, shown, tables, texts

PASTED = "Code de l'opération\tCoût hors taxes\tvalue\nECOLE\t2 500 000,75 €\t40\nGYMNASE\t1 800 000\t22\n"


def test_a_row_is_changed_by_the_form(opens: Opens, store: Store) -> None:
    page = opens("operations", ligne="ECOLE")
    field(page, "Coût hors taxes").input("2,5 M€")
    field(page, "Peut-on n'en financer qu'une partie (tranches) ? *").select("oui")
    press(page, "Préparer cette modification")
    assert draft(store).changes == (
        CellChanged("operations", ("ECOLE",), "cost_excl_vat", "2400000", "2500000"),
        CellChanged("operations", ("ECOLE",), "divisible", "non", "oui"),
    )
    assert field(page, "Coût hors taxes").value == "2\u202f500\u202f000"
    committed(page)
    assert store.head(NAME).number == 2


def test_a_row_is_added_and_removed_by_the_form(opens: Opens, store: Store) -> None:
    page = opens("operations", table="locks")
    field(page, "Opération *").select("ECOLE")
    field(page, "Partenaire *").select("REGION")
    field(page, "Sens : exactement, au moins ou au plus *").select("exactly")
    field(page, "Montant *").input("400 000")
    field(page, "Qui a décidé *").input("Région")
    field(page, "Pourquoi *").input("Engagement signé")
    press(page, "Préparer l'ajout de cette ligne")
    (added,) = draft(store).changes
    assert isinstance(added, RowAdded)
    assert added.key == ("ECOLE", "REGION", "exactly")
    assert not page.error
    field(page, "Ligne").select_index(1)
    shown(page.run())
    press(page, "Préparer le retrait de cette ligne")
    assert isinstance(draft(store).changes[1], RowRemoved)


def test_rows_pasted_are_counted_and_compared_before_they_are_staged(opens: Opens, store: Store) -> None:
    page = opens("operations")
    field(page, "Ou des lignes copiées d'un tableur").input(PASTED)
    shown(page.run())
    assert "Lignes lues : 2, dont 0 déjà identiques. Modifications : 2." in texts(page.text)
    assert draft(store).changes == ()
    press(page, "Préparer ces modifications (2)")
    assert draft(store).changes == (
        CellChanged("operations", ("ECOLE",), "cost_excl_vat", "2400000", "2500000.75"),
        CellChanged("operations", ("GYMNASE",), "value", "20", "22"),
    )
    assert field(page, "Ou des lignes copiées d'un tableur").value == ""


def test_rows_pasted_that_cannot_be_read_are_told_by_line(opens: Opens) -> None:
    page = opens("operations")
    field(page, "Ou des lignes copiées d'un tableur").input("code\tvalue\nECOLE\t1\t2\nECOLE\t3\nECOLE\t4\n")
    shown(page.run())
    assert "Ce qui est reçu ne peut pas être lu (2 points)" in texts(page.error)
    assert "déjà à la ligne 3" in tables(page)


def test_what_would_be_wrong_is_told_before_it_is_staged(opens: Opens) -> None:
    page = opens("operations")
    field(page, "Ou des lignes copiées d'un tableur").input("code\tcommune\nECOLE\tAILLEURS\n")
    shown(page.run())
    assert "Une fois préparé, 1 points seraient à corriger" in texts(page.error)


def test_a_workbook_of_the_scenario_is_compared_then_staged(
    opens: Opens, store: Store, tutorial: Scenario, tmp_path: Path
) -> None:
    operations = tuple(
        line.model_copy(update={"value": 99}) if line.code == "ECOLE" else line for line in tutorial.operations
    )
    path = tmp_path / "corrigé.xlsx"
    write(tutorial.model_copy(update={"operations": operations, "title": "Corrigé"}), path)
    page = opens("operations")
    page.file_uploader[0].upload(path.name, path.read_bytes())
    shown(page.run())
    press(page, "Préparer ces modifications (2)")
    assert {change.table for change in draft(store).changes} == {"", "operations"}
    committed(page, "Retour du classeur")
    assert store.scenario_of(store.head(NAME).id).title == "Corrigé"


def test_a_workbook_that_cannot_be_read_is_told_by_sheet_and_cell(opens: Opens, store: Store) -> None:
    page = opens("operations")
    page.file_uploader[0].upload("faux.xlsx", b"pas un classeur")
    shown(page.run())
    assert "Ce qui est reçu ne peut pas être lu" in texts(page.error)
    assert draft(store).changes == ()
