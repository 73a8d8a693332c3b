"""Sheet « Budget sûr »: how much more one partner should bring for the plan to hold often enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from allocator.exploration.robust_budget import RobustBudget
from allocator.exploration.stress_words import StressWords
from reports.layout.live import Live, span_total
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from reports.sheets.stress_odds import FAILS, HOLDS
from scenarios.document import Budget
from scenarios.language import N_, _

NAME = N_("Budget sûr")
KINDS: tuple[tuple[str, str], ...] = (
    ("commitment", N_("Budget d'engagement (AE/AP)")), ("payment", N_("Budget de paiement (CP)")),
)  # fmt: skip
_HEAD = 8
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Nature du budget"), 48), (N_("Année"), 34), (N_("Budget actuel"), 20), (N_("À ajouter"), 20),
    (N_("Budget qui rendrait le plan sûr"), 22),
)  # fmt: skip


@dataclass
class RobustCells:
    """References of the sheet: the increase; by budget, what it is and what is added; what is added by kind."""

    rate: Live | None = None
    lines: list[tuple[str, Live, Live]] = field(default_factory=list)
    added: dict[str, Live] = field(default_factory=dict)


def added_in_all(safer: RobustBudget, kind: str) -> int | None:
    """Cents added over all years to the budgets of one kind; None when no such budget is limited."""
    amounts = [cents for line in safer.added if (cents := getattr(line, kind)) is not None]
    return sum(amounts) if amounts else None


def write(page: Page, test: StressTest, safer: RobustBudget) -> RobustCells:
    """Write the increase and the budgets it leads to, then every increase tried."""
    page.columns([width for _head, width in _COLUMNS])
    holder = test.figures.index.holders[safer.holder]
    sentence = StressWords(test.figures.scenario).robust(safer)[0].removesuffix(" :")
    page.top(_("Budget sûr"), sentence)
    page.text(3, 0, _("Partenaire ou fonds commun"), "label")
    page.text(3, 1, f"{holder.label} ({holder.code})", "wrapped")
    page.text(4, 0, _("Part des tirages où une opération doit tenir"), "label")
    page.rate(4, 1, safer.target)
    page.text(5, 0, _("Augmentation uniforme de ses budgets"), "label")
    cells = RobustCells()
    if safer.rate is None:
        page.text(5, 1, _("aucune jusqu'au double"), "wrapped")
    else:
        cells.rate = page.rate(5, 1, safer.rate)
    row = _budgets(page, test, safer, cells) if safer.added else _HEAD
    _tried(page, row, safer)
    page.finish()
    return cells


def _budgets(page: Page, test: StressTest, safer: RobustBudget, cells: RobustCells) -> int:
    """Write the budgets that grow, kind by kind; return the row where what follows may begin."""
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], range(2, len(_COLUMNS)))
    current = {line.year: line for line in test.figures.scenario.budgets if line.holder == safer.holder}
    row = _HEAD + 1
    for kind, name in KINDS:
        if added_in_all(safer, kind) is not None:
            row = _kind(page, row, (kind, _(name)), current, sorted(safer.added, key=lambda line: line.year), cells)
    return row + 1


def _kind(
    page: Page, row: int, kind: tuple[str, str], current: dict[int, Budget], added: Sequence[Budget],
    cells: RobustCells,
) -> int:  # fmt: skip
    """Write the budgets of one kind and their total; return the next row."""
    stacks: tuple[list[Live], ...] = [], [], []
    for line in added:
        page.text(row, 0, kind[1], "wrapped")
        page.count(row, 1, line.year, "year")
        held = page.amount(row, 2, getattr(current[line.year], kind[0]))
        more = page.amount(row, 3, getattr(line, kind[0]))
        for stack, cell in zip(stacks, (held, more, page.live(row, 4, held + more)), strict=True):
            stack.append(cell)
        cells.lines.append((f"{kind[1]}, {line.year}", held, more))
        row += 1
    for column, text in enumerate((_("Total"), "")):
        page.text(row, column, text, "text_total")
    totals = [page.live(row, column, span_total(stack), "amount_total") for column, stack in enumerate(stacks, start=2)]
    cells.added[kind[0]] = totals[1]
    return row + 1


def _tried(page: Page, row: int, safer: RobustBudget) -> None:
    page.text(row, 0, _("Augmentations essayées, les mêmes tirages refaits avec chacune"), "section")
    page.heads(row + 1, (_("Augmentation"), _("Chaque opération tient-elle ?")), {0})
    for at, (rate, met) in enumerate(safer.tried, start=row + 2):
        page.rate(at, 0, rate)
        page.text(at, 1, _(HOLDS) if met else _(FAILS))
    page.judge((row + 2, 1), (row + 1 + len(safer.tried), 1), _(HOLDS), _(FAILS))
