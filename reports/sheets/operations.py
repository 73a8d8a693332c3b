"""Sheet « Opérations »: costs, receipts and quantities, entered once and read by every other sheet."""

from reports.layout.cells import OperationCells
from reports.layout.figures import Extract
from reports.layout.page import Page
from reports.layout.words import chosen, yes_no
from scenarios.document import Base, CostBasis, Operation
from scenarios.language import N_, _

NAME = N_("Opérations")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Code"), 14), (N_("Opération"), 34), (N_("Nature"), 8), (N_("Projet"), 14), (N_("Code commune"), 14),
    (N_("Commune"), 15), (N_("Quartier"), 11), (N_("Maître d'ouvrage"), 24), (N_("Famille du maître d'ouvrage"), 16),
    (N_("Base du coût"), 20), (N_("Obligatoire"), 11), (N_("Divisible"), 10), (N_("Unité"), 10),
    (N_("Quantité"), 9), (N_("Bâtiments"), 10),
    (N_("Priorité"), 9), (N_("Premier lancement"), 10), (N_("Dernier lancement"), 10), (N_("Durée (semestres)"), 11),
    (N_("Coût HT"), 15), (N_("Coût TTC"), 15), (N_("Coût de base non précisée"), 15), (N_("Coût retenu"), 15),
    (N_("Recettes"), 14), (N_("À financer"), 15),
    (N_("Provenance"), 95),
)  # fmt: skip
_UNITS, _COSTS, _KEPT, _RECEIPTS, _TO_FUND, _PROVENANCE = 13, 19, 22, 23, 24, 25
_COMMUNE, _OWNER_KIND = 4, 8
_COST_FIELDS = ("cost_excl_vat", "cost_incl_vat", "cost_unspecified")
_BASIS_COLUMN = {CostBasis.EXCL_VAT: 0, CostBasis.INCL_VAT: 1, CostBasis.UNSPECIFIED: 2}


def write(page: Page, extract: Extract) -> OperationCells:
    """Write one line per operation; return the cells of its figures."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(_("Opérations"), _("Le coût à financer est le coût retenu, moins les recettes."))
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], range(_UNITS, _PROVENANCE))
    cells = OperationCells()
    for row, operation in enumerate(extract.operations, start=_HEAD + 1):
        _texts(page, row, extract, operation)
        _figures(page, row, operation, cells)
    last = _HEAD + len(extract.operations)
    cells.commune_column = page.area(_HEAD + 1, _COMMUNE, last)
    cells.owner_kind_column = page.area(_HEAD + 1, _OWNER_KIND, last)
    page.finish(_HEAD, frozen_columns=2, groups=(_UNITS, _PROVENANCE - _UNITS, 1))
    return cells


def _texts(page: Page, row: int, extract: Extract, operation: Operation) -> None:
    index = extract.figures.index
    texts = (
        operation.code, operation.label, operation.nature, operation.project, operation.commune,
        index.communes[operation.commune].label, operation.district, index.partners[operation.owner].label,
        chosen(index.partners[operation.owner].kind), chosen(operation.cost_basis),
        yes_no(operation.mandatory), yes_no(operation.divisible),
        operation.unit,
    )  # fmt: skip
    for column, text in enumerate(texts):
        page.text(row, column, text, "wrapped")
    page.text(row, _PROVENANCE, operation.provenance, "wrapped")


def _figures(page: Page, row: int, operation: Operation, cells: OperationCells) -> None:
    code = operation.code
    quantities = (
        operation.units, operation.buildings, operation.value, operation.earliest_start, operation.latest_start,
        operation.duration_semesters,
    )  # fmt: skip
    for column, quantity in enumerate(quantities, start=_UNITS):
        if quantity is None:
            page.text(row, column, "")
            continue
        cell = page.count(row, column, quantity, "year" if column in {_UNITS + 3, _UNITS + 4} else "whole")
        if column == _UNITS:
            cells.units[code] = cell
        elif column == _UNITS + 1:
            cells.buildings[code] = cell
    for offset, field in enumerate(_COST_FIELDS):
        cents = getattr(operation, field)
        if cents is None:
            page.text(row, _COSTS + offset, "")
        else:
            cells.costs[code, field] = page.amount(row, _COSTS + offset, cents)
    kept = cells.costs[code, _COST_FIELDS[_BASIS_COLUMN[operation.cost_basis]]]
    cells.cost[code] = page.live(row, _KEPT, kept)
    cells.receipts[code] = page.amount(row, _RECEIPTS, operation.receipts)
    cells.to_fund[code] = page.live(row, _TO_FUND, cells.cost[code] - cells.receipts[code])
    cells.bases[code, Base.COST] = cells.cost[code]
    cells.bases[code, Base.DEFICIT] = cells.to_fund[code]
    for base, field in ((Base.EXCL_VAT, "cost_excl_vat"), (Base.INCL_VAT, "cost_incl_vat")):
        if (code, field) in cells.costs:
            cells.bases[code, base] = cells.costs[code, field]
