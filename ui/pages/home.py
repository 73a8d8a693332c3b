"""*Accueil*: one card per scenario, an example to open, a file to import."""

from fractions import Fraction

import streamlit as st

from allocator.words import money, percent
from scenarios.formats.problems import ScenarioError
from scenarios.language import _
from scenarios.store import Dossier, RefusedError, Status
from ui.desk.dossiers import STATUSES, Card, cards, examples, import_document, open_example, set_status
from ui.pages import frame, session, tour
from ui.pages.problems import show_problems
from ui.roles import Action, NotAllowedError
from ui.words import moment

REGIONAL = "region-demo"
"""The shipped example that a newcomer opens first."""

_TYPES = ["xlsx", "yaml", "yml", "json"]


def show() -> None:
    """Show the cards, then the ways to have one more."""
    desk = session.desk()
    st.title(_("Comité des financeurs"))
    found = cards(desk)
    if not found:
        st.write(_("Aucun scénario n'est encore ouvert. Commencez par l'exemple régional, ou importez le vôtre."))
    for card in found:
        with st.container(border=True):
            _show_card(card)
    left = examples(desk)
    if REGIONAL in left and st.button(_("Ouvrir l'exemple régional"), type="secondary" if found else "primary"):
        _open_example(REGIONAL)
    if st.session_state.get(session.TOUR) != "1" and st.button(_("Suivre la visite guidée")):
        tour.start(open_example(desk, REGIONAL).dossier)
    others = [name for name in left if name != REGIONAL]
    if others:
        with st.expander(_("Ouvrir un autre exemple")):
            name = st.selectbox(_("Exemple"), others)
            if st.button(_("Ouvrir cet exemple")):
                _open_example(name)
    if desk.user.may(Action.EDIT):
        with st.expander(_("Importer un fichier")):
            _import()


def _show_card(card: Card) -> None:
    currency = card.scenario.currency
    title, opening = st.columns([5, 1], vertical_alignment="center")
    title.subheader(card.scenario.title)
    if opening.button(_("Ouvrir"), key=f"open-{card.dossier.name}", type="primary", width="stretch"):
        _enter(card.dossier.name)
    unknown = _("à calculer")
    cost = sum(operation.cost for operation in card.scenario.operations)
    to_fund = sum(operation.to_fund for operation in card.scenario.operations)
    totals = card.totals
    share = percent(Fraction(totals.funded, to_fund)) if totals and to_fund else unknown
    figures = (
        (_("Coût total"), money(cost, currency)),
        (_("Part financée"), share),
        (_("Opérations écartées"), str(totals.unfunded) if totals else unknown),
        (_("Statut"), _(STATUSES[card.dossier.status])),
    )
    for column, (label, value) in zip(st.columns([2, 1, 1, 1]), figures, strict=True):
        column.metric(label, value)
    last = card.version
    said, changing = st.columns([5, 1], vertical_alignment="center")
    said.text(
        _("{name} · version {number}, le {time}, par {author} : {reason}").format(
            name=card.dossier.name, number=last.number, time=moment(last.time), author=last.author, reason=last.reason
        )
    )
    if session.desk().user.may(Action.SETTLE):
        with changing.popover(_("Statut"), width="stretch"):
            _change_status(card.dossier)


def _change_status(dossier: Dossier) -> None:
    """Choose another status and say why; the fields are empty again once it has changed."""
    place = f"{dossier.name}-{dossier.status}"
    st.write(
        _("Un scénario arrêté ou archivé se lit et se calcule encore ; il ne se modifie plus avant d'être rouvert.")
    )
    others = [status for status in Status if status is not dossier.status]
    status = st.selectbox(
        _("Nouveau statut"), others, format_func=lambda one: _(STATUSES[one]), key=f"status-{place}"
    )  # fmt: skip
    reason = st.text_input(_("Motif du changement de statut"), key=f"status-reason-{place}")
    if not st.button(_("Changer le statut"), key=f"status-change-{place}"):
        return
    try:
        set_status(session.desk(), dossier.name, status, reason)
    except (RefusedError, NotAllowedError) as error:
        st.error(str(error))
    else:
        st.rerun()


def _open_example(name: str) -> None:
    _enter(open_example(session.desk(), name).dossier)


def _enter(name: str) -> None:
    """Open the plan of a dossier, at its last version."""
    st.session_state.pop(session.VERSION, None)
    st.query_params.pop(session.VERSION, None)
    frame.go("repartition", **{session.DOSSIER: name})


def _import() -> None:
    received = st.file_uploader(_("Classeur ou document de scénario (.xlsx, .yaml, .json)"), type=_TYPES)
    name = st.text_input(_("Nom du scénario (celui du document si vous n'en donnez pas)"))
    if received is None or not st.button(_("Importer ce fichier")):
        return
    try:
        version = import_document(session.desk(), received.name, received.getvalue(), name)
    except ScenarioError as error:
        show_problems(error)
    except (RefusedError, NotAllowedError) as error:
        st.error(str(error))
    else:
        _enter(version.dossier)
