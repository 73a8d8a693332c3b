"""The agreement (*convention*) of one project, as a workbook in the order of a signature file."""

from collections.abc import Iterable
from pathlib import Path

from allocator.allocation import Allocation
from reports.controls.budgets import budget_controls, envelope_controls
from reports.controls.control import Control, Family
from reports.controls.decisions import loan_controls, lock_controls
from reports.controls.overall_rules import contingency_controls, overall_controls
from reports.controls.rules import rule_controls
from reports.controls.totals import schedule_controls, table_controls, unfunded_controls
from reports.layout.cells import Cells, TableCells
from reports.layout.figures import Extract, Figures, project_extract
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.workbook import Book, new_workbook
from reports.sheets import (
    archived,
    bases_and_loans,
    controls,
    equity,
    financing,
    housing_programme,
    instalments,
    journal,
    operation_totals,
    operations,
    overall_rules,
    partner_totals,
    partners,
    readme,
    rules,
    schedule,
    signatures,
)
from scenarios.document import Partner, Scenario
from scenarios.language import N_, _
from scenarios.rulebooks import NO_RULEBOOKS, Law

SHEETS: tuple[tuple[str, str], ...] = (
    (readme.NAME, N_("Identité du plan, verdict, mode d'emploi")),
    (partners.NAME, N_("Les partenaires de la convention")),
    (operations.NAME, N_("Coûts, recettes, quantités, dates possibles")),
    (bases_and_loans.NAME, N_("Assiettes propres à un financeur, prêts aux maîtres d'ouvrage")),
    (rules.NAME, N_("Les règles qui jouent ici : valeur, source, dates, certitude")),
    (financing.NAME, N_("Une ligne par opération, une colonne par financeur")),
    (schedule.COMMITMENTS, N_("Engagements par année de lancement (AE)")),
    (schedule.PAYMENTS, N_("Paiements par année (CP)")),
    (
        housing_programme.NAME,
        N_("Travaux et ingénierie par financeur et par année, dans la forme d'une convention d'OPAH"),
    ),
    (instalments.NAME, N_("Avances, acomptes et soldes, d'après les règles, les recueils ou des taux à remplir")),
    (partner_totals.NAME, N_("Par financeur : engagements, paiements, budgets, enveloppes, restes")),
    (operation_totals.NAME, N_("Par opération : engagements et paiements de tous les financeurs")),
    (equity.NAME, N_("Parts des financeurs, charge par commune")),
    (overall_rules.NAME, N_("Ce que comptent les règles qui portent sur plusieurs opérations, ici et ailleurs")),
    (controls.NAME, N_("Verdict, et chaque contrôle avec son écart")),
    (archived.NAME, N_("Totaux du plan archivé, en constantes")),
    (journal.NAME, N_("Montants arrêtés, dérogations, crédits dégagés, arrondis")),
    (signatures.NAME, N_("Un bloc par partenaire qui s'engage")),
)


def write(scenario: Scenario, allocation: Allocation, project_code: str, path: Path, law: Law = NO_RULEBOOKS) -> None:
    """Write the agreement of one project at ``path``, in one piece: the file is complete or absent.

    ``law`` is the law of the scenario as received, which the scenario no longer carries once resolved.

    Raises ValueError when the project is unknown, has no operation, or when nobody commits anything to it;
    OSError when the file cannot be written.
    """
    compose(Figures(scenario, allocation, law), project_code, path)


def compose(figures: Figures, project_code: str, path: Path) -> None:
    """Write the agreement from figures already indexed, for those who write many."""
    extract = project_extract(figures, project_code)
    if not extract.pairs:
        raise ValueError(f"project {project_code}: no partner commits anything, there is nothing to sign")
    subject = _("Convention : {project}").format(project=figures.index.projects[project_code].label)
    with new_workbook(path, figures.scenario, [figures.allocation], subject) as book:
        pages = {name: book.page(_(name)) for name, _content in _sheets(extract)}
        _fill(book, pages, extract, subject)


def _fill(book: Book, pages: dict[str, Page], extract: Extract, subject: str) -> None:
    """Fill the sheets in the order in which they read one another."""
    operation_cells = operations.write(pages[operations.NAME], extract)
    bases_and_loans.write(pages[bases_and_loans.NAME], extract, operation_cells)
    rule_cells = rules.write(pages[rules.NAME], extract)
    table = financing.write(pages[financing.NAME], extract, operation_cells)
    housing = housing_programme.NAME in pages
    mark = housing_programme.purpose_mark(extract) if housing else None
    commitments = schedule.write_commitments(pages[schedule.COMMITMENTS], extract, mark)
    payments = schedule.write_payments(pages[schedule.PAYMENTS], extract, mark)
    instalments.write(pages[instalments.NAME], extract, table, rule_cells)
    summary = partner_totals.write(pages[partner_totals.NAME], extract, commitments, payments)
    schedules = {"commitment": commitments, "payment": payments}
    operation_totals.write(pages[operation_totals.NAME], extract, operation_cells, schedules, table, summary)
    partners.write(pages[partners.NAME], extract, table)
    equity.write(pages[equity.NAME], extract, operation_cells, table)
    locks = journal.write(pages[journal.NAME], extract)
    signatures.write(pages[signatures.NAME], _signing(extract, table))
    constants = archived.write(pages[archived.NAME], _archived(extract), extract.figures.allocation.fingerprint)
    programme = housing_programme.write(pages[housing_programme.NAME], extract, schedules) if housing else []
    cells = Cells(operation_cells, rule_cells, table, commitments, payments, summary, locks, programme)
    if overall_rules.NAME in pages:
        overall_rules.write(pages[overall_rules.NAME], extract, cells)
    verdict = controls.write(pages[controls.NAME], book, _controls(extract, cells, constants))
    contents = [(_(name), _(content)) for name, content in _sheets(extract) if name != readme.NAME]
    readme.write(pages[readme.NAME], extract, subject, contents, verdict)


def _sheets(extract: Extract) -> list[tuple[str, str]]:
    """Return the sheets of the agreement; overall rules and housing programmes have one only where there are some."""
    optional = {
        overall_rules.NAME: bool(overall_rules.overall(extract)),
        housing_programme.NAME: housing_programme.concerned(extract),
    }
    return [sheet for sheet in SHEETS if optional.get(sheet[0], True)]


def _signing(extract: Extract, table: TableCells) -> list[tuple[Partner, Live | None]]:
    """Give who signs, and for how much: the holder of the project, then the partners that commit."""
    index = extract.figures.index
    holder = index.projects[extract.operations[0].project].holder
    committing = {partner.code for partner in extract.partners if table.partner_totals[partner.code].value > 0}
    codes = [holder, *(partner.code for partner in extract.partners if partner.code in committing - {holder})]
    return [(index.partners[code], table.partner_totals.get(code)) for code in codes]


def _archived(extract: Extract) -> list[tuple[str, str, str, int]]:
    """Totals of the archived plan: what is launched of each operation, what each partner commits, and all of it."""
    figures = extract.figures
    lines = [
        (f"operation:{o.code}", _("Financé, opération"), o.code, figures.funded(o.code)) for o in extract.operations
    ]
    for partner in extract.partners:
        committed = sum(figures.amount(code, partner.code) for code in extract.codes)
        lines.append((f"partner:{partner.code}", _("Engagé, financeur"), partner.code, committed))
    whole = sum(figures.funded(operation.code) for operation in extract.operations)
    return [*lines, ("total", _("Total de la convention"), "", whole)]


def _controls(extract: Extract, cells: Cells, constants: dict[str, Live]) -> list[Control]:
    """Every control of the agreement, grouped by family."""
    sources: tuple[Iterable[Control], ...] = (
        table_controls(extract, cells, constants),
        unfunded_controls(extract, cells),
        schedule_controls(extract, cells),
        rule_controls(extract, cells, whole_table=True),
        overall_controls(extract, cells),
        contingency_controls(extract, cells),
        loan_controls(extract, cells),
        lock_controls(extract, cells),
        budget_controls(cells),
        envelope_controls(cells),
    )
    order = list(Family)
    found = [control for source in sources for control in source]
    return sorted(found, key=lambda control: order.index(control.family))
