"""Every page under every role, signed in: what each may do is offered, the rest is not; without a role, nothing."""

import time
from collections.abc import Callable
from itertools import product

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from scenarios.changes import CellChanged
from scenarios.store import Person, Store
from tests.ui.pages.deciding.conftest import APPLICATION, ended, kept, store, texts, tutorial
from tests.ui.test_roles import MAY
from tests.ui.test_signing_in import ANNE, SOUND
from ui import signing_in
from ui.pages import session
from ui.roles import Action, Role

__all__ = ["kept", "store", "tutorial"]

OFFERED = {
    ("accueil", Action.EDIT): "Importer un fichier",
    ("operations", Action.EDIT): "Défaire la dernière version",
    ("priorites", Action.EDIT): "Ajouter en dernier",
    ("repartition", Action.EDIT): "Défaire la dernière version",
    ("repartition", Action.EXPORT): "Préparer les classeurs",
    ("conventions", Action.EXPORT): "Préparer ce classeur",
    ("seance", Action.CONDUCT): "Enregistrer la décision",
    ("archives", Action.SEAL): "Sceller cette version",
    ("administration", Action.ADMINISTER): "Télécharger tout le journal (CSV)",
}
"""What stands on a page for those who may act. Reading, calculating and verifying are everybody's: see below."""

PAGES = (
    "accueil", "operations", "partenaires", "communes", "regles", "priorites", "repartition", "pourquoi", "comparer",
    "explorer", "seance", "conventions", "archives",
)  # fmt: skip

Opens = Callable[..., AppTest]


@pytest.fixture
def opens(store: Store, monkeypatch: pytest.MonkeyPatch) -> Opens:
    """Open a page as somebody signed in, to whom the store gives roles."""
    monkeypatch.setattr(session, "sign_in_section", lambda: SOUND)
    monkeypatch.setattr(signing_in, "require_parts", lambda: None)
    head = store.head("tutoriel")
    operation = store.scenario_of(head.id).operations[0]
    change = CellChanged("operations", (operation.code,), "label", operation.label, "Autre nom")
    store.commit("tutoriel", head.id, [change], "Camille", "Nom exact")

    def page(url_path: str, *roles: Role, signed_in: bool = True) -> AppTest:
        store.keep_person(Person(ANNE, frozenset(map(str, roles)), "REG"), "Chloé")
        application = AppTest.from_file(APPLICATION, default_timeout=120)
        application.user = {"is_logged_in": False}
        if signed_in:
            application.user = {
                "is_logged_in": True,
                "iat": int(time.time()),
                "email": ANNE,
                "name": "Anne <b>Martin</b>",
            }
        application._page_hash = calc_hash(url_path)
        application.query_params["scenario"] = "tutoriel"
        return ended(application.run())

    return page


def offered(application: AppTest) -> set[str]:
    """Return the labels of everything that can be pressed or unfolded."""
    found = [*application.button, *application.expander, *application.get("download_button")]
    return {str(getattr(one, "label", "") or one.proto.label) for one in found}


@pytest.mark.parametrize(("role", "asked"), list(product(Role, OFFERED)), ids=str)
def test_a_page_offers_what_the_role_may_do_and_nothing_else(
    role: Role, asked: tuple[str, Action], opens: Opens
) -> None:
    page, action = asked
    application = opens(page, role)
    assert (OFFERED[asked] in offered(application)) is (action.value in MAY[role])


@pytest.mark.parametrize(("role", "page"), list(product(Role, PAGES)), ids=str)
def test_every_role_reads_every_page(role: Role, page: str, opens: Opens) -> None:
    application = opens(page, role)
    assert [error.value for error in application.error] == []
    assert texts(application.title), "something is shown"
    assert "Se connecter" not in offered(application)
    assert "Se déconnecter" in offered(application)


@pytest.mark.parametrize("page", [*PAGES, "administration"])
def test_without_a_role_or_a_sign_in_no_page_shows_anything(page: str, opens: Opens) -> None:
    refused = opens(page)
    assert offered(refused) == {"Se déconnecter"}
    assert ANNE in texts(refused.code)
    assert "tutoriel" not in texts([*refused.caption, *refused.subheader, *refused.markdown])
    signed_out = opens(page, *Role, signed_in=False)
    assert offered(signed_out) == {"Se connecter"}
    assert (list(signed_out.metric), list(signed_out.dataframe), list(signed_out.caption)) == ([], [], [])
