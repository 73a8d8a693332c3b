"""The stress test: what stays financed when costs drift, partners withdraw, operations are late."""

from fractions import Fraction

import streamlit as st

from allocator.exploration import stress_words as words
from allocator.exploration.spec import ILLUSTRATIVE, StressSpec
from reports.layout.stressed import StressTest
from scenarios.formats.problems import ScenarioError
from scenarios.language import _, spoken
from ui.desk.desk import Desk
from ui.desk.exploring import ask_stress, ask_stress_workbook, received_spec
from ui.desk.versions import Current
from ui.explored import odds_table
from ui.pages.drawing import XLSX, show_table
from ui.pages.problems import show_problems
from ui.pages.waiting import finished, requested
from ui.plan import Plan

_NOBODY = ""
_DRAWS = 100
"""Draws proposed: enough to read, few enough to wait for."""


def show_stress(desk: Desk, opened: Current, plan: Plan) -> None:
    """Show how often each operation stays financed, once it is asked."""
    spec = _spec(desk, plan)
    if spec is None:
        return
    holder, target = _safer(plan)
    ticket = requested(
        "stress-asked", f"{spoken()} {opened.fingerprint} {spec.model_dump_json()} {holder} {target}",
        _("Mettre le plan à l'épreuve"), lambda: ask_stress(desk, plan, spec, holder, target),
    )  # fmt: skip
    if ticket is None or not finished(ticket, "stress"):
        return
    _show(plan, ticket.result)
    workbook = requested(
        "stress-workbook", f"{spoken()} {opened.fingerprint} {ticket.result.spec.model_dump_json()} {holder} {target}",
        _("Préparer le classeur de la mise à l'épreuve"), lambda: ask_stress_workbook(desk, ticket.result),
    )  # fmt: skip
    if workbook is not None and finished(workbook, "stress-workbook"):
        st.download_button(
            _("Télécharger le classeur de la mise à l'épreuve"), data=workbook.result, on_click="ignore",
            file_name=f"mise-a-l-epreuve_{opened.dossier}_v{opened.version.number}.xlsx",
            mime=XLSX,
        )  # fmt: skip


def _spec(desk: Desk, plan: Plan) -> StressSpec | None:
    """Return what may go wrong: a document received, else the illustrative laws; and how many draws."""
    received = st.file_uploader(
        _("Document d'aléas (YAML) ; rien : aléas illustratifs, qu'aucune statistique ne fonde"),
        ["yaml", "yml"],
        max_upload_size=1,
    )
    spec = ILLUSTRATIVE
    if received is not None:
        try:
            spec = received_spec(desk, received.name, received.getvalue(), plan.scenario)
        except ScenarioError as error:
            show_problems(error)
            return None
    usual = spec.draws if received is not None else _DRAWS
    draws = st.number_input(_("Nombre de tirages"), 1, 10_000, min(usual, 10_000), key=f"draws-{usual}")
    seed = st.number_input(_("Graine : la même donne les mêmes tirages"), 0, 10**9, spec.seed, key=f"seed-{spec.seed}")
    return spec.model_copy(update={"draws": int(draws), "seed": int(seed)})


def _safer(plan: Plan) -> tuple[str | None, Fraction]:
    """Return whose budgets may be raised to make the plan safe, and in which share of the draws it should hold."""
    holders = {line.holder: plan.figures.index.holders[line.holder].label for line in plan.scenario.budgets}
    named = {_NOBODY: _("personne"), **holders}
    holder = st.selectbox(
        _("Chercher aussi de combien augmenter les budgets de"),
        list(named),
        format_func=named.__getitem__,
        key="robust",
    )
    if not holder:
        return None, Fraction(9, 10)
    share = st.number_input(_("Part des tirages où le plan doit tenir, en %"), 1, 100, 90, key="robust-target")
    return holder, Fraction(int(share), 100)


def _show(plan: Plan, test: StressTest) -> None:
    named, found = words.StressWords(plan.scenario), test.found
    st.text(words.drawn(test.spec, found))
    nothing = words.without_plan(found)
    if nothing is not None:
        st.warning(nothing)
    show_table(odds_table(plan.figures, found), "odds", "aleas")
    st.caption(words.confidence())
    for loss in found.critical:
        st.text(f"• {named.critical(loss)}")
    for sentence in named.robust(test.safer) if test.safer else ():
        st.text(sentence)
    st.text(words.verified(found.verified))
