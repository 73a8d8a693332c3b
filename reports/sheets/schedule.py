"""Sheets « Échéancier AE » and « Échéancier CP »: one line per operation and partner, one column per year.

Years stand in the same columns on every sheet that has years: they start at ``FIRST_YEAR``.
"""

from collections.abc import Callable, Container

from reports.layout.cells import ScheduleCells
from reports.layout.figures import Extract
from reports.layout.live import span, span_total
from reports.layout.page import Page
from scenarios.document import Envelope
from scenarios.language import N_, _

COMMITMENTS = N_("Échéancier AE")
PAYMENTS = N_("Échéancier CP")
HEAD = 3
TOTAL = 4
FIRST_YEAR = 5
"""First column of years, on every sheet that has years."""

WIDTHS = (14.0, 34.0, 16.0, 27.0, 16.0)
YEAR_WIDTH = 15.0
_ENVELOPE_WIDTH = 14.0

Mark = tuple[str, dict[str, str]]
"""Title of an added column, and what it says of each operation, by code."""


def write_commitments(page: Page, extract: Extract, mark: Mark | None = None) -> ScheduleCells:
    """Write commitments by year of start, and mark the lines that count in an envelope.

    ``mark`` adds a column that says something of each operation, by which other sheets add up.
    """
    figures = extract.figures
    page.top(
        _("Échéancier des engagements (AE)"),
        _("Montants engagés l'année du lancement. À droite : les enveloppes dans lesquelles la ligne compte."),
    )
    envelopes = envelopes_of(extract)
    cells = _lines(
        page,
        extract,
        lambda o, p, year: figures.committed_at.get((o, p, year), 0),
        len(envelopes) + int(mark is not None),
    )
    _mark_envelopes(page, extract, envelopes, cells)
    if mark:
        _mark(page, extract, mark, FIRST_YEAR + len(extract.years) + len(envelopes), cells)
    page.finish(HEAD, frozen_columns=2)
    return cells


def write_payments(page: Page, extract: Extract, mark: Mark | None = None) -> ScheduleCells:
    """Write payments by year; ``mark`` adds a column, as for commitments."""
    figures = extract.figures
    page.top(
        _("Échéancier des paiements (CP)"),
        _("Montants payés chaque année. Ils dépendent des budgets votés chaque année par chaque financeur."),
    )
    cells = _lines(page, extract, lambda o, p, year: figures.paid.get((o, p, year), 0), int(mark is not None))
    if mark:
        _mark(page, extract, mark, FIRST_YEAR + len(extract.years), cells)
    page.finish(HEAD, frozen_columns=2)
    return cells


def envelopes_of(extract: Extract) -> tuple[tuple[Envelope, frozenset[str]], ...]:
    """Envelopes in which something shown counts, in code order, with the operations they cover."""
    found = []
    for envelope in sorted(extract.scenario.envelopes, key=lambda envelope: envelope.code):
        covered = frozenset(operation.code for operation in extract.figures.index.covered(envelope))
        if any(operation in covered and partner in envelope.partners for operation, partner in extract.pairs):
            found.append((envelope, covered))
    return tuple(found)


def years_head(
    page: Page, row: int, heads: tuple[str, ...], years: tuple[int, ...], figures: Container[int] = (TOTAL,)
) -> None:
    """Write a line of titles: ``heads``, of which ``figures`` are above figures, then the years in their columns."""
    page.heads(row, heads, figures)
    for column, year in enumerate(years, start=FIRST_YEAR):
        page.count(row, column, year, "head_year")


def _lines(page: Page, extract: Extract, amount: Callable[[str, str, int], int], envelopes: int) -> ScheduleCells:
    years = extract.years
    page.columns([*WIDTHS, *[YEAR_WIDTH] * len(years), *[_ENVELOPE_WIDTH] * envelopes])
    heads = (_("Opération"), _("Intitulé"), _("Financeur"), _("Nom du financeur"), _("Total"))
    years_head(page, HEAD, heads, years)
    cells = ScheduleCells()
    index = extract.figures.index
    for row, (operation, partner) in enumerate(extract.pairs, start=HEAD + 1):
        page.text(row, 0, operation, "wrapped")
        page.text(row, 1, index.operations[operation].label, "wrapped")
        page.text(row, 2, partner, "wrapped")
        page.text(row, 3, index.partners[partner].label, "wrapped")
        for column, year in enumerate(years, start=FIRST_YEAR):
            cells.years[operation, partner, year] = page.amount(row, column, amount(operation, partner, year))
        line = [cells.years[operation, partner, year] for year in years]
        cells.totals[operation, partner] = page.live(row, TOTAL, span_total(line))
    _totals(page, extract, cells)
    return cells


def _totals(page: Page, extract: Extract, cells: ScheduleCells) -> None:
    """Write the bottom line, and keep the addresses of the columns for the summaries."""
    if not extract.pairs:
        return
    first, last = HEAD + 1, HEAD + len(extract.pairs)
    page.text(last + 1, 0, _("Total"), "text_total")
    for column in (1, 2, 3):
        page.text(last + 1, column, "", "text_total")
    page.live(last + 1, TOTAL, span_total([cells.totals[pair] for pair in extract.pairs]), "amount_total")
    for column, year in enumerate(extract.years, start=FIRST_YEAR):
        column_cells = [cells.years[*pair, year] for pair in extract.pairs]
        page.live(last + 1, column, span_total(column_cells), "amount_total")
        cells.year_columns[year] = span(column_cells)
    cells.total_column = page.area(first, TOTAL, last)
    cells.partner_column = page.area(first, 2, last)


def _mark_envelopes(
    page: Page, extract: Extract, envelopes: tuple[tuple[Envelope, frozenset[str]], ...], cells: ScheduleCells
) -> None:
    start = FIRST_YEAR + len(extract.years)
    for column, (envelope, covered) in enumerate(envelopes, start=start):
        page.text(HEAD, column, envelope.code, "head")
        for row, (operation, partner) in enumerate(extract.pairs, start=HEAD + 1):
            counts = operation in covered and partner in envelope.partners
            page.text(row, column, envelope.code if counts else "", "wrapped")
        cells.envelope_columns[envelope.code] = page.area(HEAD + 1, column, HEAD + len(extract.pairs))


def _mark(page: Page, extract: Extract, mark: Mark, column: int, cells: ScheduleCells) -> None:
    title, words = mark
    page.text(HEAD, column, title, "head")
    for row, (operation, _partner) in enumerate(extract.pairs, start=HEAD + 1):
        page.text(row, column, words[operation], "wrapped")
    cells.mark_column = page.area(HEAD + 1, column, HEAD + len(extract.pairs))
