"""Sheet « Signatures »: one block for each partner that commits in the agreement, or that its amendment concerns."""

from collections.abc import Sequence

from reports.layout.live import Live
from reports.layout.page import Page
from scenarios.document import Partner
from scenarios.language import N_, _

NAME = N_("Signatures")
_ABREAST, _BLOCK_COLUMNS, _BLOCK_ROWS, _FIRST_ROW = 3, 3, 7, 4
_ON_PAGE = 3
"""Rows of blocks on a page."""


def write(page: Page, signing: Sequence[tuple[Partner, Live | None]]) -> None:
    """Write three blocks abreast, each with the amount a partner signs for, if any; cells to fill are not protected."""
    page.columns([22.0, 26.0, 3.0] * _ABREAST)
    page.top(
        _("Signatures"),
        _("Proposition du comité des financeurs : chaque financeur engage ses crédits par sa propre décision."),
    )
    for rank, (partner, amount) in enumerate(signing):
        row = _FIRST_ROW + _BLOCK_ROWS * (rank // _ABREAST)
        _block(page, row, _BLOCK_COLUMNS * (rank % _ABREAST), partner, amount)
    rows = range(_ON_PAGE, -(-len(signing) // _ABREAST), _ON_PAGE)
    page.finish(row_breaks=[_FIRST_ROW + _BLOCK_ROWS * row for row in rows])


def _block(page: Page, row: int, column: int, partner: Partner, amount: Live | None) -> None:
    page.text(row, column, partner.label, "label")
    if amount is None:
        page.text(row, column + 1, _("porteur du projet, sans engagement"), "text_total")
    else:
        page.live(row, column + 1, amount, "amount_total")
    lines = (_("Nom et qualité"), _("Délibération, n° et date"), _("Date de signature"), _("Signature"))
    for offset, line in enumerate(lines, start=1):
        page.text(row + offset, column, line, "note")
        page.text(row + offset, column + 1, "", "to_fill")
    page.sheet.set_row(row + len(lines), 40)
