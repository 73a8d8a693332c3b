"""What is shown before anything else when the application asks who enters: sign in, or why that is not enough."""

import streamlit as st

from scenarios.language import _
from ui import signing_in
from ui.pages import session
from ui.roles import User


def show(user: User) -> None:
    """Show the way in, or who to ask, to somebody who has no role."""
    st.title(_("Comité des financeurs"))
    claims = session.claims()
    if not claims.get("is_logged_in"):
        st.write(_("Connectez-vous avec le compte de votre institution."))
        _sign_in()
    elif user != signing_in.NOBODY:
        st.warning(
            _("Vous êtes connecté, mais le comité ne vous a donné aucun rôle. Demandez-le à son administrateur.")
        )
        st.write(_("Votre identité, à lui donner :"))
        st.code(signing_in.identity(claims) or "", language=None)
        _sign_out()
    elif signing_in.identity(claims) is None:
        st.error(
            _("Votre fournisseur d'identité n'a pas donné de quoi vous reconnaître, ou n'a pas vérifié votre adresse.")
        )
        _sign_out()
    else:
        st.info(_("Votre connexion date de plus de douze heures. Reconnectez-vous : rien de préparé n'est perdu."))
        _sign_in()


def _sign_in() -> None:
    if st.button(_("Se connecter"), type="primary"):
        st.login()


def _sign_out() -> None:
    if st.button(_("Se déconnecter")):
        st.logout()
