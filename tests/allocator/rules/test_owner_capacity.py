"""What COM can bear of its own operations: OP and B, 1200 cents each."""

from typing import Any

import pytest

from scenarios.document import Lock, Scenario

from .tiny import (
    VALUE,
    checked_allocation,
    committed,
    derogation,
    eligibility,
    formulation,
    operation,
    paid,
    plan_line,
    rule,
    scenario,
    wanted,
)


def one(wish: int, profile: str = "HALVES", **capacity: int) -> Scenario:
    return scenario(
        operations=(operation(profile=profile),), rules=(rule("owner_capacity", partner="COM", **capacity),),
        references=wanted(REG=wish, COM=1200 - wish),
    )  # fmt: skip


def two(**tables: Any) -> Scenario:
    fields = {
        "operations": (operation(profile="HALVES"), operation("B", owner="LAND", profile="HALVES")),
        "eligibilities": (eligibility("REG"), eligibility("REG", "B"), eligibility("COM", "B")),
        "rules": (rule("owner_capacity", partner="COM", amount=700),),
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(two(), "owner_capacity") == ["owner_capacity|R: +1 commit|OP|COM|2026 <= 700"]


def test_formulation_of_a_year() -> None:
    # Halves and thirds: rows are multiplied by six.
    document = two(
        operations=(operation(profile="HALVES", latest_start=2027), operation("B", profile=None)),
        eligibilities=(eligibility("REG"),), plans=(plan_line("COM", 2027, 1200, "B"),),
        rules=(rule("owner_capacity", partner="COM", amount=700, year=2027),),
    )  # fmt: skip
    assert formulation(document, "owner_capacity") == [
        "owner_capacity|R|2027: +7200 share|B|2026 +3 commit|OP|COM|2026 +3 commit|OP|COM|2027 <= 4200",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(499, 500), (500, 500), (501, 501)])
def test_below_at_and_above_the_capacity(wish: int, brought: int) -> None:
    assert committed(one(wish, amount=700)) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize(("wish", "brought"), [(499, 500), (500, 500), (501, 501)])
def test_below_at_and_above_the_capacity_of_a_year(wish: int, brought: int) -> None:
    assert committed(one(wish, amount=350, year=2027)) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


def test_a_year_without_payment_binds_no_one() -> None:
    assert committed(one(0, amount=0, year=2028)) == {"OP|COM|2026": 1200}


def test_money_for_the_operations_of_others_does_not_count() -> None:
    document = two(references=(*wanted(COM=1200), *wanted("B", COM=1200)))
    assert committed(document) == {"B|COM|2026": 1200, "OP|COM|2026": 700, "OP|REG|2026": 500}


def test_filters_and_derogations() -> None:
    references = wanted(COM=1200)
    scoped = rule("owner_capacity", partner="COM", amount=700, operations=("B",))
    assert committed(two(rules=(scoped,), references=references))["OP|COM|2026"] == 1200
    assert committed(two(derogations=(derogation(operation="OP"),), references=references))["OP|COM|2026"] == 1200


def test_payments_of_a_year_are_rounded_within_the_capacity() -> None:
    # Half a cent each the first year: one of the two is rounded down.
    locks = [
        Lock(operation=code, partner="COM", sense="exactly", amount=1, author="Comité", reason="illustratif")
        for code in ("OP", "B")
    ]
    document = two(
        operations=(operation(profile="HALVES"), operation("B", profile="HALVES")), locks=locks,
        eligibilities=(eligibility("REG"), eligibility("REG", "B")),
        rules=(rule("owner_capacity", partner="COM", amount=1, year=2026),), goals=(VALUE,),
    )  # fmt: skip
    first = [amount for name, amount in paid(document).items() if "|COM|2026" in name]
    assert sum(first) <= 1


def test_what_two_capacities_cut_across_is_rounded_whole() -> None:
    codes = ("A", "B", "C")
    locks = [
        Lock(operation=code, partner="COM", sense="exactly", amount=1, author="Comité", reason="illustratif")
        for code in codes
    ]
    pairs = (("A", "B"), ("B", "C"), ("A", "C"))
    document = scenario(
        operations=[operation(code, profile="HALVES") for code in codes], locks=locks,
        eligibilities=[eligibility("REG", code) for code in codes],
        rules=[
            rule("owner_capacity", code=f"R{i}", partner="COM", amount=1, year=2026, operations=pair)
            for i, pair in enumerate(pairs)
        ],
        goals=(VALUE,),
    )  # fmt: skip
    plan = checked_allocation(document)
    first = {line.operation for line in plan.payments if (line.partner, line.year) == ("COM", 2026)}
    assert len(first) <= 1
