"""K02, K04: a partner brings at most its rate of its base, the base being itself capped."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
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

THIRD = {"partner": "REG", "rate": "1/3", "base": "cost"}
HALF = {"partner": "REG", "rate": "1/2", "base": "cost"}
OTHER = operation("B", nature="DEM", project="AUTRE", owner="LAND")


def towards(region: int, to_fund: int = 1200) -> tuple[Any, ...]:
    """Wish that REG brings ``region`` cents and the owner the rest."""
    return wanted(REG=region, COM=to_fund - region)


def test_formulation() -> None:
    document = scenario(
        operations=(operation(latest_start=2027), operation("B")),
        eligibilities=(eligibility("REG"), eligibility("DEP", "B")),
        rules=(rule("rate_ceiling", **THIRD),),
    )
    assert formulation(document, "rate_ceiling") == [
        "rate_ceiling|R|OP|REG|2026: -1200 share|OP|2026 +3 commit|OP|REG|2026 <= 0",
        "rate_ceiling|R|OP|REG|2027: -1200 share|OP|2027 +3 commit|OP|REG|2027 <= 0",
    ]


def test_formulation_of_several_rules_and_capped_bases() -> None:
    rules = (
        rule("rate_ceiling", code="S", partner="COM", rate="2/5", base="deficit"),
        rule("rate_ceiling", code="A", **HALF, base_max=900, base_max_per_unit=300, base_max_per_building=50),
        rule("rate_ceiling", code="B", partner="REG", rate="0", base="cost"),
    )
    document = scenario(operations=(operation(units=2, buildings=1, receipts=200),), rules=rules)
    assert formulation(document, "rate_ceiling") == [
        "rate_ceiling|A|OP|REG|2026: -650 share|OP|2026 +2 commit|OP|REG|2026 <= 0",
        "rate_ceiling|B|OP|REG|2026: +1 commit|OP|REG|2026 <= 0",
        "rate_ceiling|S|OP|COM|2026: -2000 share|OP|2026 +5 commit|OP|COM|2026 <= 0",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(399, 399), (400, 400), (401, 400), (1200, 400)])
def test_below_at_and_above_the_rate(wish: int, brought: int) -> None:
    document = scenario(rules=(rule("rate_ceiling", **THIRD),), references=towards(wish))
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize(("wish", "brought"), [(171, 171), (172, 171)])
def test_a_ceiling_between_two_cents_is_rounded_down(wish: int, brought: int) -> None:
    # A seventh of 1200 is 171.43.
    document = scenario(rules=(rule("rate_ceiling", **{**THIRD, "rate": "1/7"}),), references=towards(wish))
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize(
    ("base", "ceiling"), [("excl_vat", 550), ("incl_vat", 720), ("cost", 720), ("deficit", 600), ("eligible", 450)]
)
def test_every_base(base: str, ceiling: int) -> None:
    costs = operation(cost_basis="incl_vat", cost_incl_vat=1440, cost_excl_vat=1100, receipts=240)
    document = scenario(
        operations=(costs,), eligibilities=(eligibility("REG", eligible_base=900),),
        rules=(rule("rate_ceiling", **{**HALF, "base": base}),), references=towards(1200),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200 - ceiling, "OP|REG|2026": ceiling}


@pytest.mark.parametrize(
    ("caps", "ceiling"),
    [
        ({"base_max": 1199}, 599),
        ({"base_max": 1200}, 600),
        ({"base_max": 1201}, 600),
        ({"base_max_per_unit": 399}, 598),
        ({"base_max_per_unit": 400}, 600),
        ({"base_max_per_unit": 401}, 600),
        ({"base_max_per_building": 599}, 599),
        ({"base_max_per_building": 600}, 600),
        ({"base_max_per_unit": 100, "base_max_per_building": 200}, 350),
        ({"base_max": 500, "base_max_per_unit": 100, "base_max_per_building": 200}, 250),
        ({"base_max": 0}, 0),
        ({"base_max_per_unit": 0, "base_max_per_building": 0}, 0),
    ],
)
def test_the_base_is_capped_by_operation_unit_and_building(caps: dict[str, int], ceiling: int) -> None:
    document = scenario(
        operations=(operation(units=3, buildings=2),), rules=(rule("rate_ceiling", **HALF, **caps),),
        references=towards(1200),
    )  # fmt: skip
    expected = {"OP|COM|2026": 1200 - ceiling, "OP|REG|2026": ceiling}
    assert committed(document) == {cell: amount for cell, amount in expected.items() if amount}


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        # COM brings 2/3 at least of what is launched: 3/2 of its budget is funded.
        (299, {"OP|COM|2026": 299, "OP|REG|2026": 149}),
        (300, {"OP|COM|2026": 300, "OP|REG|2026": 150}),
        (301, {"OP|COM|2026": 301, "OP|REG|2026": 150}),
        (800, {"OP|COM|2026": 800, "OP|REG|2026": 400}),
    ],
)
def test_a_part_bears_its_part_of_the_ceiling(owner: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), rules=(rule("rate_ceiling", **THIRD),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[owner, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected


def test_each_launch_bears_its_own_ceiling() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),),
        rules=(rule("rate_ceiling", **THIRD),), partners=limited("COM"), budgets=budgets("COM", amounts=[300, 200, 0]),
    )  # fmt: skip
    assert committed(document) == {
        "OP|COM|2026": 300, "OP|COM|2027": 200, "OP|REG|2026": 150, "OP|REG|2027": 100,
    }  # fmt: skip


def test_the_owner_too_may_be_limited() -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**THIRD, "partner": "COM"}),), references=wanted(COM=1200))
    assert committed(document) == {"OP|COM|2026": 400, "OP|REG|2026": 800}


@pytest.mark.parametrize(
    "filters",
    [
        {"natures": ("DEM",)},
        {"programmes": ("OPAH",)},
        {"projects": ("AUTRE",)},
        {"operations": ("B",)},
        {"owner_kinds": ("landlord",)},
        {"natures": ("AME",), "projects": ("AUTRE",)},
        {"partner": "DEP"},
    ],
)
def test_a_rule_stops_at_its_filters(filters: dict[str, Any]) -> None:
    document = scenario(
        operations=(operation(), OTHER), rules=(rule("rate_ceiling", **{**THIRD, **filters}),), references=towards(1200)
    )
    assert committed(document)["OP|REG|2026"] == 1200


def test_a_rule_binds_where_every_filter_is_met() -> None:
    filters = {
        "natures": ("AME", "DEM"), "programmes": ("NPNRU",), "projects": ("PRJ",), "operations": ("OP", "B"),
        "owner_kinds": ("commune", "epci"),
    }  # fmt: skip
    document = scenario(
        operations=(operation(), OTHER), rules=(rule("rate_ceiling", **THIRD, **filters),), references=towards(1200)
    )
    assert committed(document)["OP|REG|2026"] == 400


@pytest.mark.parametrize(
    ("line", "region"),
    [({"operation": "OP"}, 1200), ({"project": "PRJ"}, 1200), ({"operation": "B"}, 400), ({"project": "AUTRE"}, 400)],
)
def test_a_derogation_lifts_the_rule_where_it_says(line: dict[str, str], region: int) -> None:
    document = scenario(
        operations=(operation(), OTHER),
        rules=(rule("rate_ceiling", **THIRD),),
        references=towards(1200),
        derogations=(derogation(**line),),
    )
    assert committed(document)["OP|REG|2026"] == region


def test_a_derogation_lifts_one_rule_and_leaves_the_others() -> None:
    rules = (rule("rate_ceiling", **THIRD), rule("rate_ceiling", code="S", **HALF))
    document = scenario(rules=rules, references=towards(1200), derogations=(derogation(operation="OP"),))
    assert committed(document) == {"OP|COM|2026": 600, "OP|REG|2026": 600}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"base": "incl_vat"}, "R: operation OP has no base 'incl_vat'"),
        ({"base": "eligible"}, "R: operation OP has no base 'eligible'"),
        ({"base_max_per_unit": 1}, "R: operation OP has no units"),
        ({"base_max_per_building": 1}, "R: operation OP has no buildings"),
    ],
)
def test_missing_data_are_an_error_that_names_the_operation(fields: dict[str, Any], message: str) -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**HALF, **fields}),))
    with pytest.raises(MissingBaseError, match=f"^{message}$"):
        compile_scenario(document)


def test_missing_data_elsewhere_are_not_asked_for() -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**HALF, "base": "incl_vat"}, natures=("DEM",)),))
    assert formulation(document, "rate_ceiling") == []


THIRDS = [rule("rate_ceiling", code=f"R-{name}", **{**THIRD, "partner": name}) for name in ("COM", "DEP", "REG")]


def test_three_ceilings_of_a_third_cover_an_operation_in_part_but_for_one_cent() -> None:
    # Each brings 333.33 at most of 1000: whole cents cover 999 of it.
    document = scenario(
        goals=(VALUE,), operations=(operation(cost_excl_vat=1000, divisible=True),),
        eligibilities=(eligibility("REG"), eligibility("DEP")), rules=THIRDS,
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 333, "OP|DEP|2026": 333, "OP|REG|2026": 333}


def test_three_ceilings_of_a_third_that_no_whole_cents_meet_do_not_stop_the_committee() -> None:
    # OP cannot be covered to the cent: it is left out, as nothing obliges to launch it, and B is launched.
    document = scenario(
        goals=(VALUE,), operations=(operation(cost_excl_vat=1000), operation("B", cost_excl_vat=999)), rules=THIRDS,
        eligibilities=[eligibility(name, code) for name in ("DEP", "REG") for code in ("B", "OP")],
    )  # fmt: skip
    assert committed(document) == {"B|COM|2026": 333, "B|DEP|2026": 333, "B|REG|2026": 333}


def test_a_cap_per_unit_beyond_64_bits_does_not_wrap() -> None:
    # The largest amount a document accepts, per square metre, over two million of them: no limit at all.
    document = scenario(
        operations=(operation(units=2_000_000),),
        rules=(rule("rate_ceiling", **{**HALF, "rate": "1"}, base_max_per_unit=5_000_000_000_000),),
        references=towards(1200),
    )
    assert committed(document) == {"OP|REG|2026": 1200}
