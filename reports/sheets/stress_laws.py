"""Sheet « Lois »: what may go wrong and how often, as the committee wrote it."""

from collections.abc import Sequence
from fractions import Fraction

from allocator.exploration.spec import Delay, Overrun
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from scenarios.language import N_, _

NAME = N_("Lois")


def write(page: Page, test: StressTest) -> None:
    """Write overruns, withdrawals and delays, in the order that decides which one an operation follows."""
    page.columns([6.0, 40.0, 40.0, 16.0, 16.0, 16.0, 16.0])
    page.top(_("Lois des aléas"), _("Une opération suit la première ligne qui la concerne."))
    row = _overruns(page, 3, test)
    row = _withdrawals(page, row + 1, test)
    _delays(page, row + 1, test)
    page.finish()


def _overruns(page: Page, row: int, test: StressTest) -> int:
    heads = (
        _("N°"), _("Natures"), _("Opérations"), _("Facteur du coût, au moins"), _("le plus probable"), _("au plus"),
        _("Corrélation de rang"),
    )  # fmt: skip
    row = _table(page, row, _("Dérives de coût : loi triangulaire d'un facteur du coût"), heads, range(3, 7))
    for number, line in enumerate(test.spec.overruns, start=1):
        _scope(page, row, number, line)
        _rates(page, row, 3, (line.low, line.likely, line.high, line.correlation))
        row += 1
    return _ended(page, row, test.spec.overruns)


def _withdrawals(page: Page, row: int, test: StressTest) -> int:
    heads = (
        _("N°"), _("Partenaire ou fonds commun"), _("Nom"), _("Probabilité"), _("Part des budgets perdue"),
        _("À partir de"),
    )  # fmt: skip
    row = _table(page, row, _("Retraits et baisses de budgets"), heads, range(3, 6))
    for number, line in enumerate(test.spec.withdrawals, start=1):
        page.count(row, 0, number, "whole_live")
        named = test.figures.index.holders[line.partner].label if line.partner else ""
        page.text(row, 1, line.partner or _("chacun de ceux dont un budget est limité"), "wrapped")
        page.text(row, 2, named, "wrapped")
        _rates(page, row, 3, (line.probability, line.cut))
        if line.from_year is None:
            page.text(row, 5, _("dès le début"))
        else:
            page.count(row, 5, line.from_year, "year")
        row += 1
    return _ended(page, row, test.spec.withdrawals)


def _delays(page: Page, row: int, test: StressTest) -> int:
    heads = (_("N°"), _("Natures"), _("Opérations"), _("Probabilité"), _("Années de retard"))
    row = _table(page, row, _("Retards du lancement"), heads, range(3, 5))
    for number, line in enumerate(test.spec.delays, start=1):
        _scope(page, row, number, line)
        _rates(page, row, 3, (line.probability,))
        page.count(row, 4, line.years)
        row += 1
    return _ended(page, row, test.spec.delays)


def _table(page: Page, row: int, title: str, heads: Sequence[str], figures: range) -> int:
    """Write the title of a table and of its columns; return its first row."""
    page.text(row, 0, title, "section")
    page.heads(row + 1, heads, figures)
    return row + 2


def _ended(page: Page, row: int, lines: Sequence[object]) -> int:
    """Say that a table is empty; return the next row."""
    if lines:
        return row
    page.text(row, 1, _("aucun de ces aléas"), "wrapped")
    return row + 1


def _scope(page: Page, row: int, number: int, line: Overrun | Delay) -> None:
    page.count(row, 0, number, "whole_live")
    page.text(row, 1, ", ".join(line.natures) or _("toutes"), "wrapped")
    page.text(row, 2, ", ".join(line.operations) or _("toutes"), "wrapped")


def _rates(page: Page, row: int, column: int, rates: Sequence[Fraction]) -> None:
    for at, rate in enumerate(rates, start=column):
        page.rate(row, at, rate)
