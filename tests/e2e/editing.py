"""An operation changed by the form, as every test of an edit begins."""

from playwright.sync_api import Page

from tests.e2e.keyboard import Keyboard

LABEL = "Intitulé de l'opération *"


def prepare(page: Page, operation: str, label: str) -> None:
    """Stage another label of an operation."""
    keys = Keyboard(page)
    if not page.get_by_role("combobox", name="Ligne", exact=True).is_visible():
        keys.unfold("Modifier une ligne par formulaire")
    keys.choose("Ligne", operation)
    keys.write(LABEL, label)
    keys.button("Préparer cette modification")
    page.get_by_text("non enregistrée").first.wait_for()
