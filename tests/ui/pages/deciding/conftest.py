"""The pages of the decision, on the tutorial whose plan is decided once and kept in each store."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from allocator.allocation_files import document
from allocator.solve.allocate import allocate
from scenarios import library
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats import read
from scenarios.store import Store, open_store
from ui.pages import session

APPLICATION = str(Path(__file__).parents[4] / "app.py")

STOPS = {"Arrêter le calcul", "Stop the calculation"}

Opens = Callable[..., AppTest]


@pytest.fixture(scope="session")
def tutorial() -> Scenario:
    return read(library.find("tutoriel"))


@pytest.fixture(scope="session")
def kept(tutorial: Scenario) -> str:
    return json.dumps(document(allocate(tutorial)), ensure_ascii=False)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tutorial: Scenario, kept: str) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    opened.create("tutoriel", tutorial, "Camille", "Exemple")
    opened.keep_allocation(fingerprint(tutorial), kept)
    monkeypatch.setattr(session, "store", lambda: opened)
    yield opened
    st.cache_resource.clear()


@pytest.fixture
def opens(store: Store) -> Opens:
    """Open a page of the real application by its address."""
    assert store.dossiers()

    def page(url_path: str, **parameters: str | list[str]) -> AppTest:
        application = AppTest.from_file(APPLICATION, default_timeout=120)
        application._page_hash = calc_hash(url_path)
        for name, value in {"scenario": "tutoriel", **parameters}.items():
            application.query_params[name] = value
        return ended(application.run())

    return page


def ended(application: AppTest) -> AppTest:
    """Run the page again until its calculations are over, as the browser does."""
    for _turn in range(60):
        assert not application.exception, application.exception
        if not [
            button for button in application.button if button.label in {"Arrêter le calcul", "Stop the calculation"}
        ]:
            return application
        application.run()
    raise AssertionError("the calculation does not end")


def press(application: AppTest, label: str) -> AppTest:
    next(button for button in application.button if button.label == label).click()
    return ended(application.run())


def texts(elements: object) -> str:
    return "\n".join(element.value for element in elements).replace("\u202f", " ")
