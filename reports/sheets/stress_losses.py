"""Sheet « Sans un partenaire »: what the withdrawal of each one alone would cost, the costliest first."""

from dataclasses import dataclass, field
from fractions import Fraction

from allocator.exploration.critical import PartnerLoss
from reports.layout.live import Live, total_where
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from reports.sheets.stress_odds import OddsCells
from scenarios.language import N_, _

NAME = N_("Sans un partenaire")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Rang"), 7), (N_("Partenaire"), 18), (N_("Nom"), 44), (N_("Opérations perdues"), 18), (N_("Points perdus"), 14),
    (N_("Reste-t-il un plan ?"), 34),
)  # fmt: skip
_LINES: tuple[str, ...] = (
    "", N_("Partenaire retiré"), N_("Opération perdue"), N_("Code"), N_("Points"),
)  # fmt: skip


@dataclass
class LossCells:
    """References of the sheet: operations and points lost by partner, and their totals over the lines."""

    operations: dict[str, Live] = field(default_factory=dict)
    points: dict[str, Live] = field(default_factory=dict)


def write(page: Page, test: StressTest, odds: OddsCells) -> LossCells:
    """Write one line per partner of the plan, then one per operation that each withdrawal would lose."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Sans un partenaire"),
        _("Retrait complet d'un seul partenaire, sans autre aléa. Perdue : qui n'est plus financée en entier."),
    )
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], {0, 3, 4})
    losses = test.found.critical
    first = _HEAD + len(losses) + 4
    columns = _lost(page, first, test, odds)
    cells = LossCells()
    for rank, loss in enumerate(losses, start=1):
        _line(page, _HEAD + rank, rank, test, loss, columns, cells)
    page.finish(_HEAD)
    return cells


def _line(
    page: Page, row: int, rank: int, test: StressTest, loss: PartnerLoss, columns: tuple[str, str] | None,
    cells: LossCells,
) -> None:  # fmt: skip
    page.count(row, 0, rank, "whole_live")
    page.text(row, 1, loss.partner, "wrapped")
    page.text(row, 2, test.figures.index.partners[loss.partner].label, "wrapped")
    key = page.address(row, 1)
    if columns is None:
        operations, points = page.count(row, 3, 0), page.count(row, 4, 0)
    else:
        names, values = columns
        counted = Live(f"SUMPRODUCT(EXACT({names},{key})*EXACT({names},{key}))", Fraction(len(loss.lost)))
        operations = page.live(row, 3, counted, "whole_live")
        points = page.live(row, 4, total_where([(names, key)], values, Fraction(loss.value)), "whole_live")
    cells.operations[loss.partner], cells.points[loss.partner] = operations, points
    text = _("non : opérations obligatoires et montants arrêtés ne tiennent plus") if loss.no_plan else _("oui")
    page.text(row, 5, text, "wrapped")


def _lost(page: Page, head: int, test: StressTest, odds: OddsCells) -> tuple[str, str] | None:
    """Write one line per partner and operation lost; return the columns of partners and of points, None when empty."""
    lines = [(loss.partner, code) for loss in test.found.critical for code in loss.lost]
    page.text(head - 1, 0, _("Opérations perdues, retrait par retrait"), "section")
    page.heads(head, [_(text) for text in _LINES], {4})
    for row, (partner, code) in enumerate(lines, start=head + 1):
        page.count(row, 0, row - head, "whole_live")
        page.text(row, 1, partner, "wrapped")
        page.text(row, 2, test.figures.index.operations[code].label, "wrapped")
        page.text(row, 3, code, "wrapped")
        page.live(row, 4, odds.points[code], "whole_live")
    if not lines:
        page.text(head + 1, 1, _("aucune"), "wrapped")
        return None
    last = head + len(lines)
    return page.area(head + 1, 1, last), page.area(head + 1, 4, last)
