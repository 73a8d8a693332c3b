"""Controls of purses: yearly budgets, with or without carry-over, and envelopes."""

from collections.abc import Iterator, Sequence

from reports.controls.control import Control, Family, Sense
from reports.layout.cells import Cells, PurseLines
from reports.layout.live import Live, span_total
from scenarios.language import _

_FAMILIES = {"commitment": Family.COMMITMENT_BUDGET, "payment": Family.PAYMENT_BUDGET}


def budget_controls(cells: Cells) -> Iterator[Control]:
    """Each year, what is brought here and elsewhere stays within the budget and the credits recovered.

    With carry-over, the comparison bears on the sums since the first year.
    """
    for purse in cells.summary.purses:
        for rank, year in enumerate(purse.years):
            label = _("Cumul jusqu'à {year}") if purse.carry_over else _("Année {year}")
            yield Control(
                _FAMILIES[purse.flow], label.format(year=year), upto(purse, purse.brought, rank), Sense.AT_MOST,
                upto(purse, purse.allowed, rank), partner=purse.holder,
            )  # fmt: skip


def envelope_controls(cells: Cells) -> Iterator[Control]:
    """Give the controls of envelopes: what counts, here and elsewhere, stays within the amount."""
    for line in cells.summary.envelopes:
        yield Control(
            Family.ENVELOPES, _("Enveloppe {code}").format(code=line.code), line.here + line.elsewhere, Sense.AT_MOST,
            line.amount,
        )  # fmt: skip


def upto(purse: PurseLines, lines: Sequence[Sequence[Live]], rank: int) -> Live:
    """Return the sum of several lines in one year, or since the first year."""
    terms = [span_total(line[: rank + 1]) if purse.carry_over and rank else line[rank] for line in lines]
    first, *others = terms
    for term in others:
        first = first + term
    return first
