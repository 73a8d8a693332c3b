"""The minutes of a session (*relevé de décisions*): each line of the plan, how far each partner has decided on it."""

from pathlib import Path

from allocator.allocation import Allocation
from reports.controls.control import Control, Family, Sense
from reports.controls.totals import column_controls
from reports.layout.cells import Cells, OperationCells, ScheduleCells, SummaryCells
from reports.layout.figures import Extract, Figures, whole_extract
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.workbook import Book, new_workbook
from reports.sheets import archived, controls, decisions, readme, session_lines, session_record, session_totals
from scenarios.document import Scenario
from scenarios.language import N_, _
from scenarios.rulebooks import NO_RULEBOOKS, Law

SHEETS: tuple[tuple[str, str], ...] = (
    (readme.NAME, N_("Identité du plan, verdict, mode d'emploi")),
    (session_record.NAME, N_("Date, présents, retraits pour cause d'intérêt, signatures : à remplir en séance")),
    (session_lines.NAME, N_("Une ligne par opération et financeur : montant proposé, décision, date, numéro, motif")),
    (session_totals.NAME, N_("Par financeur : ce qui est proposé, admis, délibéré, refusé, reporté")),
    (decisions.NAME, N_("Toutes les décisions, de la plus ancienne à la plus récente")),
    (controls.NAME, N_("Verdict, et chaque contrôle avec son écart")),
    (archived.NAME, N_("Totaux du plan archivé, en constantes")),
)


def write(scenario: Scenario, allocation: Allocation, path: Path, law: Law = NO_RULEBOOKS) -> None:
    """Write the minutes at ``path``, in one piece: the file is complete or absent.

    ``law`` is the law of the scenario as received, which the scenario no longer carries once resolved.
    Raises OSError when the file cannot be written.
    """
    compose(Figures(scenario, allocation, law), path)


def compose(figures: Figures, path: Path) -> None:
    """Write the minutes from figures already indexed, for those who write many."""
    extract = whole_extract(figures)
    subject = _("Relevé de décisions : {committee}").format(committee=figures.scenario.committee)
    with new_workbook(path, figures.scenario, [figures.allocation], subject) as book:
        pages = {name: book.page(_(name)) for name, _content in SHEETS}
        _fill(book, pages, extract, subject)


def _fill(book: Book, pages: dict[str, Page], extract: Extract, subject: str) -> None:
    """Fill the sheets in the order in which they read one another."""
    session_record.write(pages[session_record.NAME], extract)
    lines = session_lines.write(pages[session_lines.NAME], extract)
    table = session_totals.write(pages[session_totals.NAME], extract, lines)
    decisions.write(pages[decisions.NAME], extract)
    constants = archived.write(pages[archived.NAME], _archived(extract), extract.figures.allocation.fingerprint)
    cells = Cells(OperationCells(), {}, table, ScheduleCells(), ScheduleCells(), SummaryCells(), [])
    found = [*column_controls(extract, cells, constants), *_grand(lines.total, table.funded_total, constants["total"])]
    verdict = controls.write(pages[controls.NAME], book, found)
    contents = [(_(name), _(content)) for name, content in SHEETS if name != readme.NAME]
    readme.write(pages[readme.NAME], extract, subject, contents, verdict)


def _archived(extract: Extract) -> list[tuple[str, str, str, int]]:
    """Total each partner commits in the archived plan, and all of it."""
    sums = {partner.code: 0 for partner in extract.partners}
    for line in extract.figures.allocation.commitments:
        sums[line.partner] += line.amount
    lines = [(f"partner:{code}", _("Engagé, financeur"), code, cents) for code, cents in sums.items()]
    return [*lines, ("total", _("Total du plan"), "", sum(sums.values()))]


def _grand(lines: Live, totals: Live | None, constant: Live) -> list[Control]:
    """Compare the sum of the lines, and that of the totals by status, with the archived total."""
    found = [(_("Total des lignes, comparé au total archivé"), lines)]
    if totals is not None:
        found.append((_("Total par état, comparé au total archivé"), totals))
    return [Control(Family.GRAND, label, live, Sense.EQUAL, constant) for label, live in found]
