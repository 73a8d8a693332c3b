"""What the plan is worth when things go wrong: how often each operation stays funded, and whom it depends on.

After each draw the committee decides again with the same goals. In a draw that has no plan, where the mandatory
operations and the decided amounts cannot be met together, no operation is counted as funded.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import filterfalse

from allocator.allocation import Allocation
from allocator.exploration.critical import PartnerLoss, critical_partners
from allocator.exploration.odds import Odds, Tally
from allocator.exploration.results_file import ResultsFile
from allocator.exploration.sample import Verified, planned_states, sample, verify_sample
from allocator.exploration.spec import StressSpec
from allocator.exploration.trial import Outcome, Trial
from allocator.exploration.workers import BATCH, Workers, job
from scenarios.document import Scenario

Counting = Callable[[int, int], None]
"""Told how many draws are done, out of how many."""


@dataclass(frozen=True)
class Stressed:
    """The results of a stress test. ``critical``: partners, the one whose withdrawal costs most first."""

    odds: tuple[Odds, ...]
    draws: int
    without_plan: int
    critical: tuple[PartnerLoss, ...]
    verified: Verified


def stress(
    scenario: Scenario,
    allocation: Allocation,
    spec: StressSpec,
    workers: Workers,
    *,
    results: ResultsFile | None = None,
    verified: int,
    progress: Callable[[int, int], None],
) -> Stressed:
    """Draw ``spec.draws`` times what may go wrong with a plan, and count.

    ``allocation``: the plan without any draw. ``results``: where outcomes are kept, so that those already there are not
    computed again. ``verified``: how many draws are allocated again from nothing. Raises ResultsUnusable, OSError.
    """
    planned = planned_states(scenario, allocation)
    tally = Tally(len(planned), sample(spec.draws, verified))
    for outcome in results.outcomes() if results else ():
        if outcome.draw < spec.draws:
            tally.add(outcome)
    progress(len(tally.seen), spec.draws)
    left = filterfalse(set(tally.seen).__contains__, range(spec.draws))
    for group in _groups(workers.outcomes(job(scenario, spec), left), results):
        for outcome in group:
            tally.add(outcome)
        progress(len(tally.seen), spec.draws)
    codes = sorted(operation.code for operation in scenario.operations)
    payers = sorted({line.partner for line in allocation.commitments})
    return Stressed(
        odds=tally.odds(codes, planned),
        draws=spec.draws,
        without_plan=tally.without_plan,
        critical=critical_partners(Trial(scenario, spec), planned, payers),
        verified=verify_sample(scenario, spec, tally.sample),
    )


def _groups(outcomes: Iterable[Outcome], results: ResultsFile | None) -> Iterable[list[Outcome]]:
    """Give outcomes by groups, each once it is kept; what has ended is kept too when the run is interrupted."""
    group: list[Outcome] = []
    try:
        for outcome in outcomes:
            group.append(outcome)
            if len(group) == BATCH:
                yield _saved(group, results)
                group = []
    finally:
        if group:
            _saved(group, results)
    if group:
        yield group


def _saved(group: list[Outcome], results: ResultsFile | None) -> list[Outcome]:
    if results is not None:
        results.append(group)
    return group
