"""Sheet « Lisez-moi » of a workbook that compares two plans: which plans, the verdict, how to read."""

from collections.abc import Sequence

from allocator.words import proposal
from reports.layout.page import Page
from reports.layout.pair import Pair
from reports.sheets.controls import COMPLIANT, NOT_COMPLIANT
from reports.sheets.readme import NAME, identity, pairs
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
    page.columns([44.0, 106.0])
    page.top(subject, pair.after.scenario.title)
    row = 3
    page.text(row, 0, _("Verdict des contrôles"), "label")
    page.answer(row, 1, *verdict, style="verdict_large")
    page.sheet.set_row(row, 26)
    page.judge((row, 1), (row, 1), _(COMPLIANT), _(NOT_COMPLIANT))
    row = pairs(page, row + 1, notes)
    for title, side in ((_("Plan d'avant"), pair.before), (_("Plan d'après"), pair.after)):
        row = pairs(page, row + 1, [(title, "")], style="section")
        row = pairs(page, row, identity(side))
    row = pairs(page, row + 1, [(_("Feuilles"), "")], style="section")
    for name, content in sheets:
        page.link(row, 0, name)
        page.text(row, 1, content, "wrapped")
        row += 1
    row = pairs(page, row + 1, [(_("Comment lire"), "")], style="section")
    for sentence in _reading():
        page.text(row, 1, sentence, "paragraph")
        row += 1
    page.finish()


def _reading() -> tuple[str, ...]:
    return (
        _("Bleu : valeur archivée. Noir : formule, recalculée à l'ouverture. Tiret : zéro. Écart : après moins avant."),
        _("Gagne : reçoit plus d'aides des autres que du maître d'ouvrage ; pour un financeur, apporte moins."),
        _("Les lignes qui changent, ajoutées au plan d'avant, donnent le plan d'après ; les contrôles le refont."),
        _("Les feuilles sont protégées sans mot de passe, contre les fautes de frappe seulement."),
        _("Le respect des règles par chaque plan est vérifié hors de ce classeur, par le vérificateur exact."),
        proposal(),
    )
