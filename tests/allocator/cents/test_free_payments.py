"""Free payments brought to whole cents, alone then together."""

from fractions import Fraction

import pytest

from allocator.cents import free_payments
from allocator.cents.draft import broken_rows, exact_columns, first_draft
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import engine_named
from allocator.solve.exact_plan import exact_plan
from allocator.solve.vertex import Number
from scenarios.document import Scenario
from tests.allocator.rules.tiny import CLOSE, COST, budgets, eligibility, operation, partners, scenario, wanted

CODES = ("A", "B", "C")


def three(first: int, second: int, last: int = 0) -> Scenario:
    """Three operations in which REG would pay 101 cents, in halves, within three budgets."""
    return scenario(
        operations=[operation(code, profile="HALVES", divisible=True) for code in CODES],
        partners=partners(REG={"payment_limited": True, "payments": "free"}), goals=(COST, CLOSE),
        eligibilities=[eligibility("REG", code) for code in CODES],
        references=[line for code in CODES for line in wanted(code, REG=101, COM=1099)],
        budgets=budgets("REG", "payment", amounts=(first, second, last)),
    )  # fmt: skip


def solved(document: Scenario) -> tuple[Compilation, list[Number]]:
    compilation = compile_scenario(document)
    return compilation, exact_plan(compilation, engine_named("highs")).values


def test_payments_rounded_alone_pay_the_commitments_and_may_exceed_a_budget() -> None:
    compilation, values = solved(three(151, 152))
    draft = first_draft(compilation.program, compilation.layout, values)
    assert draft.paid.reshape(3, 3).sum(axis=1).tolist() == [101, 101, 101]
    assert sum(draft.paid_target, start=Fraction(0)) == 303
    broken = broken_rows(compilation.program, exact_columns(compilation.layout, draft, values))
    assert [compilation.program.row_ids()[row] for row in broken] == ["payment_budget|REG|2026"]


def test_payments_rounded_together_stay_next_to_their_exact_value() -> None:
    compilation, values = solved(three(151, 152))
    draft = first_draft(compilation.program, compilation.layout, values)
    columns = exact_columns(compilation.layout, draft, values)
    paid = free_payments.together(compilation.program, compilation.layout, columns, draft.paid_target)
    assert paid is not None
    assert all(abs(cents - exact) < 1 for cents, exact in zip(paid.tolist(), draft.paid_target, strict=True))
    columns[compilation.layout.payments.start : compilation.layout.payments.stop] = paid.tolist()
    assert broken_rows(compilation.program, columns) == []


@pytest.mark.parametrize(("last", "found"), [(1, True), (0, True), (-1, False)])
def test_none_when_budgets_cannot_pay_the_commitments(last: int, found: bool) -> None:
    """303 cents to pay in all: as many as the budgets, one more, or one less once the plan is made."""
    compilation, values = solved(three(151, 152, 1))
    draft = first_draft(compilation.program, compilation.layout, values)
    columns = exact_columns(compilation.layout, draft, values)
    row = compilation.program.row_ids().index("payment_budget|REG|2028")
    multiple = compilation.layout.frame.profile_multiple
    compilation.program.limit[row] = max(0, last) * multiple
    if last < 0:
        compilation.program.limit[row - 1] -= multiple
    paid = free_payments.together(compilation.program, compilation.layout, columns, draft.paid_target)
    assert (paid is not None) is found


def test_what_no_exact_plan_pays_follows_the_profile() -> None:
    """A commitment that is zero in the exact plan and gets a cent is paid by the profile."""
    compilation, values = solved(three(151, 152))
    layout = compilation.layout
    draft = first_draft(compilation.program, layout, values)
    nothing: list[Number] = [0] * len(values)
    exact = free_payments.spread(layout, draft.amounts, nothing)
    assert exact[:3] == (Fraction(101, 2), Fraction(101, 2), 0)
