"""Every page, in both themes, read by axe-core: no serious violation on what the application controls."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from build_tools.kept import budget_changed, fill
from build_tools.served import Served, served
from scenarios.formats import read
from scenarios.library import find
from tests.e2e.conftest import TIMEOUT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

SERIOUS = {"serious", "critical"}

STREAMLITS: frozenset[tuple[str, str]] = frozenset()
"""What Streamlit causes and no setting of ours mends: rule of axe-core, and a part of the element it names."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the application on the tutorial, with two versions and their plans: every page has something to show."""
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    tutorial = read(find("tutoriel"))
    fill(Path(store), {"tutoriel": tutorial}, "Dossier reçu", [budget_changed(tutorial, 0, 0.9)])
    with served(store) as found:
        yield found


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme=request.param)
    context.set_default_timeout(TIMEOUT)
    yield context.new_page()
    context.close()


def addresses(page: Page, server: Served) -> list[str]:
    """Return the address of every page of the navigation, read from the navigation itself."""
    page.goto(f"{server.url}/?scenario=tutoriel")
    page.get_by_role("heading", level=1).wait_for()
    found = [server.url]
    for group in page.get_by_role("navigation").get_by_role("button").all():
        group.click()
        page.get_by_role("menuitem").first.wait_for()
        found += page.get_by_role("menuitem").evaluate_all("items => items.map(item => item.href)")
        page.keyboard.press("Escape")
        page.get_by_role("menuitem").first.wait_for(state="hidden")
    assert len(found) > 10, found
    return found


def settled(page: Page) -> None:
    """Wait until the page has its title and nothing on it is still being drawn."""
    page.get_by_role("heading", level=1).wait_for()
    page.locator("[data-test-script-state='notRunning']").wait_for()
    page.locator("[data-stale='true']").first.wait_for(state="hidden")


def serious(page: Page) -> list[str]:
    """Return what axe-core finds serious: its rule, the element, what is wrong."""
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for one in violations
        if one["impact"] in SERIOUS
        for node in one["nodes"]
        if not any(one["id"] == rule and part in node["html"] for rule, part in STREAMLITS)
    ]


def test_no_page_has_a_serious_violation(page: Page, server: Served) -> None:
    found: dict[str, list[str]] = {}
    for address in addresses(page, server):
        page.goto(f"{address}?scenario=tutoriel")
        settled(page)
        if wrong := serious(page):
            found[address.rsplit("/", 1)[1]] = wrong
    assert not found


def test_what_cannot_be_read_is_seen(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/repartition?scenario=tutoriel")
    settled(page)
    title = page.get_by_role("heading", level=1)
    title.evaluate("title => { title.style.color = '#888'; title.style.background = '#777' }")
    assert any(line.startswith("color-contrast") for line in serious(page))
