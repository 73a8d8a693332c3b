"""Look at every page of the application as a person does, and keep small pictures of them in the guide.

The scenario is the shipped regional example, with a second version; all is illustrative. Needs chromium.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from build_tools.kept import budget_changed, fill
from build_tools.served import browser_of, served
from scenarios.formats import read
from scenarios.library import find

GUIDE = Path("docs/images")
DOSSIER = "region-demo"
COLOURS = 64
"""Colours enough for a sober page."""

PATIENCE = 180_000


def main() -> None:
    """Serve the example, visit every page, keep its picture."""
    scenario = read(find(DOSSIER))
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.sqlite"
        fill(store, {DOSSIER: scenario}, "Dossier reçu (illustratif)", [budget_changed(scenario, 0, 0.9)])
        with served(store) as server, sync_playwright() as playwright:
            page = browser_of(playwright).new_page(viewport={"width": 1280, "height": 960}, locale="fr-FR")
            page.set_default_timeout(PATIENCE)
            page.goto(f"{server.url}/?scenario={DOSSIER}")
            names = _pages(page)
            for name in names:
                page.goto(f"{server.url}/{name}?scenario={DOSSIER}")
                _settle(page)
                _keep(page, GUIDE / f"page-{name or 'accueil'}.png")
    sys.stdout.write(f"{len(names)} pages dans {GUIDE}\n")


def _pages(page: Page) -> list[str]:
    """Return the ends of the addresses of the navigation."""
    page.get_by_role("heading", level=1).wait_for()
    found = [""]
    for group in page.get_by_role("navigation").get_by_role("button").all():
        group.click()
        items = page.get_by_role("menuitem")
        items.first.wait_for()
        found += items.evaluate_all("items => items.map(item => item.pathname.slice(1))")
        page.keyboard.press("Escape")
        items.first.wait_for(state="hidden")
    return found


def _settle(page: Page) -> None:
    """Wait until the page is drawn, with its calculations."""
    page.get_by_role("heading", level=1).wait_for()
    stop = page.get_by_role("button", name="Arrêter le calcul")
    page.locator("[data-test-script-state='notRunning']").wait_for()
    page.wait_for_timeout(1_000)
    if stop.count():
        stop.first.wait_for(state="hidden")
    page.locator("[data-test-script-state='notRunning']").wait_for()
    page.wait_for_timeout(1_500)  # grids and figures are drawn after the page says it is


def _keep(page: Page, path: Path) -> None:
    with Image.open(BytesIO(page.screenshot())) as whole:
        whole.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
