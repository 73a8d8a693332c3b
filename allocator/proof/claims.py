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
    weights = _weights(layout, plan)
    return *claims, Claim(TIE_BREAK, plan.level, maximise=True, objective=weights, best=None, kept=None)


def _terms(objective: Objective) -> Terms:
    terms: Terms = {}
    for column, number in zip(objective.column.tolist(), objective.coefficient.tolist(), strict=True):
        terms[column] = terms.get(column, 0) + number
    return terms


def _weights(layout: Layout, plan: ExactPlan) -> Terms:
    """Return the published weight of every commitment and free payment, per cent."""
    gains = tie_break.gains(layout, plan.level).tolist()
    # The upper bound of a commitment or a payment is what its operation has to fund.
    columns = enumerate(zip(gains, plan.program.upper[: layout.width].tolist(), strict=True))
    return {column: Fraction(gain, whole * tie_break.UNIT) for column, (gain, whole) in columns if gain and whole}
