"""What a decision claims: each stage of its goals in order, then the published tie-break."""

from fractions import Fraction

from allocator.goals import tie_break
from allocator.goals.goal import Objective
from allocator.program.layout import Layout
from allocator.program.program import Program, assemble
from allocator.proof.proof import Claim
from allocator.solve.elimination import Terms
from allocator.solve.ordered_goals import ExactPlan
from allocator.solve.stages import KEPT

TIE_BREAK = "tie_break"


def rules_of(plan: ExactPlan) -> Program:
    """Return the program of a plan without the rows that keep former goals: stages say what they keep themselves."""
    program = plan.program
    rows = [group for group in program.row_groups if group.family != KEPT]
    return assemble(program.frame, program.column_groups, rows)


def claims_of(layout: Layout, plan: ExactPlan) -> tuple[Claim, ...]:
    """Return one claim per stage of an exact plan."""
    claims = [
        Claim(
            str(stage.objective.kind.value), stage.level, maximise=stage.objective.maximise,
            objective=_terms(stage.objective), best=stage.best, kept=stage.kept,
        )
        for stage in plan.stages
    ]  # fmt: skip
    weights = _weights(layout, plan.level)
    return *claims, Claim(TIE_BREAK, plan.level, maximise=True, objective=weights, best=None, kept=None)


def _terms(objective: Objective) -> Terms:
    terms: Terms = {}
    for column, number in zip(objective.column.tolist(), objective.coefficient.tolist(), strict=True):
        terms[column] = terms.get(column, 0) + number
    return terms


def _weights(layout: Layout, level: int) -> Terms:
    """Return the published weight of every commitment, per cent committed."""
    frame = layout.frame
    weights = tie_break.cell_weights(frame, level).tolist()
    to_fund = frame.to_fund[frame.cell_operation].tolist()
    cells = enumerate(zip(weights, to_fund, strict=True), layout.launches)
    return {column: Fraction(weight, whole) for column, (weight, whole) in cells if whole}
