"""Sheet « Versements »: how each grant is paid, from the rulebooks where they say it, else from rates left to fill."""

from collections import defaultdict
from fractions import Fraction

from reports.layout.cells import TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, total_where
from reports.layout.page import Page
from reports.layout.words import named
from scenarios.document import Partner
from scenarios.language import N_, _
from scenarios.rulebooks import Entry, LawLine, books

NAME = N_("Versements")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Financeur"), 32), (N_("Engagements"), 16), (N_("dont part de maître d'ouvrage"), 16),
    (N_("Subventions à verser"), 16), (N_("Avance, taux"), 10), (N_("Avance et acomptes, taux"), 11),
    (N_("Avance au plus"), 16), (N_("Avance et acomptes au plus"), 16), (N_("Solde au moins"), 16),
    (N_("Ce que disent les recueils"), 60),
)  # fmt: skip
_TOTAL, _OWN, _GRANTS, _ADVANCE, _CAP, _ADVANCED, _PAID, _BALANCE, _SOURCE = range(1, 10)
_MEASURES = ("avance", "acompte")
_CUMULATED = "cumul des acomptes"
"""Measure of the entry that holds for every grant of its funder; the others hold for some beneficiaries only."""


def write(page: Page, extract: Extract, table: TableCells) -> None:
    """Write one line per partner that commits: rates of the rulebooks, or free cells, and what they come to."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Versement des subventions"),
        _(
            "Case blanche sans cadre : taux à remplir d'après le règlement du financeur. Le solde se calcule à la fin, "
            "sur la plus petite des assiettes prévue et réelle."
        ),
    )
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], range(_TOTAL, _SOURCE))
    own = _own(extract)
    row = _HEAD
    for partner in extract.partners:
        if table.partner_totals[partner.code].value:
            row += 1
            _line(page, row, extract, partner, table, own[partner.code])
    page.finish(_HEAD, frozen_columns=1)


def _own(extract: Extract) -> dict[str, int]:
    """Cents that each partner brings to its own operations."""
    own: dict[str, int] = defaultdict(int)
    for operation in extract.operations:
        own[operation.owner] += extract.figures.amount(operation.code, operation.owner)
    return own


def _line(page: Page, row: int, extract: Extract, partner: Partner, table: TableCells, own: int) -> None:
    page.text(row, 0, named(partner), "wrapped")
    total = page.live(row, _TOTAL, table.partner_totals[partner.code])
    keys = [(table.owner_column, page.address(row, 0))]
    grants = page.live(row, _GRANTS, total - page.live(row, _OWN, total_where(keys, table.own_column, euros(own))))
    lines = [line for line in extract.figures.law.lines if _speaks(line, partner)]
    advance = _to_fill(page, row, _ADVANCE)
    cap = _rate(page, row, lines)
    page.live(row, _ADVANCED, grants * advance)
    paid = page.live(row, _PAID, grants * cap)
    page.live(row, _BALANCE, grants - paid)
    page.text(
        row, _SOURCE, _(" ; ").join(map(_said, lines)) or _("rien : le règlement du financeur est à lire"), "wrapped"
    )


def _to_fill(page: Page, row: int, column: int) -> Live:
    page.text(row, column, "", "rate_to_fill")
    return Live(page.address(row, column), Fraction(0))


def _rate(page: Page, row: int, lines: list[LawLine]) -> Live:
    """Write the part of a grant that instalments may reach when one value in force says it, else a cell to fill."""
    found = {value for line in lines if (value := _value(line)) is not None}
    if len(found) == 1:
        return page.rate(row, _CAP, found.pop())
    return _to_fill(page, row, _CAP)


def _entry(line: LawLine) -> Entry:
    return next(entry for entry in books()[line.rulebook].entries if entry.id == line.entry)


def _value(line: LawLine) -> Fraction | None:
    """Give the rate of a line that holds for every grant of its funder, as an exact number."""
    entry = _entry(line)
    if entry.measure != _CUMULATED:
        return None
    numbers = [entry.number(value) for value in entry.values if value.start == line.version]
    return next((number for number in numbers if isinstance(number, Fraction)), None)


def _speaks(line: LawLine, partner: Partner) -> bool:
    """Tell whether a line of the law is about the payments of a partner: its rulebook is that of its kind."""
    kinds = books()[line.rulebook].funder_kinds
    return partner.kind in kinds and any(word in _entry(line).measure for word in _MEASURES)


def _said(line: LawLine) -> str:
    source = f" ({line.reference})" if line.reference else ""
    return _("{sentence} : {value}").format(sentence=line.sentence, value=line.value) + source
