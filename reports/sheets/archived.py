"""Sheet « Valeurs archivées »: totals of the archived plan, as constants, against which the formulas are compared."""

from collections.abc import Sequence

from reports.layout.live import Live
from reports.layout.page import Page
from scenarios.language import N_, _

NAME = N_("Valeurs archivées")
_HEAD = 3


def write(
    page: Page,
    totals: Sequence[tuple[str, str, str, int]],
    fingerprint: str,
    counts: Sequence[tuple[str, str, str, int]] = (),
) -> dict[str, Live]:
    """Write the archived totals, given as (key, kind, code, cents), and counts; return their cells by key."""
    page.columns([44.0, 36.0, 30.0])
    page.top(
        _("Valeurs archivées"),
        _("Constantes tirées du plan d'empreinte {fingerprint}. Elles ne se recalculent pas.").format(
            fingerprint=fingerprint
        ),
    )
    page.heads(_HEAD, (_("Total"), _("Code"), _("Valeur archivée")), {2})
    cells: dict[str, Live] = {}
    for row, (key, kind, code, value) in enumerate([*counts, *totals], start=_HEAD + 1):
        page.text(row, 0, kind, "wrapped")
        page.text(row, 1, code)
        cells[key] = page.count(row, 2, value) if row <= _HEAD + len(counts) else page.amount(row, 2, value)
    page.finish(_HEAD)
    return cells
