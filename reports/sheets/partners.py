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
)  # fmt: skip
_IDENTITY: tuple[tuple[str, str, float], ...] = (
    ("siret", N_("SIRET"), 16), ("received_account", N_("Compte 13 de ses subventions"), 13),
    ("paid_account", N_("Compte 204 de celles qu'il reçoit"), 13),
)  # fmt: skip
"""Shown where a partner has one."""
_FIGURES: tuple[tuple[str, float], ...] = ((N_("Engagements de cette convention"), 20), (N_("Part du total"), 10))


def write(page: Page, extract: Extract, table: TableCells) -> None:
    """Write one line per partner of the agreement, with its total and its share."""
    identity = [line for line in _IDENTITY if any(getattr(partner, line[0]) for partner in extract.partners)]
    columns = [*_COLUMNS, *(line[1:] for line in identity), *_FIGURES]
    figure = len(columns) - len(_FIGURES)
    page.columns([width for _head, width in columns])
    page.top(_("Partenaires"), _("Dans l'ordre des colonnes du plan de financement."))
    page.heads(_HEAD, [_(head) for head, _width in columns], range(figure, len(columns)))
    pools = {pool.code: pool.label for pool in extract.scenario.pools}
    commitments = []
    for row, partner in enumerate(extract.partners, start=_HEAD + 1):
        texts = (
            partner.code, partner.label, chosen(partner.kind), pools[partner.pool] if partner.pool else "",
            yes_no(partner.commitment_limited), yes_no(partner.payment_limited), yes_no(partner.carry_over),
            partner.provenance, *(getattr(partner, name) or "" for name, _head, _width in identity),
        )  # fmt: skip
        for column, text in enumerate(texts):
            page.text(row, column, text, "wrapped")
        commitments.append(page.live(row, figure, table.partner_totals[partner.code]))
    last = _HEAD + 1 + len(commitments)
    page.text(last, 0, _("Total"), "text_total")
    for column in range(1, figure):
        page.text(last, column, "", "text_total")
    if commitments:
        whole = page.live(last, figure, span_total(commitments), "amount_total")
        for row, commitment in enumerate(commitments, start=_HEAD + 1):
            if whole.value:
                page.live(row, figure + 1, commitment / whole, "share")
        page.text(last, figure + 1, "", "text_total")
    page.finish(_HEAD, frozen_columns=2)
