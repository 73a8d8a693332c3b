"""The application's entry: ``make app``, or ``streamlit run app.py``. Only the navigation is declared here.

A page is a module of ``ui.pages`` with ``show()``; it is added to its group below, in the order of the journeys.
"""

import streamlit as st

from scenarios.language import _, speaking
from ui import configuration, logs
from ui.pages import (
    administration,
    agreements,
    allocation,
    archives,
    communes,
    compare,
    entrance,
    explore,
    frame,
    home,
    looks,
    meeting,
    operations,
    partners,
    priorities,
    rules,
    session,
    tour,
    why,
)
from ui.roles import Action

configuration.require_sound()
session.require_sound_sign_in()
logs.start()
with speaking(session.language()):
    st.set_page_config(page_title=_("Comité des financeurs"), layout="wide")
    st.html(looks.STYLE)
    user = session.user()
    admitted = bool(user.roles)
    groups = {
        "": (st.Page(home.show, title=_("Accueil"), url_path="", default=True),),
        _("Préparer"): (
            st.Page(operations.show, title=_("Opérations"), url_path="operations"),
            st.Page(partners.show, title=_("Partenaires et budgets"), url_path="partenaires"),
            st.Page(communes.show, title=_("Communes"), url_path="communes"),
            st.Page(rules.show, title=_("Règles"), url_path="regles"),
            st.Page(priorities.show, title=_("Priorités"), url_path="priorites"),
        ),
        _("Décider"): (
            st.Page(allocation.show, title=_("Répartition"), url_path="repartition"),
            st.Page(why.show, title=_("Pourquoi"), url_path="pourquoi"),
            st.Page(compare.show, title=_("Comparer"), url_path="comparer"),
            st.Page(explore.show, title=_("Explorer"), url_path="explorer"),
            st.Page(meeting.show, title=_("Séance"), url_path="seance"),
        ),
        _("Garder"): (
            st.Page(agreements.show, title=_("Conventions"), url_path="conventions"),
            st.Page(archives.show, title=_("Archives"), url_path="archives"),
        ),
        _("Administrer"): (
            (st.Page(administration.show, title=_("Administration"), url_path="administration"),)
            if user.may(Action.ADMINISTER)
            else ()
        ),
    }
    # The default page has no address of its own: whoever types or was given this one finds the same page.
    by_name = st.Page(home.show, title=_("Accueil"), url_path="accueil", visibility="hidden")
    shown = {name: pages for name, pages in groups.items() if pages}
    page = st.navigation({**shown, "": (*groups[""], by_name)}, position="top" if admitted else "hidden")
    frame.declare({page.url_path or "accueil": page for pages in groups.values() for page in pages})
    frame.bar(user)
    if admitted:
        tour.show(page.url_path or "accueil")
        page.run()
    else:
        entrance.show(user)
