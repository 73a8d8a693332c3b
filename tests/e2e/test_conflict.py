"""Two people at two browsers change the same dossier: nothing of either is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from build_tools.kept import fill
from build_tools.served import Served, served
from scenarios.formats import read
from scenarios.library import find
from scenarios.store import open_store
from tests.e2e.conftest import TIMEOUT
from tests.e2e.editing import prepare
from tests.e2e.keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("conflict")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("store") / "store.sqlite"
    fill(found, {"tutoriel": read(find("tutoriel"))}, "Dossier reçu")
    return found


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    with served(store) as found:
        yield found


@pytest.fixture
def colleagues(browser: Browser, server: Served) -> Iterator[tuple[Page, Page]]:
    """Open the same page in two browsers, under two names."""
    pages = []
    for name in ("Anne", "Bruno"):
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.goto(f"{server.url}/operations?scenario=tutoriel")
        page.get_by_role("heading", level=1, name="Opérations").wait_for()
        keys = Keyboard(page)
        keys.press(page.get_by_role("button", name="Poste local"))
        keys.write("Votre nom, écrit avec vos décisions", name)
        page.get_by_role("button", name=f"{name} · membre").wait_for()
        page.keyboard.press("Escape")
        pages.append(page)
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def commit(page: Page, reason: str) -> None:
    keys = Keyboard(page)
    keys.write("Motif de ces modifications", reason)
    keys.button("Enregistrer une version")


def test_the_second_sees_the_conflict_and_both_changes_survive(colleagues: tuple[Page, Page], store: Path) -> None:
    anne, bruno = colleagues
    prepare(anne, "ECOLE", "École Jean-Macé")
    prepare(bruno, "ECOLE", "Groupe scolaire Jean-Macé")
    prepare(bruno, "PLACE", "Place du marché couvert")
    commit(anne, "Nom exact")
    anne.get_by_text("Version 2 enregistrée").wait_for()
    commit(bruno, "Nom d'usage")
    bruno.get_by_role("heading", name="À trancher avec la version 2").wait_for()
    bruno.get_by_text("La leur (Anne) : École Jean-Macé").wait_for()
    bruno.get_by_text("La vôtre : Groupe scolaire Jean-Macé").wait_for()
    bruno.get_by_text("La leur (Anne) : École Jean-Macé").click()
    Keyboard(bruno).button("Retenir ces choix")
    bruno.get_by_role("heading", name="À trancher avec la version 2").wait_for(state="hidden")
    commit(bruno, "Nom d'usage")
    bruno.get_by_text("Version 3 enregistrée").wait_for()
    with open_store(str(store)) as kept:
        history = kept.history("tutoriel")
        labels = {one.code: one.label for one in kept.scenario_of(kept.head("tutoriel").id).operations}
        assert [(one.author, one.reason) for one in history[-2:]] == [("Anne", "Nom exact"), ("Bruno", "Nom d'usage")]
        assert (labels["ECOLE"], labels["PLACE"]) == ("École Jean-Macé", "Place du marché couvert")
        assert kept.verify_log() == ()
