"""Why this amount: what limits each partner on an operation, and what it could bring in the plans that are as good.

A limit is a requirement whose row binds exactly, and that would be broken by one more cent of the partner (a ceiling)
or one cent less (a floor). The interval of an amount runs over all the plans that reach the same value on every goal:
the published tie-break chose one of them. Each end is the exact amount of one such plan. Whole decisions (what is
launched in one piece, who takes part) are those of the plan: others may be as good.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

import numpy as np

from allocator.engines import Engine
from allocator.engines.engine import EngineError, Resting, session_of
from allocator.explanation.requirement import Requirement, requirements
from allocator.goals.goal import Objective
from allocator.program.frame import Flags, Ints
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.allocate import Decision
from allocator.solve.ordered_goals import ExactPlan, NoPlanError, run, scaled_cost, silent, solve_in_order
from allocator.solve.vertex import NotUniqueError, Number, exact_values
from scenarios.document import GoalKind


@dataclass(frozen=True)
class AmountWhy:
    """What one partner brings to one operation, in cents, all start years together.

    ``low`` and ``high``: least and most it brings in the plans that are as good, exactly. ``ceilings``: requirements
    that forbid more; ``floors``: requirements that forbid less. ``decided``: the scenario has whole decisions, kept as
    they are.
    """

    operation: str
    partner: str
    amount: int
    low: Fraction
    high: Fraction
    ceilings: tuple[Requirement, ...]
    floors: tuple[Requirement, ...]
    decided: bool

    @property
    def forced(self) -> bool:
        """Tell whether every plan that is as good gives this amount, to the cent."""
        return floor(self.low) == floor(self.high) or ceil(self.low) == ceil(self.high)


@dataclass(frozen=True)
class Why:
    """Answers questions about one decision; what all the questions share is computed once."""

    decision: Decision
    engine: Engine

    def operation(self, code: str) -> tuple[AmountWhy, ...]:
        """Explain every partner that may pay an operation, sorted by code. Raises KeyError for an unknown code."""
        frame = self.decision.compilation.layout.frame
        here = frame.cell_operation == frame.operation_index[code]
        return tuple(self._amount(code, rank, here) for rank in sorted(set(frame.cell_partner[here].tolist())))

    def partner(self, code: str) -> tuple[AmountWhy, ...]:
        """Explain every operation that a partner pays, sorted by code. Raises KeyError for an unknown code."""
        frame = self.decision.compilation.layout.frame
        rank = frame.partner_index[code]
        paid = sorted({one.operation for one in self.decision.allocation.commitments if one.partner == code})
        return tuple(self._amount(one, rank, frame.cell_operation == frame.operation_index[one]) for one in paid)

    def _amount(self, operation: str, partner: int, here: Flags) -> AmountWhy:
        layout = self.decision.compilation.layout
        frame = layout.frame
        cells = np.flatnonzero(here & (frame.cell_partner == partner))
        code = str(frame.partner_codes[partner])
        low, high = self._interval(layout.commit(cells))
        return AmountWhy(
            operation=operation,
            partner=code,
            amount=self._paid.get((operation, code), 0),
            low=low,
            high=high,
            ceilings=self._limits(cells, 1),
            floors=self._limits(cells, -1),
            decided=bool(self._plan.program.integer.any()),
        )

    @cached_property
    def _paid(self) -> dict[tuple[str, str], int]:
        paid: dict[tuple[str, str], int] = defaultdict(int)
        for commitment in self.decision.allocation.commitments:
            paid[commitment.operation, commitment.partner] += commitment.amount
        return dict(paid)

    @property
    def _plan(self) -> ExactPlan:
        return self.decision.plan

    def _interval(self, columns: Ints) -> tuple[Fraction, Fraction]:
        values = sum((Fraction(self._plan.values[column]) for column in columns.tolist()), start=Fraction(0))
        if self._plan.equals.fixed[columns].all():
            return values, values
        return self._end(columns, maximise=False), self._end(columns, maximise=True)

    def _end(self, columns: Ints, *, maximise: bool) -> Fraction:
        """Return the exact end of an interval, reached by an exact plan that loses nothing on any goal."""
        weights = np.ones(len(columns), dtype=np.int64)
        wanted = Objective(GoalKind.FUNDED_COST, columns, weights, maximise=maximise)
        reached = self._stopped(wanted)
        if reached is not None:
            return wanted.value(reached)
        same = replace(self.decision.compilation, program=self._plan.program)
        end = solve_in_order(same, self._scaled, self.engine, self._plan.equals, objectives=(wanted,), progress=silent)
        return wanted.value(end.values)

    def _stopped(self, wanted: Objective) -> list[Number] | None:
        """Return the exact plan at which the engine stops, starting from the end before; None if it is not as good."""
        equals, session = self._plan.equals, self._session
        if not isinstance(session, Resting):
            return None
        program = replace(self._plan.program, equality=equals.equality)
        try:
            answer = run(session, self._scaled, equals, scaled_cost(self._scaled, wanted)[0])
            at_limit, binding = session.resting()
            values = exact_values(program, ~at_limit, answer.values > 0.5, binding)
        except (EngineError, NoPlanError, NotUniqueError):
            return None
        fixed = np.flatnonzero(equals.fixed)
        kept = (equals.upper[fixed].astype(np.int64) * program.upper[fixed]).tolist()
        as_good = all(values[column] == value for column, value in zip(fixed.tolist(), kept, strict=True))
        return values if as_good and not program.out_of_bounds(values) and not program.broken_rows(values) else None

    @cached_property
    def _session(self) -> Engine:
        return session_of(self.engine)

    @cached_property
    def _scaled(self) -> ScaledProgram:
        return scale(self._plan.program)

    def _limits(self, cells: Ints, sign: int) -> tuple[Requirement, ...]:
        """Give the requirements that one more cent (sign 1) or one less (sign -1) in any of the cells would break.

        A cent that may be paid in several years is stopped when it is in each of them, by what stops it in any.
        """
        stopping: set[int] = set()
        for cell in cells.tolist():
            ways = [self._stopping(way, sign) for way in self._ways(cell)]
            if all(ways):
                stopping.update(*ways)
        return tuple(self._requirements[rank] for rank in sorted(stopping))

    def _ways(self, cell: int) -> list[tuple[int, ...]]:
        """Return the columns that move together when a cell commits a cent more: a payment too, where it is free."""
        layout = self.decision.compilation.layout
        commit = layout.launches + cell
        payments = layout.pay(np.flatnonzero(layout.paying_cell == cell)).tolist()
        return [(commit, payment) for payment in payments] or [(commit,)]

    def _stopping(self, columns: tuple[int, ...], sign: int) -> set[int]:
        """Return the ranks of the requirements that forbid moving columns by one cent together."""
        moved: dict[int, int] = defaultdict(int)
        for column in columns:
            for row, weight in self._entries.get(column, ()):
                moved[row] += weight
        equality = self._plan.program.equality
        return {self._binding[row] for row, by in moved.items() if sign * by > 0 or (equality[row] and by)}

    @cached_property
    def _entries(self) -> dict[int, list[tuple[int, int]]]:
        """Rows that the exact plan meets with equality, and coefficients, by column."""
        entries: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in self._binding:
            for column, weight in self._plan.program.terms(row):
                entries[column].append((row, weight))
        return dict(entries)

    @cached_property
    def _requirements(self) -> tuple[Requirement, ...]:
        return requirements(self._plan.program)

    @cached_property
    def _binding(self) -> dict[int, int]:
        """Rows that the exact plan meets with equality, and the rank of the requirement of each."""
        program: Program = self._plan.program
        limits = program.limit.tolist()
        ranks = {row: rank for rank, one in enumerate(self._requirements) for row in one.rows}
        return {row: rank for row, rank in ranks.items() if program.activity(row, self._plan.values) == limits[row]}
