"""K07: when a partner takes part, the grants its text counts as public stay under a rate of a base."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError
from scenarios.document import Lock, Scenario
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    derogation,
    eligibility,
    formulation,
    limited,
    operation,
    rule,
    scenario,
    wanted,
)

HALF = {"partner": "REG", "rate": "1/2", "base": "cost", "counts": ("region", "departement", "commune")}
BOTH = (eligibility("REG"), eligibility("DEP"))
OTHER = operation("B", nature="DEM", project="AUTRE", owner="LAND")


def test_formulation_leaves_the_owner_and_other_kinds_out() -> None:
    document = scenario(
        operations=(operation(latest_start=2027),), eligibilities=(*BOTH, eligibility("PRIV")),
        rules=(rule("public_aid_cap", **{**HALF, "rate": "2/3"}),),
    )  # fmt: skip
    assert formulation(document, "public_aid_cap") == [
        "public_aid_cap|R|OP|REG|2026: -2400 share|OP|2026 +3 commit|OP|DEP|2026 +3 commit|OP|REG|2026 <= 0",
        "public_aid_cap|R|OP|REG|2027: -2400 share|OP|2027 +3 commit|OP|DEP|2027 +3 commit|OP|REG|2027 <= 0",
    ]


def test_formulation_when_presence_is_a_decision() -> None:
    document = scenario(
        operations=(operation(receipts=200),),
        eligibilities=(eligibility("REG", presence="optional"), eligibility("DEP")),
        rules=(rule("public_aid_cap", **HALF),),
    )  # fmt: skip
    assert formulation(document, "public_aid_cap") == [
        (
            "public_aid_cap|R|OP|REG|2026: -1200 share|OP|2026 +2 commit|OP|DEP|2026 +2 commit|OP|REG|2026 "
            "+2000 present|OP|REG|2026 <= 2000"
        )
    ]


@pytest.mark.parametrize(("wish", "brought"), [(299, 299), (300, 300), (301, 300)])
def test_below_at_and_above_the_cap(wish: int, brought: int) -> None:
    document = scenario(
        eligibilities=BOTH, rules=(rule("public_aid_cap", **HALF),), locks=_locked(REG=300),
        references=wanted(DEP=wish, REG=300, COM=900 - wish),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 900 - brought, "OP|DEP|2026": brought, "OP|REG|2026": 300}


def test_a_cap_between_two_cents_is_rounded_down() -> None:
    # Half of 1201 is 600.5.
    document = scenario(
        operations=(operation(cost_excl_vat=1201),),
        rules=(rule("public_aid_cap", **HALF),),
        references=wanted(REG=1201),
    )
    assert committed(document) == {"OP|COM|2026": 601, "OP|REG|2026": 600}


def test_private_money_is_not_counted() -> None:
    document = scenario(
        eligibilities=(*BOTH, eligibility("PRIV")), rules=(rule("public_aid_cap", **HALF),),
        references=wanted(PRIV=800, REG=400),
    )  # fmt: skip
    assert committed(document) == {"OP|PRIV|2026": 800, "OP|REG|2026": 400}


@pytest.mark.parametrize(
    ("base", "cap"), [("excl_vat", 550), ("incl_vat", 720), ("cost", 720), ("deficit", 600), ("eligible", 450)]
)
def test_every_base(base: str, cap: int) -> None:
    costs = operation(cost_basis="incl_vat", cost_incl_vat=1440, cost_excl_vat=1100, receipts=240)
    document = scenario(
        operations=(costs,), eligibilities=(eligibility("REG", eligible_base=900),),
        rules=(rule("public_aid_cap", **{**HALF, "base": base}),), references=wanted(REG=1200),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200 - cap, "OP|REG|2026": cap}


def _locked(**amounts: int) -> tuple[Lock, ...]:
    return tuple(
        Lock(operation="OP", partner=name, sense="exactly", amount=cents, author="Comité", reason="illustratif")
        for name, cents in amounts.items()
    )


def _with_department(amount: int, presence: str) -> Scenario:
    return scenario(
        eligibilities=(eligibility("REG", presence=presence), eligibility("DEP")),
        rules=(rule("public_aid_cap", **HALF),), locks=_locked(DEP=amount), references=wanted(DEP=amount, COM=1200),
    )  # fmt: skip


@pytest.mark.parametrize("amount", [599, 600])
@pytest.mark.parametrize("presence", ["required", "optional"])
def test_the_cap_holds_for_a_partner_that_brings_nothing_yet(amount: int, presence: str) -> None:
    assert committed(_with_department(amount, presence)) == {"OP|COM|2026": 1200 - amount, "OP|DEP|2026": amount}


def test_a_free_partner_that_stays_away_lifts_its_cap() -> None:
    assert committed(_with_department(601, "optional")) == {"OP|COM|2026": 599, "OP|DEP|2026": 601}


def test_a_required_partner_that_brings_nothing_still_caps_the_others() -> None:
    with pytest.raises(InfeasibleScenarioError):
        allocate(_with_department(601, "required"))


def test_each_text_has_its_own_list() -> None:
    rules = (
        rule("public_aid_cap", code="A", partner="REG", rate="1/2", base="cost", counts=("region",)),
        rule("public_aid_cap", code="B", partner="DEP", rate="3/4", base="cost", counts=("region", "departement")),
    )
    document = scenario(eligibilities=BOTH, rules=rules, references=wanted(REG=1200))
    assert committed(document)["OP|REG|2026"] == 600
    document = scenario(eligibilities=BOTH, rules=rules, references=wanted(DEP=1200))
    assert committed(document) == {"OP|COM|2026": 300, "OP|DEP|2026": 900}


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (299, {"OP|COM|2026": 299, "OP|REG|2026": 299}),
        (300, {"OP|COM|2026": 300, "OP|REG|2026": 300}),
        (301, {"OP|COM|2026": 301, "OP|REG|2026": 301}),
    ],
)
def test_a_part_bears_its_part_of_the_cap(owner: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), rules=(rule("public_aid_cap", **HALF),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[owner, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected


@pytest.mark.parametrize(
    ("tables", "region"),
    [
        ({}, 600),
        ({"rules": (rule("public_aid_cap", **HALF, natures=("DEM",)),)}, 1200),
        ({"rules": (rule("public_aid_cap", **HALF, owner_kinds=("landlord",)),)}, 1200),
        ({"rules": (rule("public_aid_cap", **HALF, operations=("OP",)),)}, 600),
        ({"derogations": (derogation(project="PRJ"),)}, 1200),
        ({"derogations": (derogation(project="AUTRE"),)}, 600),
    ],
)
def test_filters_and_derogations(tables: dict[str, Any], region: int) -> None:
    fields = {"rules": (rule("public_aid_cap", **HALF),), "references": wanted(REG=1200), **tables}
    assert committed(scenario(operations=(operation(), OTHER), **fields))["OP|REG|2026"] == region


def test_a_missing_base_is_an_error_that_names_the_operation() -> None:
    document = scenario(rules=(rule("public_aid_cap", **{**HALF, "base": "incl_vat"}),))
    with pytest.raises(MissingBaseError, match=r"^R: operation OP has no base 'incl_vat'$"):
        compile_scenario(document)
