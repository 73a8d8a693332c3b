"""The verdicts on an archive: four lights with their words, the other questions, the report, then any amount traced."""

from hashlib import sha256
from pathlib import Path

import streamlit as st

from allocator.archive.report import STATES, conclusion, subject
from allocator.archive.verdict import Question, State, Verdict, overall
from scenarios.language import N_, _, spoken
from ui.desk.auditing import (
    Audited,
    Replayed,
    all_verdicts,
    ask_audit,
    ask_replay,
    report_text,
    report_workbook,
    verifier,
)
from ui.desk.desk import Desk
from ui.desk.tracing import amounts, trace
from ui.pages.choosing import chosen
from ui.pages.drawing import show_table
from ui.pages.session import in_language
from ui.pages.waiting import asked, finished

LIGHTS = {
    Question.BYTES: N_("Octets intacts"),
    Question.RULES: N_("Règles respectées"),
    Question.OPTIMAL: N_("Plan optimal prouvé"),
    Question.REPLAY: N_("Mêmes centimes au recalcul"),
}
OTHERS = {
    Question.LINKS: N_("Tout suit des documents reçus"),
    Question.JOURNAL: N_("Place au journal du comité"),
    Question.SIGNATURE: N_("Signature"),
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_audit(desk: Desk, name: str, content: bytes, journal: Path | None = None) -> None:
    """Verify an archive, calculate it again, and show what both say. Raises ArchiveUnusableError when too large."""
    wanted = f"{spoken()} {name} {sha256(content).hexdigest()}"
    ticket = asked("audit", wanted, lambda: ask_audit(desk, name, content, journal))
    if not finished(ticket, "audit"):
        return
    found = ticket.result
    again = asked("replay", wanted, lambda: ask_replay(desk, name, content))
    place = st.container()
    done = again.result if finished(again, "replay") else None
    if again.over and done is None and st.button(_("Refaire le calcul")):
        st.session_state.pop("replay")
        st.rerun()
    with place:
        _show_verdicts(found, done)
    _show_files(desk, found, done)
    _show_amounts(found)


def _show_verdicts(found: Audited, again: Replayed | None) -> None:
    verdicts = {line.question: line for line in all_verdicts(found, again)}
    known = [line for line in verdicts.values() if again is not None or line.question is not Question.REPLAY]
    state = overall(known)
    with st.container(border=True):
        st.markdown(f"**{_(STATES[state])}** — {conclusion(known)}")
        identity = [_("{label} : {value}").format(label=label, value=value) for label, value in subject(found.info)]
        st.text("\n".join([*identity, _("Empreinte du fichier (SHA-256) : {digest}").format(digest=found.digest)]))
    for column, (question, title) in zip(st.columns(len(LIGHTS)), LIGHTS.items(), strict=True):
        with column.container(border=True):
            _show_light(_(title), verdicts[question])
    for column, (question, title) in zip(st.columns(len(OTHERS)), OTHERS.items(), strict=True):
        with column.container(border=True):
            _show_light(_(title), verdicts[question])
    if again is not None and again.differences:
        with st.expander(_("Ce qui n'est plus le même depuis le scellement")):
            for line in again.differences:
                st.text(f"• {line}")


def _show_light(title: str, verdict: Verdict) -> None:
    """Show one answer: its word first, in a frame of its colour, then why."""
    st.markdown(f"**{title}**")
    word = _(STATES[verdict.state])
    if verdict.state is State.CONFORMING:
        st.success(word)
    elif verdict.state is State.NOT_CONFORMING:
        st.error(word)
    elif verdict.state is State.UNVERIFIABLE:
        st.warning(_("{state}, parce que :").format(state=word))
    else:
        st.info(word)
    for reason in verdict.reasons:
        st.text(f"{reason}.")


def _show_files(desk: Desk, found: Audited, again: Replayed | None) -> None:
    text, book, single = st.columns(3)
    stem = found.name.removesuffix(".zip")
    text.download_button(
        _("Télécharger le rapport (texte)"), data=in_language(lambda: report_text(desk, found, again)),
        file_name=f"rapport_{stem}.txt", mime="text/plain", on_click="ignore", key="report-text",
    )  # fmt: skip
    book.download_button(
        _("Télécharger le rapport (Excel)"), data=in_language(lambda: report_workbook(desk, found, again)),
        file_name=f"rapport_{stem}.xlsx", mime=_XLSX, on_click="ignore", key="report-book",
    )  # fmt: skip
    single.download_button(
        _("Télécharger le vérificateur (un seul fichier Python)"), data=lambda: verifier(desk),
        file_name="verifier.py", mime="text/x-python", on_click="ignore", key="verifier",
    )  # fmt: skip
    st.caption(_("Chez vous : « python3 -I verifier.py ARCHIVE.zip » n'emploie que Python."))


def _show_amounts(found: Audited) -> None:
    st.subheader(_("D'un montant à ce qui le fonde"))
    names = {} if found.plan is None else amounts(found.plan)
    if found.plan is None or not names:
        st.info(_("L'archive ne laisse lire aucun montant : les réponses ci-dessus disent pourquoi."))
        return
    if overall(found.verdicts) is State.NOT_CONFORMING:
        st.warning(_("L'archive n'est pas conforme : ce qui suit est ce qu'elle dit, pas ce qui est prouvé."))
    code = chosen(_("Montant"), "montant", names)
    if code is None:
        return
    operation, _mark, partner = code.partition("|")
    traced = trace(found.plan, operation, partner, found.info)
    st.text(traced.sentence)
    for key, table in (("rules", traced.rules), ("data", traced.data), ("decisions", traced.decisions)):
        st.markdown(f"**{table.title}**")
        if table.rows:
            show_table(table, f"trace-{key}", f"{key}_{operation}_{partner}")
        else:
            st.caption(_("Rien dans l'archive."))
