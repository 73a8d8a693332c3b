"""*Priorités*: what the committee wants first, second, and so on; what each goal costs; what it may lose."""

import streamlit as st

from scenarios.changes import ORDERED
from scenarios.dictionary import tables
from scenarios.document import GoalKind
from scenarios.language import _, spoken
from scenarios.store import Draft
from ui.desk.cells import choice_face
from ui.desk.desk import Desk
from ui.desk.edits import draft
from ui.desk.goal_order import add_goal, goals, move_goal, remove_goal
from ui.desk.goal_prices import ask_goal_price
from ui.desk.versions import Current
from ui.pages import frame, session
from ui.pages.editor import show_editor
from ui.pages.editor.grid import staged_from_grid
from ui.pages.editor.page import reading_only
from ui.pages.editor.view import cell_face
from ui.pages.waiting import finished, requested

TABLES = (ORDERED, "equalisation")


def show() -> None:
    """Show the goals in order, then their table and the weights, then what each costs."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Priorités"))
    st.write(
        _(
            "Chaque objectif est atteint au mieux sans rien coûter à ceux qui le précèdent, sauf la perte qu'ils "
            "admettent."
        )
    )
    _show_order(desk, opened)
    st.subheader(_("Pertes admises, partenaires nommés et poids"))
    st.caption(_("Les points de priorité de chaque opération se changent dans Opérations."))
    frame.link("operations", _("Changer les points de priorité"))
    show_editor(opened, TABLES)
    _show_prices(desk, opened)


def _show_order(desk: Desk, opened: Current) -> None:
    may_edit = not reading_only(desk, opened)
    if may_edit:
        staged_from_grid(desk, opened.dossier, tables()[ORDERED])
    found = draft(desk, opened.dossier) if may_edit else Draft(opened.dossier, desk.user.name, opened.version.id)
    listed = goals(desk, found)
    st.subheader(_("L'ordre des objectifs"))
    for place, goal in enumerate(listed):
        name, up, down, out = st.columns([6, 1, 1, 1], vertical_alignment="center")
        kind = goal.get("kind", "")
        said = frame.plain(choice_face(kind))
        name.markdown(f"**{place + 1}. {said}**")
        if detail := _detail(goal):
            name.caption(frame.plain(detail))
        if not may_edit:
            continue
        if up.button(_("Monter"), key=f"up-{kind}", disabled=not place, help=said, width="stretch"):
            move_goal(desk, found, place, -1)
            st.rerun()
        is_last = place == len(listed) - 1
        if down.button(_("Descendre"), key=f"down-{kind}", disabled=is_last, help=said, width="stretch"):
            move_goal(desk, found, place, 1)
            st.rerun()
        if out.button(_("Retirer"), key=f"out-{kind}", help=said, width="stretch"):
            remove_goal(desk, found, place)
            st.rerun()
    if may_edit:
        _show_adding(desk, found, {goal.get("kind", "") for goal in listed})


def _show_adding(desk: Desk, found: Draft, there: set[str]) -> None:
    faces = {kind: choice_face(kind) for kind in GoalKind if kind.value not in there}
    if not faces:
        return
    choice, adding = st.columns([6, 3], vertical_alignment="bottom")
    kind = choice.selectbox(_("Un objectif de plus"), list(faces), format_func=faces.__getitem__, key="goal-to-add")
    if adding.button(_("Ajouter en dernier"), width="stretch"):
        add_goal(desk, found, kind)
        st.rerun()


def _detail(goal: dict[str, str]) -> str:
    """Say what a goal admits to lose, and the partners it names."""
    said = []
    for column, sentence in (
        ("partners", _("partenaires : {text}")),
        ("tolerance_rate", _("perte admise : {text} de ce qu'il atteint")),
        ("tolerance_amount", _("perte admise : {text}")),
    ):
        if text := goal.get(column):
            said.append(sentence.format(text=cell_face(ORDERED, column, text)))
    return _(" ; ").join(said)


def _show_prices(desk: Desk, opened: Current) -> None:
    st.subheader(_("Ce que coûte chaque objectif"))
    st.caption(
        _(
            "Le plan de la version {number} est recalculé sans l'objectif : ce que les autres y gagneraient est ce "
            "qu'il coûte."
        ).format(number=opened.version.number)
    )
    listed = opened.scenario.goals
    if len(listed) < 2:
        st.info(_("Cet objectif est le seul : sans lui, il n'y aurait rien à répartir au mieux."))
        return
    for rank, goal in enumerate(listed, start=1):
        with st.container(border=True):
            st.markdown(f"**{rank}. {frame.plain(choice_face(goal.kind))}**")
            _show_price(desk, opened, rank, goal.kind)


def _show_price(desk: Desk, opened: Current, rank: int, kind: GoalKind) -> None:
    ticket = requested(
        f"price-{kind}", f"{spoken()} {opened.fingerprint}",
        _("Calculer ce que coûte l'objectif {rank}").format(rank=rank), lambda: ask_goal_price(desk, opened, kind),
    )  # fmt: skip
    if ticket is None or not finished(ticket, f"price-{kind}"):
        return
    for sentence in ticket.result.goals:
        st.text(_("Avec lui, puis sans lui : {sentence}").format(sentence=sentence))
    if not ticket.result.goals:
        st.text(_("Il ne coûte rien aux autres objectifs."))
    st.text(_("Sans lui :"))
    for sentence in ticket.result.plan:
        st.text(f"• {sentence}")
