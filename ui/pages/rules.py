"""*Règles*: the rules that the scenario carries, the rulebooks it employs, derogations, and every value of the law."""

import streamlit as st

from scenarios.language import N_, _
from ui.desk.law_tables import books_table, values_table
from ui.desk.versions import Current
from ui.pages import frame
from ui.pages.drawing import show_table
from ui.pages.editor import show_editor

TABLES = ("rules", "rulebooks", "derogations")
VIEW = "vue"
_SCENARIO, _LAW = "scenario", "droit"
_VIEWS = {_SCENARIO: N_("Règles du scénario et recueils choisis"), _LAW: N_("Valeurs du droit employé")}


def show() -> None:
    """Show what is decided here, which can be edited, or what texts say, which is only read."""
    opened = frame.opened()
    if opened is None:
        return
    st.title(_("Règles"))
    asked = st.query_params.get(VIEW)
    faces = {view: _(title) for view, title in _VIEWS.items()}
    view = st.segmented_control(
        _("Montrer"), list(faces), format_func=faces.__getitem__, required=True, label_visibility="collapsed",
        default=asked if asked in faces else _SCENARIO, key="rules-view",
    )  # fmt: skip
    st.query_params[VIEW] = view or _SCENARIO
    if view == _LAW:
        _show_law(opened)
    else:
        show_editor(opened, TABLES)


def _show_law(opened: Current) -> None:
    if not opened.law.lines:
        st.info(
            _(
                "Ce scénario n'emploie aucun recueil. Pour en employer un, ajoutez une ligne à la table "
                "« Recueils de règles employés »."
            )
        )
        return
    st.write(
        _(
            "Ces valeurs sont lues dans les textes, à la date de chaque opération : elles ne se modifient pas ici. Le "
            "comité peut lever une règle par une dérogation, avec son auteur et sa référence."
        )
    )
    st.subheader(_("Recueils employés"))
    show_table(books_table(opened), "books", f"recueils_{opened.dossier}")
    st.subheader(_("Chaque valeur et sa source"))
    show_table(values_table(opened), "law", f"droit_{opened.dossier}")
