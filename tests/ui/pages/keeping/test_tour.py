"""The guided tour: a step on every page of the application, kept by the address, left whenever one wants."""

from pathlib import Path

import pytest

from scenarios.store import Store
from tests.ui.pages.deciding.conftest import APPLICATION, Opens, press, texts
from ui.pages.tour import STEPS


def test_every_page_of_the_navigation_has_its_step_once(opens: Opens) -> None:
    declared = set(opens("seance").session_state["pages"])
    assert [path for path, _text in STEPS] == list(dict.fromkeys(path for path, _text in STEPS))
    # The administration of accounts is no step of a committee's work.
    assert {path for path, _text in STEPS} == declared - {"administration"}
    assert Path(APPLICATION).is_file()


def test_without_being_asked_there_is_no_tour(opens: Opens) -> None:
    assert "Visite guidée" not in texts(opens("seance").markdown)


@pytest.mark.parametrize("path", ["accueil", "seance", "conventions", "archives"])
def test_the_address_asks_for_the_tour(opens: Opens, path: str) -> None:
    page = opens(path, tour="1")
    rank = [one for one, _text in STEPS].index(path) + 1
    assert f"**Visite guidée, étape {rank} sur {len(STEPS)}**" in texts(page.markdown)


def test_it_goes_forth_and_back_and_is_left(opens: Opens) -> None:
    page = press(opens("conventions", tour="1"), "Étape suivante")
    assert page.title[0].value == "Archives"
    assert f"étape {len(STEPS)} sur" in texts(page.markdown)
    assert "Étape suivante" not in [button.label for button in page.button]
    page = press(opens("archives", tour="1"), "Étape précédente")
    assert page.title[0].value == "Conventions"
    page = press(opens("conventions", tour="1"), "Quitter la visite")
    assert "Visite guidée" not in texts(page.markdown)
    assert "tour" not in page.query_params
    assert page.title[0].value == "Conventions"


def test_it_starts_from_the_first_page_on_the_regional_example(opens: Opens, store: Store) -> None:
    page = press(opens("accueil"), "Suivre la visite guidée")
    assert f"étape 1 sur {len(STEPS)}" in texts(page.markdown)
    assert page.query_params["scenario"] in ("region-demo", ["region-demo"])
    assert "Étape précédente" not in [button.label for button in page.button]
    assert "region-demo" in {dossier.name for dossier in store.dossiers()}


def test_in_english(opens: Opens) -> None:
    assert "Guided tour, step" in texts(opens("seance", tour="1", lang="en").markdown)
