"""Sheet « Lisez-moi » of a stress workbook: which plan, what was drawn, the verdict, what was found, how to read."""

from collections.abc import Sequence

from allocator.exploration.stress_words import StressWords, confidence, drawn, verified, without_plan
from allocator.words import proposal
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from reports.sheets.readme import NAME, closing, identity, opening, pairs
from scenarios.language import _

__all__ = ["NAME", "write"]


def write(
    page: Page, test: StressTest, subject: str, sheets: Sequence[tuple[str, str]], verdict: tuple[str, str]
) -> None:
    """Write the identity of the plan, what was drawn and found in words, the sheets and how to read them."""
    row = opening(page, subject, test.figures.scenario.title, verdict)
    row = pairs(page, row, identity(test.figures))
    row = pairs(page, row + 1, [(_("Mise à l'épreuve"), "")], style="section")
    row = pairs(page, row, _found(test))
    closing(page, row, sheets, _reading())


def _found(test: StressTest) -> list[tuple[str, str]]:
    words, found = StressWords(test.figures.scenario), test.found
    lines = [(_("Tirages"), drawn(test.spec, found)), (_("Tirages recalculés"), verified(found.verified))]
    nothing = without_plan(found)
    if nothing is not None:
        lines.insert(1, (_("Tirages sans plan"), nothing))
    if found.critical:
        lines.append((_("Partenaire dont le plan dépend le plus"), words.critical(found.critical[0])))
    safer = _("non cherché") if test.safer is None else " ".join(words.robust(test.safer)[:1]).removesuffix(" :")
    return [*lines, (_("Budget sûr"), safer)]


def _reading() -> tuple[str, ...]:
    return (
        _("Bleu : valeur saisie ou archivée. Noir : formule, recalculée à l'ouverture. Tiret : zéro."),
        confidence(),
        _("Une fréquence ne vaut que ce que valent les lois : voyez « Lois », et qui les a écrites."),
        _(
            "Les contrôles refont ici les comptes, les retraits et les budgets. Les tirages se refont par le "
            "programme : même graine, mêmes lois, mêmes réponses."
        ),
        _("Les feuilles sont protégées sans mot de passe, contre les fautes de frappe seulement."),
        proposal(),
    )
