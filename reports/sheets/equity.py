"""Sheet « Équité »: who bears what share, and what the communes bear in view of their means.

Only the indicators the scenario gives are shown, with their year; none is estimated.
"""

from fractions import Fraction

from reports.layout.cells import OperationCells, TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, span_total, total_where
from reports.layout.page import Page
from reports.layout.words import chosen
from scenarios.document import Commune, PartnerKind
from scenarios.language import N_, _

NAME = N_("Équité")
_HEAD = 3
_WIDTHS = (14.0, 36.0, 18.0, 18.0, 12.0, 18.0, 18.0, 12.0, 18.0, 18.0, 16.0)


def write(page: Page, extract: Extract, cells: OperationCells, table: TableCells) -> None:
    """Write the shares of the partners, then the burden of the owners of each commune."""
    page.columns(_WIDTHS)
    page.top(_("Équité"), _("Parts calculées sur ce classeur seulement. Les indicateurs sont ceux du scénario."))
    row = _shares(page, extract, table)
    _communes(page, row + 2, extract, cells, table)
    page.finish(_HEAD, frozen_columns=2)


def _shares(page: Page, extract: Extract, table: TableCells) -> int:
    """Write the share of each partner in what is funded; return the row of the total."""
    page.heads(_HEAD, (_("Code"), _("Partenaire"), _("Famille"), _("Engagements"), _("Part du total")), {3, 4})
    cells: list[Live] = []
    for row, partner in enumerate(extract.partners, start=_HEAD + 1):
        for column, text in enumerate((partner.code, partner.label, chosen(partner.kind))):
            page.text(row, column, text, "wrapped")
        cells.append(page.live(row, 3, table.partner_totals[partner.code]))
    last = _HEAD + 1 + len(cells)
    for column, text in enumerate((_("Total"), "", "")):
        page.text(last, column, text, "text_total")
    whole = page.live(last, 3, span_total(cells), "amount_total")
    if whole.value:
        shares = [page.live(row, 4, cell / whole, "share") for row, cell in enumerate(cells, start=_HEAD + 1)]
        page.live(last, 4, span_total(shares), "share_total")
    return last


def _communes(page: Page, row: int, extract: Extract, cells: OperationCells, table: TableCells) -> None:
    """Write, for each commune, what is spent there and what the owners of its operations bear."""
    page.text(row, 0, _("Charge des maîtres d'ouvrage, par commune des opérations"), "section")
    heads = (
        _("Code"), _("Commune"), _("Coût à financer"), _("Part des maîtres d'ouvrage"), _("En % du coût"),
        _("dont part de la commune"), _("Population"), _("Année"), _("Part de la commune par habitant"),
        _("Potentiel financier par habitant"), _("Part / potentiel"),
    )  # fmt: skip
    page.heads(row + 1, heads, range(2, len(heads)))
    codes = sorted({operation.commune for operation in extract.operations})
    for at, code in enumerate(codes, start=row + 2):
        commune = extract.figures.index.communes[code]
        page.text(at, 0, commune.code, "wrapped")
        page.text(at, 1, commune.label, "wrapped")
        own = _burden(page, at, extract, cells, table, code)
        _indicators(page, at, commune, own)


def _burden(page: Page, row: int, extract: Extract, cells: OperationCells, table: TableCells, commune: str) -> Live:
    """Write the cost, the share of all owners and that of the owners that are communes; return the last."""
    figures = extract.figures
    operations = [operation for operation in extract.operations if operation.commune == commune]
    owned = {operation.code: figures.amount(operation.code, operation.owner) for operation in operations}
    municipal = [o for o in operations if figures.index.partners[o.owner].kind is PartnerKind.COMMUNE]
    here = (cells.commune_column, page.address(row, 0))
    of_communes = (cells.owner_kind_column, f'"{chosen(PartnerKind.COMMUNE)}"')
    cost = euros(sum(operation.to_fund for operation in operations))
    to_fund = page.live(row, 2, total_where([here], table.to_fund_column, cost))
    whole = page.live(row, 3, total_where([here], table.own_column, euros(sum(owned.values()))))
    if to_fund.value:
        page.live(row, 4, whole / to_fund, "share")
    else:
        page.text(row, 4, "")
    borne = euros(sum(owned[operation.code] for operation in municipal))
    return page.live(row, 5, total_where([here, of_communes], table.own_column, borne))


def _indicators(page: Page, row: int, commune: Commune, own: Live) -> None:
    for column in range(6, len(_WIDTHS)):
        page.text(row, column, "")
    if commune.indicator_year is not None:
        page.count(row, 7, commune.indicator_year, "year")
    per_head = _per_head(page, row, commune, own)
    if commune.financial_potential_per_capita is not None:
        potential = page.amount(row, 9, commune.financial_potential_per_capita)
        if per_head is not None and potential.value != Fraction(0):
            page.live(row, 10, per_head / potential, "share")


def _per_head(page: Page, row: int, commune: Commune, own: Live) -> Live | None:
    if commune.population is None:
        return None
    population = page.count(row, 6, commune.population)
    return page.live(row, 8, own / population) if population.value else None
