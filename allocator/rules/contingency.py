"""Contingency. « Un partenaire garde une part de ses budgets d'engagement pour les aléas, et ne la répartit pas. ».

Inequality: ``sum_o commit[o,p,s] <= (1 - rate) * (budget[p,s] + decommitted[p,s])``, rounded down to the cent; with
carry-over, on running totals. Index sets: the purse of each rule (a partner, or the partners of a pool), years s of
the horizon. Units: cents, rate in [0, 1]. A scope does not apply: the provision is kept on the whole purse.
Reference: the committee's vote (overruns that no one had provided for). Missing data: a purse whose commitments are
not limited is refused when the scenario is read.
"""

from collections.abc import Iterator
from math import floor

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.purse import Purse, budget_rows, commitment_terms, purses
from scenarios.document import Contingency


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule and year."""
    limited = {purse.code: purse for purse in purses(frame, "commitment")}
    rules = [rule for rule in frame.scenario.rules if isinstance(rule, Contingency)]
    kept = [
        Purse(
            f"{rule.code}|{rule.holder}",
            limited[rule.holder].members,
            tuple(
                (year, summed, floor((1 - rule.rate) * limit)) for year, summed, limit in limited[rule.holder].limits
            ),
        )
        for rule in sorted(rules, key=lambda rule: rule.code)
    ]
    yield budget_rows(frame, "contingency", kept, commitment_terms(frame, layout, kept))
