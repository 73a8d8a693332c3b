"""Reserved shares: REG brings to OP (AME) and to B (DEM, to which a share is reserved), 1200 cents each."""

from typing import Any

import pytest

from scenarios.document import Loan, Lock, Scenario

from .tiny import committed, derogation, eligibility, formulation, operation, rule, scenario, wanted

HALF = {"partner": "REG", "rate": "1/2", "reserved_natures": ("DEM",)}


def two(wish: int, *, reserved: int = 300, **tables: Any) -> Scenario:
    """Build a committee where REG brings 300 to B and is wanted on OP."""
    lock = Lock(operation="B", partner="REG", sense="exactly", amount=reserved, author="Comité", reason="illustratif")
    fields = {
        "operations": (operation(), operation("B", nature="DEM", commune="C2")),
        "eligibilities": (eligibility("REG"), eligibility("REG", "B")),
        "rules": (rule("reserved_share", **HALF),), "locks": (lock,), "references": wanted(REG=wish, COM=1200 - wish),
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    document = two(0, rules=(rule("reserved_share", **{**HALF, "rate": "2/5"}),))
    assert formulation(document, "reserved_share") == [
        "reserved_share|R: -3 commit|B|REG|2026 +2 commit|OP|REG|2026 <= 0",
    ]


def test_formulation_with_loans() -> None:
    loans = [Loan(operation=code, partner="PRIV", amount=100, label="illustratif") for code in ("OP", "B")]
    document = two(0, loans=loans, rules=(rule("reserved_share", **HALF, counts=("private",)),))
    assert formulation(document, "reserved_share") == [
        "reserved_share|R: -100 share|B|2026 +100 share|OP|2026 -1 commit|B|REG|2026 +1 commit|OP|REG|2026 <= 0",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(299, 299), (300, 300), (301, 300)])
def test_below_at_and_above_half(wish: int, brought: int) -> None:
    assert committed(two(wish))["OP|REG|2026"] == brought


@pytest.mark.parametrize(("wish", "brought"), [(449, 449), (450, 450), (451, 450)])
def test_two_fifths_leave_three_fifths_to_the_others(wish: int, brought: int) -> None:
    document = two(wish, rules=(rule("reserved_share", **{**HALF, "rate": "2/5"}),))
    assert committed(document)["OP|REG|2026"] == brought


@pytest.mark.parametrize(("counts", "brought"), [(("private",), 400), ((), 300), (("cdc",), 300)])
def test_loans_count_where_the_rule_says_so(counts: tuple[str, ...], brought: int) -> None:
    loan = Loan(operation="B", partner="PRIV", amount=100, label="illustratif")
    document = two(900, loans=(loan,), rules=(rule("reserved_share", **HALF, counts=counts),))
    assert committed(document)["OP|REG|2026"] == brought


def test_a_share_may_be_reserved_to_territories() -> None:
    fields = {**HALF, "reserved_natures": (), "reserved_territories": ("SUD",)}
    assert committed(two(900, rules=(rule("reserved_share", **fields),)))["OP|REG|2026"] == 300
    fields["reserved_natures"] = ("AME",)
    both = two(900, rules=(rule("reserved_share", **fields),), locks=(), references=wanted(REG=900))
    assert "OP|REG|2026" not in committed(both)


def test_operations_outside_the_scope_are_on_neither_side() -> None:
    document = two(900, rules=(rule("reserved_share", **HALF, natures=("DEM",)),))
    assert committed(document)["OP|REG|2026"] == 900
    document = two(900, derogations=(derogation(operation="OP"),))
    assert committed(document)["OP|REG|2026"] == 900


def test_an_odd_cent_goes_to_the_reserved_side() -> None:
    # Half of 301 reserved cents and x others: x is at most 301, and two thirds of the whole are 602 / 3.
    document = two(900, reserved=301, rules=(rule("reserved_share", **{**HALF, "rate": "2/3"}),))
    assert committed(document)["OP|REG|2026"] == 150
