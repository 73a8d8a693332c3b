"""Grant-equivalents: REG's grants and PRIV's loan to OP, 1200 cents."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
from scenarios.document import Loan, Scenario

from .tiny import committed, derogation, formulation, rule, scenario, wanted

CAP = {"partners": ("REG", "PRIV"), "amount": 500}


def loan(amount: int = 400, rate: str | None = "1/4") -> Loan:
    return Loan(operation="OP", partner="PRIV", amount=amount, label="illustratif", grant_equivalent=rate)


def lent(wish: int, *loans: Loan, **tables: Any) -> Scenario:
    fields = {
        "rules": (rule("grant_equivalent", **CAP),),
        "loans": loans,
        "references": wanted(REG=wish, COM=1200 - wish),
    }
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(lent(0, loan(), loan(10)), "grant_equivalent") == [
        "grant_equivalent|R: +103 share|OP|2026 +1 commit|OP|REG|2026 <= 500",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(399, 399), (400, 400), (401, 400)])
def test_below_at_and_above(wish: int, brought: int) -> None:
    # The loan is worth a grant of 100 cents: its face value is in no sum.
    assert committed(lent(wish, loan())) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


def test_each_equivalent_is_rounded_up() -> None:
    assert committed(lent(900, loan(401)))["OP|REG|2026"] == 399


def test_loans_of_others_do_not_count() -> None:
    document = lent(900, loan(rate=None), rules=(rule("grant_equivalent", **{**CAP, "partners": ("REG",)}),))
    assert committed(document)["OP|REG|2026"] == 500


def test_a_derogation_takes_an_operation_out() -> None:
    assert committed(lent(900, loan(), derogations=(derogation(operation="OP"),)))["OP|REG|2026"] == 800


def test_a_loan_still_finances_the_share_of_the_owner() -> None:
    # 400 of loans: the owner brings 400 at least, whatever the envelope.
    document = lent(900, loan(), rules=(rule("grant_equivalent", **{**CAP, "amount": 5000}),))
    assert committed(document) == {"OP|COM|2026": 400, "OP|REG|2026": 800}


def test_a_loan_without_equivalent_is_an_error() -> None:
    with pytest.raises(MissingBaseError, match="R: a loan to operation OP has no grant-equivalent"):
        compile_scenario(lent(0, loan(rate=None)))
