"""Whether a plan meets some requirements, what giving way costs at least: asked of SciPy, on the rows themselves."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from allocator.compilation import Compilation
from allocator.explanation.requirement import Requirement, requirements


def has_plan(compilation: Compilation, kept: Sequence[Requirement], asked: Sequence[Requirement]) -> bool:
    """Ask SciPy whether a plan meets some of the requirements asked, in units of a whole operation."""
    program = compilation.program
    counts = np.ones(len(program.limit), dtype=bool)
    for requirement in asked:
        counts[list(requirement.rows)] = requirement in kept
    rows = np.flatnonzero(counts)
    shape = len(program.limit), len(program.upper)
    matrix = csr_array((program.coefficient.astype(float), program.column, program.start), shape=shape)[rows]
    matrix = matrix @ csr_array(
        (program.scale.astype(float), (range(shape[1]), range(shape[1]))), shape=(shape[1],) * 2
    )
    largest = np.maximum(abs(matrix).max(axis=1).toarray().ravel(), 1.0)
    matrix = csr_array(matrix / largest[:, None])
    limit = program.limit[rows] / largest
    lower = np.where(program.equality[rows], limit, -np.inf)
    found = milp(
        np.zeros(shape[1]),
        constraints=LinearConstraint(matrix, lower, limit),
        bounds=Bounds(0, program.upper / program.scale),
        integrality=program.integer.astype(int),
    )
    return bool(found.status == 0)


def least_total(compilation: Compilation) -> float | None:
    """Ask SciPy for the least total, in cents, that negotiable requirements must give way by; None when none is enough.

    Written apart: one slack per row, in the unit of its largest commitment, and per year of a purse, whose later years
    it loosens too with carry-over.
    """
    program, scenario = compilation.program, compilation.layout.frame.scenario
    carried = {holder.code for holder in (*scenario.partners, *scenario.pools) if holder.carry_over}
    columns: list[dict[int, float]] = []
    found = requirements(program)
    rows_of = {one.key: one.rows for one in found}
    for one in (requirement for requirement in found if requirement.negotiable):
        if one.kind in ("commitment_budget", "payment_budget"):
            holder, year = one.codes
            cent = program.frame.profile_multiple if one.kind == "payment_budget" else 1
            last = scenario.last_year if holder in carried else int(year)
            years = [str(later) for later in range(int(year), last + 1)]
            columns.append({row: -cent for later in years for row in rows_of[(one.kind, holder, later)]})
            continue
        for row in one.rows:
            weights = [abs(weight) for column, weight in program.terms(row) if column in compilation.layout.amounts]
            if weights:
                columns.append({row: -max(weights)})
                columns.extend([{row: max(weights)}] * bool(program.equality[row]))
    shape = len(program.limit), len(program.upper)
    own = csr_array((program.coefficient.astype(float), program.column, program.start), shape=shape)
    unit = float(max(1, sum(program.frame.to_fund.tolist())))
    scaled = own @ csr_array((program.scale.astype(float), (range(shape[1]), range(shape[1]))), shape=(shape[1],) * 2)
    entries = [(row, rank, weight * unit) for rank, column in enumerate(columns) for row, weight in column.items()]
    rows, ranks, weights = zip(*entries, strict=True)
    slack = csr_array((weights, (rows, ranks)), shape=(shape[0], len(columns)))
    matrix = hstack([scaled, slack]).tocsr()
    largest = np.maximum(abs(scaled).max(axis=1).toarray().ravel(), 1.0)
    matrix = csr_array(matrix / largest[:, None])
    limit = program.limit / largest
    lower = np.where(program.equality, limit, -np.inf)
    cost = np.concatenate([np.zeros(shape[1]), np.ones(len(columns))])
    upper = np.concatenate([program.upper / program.scale, np.full(len(columns), np.inf)])
    whole = np.concatenate([program.integer.astype(int), np.zeros(len(columns), dtype=int)])
    result = milp(
        cost, constraints=LinearConstraint(matrix, lower, limit), bounds=Bounds(0, upper), integrality=whole,
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    return float(result.fun) * unit if result.status == 0 else None
