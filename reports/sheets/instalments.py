"""Sheet « Versements »: how each grant is paid, from the rules and rulebooks that say it, else from rates to fill."""

from collections import defaultdict
from fractions import Fraction

from reports.layout.cells import TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, total_where
from reports.layout.page import Page
from reports.layout.words import named
from scenarios.document import AdvanceCeiling, InstalmentCeiling, Partner
from scenarios.language import N_, _
from scenarios.rulebooks import Entry, LawLine, books

NAME = N_("Versements")
HEAD = 3
COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Financeur"), 32), (N_("Engagements"), 16), (N_("dont part de maître d'ouvrage"), 16),
    (N_("Subventions à verser"), 16), (N_("Avance, taux"), 10), (N_("Avance et acomptes, taux"), 11),
    (N_("Avance au plus"), 16), (N_("Avance et acomptes au plus"), 16), (N_("Solde au moins"), 16),
    (N_("Ce que disent les règles et les recueils"), 60),
)  # fmt: skip
_TOTAL, _OWN, GRANTS, ADVANCE, CAP, _ADVANCED, _PAID, _BALANCE, _SOURCE = range(1, 10)
_MEASURES = ("avance", "acompte")
_CUMULATED = "cumul des acomptes"
"""Measure of the entry that holds for every grant of its funder; the others hold for some beneficiaries only."""


_Ceiling = AdvanceCeiling | InstalmentCeiling
RuleCells = dict[tuple[str, str], Live]


def write(page: Page, extract: Extract, table: TableCells, rules: RuleCells) -> None:
    """Write one line per partner that commits: rates of rules or rulebooks, or free cells, and what they come to.

    ``rules`` holds the cells of the values of the rules: a rate applied by the allocation is read there.
    """
    page.columns([width for _head, width in COLUMNS])
    page.top(
        _("Versement des subventions"),
        _(
            "Case blanche sans cadre : taux à remplir d'après le règlement du financeur. Le solde se calcule à la fin, "
            "sur la plus petite des assiettes prévue et réelle."
        ),
    )
    page.heads(HEAD, [_(head) for head, _width in COLUMNS], range(_TOTAL, _SOURCE))
    own = _own(extract)
    row = HEAD
    for partner in extract.partners:
        if table.partner_totals[partner.code].value:
            row += 1
            _line(page, row, extract, partner, table, rules, own[partner.code])
    page.finish(HEAD, frozen_columns=1)


def _own(extract: Extract) -> dict[str, int]:
    """Cents that each partner brings to its own operations."""
    own: dict[str, int] = defaultdict(int)
    for operation in extract.operations:
        own[operation.owner] += extract.figures.amount(operation.code, operation.owner)
    return own


def _line(
    page: Page, row: int, extract: Extract, partner: Partner, table: TableCells, rules: RuleCells, own: int
) -> None:  # fmt: skip
    page.text(row, 0, named(partner), "wrapped")
    total = page.live(row, _TOTAL, table.partner_totals[partner.code])
    keys = [(table.owner_column, page.address(row, 0))]
    grants = page.live(row, GRANTS, total - page.live(row, _OWN, total_where(keys, table.own_column, euros(own))))
    lines = [line for line in extract.figures.law.lines if _speaks(line, partner)]
    ceilings = [_ceilings(extract, partner, kind) for kind in (AdvanceCeiling, InstalmentCeiling)]
    advance = _applied(page, row, ADVANCE, ceilings[0], rules) or _to_fill(page, row, ADVANCE)
    cap = _applied(page, row, CAP, ceilings[1], rules) or _rate(page, row, lines)
    page.live(row, _ADVANCED, grants * advance)
    paid = page.live(row, _PAID, grants * cap)
    page.live(row, _BALANCE, grants - paid)
    applied = [
        _("{rule} (règle {code})").format(rule=rule.label, code=rule.code) for found in ceilings for rule in found
    ]
    said = _(" ; ").join([*applied, *map(_said, lines)])
    page.text(row, _SOURCE, said or _("rien : le règlement du financeur est à lire"), "wrapped")


def _ceilings(extract: Extract, partner: Partner, kind: type[_Ceiling]) -> list[_Ceiling]:
    """Give the rules of one kind on the payments of a partner, when they concern every operation it grants money to."""
    found = [(rule, operations) for rule, operations in extract.rules if isinstance(rule, kind)]
    own = [(rule, operations) for rule, operations in found if rule.partner == partner.code]
    covered = {operation.code for _rule, operations in own for operation in operations}
    granted = {o.code for o in extract.operations if o.owner != partner.code}
    brought = {code for code, payer in extract.pairs if payer == partner.code}
    return [rule for rule, _operations in own] if granted & brought <= covered else []


def _applied(page: Page, row: int, column: int, ceilings: list[_Ceiling], rules: RuleCells) -> Live | None:
    """Write the rate of the rules that the allocation applies, read in their own cell, when they all have the same."""
    if len({rule.rate for rule in ceilings}) != 1:
        return None
    return page.live(row, column, rules[ceilings[0].code, "rate"], "share")


def _to_fill(page: Page, row: int, column: int) -> Live:
    page.text(row, column, "", "rate_to_fill")
    return Live(page.address(row, column), Fraction(0))


def _rate(page: Page, row: int, lines: list[LawLine]) -> Live:
    """Write the part of a grant that instalments may reach when one value in force says it, else a cell to fill."""
    found = {value for line in lines if (value := _value(line)) is not None}
    if len(found) == 1:
        return page.rate(row, CAP, found.pop())
    return _to_fill(page, row, CAP)


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
