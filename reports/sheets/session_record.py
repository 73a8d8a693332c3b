"""Sheet « Séance »: what is only known in the meeting, left to fill, and who signs the minutes."""

from reports.layout.figures import Extract
from reports.layout.page import Page
from scenarios.language import N_, _

NAME = N_("Séance")
_TO_FILL: tuple[str, ...] = (
    N_("Date et lieu de la séance"), N_("Président de séance"), N_("Secrétaire de séance"), N_("Présents"),
    N_("Excusés, pouvoirs"), N_("Retraits pour cause d'intérêt (personne, ligne)"), N_("Réserves"),
    N_("Prochains votes, avec leur date"),
)  # fmt: skip
_SIGNING: tuple[str, ...] = (N_("Signature du président"), N_("Signature du secrétaire"))


def write(page: Page, extract: Extract) -> None:
    """Write the lines to fill: their cells are not protected."""
    page.columns([44.0, 90.0])
    page.top(
        _("Séance"),
        _("Le comité propose. Chaque financeur engage ses crédits par sa propre délibération."),
    )
    page.text(2, 0, _("Comité"), "label")
    page.text(2, 1, extract.scenario.committee, "wrapped")
    row = 3
    for line in _TO_FILL:
        page.text(row, 0, _(line), "label")
        page.text(row, 1, "", "to_fill")
        page.sheet.set_row(row, 30)
        row += 1
    for line in _SIGNING:
        page.text(row, 0, _(line), "label")
        page.text(row, 1, "", "to_fill")
        page.sheet.set_row(row, 48)
        row += 1
    page.finish()
