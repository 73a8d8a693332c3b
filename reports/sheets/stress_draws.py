"""Sheet « Tirages »: how many draws, from which laws and seed, and those computed again from nothing."""

from dataclasses import dataclass
from fractions import Fraction

from allocator.exploration.odds import CONFIDENCE
from allocator.exploration.spec import spec_hash
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from scenarios.language import N_, _

NAME = N_("Tirages")
SAME, OTHER = N_("identique"), N_("autre")
_LABELS = 0


@dataclass(frozen=True)
class DrawCells:
    """References of the sheet: how many draws were asked, are counted, had no plan; what the intervals need."""

    asked: Live
    done: Live
    without_plan: Live
    target: Live
    one: Live
    risk: Live
    verified: Live
    same: Live


def write(page: Page, test: StressTest) -> DrawCells:
    """Write what was drawn, then one line per draw computed again."""
    page.columns([48.0, 46.0, 56.0])
    page.top(
        _("Tirages"),
        _("Chaque nombre vient du SHA-256 de la graine, du rang du tirage et du code : même graine, mêmes tirages."),
    )
    spec, found = test.spec, test.found
    texts = (
        (_("Aléas"), spec.title), (_("D'où viennent les lois"), spec.description),
        (_("Empreinte des lois et de la graine (SHA-256)"), spec_hash(spec)),
    )  # fmt: skip
    for row, (label, text) in enumerate(texts, start=3):
        page.text(row, _LABELS, label, "label")
        page.text(row, 1, text, "wrapped")
    page.text(6, _LABELS, _("Graine"), "label")
    page.count(6, 1, spec.seed)
    asked = _count(page, 7, _("Tirages demandés"), spec.draws)
    done = _count(page, 8, _("Tirages comptés"), found.draws)
    without = _count(page, 9, _("Tirages sans plan"), found.without_plan)
    _note(page, 9, _("Opérations obligatoires et montants arrêtés n'y tiennent pas ensemble : rien n'y est financé."))
    page.text(10, _LABELS, _("Part des tirages sans plan"), "label")
    page.live(10, 1, without / done, "share")
    page.text(11, _LABELS, _("Part des tirages où une opération doit tenir"), "label")
    target = page.rate(11, 1, test.target)
    one = _count(page, 12, _("Un tirage de plus, dans les intervalles"), 1)
    page.text(13, _LABELS, _("Risque de chaque côté des intervalles"), "label")
    risk = page.rate(13, 1, (1 - Fraction(str(CONFIDENCE))) / 2)
    _note(page, 13, _("La moitié de ce qui manque à leur confiance (Clopper et Pearson, 1934)."))
    verified, same = _verified(page, 15, test)
    page.finish()
    return DrawCells(asked, done, without, target, one, risk, verified, same)


def _count(page: Page, row: int, label: str, count: int) -> Live:
    page.text(row, _LABELS, label, "label")
    return page.count(row, 1, count)


def _note(page: Page, row: int, text: str) -> None:
    page.text(row, 2, text, "paragraph")


def _verified(page: Page, row: int, test: StressTest) -> tuple[Live, Live]:
    """Write the draws computed again from nothing; return how many there are and how many are the same."""
    verified = test.found.verified
    page.text(row, _LABELS, _("Tirages recalculés à partir de rien, mis au centime et vérifiés"), "section")
    page.heads(row + 1, (_("Rang du tirage"), _("Opérations financées")), {0})
    last = row + 2 + len(verified.ranks)
    for at, rank in enumerate(verified.ranks, start=row + 2):
        page.count(at, 0, rank)
        page.text(at, 1, _(OTHER) if rank in verified.different else _(SAME))
    page.text(last, 0, _("Tirages recalculés"), "label")
    page.text(last + 1, 0, _("dont identiques"), "label")
    if not verified.ranks:
        return page.count(last, 1, 0), page.count(last + 1, 1, 0)
    lines = page.area(row + 2, 1, last - 1)
    page.judge((row + 2, 1), (last - 1, 1), _(SAME), _(OTHER))
    alike = len(verified.ranks) - len(verified.different)
    return (
        page.live(last, 1, Live(f"ROWS({lines})", Fraction(len(verified.ranks))), "whole_live"),
        page.live(last + 1, 1, Live(f'COUNTIF({lines},"{_(SAME)}")', Fraction(alike)), "whole_live"),
    )
