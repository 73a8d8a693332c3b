"""A minimal set of requirements that no plan meets together, and what of it is proven.

Every requirement is first let give way at a price; the prices of the least total point at those that contradict each
other, and an exact bound above zero proves that they do (Farkas). They are then dropped, several at a time while that
succeeds, as long as the others still contradict each other (deletion filter): a requirement stays when an exact plan
meets all the others. One linear program serves for all the questions, each solved from the answer before it
(``loosened``); what it cannot prove either way is decided by an exact plan of its own. With whole decisions, a
contradiction that only whole decisions cause is claimed by an engine, and said so.
Reference: Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on
Computing 3 (1991).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from allocator.compilation import Compilation
from allocator.engines import Engine
from allocator.explanation.loosened import Loosened
from allocator.explanation.requirement import Requirement, requirements
from allocator.program.frame import Flags
from allocator.program.program import Rows, assemble
from allocator.solve.exact_plan import exact_plan
from allocator.solve.ordered_goals import NoPlanError


@dataclass(frozen=True)
class Conflict:
    """Requirements that contradict each other; dropping any one of them was shown, exactly, to leave a plan.

    ``proven``: their contradiction is proven in exact arithmetic; otherwise an engine claims it (whole decisions).
    """

    requirements: tuple[Requirement, ...]
    proven: bool


def find(compilation: Compilation, engine: Engine) -> Conflict | None:
    """Return a minimal conflict of a program, None when it has a plan. Raises EngineError as engines do."""
    search = Search(compilation, requirements(compilation.program), engine)
    found = search.contradiction()
    return None if found is None else search.minimal(found)


@dataclass(frozen=True)
class Found:
    """Ranks of requirements that contradict each other, and whether exact arithmetic proves it."""

    ranks: tuple[int, ...]
    proven: bool


@dataclass(frozen=True)
class Search:
    """Asks whether some of the requirements ``asked`` contradict each other, whatever becomes of the others of them.

    Rows of no requirement asked always count.
    """

    compilation: Compilation
    asked: Sequence[Requirement]
    engine: Engine

    def contradiction(self) -> Found | None:
        """Return requirements that contradict each other, None when a plan meets them all."""
        return self._among(range(len(self.asked)))

    def minimal(self, found: Found) -> Conflict:
        """Drop requirements from a contradiction until a plan meets all of them but any one."""
        needed: set[int] = set()
        # With whole decisions one question may take seconds: many requirements are dropped at once.
        several = 1 if found.proven else len(found.ranks) // 2 or 1
        while len(needed) < len(found.ranks):
            tried = [rank for rank in found.ranks if rank not in needed][:several]
            smaller = self._among([rank for rank in found.ranks if rank not in tried])
            if smaller is not None:
                found, several = smaller, 2 * several
            elif len(tried) == 1:
                needed.update(tried)
            else:
                several = len(tried) // 2
        return Conflict(tuple(self.asked[rank] for rank in found.ranks), found.proven)

    def _among(self, kept: Sequence[int]) -> Found | None:
        """Return requirements among ``kept`` that contradict each other, None when a plan meets them all."""
        answer = self._loosened.solve(kept)
        priced = self._loosened.contradicting(kept, answer)
        if priced is not None:
            return Found(tuple(priced), proven=True)
        if self._loosened.is_met(kept, answer) or self._loosened.is_met_by_whole_decisions(kept):
            return None
        if self._has_plan(kept):
            return None
        return Found(tuple(kept), proven=False)

    @cached_property
    def _loosened(self) -> Loosened:
        return Loosened.of(self.compilation, self.asked, self.engine)

    def _has_plan(self, kept: Sequence[int]) -> bool:
        try:
            plan = exact_plan(self._keeping(kept), self.engine)
        except NoPlanError:
            return False
        self._loosened.remember(plan.values)
        return True

    def _keeping(self, kept: Sequence[int]) -> Compilation:
        """Return the program where the rows of the other requirements ask for nothing; rows keep their numbers."""
        program = self.compilation.program
        counts = self._loosened.counting(kept)
        groups, first = [], 0
        for group in program.row_groups:
            groups.append(_asking(group, counts[first : first + len(group)]))
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
