"""Sheet « Partenaires »: who takes part, and for how much."""

from reports.layout.cells import TableCells
from reports.layout.figures import Extract
from reports.layout.live import span_total
from reports.layout.page import Page
from reports.layout.words import chosen, yes_no
from scenarios.language import N_, _

NAME = N_("Partenaires")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Code"), 16), (N_("Partenaire"), 38), (N_("Famille"), 18), (N_("Fonds commun"), 18),
    (N_("Engagements limités (AE/AP)"), 14), (N_("Paiements limités (CP)"), 14),
    (N_("Report d'une année à l'autre"), 14), (N_("Provenance"), 40),
    (N_("Engagements de cette convention"), 20), (N_("Part du total"), 10),
)  # fmt: skip
_FIRST_FIGURE = 8


def write(page: Page, extract: Extract, table: TableCells) -> None:
    """Write one line per partner of the agreement, with its total and its share."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(_("Partenaires"), _("Dans l'ordre des colonnes du plan de financement."))
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], range(_FIRST_FIGURE, len(_COLUMNS)))
    pools = {pool.code: pool.label for pool in extract.scenario.pools}
    commitments = []
    for row, partner in enumerate(extract.partners, start=_HEAD + 1):
        texts = (
            partner.code, partner.label, chosen(partner.kind), pools[partner.pool] if partner.pool else "",
            yes_no(partner.commitment_limited), yes_no(partner.payment_limited), yes_no(partner.carry_over),
            partner.provenance,
        )  # fmt: skip
        for column, text in enumerate(texts):
            page.text(row, column, text, "wrapped")
        commitments.append(page.live(row, _FIRST_FIGURE, table.partner_totals[partner.code]))
    last = _HEAD + 1 + len(commitments)
    page.text(last, 0, _("Total"), "text_total")
    for column in range(1, _FIRST_FIGURE):
        page.text(last, column, "", "text_total")
    if commitments:
        whole = page.live(last, _FIRST_FIGURE, span_total(commitments), "amount_total")
        for row, commitment in enumerate(commitments, start=_HEAD + 1):
            if whole.value:
                page.live(row, _FIRST_FIGURE + 1, commitment / whole, "share")
        page.text(last, _FIRST_FIGURE + 1, "", "text_total")
    page.finish(_HEAD, frozen_columns=2)
