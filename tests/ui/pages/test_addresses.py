"""The addresses somebody types: a page is found by its name, *Accueil* too, which is also the page without name."""

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tests.ui.pages.deciding.conftest import Opens, kept, opens, store, tutorial

__all__ = ["kept", "opens", "store", "tutorial"]


def typed(opens: Opens, path: str, monkeypatch: pytest.MonkeyPatch) -> tuple[AppTest, bool]:
    """Open a page as the browser does on a typed address, by its name; tell whether « Page not found » is shown."""
    told: list[object] = []
    intend = PagesManager.set_script_intent
    monkeypatch.setattr(PagesManager, "set_script_intent", lambda pages, _hash, _name: intend(pages, "", path))
    monkeypatch.setattr("streamlit.commands.navigation.send_page_not_found", told.append)
    return opens(path), bool(told)


@pytest.mark.parametrize("path", ["", "accueil"])
def test_the_first_page_is_found_by_its_name(opens: Opens, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page, not_found = typed(opens, path, monkeypatch)
    assert not not_found
    assert page.title[0].value == "Comité des financeurs"
    assert "Coût total" in [metric.label for metric in page.metric]


def test_an_address_that_no_page_has_is_told(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed(opens, "inconnue", monkeypatch)[1]


def test_links_to_the_first_page_lead_to_the_address_without_name(opens: Opens) -> None:
    page = opens("seance", scenario="inconnu")
    assert page.session_state["pages"]["accueil"].url_path == ""
    assert [link.proto.page for link in page.get("page_link")] == [""]
