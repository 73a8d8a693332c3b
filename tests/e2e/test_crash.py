"""The server is killed, as by a power cut, during a commit and during a calculation; another starts on its store."""

from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import Page

from build_tools.kept import fill
from build_tools.served import Served, served
from scenarios.formats import read
from scenarios.library import find
from scenarios.store import open_store
from scenarios.synthetic import committee
from tests.e2e.editing import prepare
from tests.e2e.keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("crash")]

REASON = "Nom exact"


def all_gone(server: Served, seconds: float = 120) -> bool:
    """Tell whether every process the killed server had started ends by itself."""
    deadline = monotonic() + seconds
    while server.running() and monotonic() < deadline:
        sleep(0.2)
    return not server.running()


@pytest.mark.parametrize(
    "delay",
    [30, pytest.param(0, marks=pytest.mark.long), pytest.param(120, marks=pytest.mark.long)],
    ids=lambda delay: f"{delay} ms after the click",
)
def test_killed_during_a_commit(page: Page, tmp_path: Path, delay: int) -> None:
    store = tmp_path / "store.sqlite"
    fill(store, {"tutoriel": read(find("tutoriel"))}, "Dossier reçu")
    with served(store) as first:
        page.goto(f"{first.url}/operations?scenario=tutoriel")
        prepare(page, "ECOLE", "École Jean-Macé")
        keys = Keyboard(page)
        keys.write("Motif de ces modifications", REASON)
        keys.button("Enregistrer une version")
        page.wait_for_timeout(delay)
        first.kill()
        assert all_gone(first)
    with open_store(str(store)) as kept:
        head, staged = kept.head("tutoriel"), kept.draft("tutoriel", "Poste local").changes
        label = next(one.label for one in kept.scenario_of(head.id).operations if one.code == "ECOLE")
        assert kept.verify_log() == ()
    committed = head.number == 2
    assert (label == "École Jean-Macé") is committed
    assert bool(staged) is not committed
    with served(store) as second:
        page.goto(f"{second.url}/operations?scenario=tutoriel")
        page.get_by_text(f"version {head.number} (").wait_for()
        if not committed:
            page.get_by_text("Vous aviez préparé des modifications (1) : les voici.").wait_for()


def test_killed_during_a_calculation(page: Page, tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    scenario = committee(400)
    with open_store(str(store)) as kept:
        version = kept.create("comite", scenario, "Anne", "Dossier reçu")
    with served(store) as first:
        page.goto(f"{first.url}/repartition?scenario=comite")
        page.get_by_role("button", name="Arrêter le calcul").wait_for()
        first.kill()
        assert all_gone(first)
    with open_store(str(store)) as kept:
        assert kept.head("comite") == version
        assert kept.scenario_of(version.id) == scenario
        assert kept.verify_log() == ()
    with served(store) as second:
        page.goto(f"{second.url}/repartition?scenario=comite")
        page.get_by_text("plan exact, vérifié au centime").first.wait_for()
