"""*Répartition*: the answer first, then the matrix, the budgets, and the workbooks to download."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from pandas.io.formats.style import Styler

from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from allocator.words import money, proposal
from reports.agreements import write_all
from scenarios.fingerprint import fingerprint
from scenarios.language import _
from ui.pages import shipped, tables
from ui.plan import Plan
from ui.received import Received
from ui.words import goal_sentence, law_sentence, settled_sentence, stage, verdict, version

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every file of a zip: the same workbooks make the same bytes."""


def show() -> None:
    """Show the current scenario, and its plan once it is asked for."""
    names = shipped.names()
    asked = st.query_params.get(shipped.PARAMETER)
    name = st.selectbox(_("Scénario"), names, index=names.index(asked) if asked in names else None)
    if name is None:
        st.info(_("Choisissez un scénario pour en calculer la répartition."))
        return
    st.query_params[shipped.PARAMETER] = name
    received = shipped.scenario(name)
    code = fingerprint(received.scenario)
    st.title(received.scenario.title)
    st.caption(_("Scénario {name}, version {version}").format(name=name, version=version(code)))
    st.caption(law_sentence(received.law))
    if st.button(_("Calculer la répartition"), type="primary"):
        _calculate(received, code)
    plan: Plan | None = st.session_state.get(f"plan-{code}")
    if plan is None:
        st.info(_("La répartition n'est pas encore calculée."))
        return
    _show_plan(plan)
    _show_download(plan, code)


def _calculate(received: Received, code: str) -> None:
    with st.status(_("Calcul en cours"), expanded=True) as status:
        try:
            allocation = allocate(received.scenario, progress=lambda name: status.update(label=stage(name)))
        except (InfeasibleScenarioError, NoWholeCentsError) as error:
            status.update(label=_("Aucune répartition ne respecte toutes les règles"), state="error")
            st.text(str(error))
            return
        status.update(label=_("Répartition calculée et vérifiée"), state="complete", expanded=False)
    st.session_state[f"plan-{code}"] = Plan(received.scenario, allocation, received.law)


def _show_plan(plan: Plan) -> None:
    totals, currency = plan.totals, plan.scenario.currency
    figures = (
        (_("Coût total"), money(totals.cost, currency)),
        (_("Financé"), money(totals.funded, currency)),
        (_("Reste à financer"), money(totals.missing, currency)),
        (_("Opérations non financées"), str(totals.unfunded)),
    )
    for column, (label, value) in zip(st.columns(4), figures, strict=True):
        column.metric(label, value)
    notes = []
    if totals.receipts:
        notes.append(_("Les recettes couvrent {amount} du coût.").format(amount=money(totals.receipts, currency)))
    if totals.partly_funded:
        notes.append(_("Opérations financées en partie : {count}.").format(count=totals.partly_funded))
    notes += [verdict(), proposal()]
    st.write(" ".join(notes))
    st.subheader(_("Qui finance quoi, en {currency}").format(currency=currency))
    _show_table(tables.matrix(plan), pinned=_("Opération"))
    if plan.budgets:
        st.subheader(_("Ce qui reste des budgets, en {currency}").format(currency=currency))
        _show_table(tables.budgets(plan), pinned=_("Partenaire"))
    st.subheader(_("Objectifs, dans l'ordre du comité"))
    for rank, goal in enumerate(plan.allocation.goals, start=1):
        st.text(f"{rank}. {goal_sentence(goal, currency, follows=rank > 1)}")
        if trace := settled_sentence(goal, currency):
            st.text(trace)


def _show_table(table: Styler, pinned: str) -> None:
    """Show a table, one column staying in place while the others scroll; absent amounts are left empty."""
    columns = {pinned: st.column_config.Column(pinned=True), _("Intitulé"): st.column_config.Column(width="medium")}
    st.dataframe(table, hide_index=True, width="stretch", placeholder="", column_config=columns)


def _show_download(plan: Plan, code: str) -> None:
    key = f"zip-{code}"
    st.subheader(_("Classeurs à signer"))
    if st.button(_("Préparer les classeurs")):
        with st.status(_("Écriture des classeurs")) as status:
            st.session_state[key] = zipped_workbooks(plan, lambda text: status.update(label=text))
            status.update(label=_("Classeurs prêts"), state="complete")
    if key in st.session_state:
        st.download_button(
            _("Télécharger les classeurs"),
            data=st.session_state[key],
            file_name=f"classeurs_{plan.scenario.code}_{version(code)}.zip",
            mime="application/zip",
            on_click="ignore",
        )


def zipped_workbooks(plan: Plan, tell: Callable[[str], None]) -> bytes:
    """Return a zip of every workbook of a plan."""
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in write_all(plan.scenario, plan.allocation, Path(folder), tell, plan.law):
            archive.writestr(zipfile.ZipInfo(path.name, _EPOCH), path.read_bytes())
    return content.getvalue()
