"""*Archives*: seal the version opened, the journal of what is sealed, an archive to verify."""

import streamlit as st

from allocator.archive.refusal import ArchiveUnusableError
from reports.charts.table import Column, Table
from scenarios.language import _
from scenarios.limits import ARCHIVE
from scenarios.store import StoreError
from ui.desk.desk import Desk
from ui.desk.plans import known
from ui.desk.sealing import JOURNAL, Kept, ask_seal, content_of, enter, journal
from ui.desk.versions import Current
from ui.pages import frame, session
from ui.pages.allocation.calculation import plan_of
from ui.pages.archives.verdicts import show_audit
from ui.pages.choosing import chosen
from ui.pages.drawing import show_table
from ui.pages.waiting import finished
from ui.roles import Action
from ui.solving.ticket import Ticket
from ui.words import moment

_SEALING = "sealing"
_UPLOAD = "file"
_DIGITS = 12


def show() -> None:
    """Show the archives; a version need not be opened to verify one."""
    desk = session.desk()
    opened = frame.opened() if session.DOSSIER in frame.address() else None
    st.title(_("Archives"))
    if opened is not None:
        _show_sealing(desk, opened)
    kept = journal(desk)
    _show_journal(kept)
    _show_verification(desk, kept)


def _show_sealing(desk: Desk, opened: Current) -> None:
    if not desk.user.may(Action.SEAL):
        st.info(_("Sceller une version revient au financier ou à l'auditeur ; vérifier une archive est ouvert à tous."))
        return
    st.subheader(_("Sceller la version {number}").format(number=opened.version.number))
    key = f"{_SEALING}-{opened.version.id}"
    ticket: Ticket[str] | None = st.session_state.get(key)
    if ticket is not None and finished(ticket, key):
        st.session_state.pop(key)
        st.success(_("Version {number} scellée : empreinte {digest}.").format(
            number=opened.version.number, digest=ticket.result))  # fmt: skip
    enter(desk, opened.dossier)
    sealed = {one.version.id for one in journal(desk)}
    if opened.version.id in sealed:
        st.caption(_("Cette version est scellée : son archive est au journal, et ne se remplace pas."))
        return
    plan = known(desk, opened) or plan_of(desk, opened)
    if plan is None or (ticket is not None and not ticket.over):
        return
    reason = st.text_input(_("Motif du scellement"), key="seal-reason")
    if st.button(_("Sceller cette version"), type="primary"):
        try:
            st.session_state[key] = ask_seal(desk, opened, plan, reason)
        except StoreError as error:
            st.error(str(error))
        else:
            st.rerun()


def _show_journal(kept: tuple[Kept, ...]) -> None:
    st.subheader(_("Journal"))
    if not kept:
        st.info(_("Aucune archive n'est encore scellée ici. Ouvrez un scénario et scellez sa version, ou vérifiez un "
                  "fichier reçu ci-dessous."))  # fmt: skip
        return
    columns = tuple(map(Column, (
        _("N°"), _("Scénario"), _("Version"), _("Scellée le"), _("Par"), _("Archive"), _("Empreinte"), _("Fichier"),
    )))  # fmt: skip
    rows = tuple(
        (
            str(one.archived.number), one.dossier, str(one.version.number), moment(one.archived.time),
            one.archived.author, one.archived.name, one.archived.digest,
            _("présent") if one.present else _("absent de son dossier"),
        )
        for one in kept
    )  # fmt: skip
    day = kept[0].archived.time.date()
    show_table(Table(_("Journal"), columns, rows, "EUR", day, _("Journal")), "journal", "journal_des_archives")


def _show_verification(desk: Desk, kept: tuple[Kept, ...]) -> None:
    st.subheader(_("Vérifier une archive"))
    there = {
        one.archived.digest: _("{name} ({digest})").format(name=one.archived.name, digest=one.archived.digest[:_DIGITS])
        for one in kept
        if one.present
    }
    names = {_UPLOAD: _("Un fichier reçu"), **there}
    which = chosen(_("Archive à vérifier"), "archive", names)
    try:
        if which == _UPLOAD or which is None:
            received = st.file_uploader(
                _("Archive (.zip, {size} Mo au plus)").format(size=ARCHIVE.mega), type=["zip"],
                max_upload_size=ARCHIVE.mega, key="archive-file",
            )  # fmt: skip
            if received is not None:
                show_audit(desk, received.name, received.getvalue())
            return
        one, content = content_of(desk, which)
        st.download_button(
            _("Télécharger l'archive"), data=content, file_name=one.archived.name, mime="application/zip",
            on_click="ignore", key="archive-download",
        )  # fmt: skip
        show_audit(desk, one.archived.name, content, one.path.parent / JOURNAL)
    except (StoreError, ArchiveUnusableError) as error:
        st.error(str(error))
