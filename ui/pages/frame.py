"""The frame of every page: who works, in which language; on which scenario, which version, under which law.

A page starts with ``opened = frame.opened()`` and stops when it is None: what to do next has been said. ``app.py``
draws ``bar`` above every page. ``go`` and ``link`` lead to another page and keep the scenario in the address.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from scenarios.formats.problems import ScenarioError
from scenarios.language import LANGUAGES, _
from scenarios.store import UnknownError
from ui.desk.dossiers import status_word
from ui.desk.versions import Current, current
from ui.pages import session
from ui.roles import User, role_names
from ui.words import law_sentence, moment, version

_LANGUAGES = {"fr": "Français", "en": "English"}
_PAGES = "pages"
_UNFINISHED = "unfinished"


def declare(pages: Mapping[str, Any]) -> None:
    """Remember the pages of the navigation by the end of their address, for ``go`` and ``link``."""
    st.session_state[_PAGES] = dict(pages)


def address() -> dict[str, str]:
    """Return the parameters that every page of the address carries: scenario, version, language, tour."""
    kept = (session.DOSSIER, session.VERSION, session.LANGUAGE, session.TOUR)
    found = {name: st.query_params.get(name) or st.session_state.get(name) for name in kept}
    return {name: str(value) for name, value in found.items() if value}


def go(page: str, **parameters: str) -> None:
    """Leave for another page, by the end of its address: ``frame.go("repartition", scenario="…")``."""
    st.switch_page(st.session_state[_PAGES][page], query_params={**address(), **parameters})


def link(page: str, label: str, **parameters: str) -> None:
    """Show a link to another page; nothing when this application has no such page."""
    if page in st.session_state.get(_PAGES, {}):
        st.page_link(st.session_state[_PAGES][page], label=label, query_params={**address(), **parameters})


def bar(user: User) -> None:
    """Draw the top of every page: who works, with which roles, and the language."""
    who, tongue = st.columns([4, 1], vertical_alignment="center")
    if user.roles:
        with who.popover(_("{name} · {roles}").format(name=plain(user.name), roles=role_names(user.roles))):
            _identity()
    if session.LANGUAGE not in st.session_state:
        st.session_state[session.LANGUAGE] = session.language()
    tongue.segmented_control(
        _("Langue"), LANGUAGES, format_func=_LANGUAGES.__getitem__, key=session.LANGUAGE, label_visibility="collapsed",
        required=True,
    )  # fmt: skip
    st.query_params[session.LANGUAGE] = session.language()


def _identity() -> None:
    if session.sign_in_section() is None:
        st.text_input(_("Votre nom, écrit avec vos décisions"), key="author", placeholder=session.LOCAL)
    elif st.button(_("Se déconnecter")):
        st.logout()


def opened() -> Current | None:
    """Open the version that the address names and draw the header; None, once said what to do, when there is none."""
    asked = address()
    name = asked.get(session.DOSSIER)
    if name is None:
        st.info(_("Aucun scénario n'est ouvert. Ouvrez-en un depuis l'accueil."))
        link("accueil", _("Aller à l'accueil"))
        return None
    try:
        found = current(session.desk(), name, _number(asked.get(session.VERSION)))
    except UnknownError as error:
        st.error(str(error))
        st.session_state.pop(session.DOSSIER, None)
        st.session_state.pop(session.VERSION, None)
        link("accueil", _("Aller à l'accueil"))
        return None
    except ScenarioError as error:
        st.error(str(error))
        return None
    for finish in list(st.session_state.get(_UNFINISHED, {}).values()):
        finish()
    _remember(found)
    _header(found)
    return found


def finish_first(place: str, finish: Callable[[], None]) -> None:
    """Have something done before any page shows a scenario, until it is forgotten.

    What a grid received may come with the choice of another table or page, in one go: it is not lost.
    """
    st.session_state.setdefault(_UNFINISHED, {})[place] = finish


def forget_unfinished(place: str) -> None:
    """Have nothing more done for a place."""
    st.session_state.get(_UNFINISHED, {}).pop(place, None)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _remember(found: Current) -> None:
    """Keep the scenario in the address and in the tab; the version only when it is not the last one."""
    st.session_state[session.DOSSIER] = st.query_params[session.DOSSIER] = found.dossier
    if found.is_head:
        st.session_state.pop(session.VERSION, None)
        st.query_params.pop(session.VERSION, None)
    else:
        number = str(found.version.number)
        st.session_state[session.VERSION] = st.query_params[session.VERSION] = number


def _header(found: Current) -> None:
    st.caption(
        _("**{title}** · version {number} ({code}) du {time}, par {author} : {reason} · {status}").format(
            title=plain(found.document.title), number=found.version.number, code=version(found.fingerprint),
            time=moment(found.version.time), author=plain(found.version.author), reason=plain(found.version.reason),
            status=status_word(session.desk(), found.dossier),
        )
    )  # fmt: skip
    st.caption(law_sentence(found.law))
    if not found.is_head:
        st.warning(_("Vous lisez une version ancienne : elle ne se modifie plus."))
        if st.button(_("Revenir à la dernière version")):
            st.session_state.pop(session.VERSION, None)
            st.query_params.pop(session.VERSION, None)
            st.rerun()


def plain(text: str) -> str:
    """Write a text of the user so that none of its characters is a mark of layout."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-!|~$:" else letter for letter in text)
