"""The amendment (*avenant*) of one project: what a second plan changes in its agreement, article by article."""

from datetime import date
from pathlib import Path

from reports.controls.changes import ChangeCells, change_controls
from reports.controls.control import Family
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.pair import Pair, versions
from reports.layout.workbook import Book, new_workbook
from reports.sheets import archived, articles, change_figures, change_lines, controls, pair_readme, signatures
from reports.sheets.change_totals import OPERATIONS, PARTNERS, YEARS
from scenarios.document import Partner
from scenarios.language import N_, _

SHEETS: tuple[tuple[str, str], ...] = (
    (pair_readme.NAME, N_("Identité des deux plans, verdict, mode d'emploi")),
    (articles.NAME, N_("L'avenant, article par article")),
    (change_lines.NAME, N_("Une ligne par opération, financeur et année qui change, avec son signe")),
    (OPERATIONS, N_("Plan de financement, avant et après")),
    (PARTNERS, N_("Engagements des financeurs, avant et après")),
    (YEARS, N_("Engagements et paiements par année, avant et après")),
    (controls.NAME, N_("Verdict, et chaque contrôle avec son écart")),
    (archived.NAME, N_("Totaux des deux plans, en constantes")),
    (signatures.NAME, N_("Un bloc par partenaire dont l'engagement existe ou existait")),
)


def amended_projects(pair: Pair) -> tuple[str, ...]:
    """Return the projects that have an agreement before, exist after, and have a line that changes, in code order."""
    known = {*pair.before.index.projects} & {*pair.after.index.projects}
    parts = {code: pair.project(code) for code in sorted(known)}
    return tuple(code for code, part in parts.items() if part.lines and part.before.allocation.commitments)


def write(pair: Pair, project: str, path: Path, effect: date | None = None) -> None:
    """Write the amendment of one project at ``path``, in one piece: the file is complete or absent.

    ``pair`` holds both whole plans; ``effect`` is the day from which the amendment holds, left to be filled when none
    is given. Raises ValueError when nothing changes in the project, or when it has no agreement before;
    CurrencyMismatchError for two currencies; OSError when the file cannot be written.
    """
    if project not in amended_projects(pair):
        raise ValueError(f"project {project}: no agreement that changes, there is nothing to amend")
    part = pair.project(project)
    subject = _("Avenant : {project}").format(project=part.after.index.projects[project].label)
    plans = [side.allocation for side in pair.sides]
    with new_workbook(path, pair.after.scenario, plans, subject) as book:
        pages = {name: book.page(_(name)) for name, _content in SHEETS}
        _fill(book, pages, part, project, subject, effect)


def _fill(book: Book, pages: dict[str, Page], part: Pair, project: str, subject: str, effect: date | None) -> None:
    """Fill the sheets in the order in which they read one another."""
    cells = change_figures.write(pages, part)
    articles.write(pages[articles.NAME], part, project, cells, effect)
    signatures.write(pages[signatures.NAME], _signing(part, cells))
    constants = archived.write(pages[archived.NAME], change_figures.archived(part), versions(part))
    order = list(Family)
    found = sorted(change_controls(cells, constants), key=lambda control: order.index(control.family))
    verdict = controls.write(pages[controls.NAME], book, found)
    contents = [(_(name), _(content)) for name, content in SHEETS if name != pair_readme.NAME]
    day = effect.strftime("%d/%m/%Y") if effect else _("à compléter dans « Articles »")
    notes = [(_("Projet"), f"{part.after.index.projects[project].label} ({project})"), (_("Date d'effet"), day)]
    pair_readme.write(pages[pair_readme.NAME], part, subject, notes, contents, verdict)


def _signing(part: Pair, cells: ChangeCells) -> list[tuple[Partner, Live]]:
    """Partners that commit before or after, in the order of agreements, with what the amendment changes for each."""
    known = {code: part.partner(code) for code in cells.partners.codes}
    ordered = part.after.in_order(code for code in known if code in part.after.index.partners)
    gone = [partner for code, partner in sorted(known.items()) if code not in part.after.index.partners]
    return [(partner, cells.partners.gap(partner.code)) for partner in (*ordered, *gone)]
