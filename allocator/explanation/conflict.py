"""A minimal set of requirements that no plan meets together, and what of it is proven.

Every requirement is first let give way at a price; the prices of the least total point at those that contradict each
other, and an exact bound above zero proves that they do (Farkas). They are then dropped one by one as long as the
others still contradict each other (deletion filter): a requirement stays when an exact plan meets all the others.
With whole decisions, a contradiction that only whole decisions cause is claimed by an engine, and said so.
Reference: Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on
Computing 3 (1991).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from allocator.compilation import Compilation
from allocator.engines import Engine
from allocator.explanation.elastic import Slack, total_to_give
from allocator.explanation.requirement import Requirement, requirements
from allocator.program.frame import Flags
from allocator.program.program import Program, Rows, assemble
from allocator.program.scaling import scale
from allocator.proof.bound import proven_bound
from allocator.solve.exact_plan import exact_plan
from allocator.solve.ordered_goals import NoPlanError, first_stage


@dataclass(frozen=True)
class Conflict:
    """Requirements that contradict each other; dropping any one of them was shown, exactly, to leave a plan.

    ``proven``: their contradiction is proven in exact arithmetic; otherwise an engine claims it (whole decisions).
    """

    requirements: tuple[Requirement, ...]
    proven: bool


def find(compilation: Compilation, engine: Engine) -> Conflict | None:
    """Return a minimal conflict of a program, None when it has a plan. Raises EngineError as engines do."""
    search = _Search(compilation, engine)
    found = search.contradiction(requirements(compilation.program))
    if found is None:
        return None
    needed: tuple[Requirement, ...] = ()
    while len(needed) < len(found.requirements):
        tried = next(requirement for requirement in found.requirements if requirement not in needed)
        others = tuple(requirement for requirement in found.requirements if requirement is not tried)
        smaller = search.contradiction(others)
        if smaller is None:
            needed = (*needed, tried)
        else:
            found = smaller
    return found


@dataclass(frozen=True)
class _Search:
    """Asks whether some requirements contradict each other, whatever becomes of all the others."""

    compilation: Compilation
    engine: Engine

    def contradiction(self, kept: Sequence[Requirement]) -> Conflict | None:
        """Return the requirements among ``kept`` that contradict each other, None when a plan meets them all."""
        proven = self._proven(kept)
        if proven is not None or self._has_plan(kept):
            return proven
        return Conflict(tuple(kept), proven=False)

    def _proven(self, kept: Sequence[Requirement]) -> Conflict | None:
        """Return those that contradict each other even when every decision may be taken in part."""
        alone = self._keeping(kept)
        slacks = [slack for requirement in kept for slack in _row_by_row(alone.program, requirement)]
        if not slacks:
            return None
        elastic = total_to_give(alone, slacks)
        program, objective, prices = first_stage(elastic, scale(elastic.program), self.engine)
        if proven_bound(program, objective, prices) <= 0:
            return None
        priced = np.abs(prices) > 0
        return Conflict(tuple(one for one in kept if priced[list(one.rows)].any()), proven=True)

    def _has_plan(self, kept: Sequence[Requirement]) -> bool:
        try:
            exact_plan(self._keeping(kept), self.engine)
        except NoPlanError:
            return False
        return True

    def _keeping(self, kept: Sequence[Requirement]) -> Compilation:
        """Return the program where the rows of the other requirements ask for nothing; rows keep their numbers."""
        program = self.compilation.program
        asked = np.ones(len(program.limit), dtype=np.bool_)
        for requirement in requirements(program):
            asked[list(requirement.rows)] = False
        for requirement in kept:
            asked[list(requirement.rows)] = True
        groups, first = [], 0
        for group in program.row_groups:
            groups.append(_asking(group, asked[first : first + len(group)]))
            first += len(group)
        alone = assemble(program.frame, program.column_groups, groups)
        return replace(self.compilation, program=alone, objectives=())


def _asking(group: Rows, asked: Flags) -> Rows:
    entries = asked[group.row]
    return replace(
        group,
        row=group.row[entries],
        column=group.column[entries],
        coefficient=group.coefficient[entries],
        limit=np.where(asked, group.limit, 0),
    )


def _row_by_row(program: Program, requirement: Requirement) -> Iterator[Slack]:
    """Let every row of a requirement give way, in units of its largest coefficient."""
    for row in requirement.rows:
        weight = max((abs(weight) for _, weight in program.terms(row)), default=1)
        yield Slack(requirement, ((row, -weight),))
        if program.equality[row]:
            yield Slack(requirement, ((row, weight),))
