"""What is signed: the workbook of a project or of a partner, a look at it, and what stands in the way of signing."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from allocator.allocation import Allocation
from reports import agreement, partner_summary
from reports.charts.sheet_table import sheet_rows, sheet_table
from reports.charts.table import Column, Table, table_of
from reports.layout.figures import Extract, Figures, partner_extract, project_extract
from reports.layout.words import chosen
from reports.layout.workbook import file_name
from reports.sheets import controls, engagements, financing, instalments
from scenarios.document import Mark, Scenario
from scenarios.language import _
from scenarios.rulebooks import Law
from ui.desk.desk import Desk
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket


class Kind(StrEnum):
    """Who a workbook is for."""

    PROJECT = "projet"
    PARTNER = "partenaire"


@dataclass(frozen=True)
class Look:
    """The main table of a workbook as it stands in it, and what blocks the signature; no row when nothing does."""

    table: Table
    obstacles: Table


@dataclass(frozen=True)
class Written:
    """A workbook and the name of its file."""

    name: str
    content: bytes


_Obstacle = tuple[str, str, str, str]


def signable(plan: Plan, kind: Kind) -> dict[str, str]:
    """Name what has a workbook, by code: projects and partners to which, or by which, something is committed."""
    index = plan.figures.index
    if kind is Kind.PARTNER:
        paying = plan.figures.in_order({line.partner for line in plan.allocation.commitments})
        return {partner.code: f"{partner.label} ({partner.code})" for partner in paying}
    signed = {index.operations[line.operation].project for line in plan.allocation.commitments}
    return {code: f"{index.projects[code].label} ({code})" for code in sorted(signed)}


def left_without(plan: Plan) -> tuple[str, ...]:
    """Return the projects to which nobody commits anything: they have no agreement."""
    projects = {operation.project for operation in plan.scenario.operations}
    return tuple(sorted(projects - set(signable(plan, Kind.PROJECT))))


def ask_look(desk: Desk, plan: Plan, kind: Kind, code: str) -> Ticket[Look]:
    """Ask for a look at the workbook of a project or a partner."""
    desk.require(Action.READ)
    return desk.queue.submit(
        desk.session, Call(look, (plan.scenario, plan.allocation, plan.law, kind, code), tells=True)
    )


def ask_workbook(desk: Desk, plan: Plan, kind: Kind, code: str) -> Ticket[Written]:
    """Ask for the workbook to sign of a project or a partner."""
    desk.require(Action.EXPORT)
    return desk.queue.submit(desk.session, Call(written, (plan.scenario, plan.allocation, plan.law, kind, code)))


def written(scenario: Scenario, allocation: Allocation, law: Law, kind: Kind, code: str) -> Written:
    """Write a workbook, in a worker. Raises ValueError when nothing is committed."""
    return _written(Figures(scenario, allocation, law), kind, code)


def look(
    scenario: Scenario, allocation: Allocation, law: Law, kind: Kind, code: str, tell: Callable[[str], None]
) -> Look:
    """Write a workbook and read back what it shows, in a worker."""
    tell(_("Écriture : {text}").format(text=code))
    figures = Figures(scenario, allocation, law)
    content = _written(figures, kind, code).content
    if kind is Kind.PROJECT:
        extract = project_extract(figures, code)
        table = sheet_table(content, _(financing.NAME), financing.HEAD, figures, financing.HEAD - 1)
    else:
        extract = partner_extract(figures, code)
        table = sheet_table(content, _(engagements.NAME), engagements.HEAD, figures)
    found = [*_wrong(content), *_unsure(extract), *(_empty_rates(content) if kind is Kind.PROJECT else ())]
    columns = [Column(_("Ce qui bloque")), Column(_("De quoi il s'agit")), Column(_("Où")), Column(_("Que faire"))]
    return Look(table, table_of(_("Ce qui bloque la signature"), columns, found, figures))


def _written(figures: Figures, kind: Kind, code: str) -> Written:
    prefix = "convention" if kind is Kind.PROJECT else "financeur"
    compose = agreement.compose if kind is Kind.PROJECT else partner_summary.compose
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name(prefix, code, plans=[figures.allocation])
        compose(figures, code, path)
        return Written(path.name, path.read_bytes())


def _wrong(content: bytes) -> Iterator[_Obstacle]:
    """Yield the controls that the workbook itself says wrong."""
    rows = sheet_rows(content, _(controls.NAME))
    for row in rows[controls.FIRST_SUMMARY :]:
        cells = ["" if cell.value is None else str(cell.value) for cell in row]
        if len(cells) > controls.RESULT and cells[controls.RESULT] == _(controls.WRONG):
            family, rule, operation, partner, label = cells[1:6]
            place = ", ".join(filter(None, (rule, operation, partner))) or family
            advice = _("Corrigez la donnée ou la règle, puis recalculez : rien ne se signe avec un contrôle en erreur.")
            yield _("Contrôle en erreur"), label, place, advice


def _unsure(extract: Extract) -> Iterator[_Obstacle]:
    """Yield the rules whose value is not established."""
    advices = {
        Mark.SECONDARY: _("Lisez le texte officiel, puis notez la règle « primary » avec sa référence."),
        Mark.ILLUSTRATIVE: _("Remplacez cette valeur d'exemple par celle du règlement du financeur."),
    }
    for rule, _operations in extract.rules:
        if rule.mark in advices:
            place = _("règle {code} ; {source}").format(code=rule.code, source=rule.reference)
            what = _("{label} ({mark})").format(label=rule.label, mark=chosen(rule.mark))
            yield _("Règle à confirmer"), what, place, advices[rule.mark]


def _empty_rates(content: bytes) -> Iterator[_Obstacle]:
    """Yield the rates of instalments left to fill, of who has a grant to pay."""
    rows = sheet_rows(content, _(instalments.NAME))
    for number, row in enumerate(rows[instalments.HEAD + 1 :], start=instalments.HEAD + 1):
        if not row[instalments.GRANTS].value:
            continue
        for column in (instalments.ADVANCE, instalments.CAP):
            if row[column].value is None:
                title = _(instalments.COLUMNS[column][0])
                what = _("{title}, {partner}").format(title=title, partner=row[0].value)
                place = _("feuille « {sheet} », cellule {cell}").format(
                    sheet=_(instalments.NAME), cell=xl_rowcol_to_cell(number, column)
                )
                yield _("Taux vide"), what, place, _("Écrivez dans le classeur le taux du règlement de ce financeur.")
