"""The pages that edit, on the tutorial: what a person does in a grid is sent as the browser sends it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.store import Draft, Store, open_store
from ui.pages import session

APPLICATION = str(Path(__file__).parents[4] / "app.py")
AUTHOR = session.LOCAL
NAME = "tutoriel"

Opens = Callable[..., AppTest]


@pytest.fixture(scope="session")
def tutorial() -> Scenario:
    return read(library.find(NAME))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tutorial: Scenario) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    opened.create(NAME, tutorial, "Camille", "Exemple")
    monkeypatch.setattr(session, "store", lambda: opened)
    yield opened
    st.cache_resource.clear()


@pytest.fixture
def opens(store: Store) -> Opens:
    """Open a page of the real application by its address."""
    assert store.dossiers()

    def page(url_path: str, **parameters: str) -> AppTest:
        application = AppTest.from_file(APPLICATION, default_timeout=120)
        application._page_hash = calc_hash(url_path)
        for name, value in {"scenario": NAME, **parameters}.items():
            application.query_params[name] = value
        return shown(application.run())

    return page


def shown(application: AppTest) -> AppTest:
    assert not application.exception, application.exception
    return application


def typed(
    application: AppTest,
    edited: Mapping[int, Mapping[str, object]] | None = None,
    added: Sequence[Mapping[str, object]] = (),
    deleted: Sequence[int] = (),
) -> AppTest:
    """Send everything the grid holds since it was laid out: cells by place, rows added, rows deleted."""
    state = {
        "edited_rows": {str(place): dict(cells) for place, cells in (edited or {}).items()},
        "added_rows": [dict(cells) for cells in added],
        "deleted_rows": list(deleted),
    }
    states: WidgetStates = application._tree.get_widget_states()
    states.widgets.append(WidgetState(id=grid(application).proto.id, string_value=json.dumps(state)))
    return shown(application._run(states))


def grid(application: AppTest) -> object:
    """Return the grid of the page, the only table that can be edited."""
    (found,) = [one for one in application.dataframe if one.proto.id and one.proto.editing_mode]
    return found


def place(application: AppTest, **cells: str) -> int:
    """Return where the row that holds these cells stands in the grid."""
    frame = grid(application).value
    (found,) = [at for at, row in enumerate(frame.to_dict("records")) if cells.items() <= row.items()]
    return found


def press(application: AppTest, label: str) -> AppTest:
    next(button for button in application.button if button.label == label).click()
    return shown(application.run())


def field(application: AppTest, label: str) -> object:
    """Return a widget by its label."""
    kinds = (application.text_input, application.selectbox, application.text_area, application.checkbox)
    return next(one for kind in kinds for one in kind if one.label == label)


def texts(elements: object) -> str:
    return "\n".join(element.value for element in elements).replace("\u202f", " ")


def tables(application: AppTest) -> str:
    """Return every table of the page but the grid, as text."""
    own = [one.value.to_csv(index=False) for one in application.dataframe if not one.proto.editing_mode]
    return "\n".join(own).replace("\u202f", " ")


def draft(store: Store) -> Draft:
    return store.draft(NAME, AUTHOR)


def committed(application: AppTest, reason: str = "Arbitrage") -> AppTest:
    field(application, "Motif de ces modifications").input(reason)
    return press(application, "Enregistrer une version")
