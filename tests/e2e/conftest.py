"""A server of the application for the tests of one file, and a browser for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from build_tools.served import Served, browser_of, served

TIMEOUT = 90_000
"""Milliseconds a page has to show what is awaited: enough on a machine that does ten other things."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the application with an empty store, the same for the tests of a file."""
    with served(tmp_path_factory.mktemp("store") / "store.sqlite") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = browser_of(playwright)
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser of its own, that downloads and forgets."""
    found = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True, locale="fr-FR")
    found.set_default_timeout(TIMEOUT)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test puts what it downloads."""
    return tmp_path
