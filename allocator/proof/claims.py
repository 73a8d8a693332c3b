"""What a plan claims: each goal in order, then the published tie-break."""

from fractions import Fraction

from allocator.compilation import Compilation
from allocator.goals import tie_break
from allocator.goals.goal import Objective
from allocator.program.layout import Layout
from allocator.proof.proof import Claim
from allocator.solve.elimination import Terms
from allocator.solve.ordered_goals import ExactPlan

TIE_BREAK = "tie_break"


def claims_of(compilation: Compilation, plan: ExactPlan) -> tuple[Claim, ...]:
    """Return one claim per stage of an exact plan."""
    claims = []
    for objective in compilation.objectives:
        value = objective.value(plan.values)
        claims.append(Claim(str(objective.kind.value), 0, objective.maximise, _terms(objective), value, value))
    weights = _weights(compilation.layout, plan.level)
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
