"""Sheet « Lisez-moi » of a workbook that compares two plans: which plans, the verdict, how to read."""

from collections.abc import Sequence

from allocator.words import proposal
from reports.layout.page import Page
from reports.layout.pair import Pair
from reports.sheets.readme import NAME, closing, identity, opening, pairs
from scenarios.language import _

__all__ = ["NAME", "write"]


def write(
    page: Page,
    pair: Pair,
    subject: str,
    notes: Sequence[tuple[str, str]],
    sheets: Sequence[tuple[str, str]],
    verdict: tuple[str, str],
) -> None:
    """Write the identity of both plans, what is particular (``notes``), the sheets and how to read them."""
    row = opening(page, subject, pair.after.scenario.title, verdict)
    row = pairs(page, row, notes)
    for title, side in ((_("Plan d'avant"), pair.before), (_("Plan d'après"), pair.after)):
        row = pairs(page, row + 1, [(title, "")], style="section")
        row = pairs(page, row, identity(side))
    closing(page, row, sheets, _reading())


def _reading() -> tuple[str, ...]:
    return (
        _("Bleu : valeur archivée. Noir : formule, recalculée à l'ouverture. Tiret : zéro. Écart : après moins avant."),
        _("Gagne : reçoit plus d'aides des autres que du maître d'ouvrage ; pour un financeur, apporte moins."),
        _("Les lignes qui changent, ajoutées au plan d'avant, donnent le plan d'après ; les contrôles le refont."),
        _("Les feuilles sont protégées sans mot de passe, contre les fautes de frappe seulement."),
        _("Le respect des règles par chaque plan est vérifié hors de ce classeur, par le vérificateur exact."),
        proposal(),
    )
