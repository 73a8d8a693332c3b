"""The summary of one partner: all it commits and pays, in every project, with its budgets and envelopes."""

from pathlib import Path

from allocator.allocation import Allocation
from reports.controls.budgets import budget_controls, envelope_controls
from reports.controls.control import Control, Family
from reports.controls.decisions import loan_controls, lock_controls
from reports.controls.overall_rules import contingency_controls
from reports.controls.rules import rule_controls
from reports.controls.totals import column_controls, schedule_controls
from reports.layout.cells import Cells
from reports.layout.figures import Extract, Figures, partner_extract
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.workbook import Book, new_workbook
from reports.sheets import (
    archived,
    bases_and_loans,
    controls,
    deliberation,
    engagements,
    journal,
    operations,
    partner_totals,
    project_totals,
    readme,
    rules,
    schedule,
)
from scenarios.document import Scenario
from scenarios.language import N_, _
from scenarios.rulebooks import NO_RULEBOOKS, Law

SHEETS: tuple[tuple[str, str], ...] = (
    (readme.NAME, N_("Identité du plan, verdict, mode d'emploi")),
    (operations.NAME, N_("Coûts, recettes, quantités, dates possibles")),
    (bases_and_loans.NAME, N_("Assiettes propres à un financeur, prêts aux maîtres d'ouvrage")),
    (rules.NAME, N_("Les règles de ce financeur : valeur, source, dates, certitude")),
    (engagements.NAME, N_("Une ligne par opération et année de lancement")),
    (schedule.COMMITMENTS, N_("Engagements par année de lancement (AE)")),
    (schedule.PAYMENTS, N_("Paiements par année (CP)")),
    (partner_totals.NAME, N_("Engagements, paiements, budgets, enveloppes, restes")),
    (project_totals.NAME, N_("Engagements par convention")),
    (deliberation.NAME, N_("AP ou AE et CP à voter, par projet et par année ; imputations")),
    (controls.NAME, N_("Verdict, et chaque contrôle avec son écart")),
    (archived.NAME, N_("Totaux du plan archivé, en constantes")),
    (journal.NAME, N_("Montants arrêtés, dérogations, crédits dégagés, arrondis")),
)


def write(scenario: Scenario, allocation: Allocation, partner_code: str, path: Path, law: Law = NO_RULEBOOKS) -> None:
    """Write the summary of one partner at ``path``, in one piece: the file is complete or absent.

    ``law`` is the law of the scenario as received, which the scenario no longer carries once resolved.

    Raises ValueError when the partner is unknown or commits nothing; OSError when the file cannot be written.
    """
    compose(Figures(scenario, allocation, law), partner_code, path)


def compose(figures: Figures, partner_code: str, path: Path) -> None:
    """Write the summary from figures already indexed, for those who write many."""
    extract = partner_extract(figures, partner_code)
    if not extract.pairs:
        raise ValueError(f"partner {partner_code}: commits nothing, there is nothing to summarise")
    subject = _("Financeur : {partner}").format(partner=extract.partners[0].label)
    with new_workbook(path, figures.scenario, [figures.allocation], subject) as book:
        pages = {name: book.page(_(name)) for name, _content in SHEETS}
        _fill(book, pages, extract, subject)


def _fill(book: Book, pages: dict[str, Page], extract: Extract, subject: str) -> None:
    """Fill the sheets in the order in which they read one another."""
    operation_cells = operations.write(pages[operations.NAME], extract)
    bases_and_loans.write(pages[bases_and_loans.NAME], extract, operation_cells)
    rule_cells = rules.write(pages[rules.NAME], extract)
    table = engagements.write(pages[engagements.NAME], extract, operation_cells)
    mark = deliberation.project_mark(extract)
    commitments = schedule.write_commitments(pages[schedule.COMMITMENTS], extract, mark)
    payments = schedule.write_payments(pages[schedule.PAYMENTS], extract, mark)
    summary = partner_totals.write(pages[partner_totals.NAME], extract, commitments, payments)
    project_totals.write(pages[project_totals.NAME], extract, table)
    schedules = {"commitment": commitments, "payment": payments}
    voted = deliberation.write(pages[deliberation.NAME], extract, table, schedules)
    locks = journal.write(pages[journal.NAME], extract)
    constants = archived.write(pages[archived.NAME], _archived(extract), extract.figures.allocation.fingerprint)
    cells = Cells(operation_cells, rule_cells, table, commitments, payments, summary, locks, voted)
    verdict = controls.write(pages[controls.NAME], book, _controls(extract, cells, constants))
    contents = [(_(name), _(content)) for name, content in SHEETS if name != readme.NAME]
    readme.write(pages[readme.NAME], extract, subject, contents, verdict)


def _archived(extract: Extract) -> list[tuple[str, str, str, int]]:
    """Total the partner commits in the archived plan."""
    code = extract.partners[0].code
    committed = sum(extract.figures.amount(operation, code) for operation in extract.codes)
    return [(f"partner:{code}", _("Engagé, financeur"), code, committed)]


def _controls(extract: Extract, cells: Cells, constants: dict[str, Live]) -> list[Control]:
    """Every control that this partner's figures alone allow, grouped by family."""
    found = [
        *column_controls(extract, cells, constants),
        *schedule_controls(extract, cells),
        *rule_controls(extract, cells, whole_table=False),
        *loan_controls(extract, cells),
        *lock_controls(extract, cells),
        *contingency_controls(extract, cells),
        *budget_controls(cells),
        *envelope_controls(cells),
    ]
    order = list(Family)
    return sorted(found, key=lambda control: order.index(control.family))
