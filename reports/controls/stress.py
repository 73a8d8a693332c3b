"""Controls of a stress test: every draw counted once, sums as archived, withdrawals and budgets redone."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.controls.control import Control, Family, Sense
from reports.layout.live import Live, total
from reports.sheets.robust_budget import KINDS, RobustCells
from reports.sheets.stress_draws import DrawCells
from reports.sheets.stress_losses import LossCells
from reports.sheets.stress_odds import OddsCells
from scenarios.language import N_, _

COUNTS: tuple[str, ...] = (N_("en entier"), N_("en partie"), N_("pas du tout"))
"""How far an operation is funded in a draw, in the order of the columns."""


@dataclass(frozen=True)
class StressCells:
    """All the references of a stress workbook; ``safer`` is None when no safer budget was looked for."""

    draws: DrawCells
    odds: OddsCells
    losses: LossCells
    safer: RobustCells | None


def stress_controls(cells: StressCells, archived: dict[str, Live]) -> Iterator[Control]:
    """Give every control, by family. ``archived`` holds the constants of the archived totals, by key."""
    yield from _draws(cells, archived)
    yield from _losses(cells, archived)
    if cells.safer is not None:
        yield from _budget(cells.safer, archived)


def _draws(cells: StressCells, archived: dict[str, Live]) -> Iterator[Control]:
    draws, odds = cells.draws, cells.odds
    yield _counted(Family.STRESS_DRAWS, _("Tirages comptés, comparés à ceux demandés"), draws.done, draws.asked)
    for code, counts in odds.counts.items():
        label = _("En entier, en partie, pas du tout : chaque tirage une fois")
        yield _counted(Family.STRESS_DRAWS, label, total(counts), draws.done, operation=code)
    for name, found in zip(COUNTS, odds.totals, strict=True):
        label = _("Tirages où une opération est financée {part}, comparés au total archivé").format(part=_(name))
        yield _counted(Family.STRESS_TOTALS, label, found, archived[f"draws:{name}"])
    for code, counts in odds.counts.items():
        yield _counted(
            Family.STRESS_WITHOUT_PLAN, _("Tirages où elle n'est pas financée, au moins ceux sans plan"), counts[-1],
            draws.without_plan, Sense.AT_LEAST, operation=code,
        )  # fmt: skip
    label = _("Tirages recalculés identiques, comparés à tous les tirages recalculés")
    yield _counted(Family.STRESS_VERIFIED, label, draws.same, draws.verified)


def _losses(cells: StressCells, archived: dict[str, Live]) -> Iterator[Control]:
    for lost, key, label in (
        (cells.losses.operations, "operations", _("Opérations perdues, comparées au nombre archivé")),
        (cells.losses.points, "points", _("Points perdus, comparés au nombre archivé")),
    ):
        for partner, found in lost.items():
            yield _counted(Family.STRESS_LOSSES, label, found, archived[f"{key}:{partner}"], partner=partner)


def _budget(safer: RobustCells, archived: dict[str, Live]) -> Iterator[Control]:
    if safer.rate is not None:
        for label, held, more in safer.lines:
            limit = held + safer.rate * held
            yield Control(Family.STRESS_BUDGET, label, held + more, Sense.EQUAL, limit, rounded=True)
    for kind, name in KINDS:
        if kind in safer.added:
            label = _("{budget} : total ajouté, comparé au total archivé").format(budget=_(name))
            yield Control(Family.STRESS_BUDGET, label, safer.added[kind], Sense.EQUAL, archived[f"added:{kind}"])


def _counted(
    family: Family, label: str, found: Live, limit: Live, sense: Sense = Sense.EQUAL, *, operation: str = "",
    partner: str = "",
) -> Control:  # fmt: skip
    """Give a control of whole numbers, not of amounts."""
    return Control(family, label, found, sense, limit, operation=operation, partner=partner, counted=True)
