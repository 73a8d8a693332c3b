"""The guided tour: one step at the top of each page, on the regional example, left whenever the visitor wants.

It is asked by ``?tour=1`` or from *Accueil*; the address keeps it from one page to the next.
"""

import streamlit as st

from scenarios.language import N_, _
from ui.pages import frame, session

STEPS: tuple[tuple[str, str], ...] = (
    (
        "accueil",
        N_(
            "Une carte par scénario : ce qu'il coûte, la part financée, les opérations écartées, qui l'a changé"
            " en dernier. La visite se fait sur l'exemple régional, dont le territoire et les chiffres sont "
            "fictifs."
        ),
    ),
    (
        "repartition",
        N_(
            "La réponse d'abord : coût, financé, reste à financer, opérations non financées. Dessous, qui paie "
            "quoi, les opérations non financées en tête. Choisissez une ligne : le volet de gauche dit "
            "pourquoi."
        ),
    ),
    (
        "pourquoi",
        N_(
            "Choisissez une opération qui n'est pas financée, puis « Que faudrait-il ? » : vous lisez ce qui "
            "l'empêche, et les changements les moins coûteux qui la financeraient."
        ),
    ),
    (
        "operations",
        N_(
            "Ce que le comité partage. Modifiez une cellule, collez des lignes, ou passez par le formulaire : "
            "rien n'est enregistré avant que vous n'écriviez un motif, et tout se défait."
        ),
    ),
    (
        "partenaires",
        N_(
            "Qui paie, et jusqu'où. Baissez un budget de 10 %, enregistrez avec un motif, puis revenez à « "
            "Répartition » : ce qui change est dit en quelques phrases."
        ),
    ),
    (
        "communes",
        N_("Les territoires et leur richesse : c'est d'après eux que se lit la charge de chaque commune."),
    ),
    (
        "regles",
        N_(
            "Chaque règle a sa source et son degré de certitude. Une valeur à confirmer se voit ici, puis "
            "bloque la signature dans « Conventions »."
        ),
    ),
    (
        "priorites",
        N_(
            "Ce que le comité veut, dans l'ordre : un objectif n'est jamais sacrifié à un suivant au-delà de la"
            " perte que vous acceptez."
        ),
    ),
    (
        "comparer",
        N_(
            "Deux versions côte à côte : qui gagne, qui perd, de combien, et à cause de quelle donnée ou de "
            "quelle règle."
        ),
    ),
    (
        "explorer",
        N_(
            "D'autres plans presque aussi bons, chacun avec la phrase qui le distingue ; ce que coûte une "
            "priorité à une autre ; ce qui tient quand les coûts montent."
        ),
    ),
    (
        "seance",
        N_(
            "En séance, chaque ligne avance : proposé, accord de principe, délibéré. Une décision a un auteur, "
            "une date, un motif, et ne change aucun montant."
        ),
    ),
    (
        "conventions",
        N_("Avant de signer, ce qui bloque. Puis le tableau tel qu'il est dans le classeur, et les fichiers."),
    ),
    (
        "archives",
        N_(
            "Scellez la version : des années plus tard, un auditeur la vérifie sans vous croire, et remonte de "
            "chaque montant à sa règle et à qui a décidé. La visite est finie."
        ),
    ),
)
"""Pages by the end of their address, in the order of the tour, and what to look at on each."""


def start(dossier: str) -> None:
    """Start the tour on the last version of a dossier, from the page shown."""
    st.session_state.pop(session.VERSION, None)
    st.query_params.pop(session.VERSION, None)
    st.session_state[session.DOSSIER] = st.query_params[session.DOSSIER] = dossier
    st.session_state[session.TOUR] = st.query_params[session.TOUR] = "1"
    st.rerun()


def show(path: str) -> None:
    """Show the step of a page when the tour is on; nothing otherwise."""
    if st.query_params.get(session.TOUR) == "1":
        st.session_state[session.TOUR] = "1"
    if st.session_state.get(session.TOUR) != "1":
        return
    st.query_params[session.TOUR] = "1"
    paths = [one for one, _text in STEPS]
    if path not in paths:
        return
    rank = paths.index(path)
    with st.container(border=True, key="tour"):
        st.markdown(_("**Visite guidée, étape {rank} sur {count}**").format(rank=rank + 1, count=len(STEPS)))
        st.write(_(STEPS[rank][1]))
        back, on, leave = st.columns(3)
        if rank and back.button(_("Étape précédente"), width="stretch", key="tour-back"):
            frame.go(paths[rank - 1])
        if rank + 1 < len(paths) and on.button(_("Étape suivante"), width="stretch", key="tour-next", type="primary"):
            frame.go(paths[rank + 1])
        if leave.button(_("Quitter la visite"), width="stretch", key="tour-leave"):
            st.session_state.pop(session.TOUR, None)
            st.query_params.pop(session.TOUR, None)
            st.rerun()
