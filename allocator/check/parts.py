"""The launches of a plan, in cents and as they were before rounding, for the checks of goals.

Missing data: none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from scenarios.document import Operation

CENTS_MOVED = 100
"""How many cents putting the plan in whole cents may move commitments by, on average."""

Number = int | Fraction
Amounts = Mapping[str, Number]


class Part(NamedTuple):
    """One launch in cents, what rounding started from, and how many partners it may have moved."""

    operation: Operation
    start: int
    funded: int
    amounts: Mapping[str, int]
    exact: Amounts | None
    moved: int

    @property
    def before(self) -> Amounts:
        """Cents of each partner before rounding."""
        return self.amounts if self.exact is None else self.exact


def parts_of(scope: Scope, ledger: Ledger) -> Iterator[Part]:
    """Give the launches of operations with something to fund, those that rounding brought to nothing included."""
    steps: dict[tuple[str, int], dict[str, Fraction]] = defaultdict(dict)
    starts: dict[str, set[int]] = defaultdict(set)
    for step in ledger.allocation.rounding:
        steps[step.operation, step.start][step.partner] = step.exact
        starts[step.operation].add(step.start)
    for operation in filter(lambda line: scope.to_fund[line.code], scope.operations.values()):
        funded = ledger.funded[operation.code]
        for start in sorted(funded.keys() | starts[operation.code]):
            amounts = ledger.amounts.get((operation.code, start), {})
            traced = steps.get((operation.code, start))
            exact: dict[str, Number] = {**amounts, **(traced or {})}
            yield Part(operation, start, funded.get(start, 0), amounts, exact if traced else None, len(exact))


def exact_sum(terms: Iterable[tuple[Number, int]]) -> Fraction:
    """Add exact ratios: like denominators first, then two by two.

    Denominators then grow slowly, where a running sum would drag all those already met along.
    """
    by_denominator: dict[int, int] = defaultdict(int)
    for term, denominator in terms:
        numerator, inner = term.as_integer_ratio()
        divisor = gcd(numerator, inner * denominator)
        by_denominator[inner * denominator // divisor] += numerator // divisor
    sums = [Fraction(numerator, denominator) for denominator, numerator in by_denominator.items()]
    while len(sums) > 1:
        sums = [sum(sums[index : index + 2], Fraction(0)) for index in range(0, len(sums), 2)]
    return sums[0] if sums else Fraction(0)
