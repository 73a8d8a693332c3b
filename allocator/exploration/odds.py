"""How often each operation stays funded: counts over the draws, and what they say of a probability."""

from collections.abc import Collection
from dataclasses import dataclass

from allocator.exploration.trial import NO_PLAN, PART, WHOLE, Outcome

CONFIDENCE = 0.95
"""Confidence of the intervals."""


@dataclass(frozen=True)
class Odds:
    """How often one operation stayed funded, out of ``draws``; ``planned``: its state in the plan without any draw."""

    operation: str
    planned: str
    whole: int
    part: int
    draws: int

    def interval(self, *, in_part: bool = False) -> tuple[float, float]:
        """Return the exact confidence interval of the probability of being entirely funded.

        ``in_part``: of being funded at least in part. Reference: Clopper and Pearson, "The use of confidence or
        fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934).
        """
        from scipy.stats import binomtest

        successes = self.whole + (self.part if in_part else 0)
        found = binomtest(successes, self.draws).proportion_ci(CONFIDENCE, "exact")
        return float(found.low), float(found.high)


class Tally:
    """Counts of the draws so far, whatever their order; only the outcomes of a sample are kept."""

    def __init__(self, operations: int, sample: Collection[int] = ()) -> None:
        self.sample: dict[int, str | None] = dict.fromkeys(sample)
        self.seen: set[int] = set()
        self.without_plan = 0
        self.whole = [0] * operations
        self.part = [0] * operations

    def add(self, outcome: Outcome) -> None:
        """Count one draw; one already counted changes nothing."""
        if outcome.draw in self.seen:
            return
        self.seen.add(outcome.draw)
        self.without_plan += outcome.states == NO_PLAN
        for place, state in enumerate(outcome.states):
            self.whole[place] += state == WHOLE
            self.part[place] += state == PART
        if outcome.draw in self.sample:
            self.sample[outcome.draw] = outcome.states

    def odds(self, codes: list[str], planned: str) -> tuple[Odds, ...]:
        """Return the odds of every operation, given their codes in order and their states in the plan."""
        draws = len(self.seen)
        lines = zip(codes, planned, self.whole, self.part, strict=True)
        return tuple(Odds(code, state, whole, part, draws) for code, state, whole, part in lines)
