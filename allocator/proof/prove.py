"""The proof of a plan: bounds of every stage, trees of cases for whole decisions, whether the plan is the only one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from allocator.program.program import Program
from allocator.proof.certify import Chain
from allocator.proof.claims import claims_of, rules_of
from allocator.proof.proof import Bound, Claim, Node, Proof, measuring
from allocator.proof.trees import Tree
from allocator.proof.uniqueness import Pivot, Residues, elimination_order, residue
from allocator.solve.allocate import Decision
from allocator.solve.elimination import Number

WORK = 10_000_000
"""Work allowed for all trees of a proof: relaxations solved times undecided columns. Never a time."""


class NotAPlanError(ValueError):
    """What is to be proven is not even a plan: it breaks a row, a bound, or takes a whole decision in part."""


def certify(decision: Decision) -> Proof:
    """Return the proof of a decision. Raises as ``prove``."""
    plan = decision.plan
    return prove(rules_of(plan), claims_of(decision.compilation.layout, plan), plan.values)


def prove(program: Program, claims: Sequence[Claim], values: Sequence[Number]) -> Proof:
    """Return the proof of an exact plan, whose gaps say how far each claim is proven; the last claim is the tie-break.

    Raises NotAPlanError when the plan does not meet every row exactly or does not reach what it claims, EngineError
    when HiGHS fails.
    """
    _require_plan(program, claims, values)
    nothing = np.zeros(len(program.upper), dtype=np.bool_)
    chain = Chain(program, claims, values, nothing)
    bounds = chain.bounds()
    selection: tuple[Bound, ...] | None = None
    trees: Mapping[int, tuple[Node, ...]] = {}
    if program.integer.any():
        trees = _trees(program, claims, values, bounds)
        chain = Chain(program, claims, values, program.integer)
        selection = chain.bounds()
    unique = _unique(chain, selection or bounds)
    return Proof(program, values, tuple(claims), bounds, selection, trees, unique)


def _trees(
    program: Program, claims: Sequence[Claim], values: Sequence[Number], bounds: Sequence[Bound]
) -> dict[int, tuple[Node, ...]]:
    """Return the tree of every stage that its relaxation leaves open, as long as the work allowed suffices."""
    trees: dict[int, tuple[Node, ...]] = {}
    left = WORK
    for rank, (claim, bound) in enumerate(zip(claims, bounds, strict=True)):
        if claim.best is not None and bound.gap <= abs(claim.best - claim.value(values)):
            continue
        tree = Tree(program, claims, rank, values)
        nodes = tree.grow(left)
        left -= tree.work
        if nodes is not None:
            trees[rank] = nodes
    return trees


def _require_plan(program: Program, claims: Sequence[Claim], values: Sequence[Number]) -> None:
    broken = [program.row_ids()[row] for row in program.broken_rows(values)]
    broken += [program.column_ids()[column] for column in program.out_of_bounds(values)]
    whole = np.flatnonzero(program.integer).tolist()
    broken += [program.column_ids()[column] for column in whole if Fraction(values[column]).denominator != 1]
    broken += [claim.goal for claim in claims if claim.kept is not None and claim.reached(values) < claim.floor()]
    if broken:
        raise NotAPlanError(f"{len(broken)} limits not met exactly, first {broken[0]}")


def _unique(chain: Chain, bounds: tuple[Bound, ...]) -> tuple[Pivot, ...] | None:
    """Return the pivots that show the plan to be the only one, None when that is not proven."""
    last = bounds[-1]
    if last.gap:
        return None
    program, matrix = chain.program, chain.matrix
    reduced = matrix.reduced(matrix.gains[-1], last.rows, last.stages)
    held = chain.held.tolist()
    free = {column for column, left in enumerate(reduced) if not left and not held[column]}
    rows: dict[int, Residues] = {}
    for row in range(matrix.rows):
        if program.equality[row] or row in last.rows:
            rows[row] = {column: residue(number) for column, number in program.terms(row) if column in free}
    for stage in last.stages:
        gain = matrix.gains[stage]
        rows[matrix.rows + stage] = {column: residue(number) for column, number in gain.items() if column in free}
    used = {column for terms in rows.values() for column in terms}
    # A level that a tolerance leaves room to may take several values: it measures, it decides nothing.
    free -= measuring(program) - used
    return elimination_order({row: terms for row, terms in rows.items() if terms}, free)
