"""*Administration*: people, their roles and partner; who did what, and whether the log is intact."""

import json
from collections.abc import Callable

import pandas as pd
import streamlit as st

from reports.charts.table import Column, Table
from scenarios.language import N_, _
from scenarios.store import LogEntry, Person, RefusedError
from ui.configuration import ROLES_CLAIM, chosen
from ui.desk.desk import Desk
from ui.desk.people import forget_person, journal, keep_person, people
from ui.pages import session
from ui.roles import Role, role_names
from ui.words import moment

_ACTS = {
    "created": N_("dossier ouvert"),
    "committed": N_("version enregistrée"),
    "undone": N_("version annulée"),
    "redone": N_("version rétablie"),
    "status": N_("état changé"),
    "comment": N_("commentaire"),
    "archive": N_("archive inscrite"),
    "person": N_("rôles changés"),
}

_HASH = 64
_SAID = "administration-said"
_LATEST = 500
"""Entries shown at once; all of them are in the file."""


def show() -> None:
    """Show the people, then the log."""
    desk = session.desk()
    st.title(_("Administration"))
    st.header(_("Personnes"))
    if session.sign_in_section() is None:
        st.info(_("Aucune connexion n'est configurée : qui atteint l'application a tous les rôles. Ceux-ci attendent."))
    elif claim := chosen(ROLES_CLAIM):
        st.info(
            _("Les rôles viennent du fournisseur d'identité ({claim}) ; ici se donnent les partenaires, et se "
              "refuse qui ne doit pas entrer, en ne lui laissant aucun rôle.").format(claim=claim)
        )  # fmt: skip
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    known = people(desk)
    if known:
        st.dataframe(_table(known), hide_index=True, width="stretch")
    else:
        st.write(_("Personne n'est encore connu."))
    _edit(desk, known)
    st.header(_("Qui a fait quoi"))
    _journal(desk)


def _table(known: tuple[Person, ...]) -> pd.DataFrame:
    rows = [(one.identity, role_names(_roles(one)) or _("aucun : refusé"), one.partner or "") for one in known]
    return pd.DataFrame(rows, columns=[_("Identité"), _("Rôles"), _("Partenaire")])


def _roles(one: Person) -> list[Role]:
    return [role for role in Role if role in one.roles]


def _edit(desk: Desk, known: tuple[Person, ...]) -> None:
    """Give roles to somebody new, or change those of somebody known."""
    by_identity = {one.identity: one for one in known}
    new = _("Une nouvelle personne")
    chosen_one = st.selectbox(_("Qui"), [new, *by_identity])
    one = by_identity.get(chosen_one)
    with st.form(f"person-{chosen_one}"):
        identity = one.identity if one else st.text_input(_("Identité, souvent une adresse électronique"))
        roles = st.multiselect(_("Rôles"), list(Role), default=_roles(one) if one else [], format_func=_role_name)
        partner = st.text_input(_("Code du partenaire dont elle parle (vide : aucun)"), (one and one.partner) or "")
        if st.form_submit_button(_("Enregistrer"), type="primary"):
            said = _("Enregistré : {identity}.").format(identity=identity)
            _do(lambda: keep_person(desk, identity, roles, partner), said)
    if one and st.button(_("Oublier cette personne")):
        _do(lambda: forget_person(desk, one.identity), _("Oublié : {identity}.").format(identity=one.identity))


def _role_name(role: Role) -> str:
    return role_names([role])


def _do(act: Callable[[], object], said: str) -> None:
    try:
        act()
    except RefusedError as error:
        st.error(str(error))
        return
    st.session_state[_SAID] = said
    st.rerun()


def _journal(desk: Desk) -> None:
    found = journal(desk)
    if found.faults:
        st.error(_("Le journal ou ce qu'il dit a été modifié :"))
        for fault in found.faults:
            st.text(fault)
    elif found.entries:
        last = found.entries[0]
        st.success(
            _("Journal intact : {count} entrées. Notez hors du magasin l'empreinte de la dernière : {hash}").format(
                count=last.number, hash=last.hash
            )
        )
    else:
        st.write(_("Rien n'a encore été fait."))
        return
    columns = [_("N°"), _("Quand"), _("Qui"), _("Acte"), _("Dossier"), _("Détail")]
    rows = [_line(entry) for entry in found.entries]
    st.dataframe(pd.DataFrame(rows[:_LATEST], columns=columns), hide_index=True, width="stretch")
    day = found.entries[0].time.date()
    content = Table(_("Qui a fait quoi"), tuple(map(Column, columns)), tuple(rows), "", day, "").csv()
    st.download_button(_("Télécharger tout le journal (CSV)"), content, "journal.csv", "text/csv", on_click="ignore")


def _line(entry: LogEntry) -> tuple[str, ...]:
    act = _(_ACTS[entry.act]) if entry.act in _ACTS else entry.act
    return str(entry.number), moment(entry.time), entry.author, act, entry.dossier, _detail(entry.details)


def _detail(written: str) -> str:
    """Say what an entry tells besides: a person's roles in words, the rest as written, hashes shortened."""
    try:
        said = json.loads(written)
    except ValueError:
        return written
    if not isinstance(said, dict):
        return written
    return " · ".join(f"{name} : {_value(value)}" for name, value in said.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "—"
    text = str(value)
    return f"{text[:12]}…" if len(text) == _HASH and text.isalnum() else text
