"""Sheet « Assiettes et prêts »: bases that belong to one partner, and loans that finance the owner's share."""

from collections import defaultdict

from reports.layout.cells import OperationCells
from reports.layout.figures import Extract
from reports.layout.live import Live
from reports.layout.page import Page
from scenarios.language import N_, _

NAME = N_("Assiettes et prêts")
_WIDTHS = (12.0, 40.0, 34.0, 34.0, 18.0, 50.0)
_AMOUNT = 4


def write(page: Page, extract: Extract, cells: OperationCells) -> None:
    """Write both tables, and complete ``cells`` with the cells of their amounts."""
    page.columns(_WIDTHS)
    page.top(
        _("Assiettes et prêts"),
        _("Les prêts financent la part du maître d'ouvrage ; ils ne s'ajoutent jamais aux subventions."),
    )
    row = _eligible_bases(page, 3, extract, cells)
    _loans(page, row + 1, extract, cells)
    page.finish()


def _eligible_bases(page: Page, row: int, extract: Extract, cells: OperationCells) -> int:
    """Write the bases that belong to one partner; return the next free row."""
    page.text(row, 0, _("Assiettes propres à un financeur"), "section")
    eligibilities = extract.figures.index.eligibilities
    pairs = [(operation, partner) for operation in extract.operations for partner in extract.partners]
    lines = [(*pair, eligibilities.get((pair[0].code, pair[1].code))) for pair in pairs]
    based = [(o, p, line, line.eligible_base) for o, p, line in lines if line and line.eligible_base is not None]
    if not based:
        page.text(row + 1, 0, _("Aucune : chaque taux s'applique au coût ou au déficit de l'opération."), "note")
        return row + 2
    heads = (_("Opération"), _("Intitulé"), _("Financeur"), _("Objet"), _("Assiette"), _("Provenance"))
    page.heads(row + 1, heads, {_AMOUNT})
    row += 2
    for operation, partner, line, base in based:
        texts = (operation.code, operation.label, partner.label, _("assiette retenue par le financeur"))
        _texts(page, row, texts, line.provenance)
        cells.eligible_bases[operation.code, partner.code] = page.amount(row, _AMOUNT, base)
        row += 1
    return row


def _loans(page: Page, row: int, extract: Extract, cells: OperationCells) -> None:
    page.text(row, 0, _("Prêts"), "section")
    index = extract.figures.index
    loans = sorted(
        (loan for loan in extract.scenario.loans if loan.operation in extract.codes),
        key=lambda loan: (loan.operation, loan.partner, loan.label, loan.amount),
    )
    if not loans:
        page.text(row + 1, 0, _("Aucun prêt."), "note")
        return
    heads = (_("Opération"), _("Intitulé"), _("Prêteur"), _("Nature du prêt"), _("Montant"), _("Provenance"))
    page.heads(row + 1, heads, {_AMOUNT})
    found: dict[str, list[Live]] = defaultdict(list)
    for at, loan in enumerate(loans, start=row + 2):
        texts = (
            loan.operation, index.operations[loan.operation].label, index.partners[loan.partner].label, loan.label,
        )  # fmt: skip
        _texts(page, at, texts, loan.provenance)
        found[loan.operation].append(page.amount(at, _AMOUNT, loan.amount))
        kind = index.partners[loan.partner].kind
        cells.loans_by_kind.setdefault((loan.operation, kind), []).append(found[loan.operation][-1])
    cells.loans.update(found)


def _texts(page: Page, row: int, texts: tuple[str, ...], provenance: str) -> None:
    for column, text in enumerate(texts):
        page.text(row, column, text, "wrapped")
    page.text(row, _AMOUNT + 1, provenance, "wrapped")
