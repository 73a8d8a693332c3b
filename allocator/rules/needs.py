"""Needs. « Une opération n'est lancée que si une autre l'est : pas une plus grande part d'elle que de l'autre. ».

Inequality: ``K * sum_s share[o,s] <= K * sum_s share[needed,s]``, K being the larger of the two amounts to fund, so
that a gap is measured in cents; when the other must not be launched later, for each start year t of o, over the start
years ``s <= t`` of both. Between two operations that are not divisible this is the plain implication; when the needed
one is divisible, an operation that is not divisible needs the whole of it.
Index sets: operations o the rule concerns, other than the needed one; start years. Units: cents.
Reference: the committee's own decision. Missing data: an unknown operation is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, Term, rows_of
from scenarios.document import OperationNeed, Timing

FAMILY = "needs"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per operation (and start year when the order matters) under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, OperationNeed):
            needed = frame.operation_index[rule.needed]
            for operation in np.flatnonzero(frame.concerned(rule)).tolist():
                if operation != needed:
                    yield _rows(frame, layout, rule, operation, needed)


def _rows(frame: Frame, layout: Layout, rule: OperationNeed, operation: int, needed: int) -> Rows:
    code = str(frame.operation_codes[operation])
    scale = int(max(frame.to_fund[operation], frame.to_fund[needed]))
    ordered = rule.timing is Timing.NOT_LATER
    years = list(frame.operations[operation].starts) if ordered else [frame.scenario.last_year]
    names = [(rule.code, code, rule.needed, *([year] if ordered else [])) for year in years]
    terms = [
        _until(frame, layout, which, year, row, sign * scale)
        for row, year in enumerate(years)
        for which, sign in ((operation, 1), (needed, -1))
    ]
    columns = tuple(np.array(column, dtype=object) for column in zip(*names, strict=True))
    return rows_of(FAMILY, columns, terms, 0)


def _until(frame: Frame, layout: Layout, operation: int, year: int, row: int, coefficient: int) -> Term:
    """Return the shares of an operation launched until a year."""
    launches = np.arange(frame.first_launch[operation], frame.first_launch[operation + 1])
    launches = launches[frame.launch_year[launches] <= year]
    return np.full(len(launches), row, dtype=np.int64), layout.share(launches), coefficient
