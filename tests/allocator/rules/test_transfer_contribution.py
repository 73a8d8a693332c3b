"""Fonds de concours: one operation of 1200 cents, of which DEP brings the contribution and REG a grant."""

import pytest

from scenarios.document import Lock

from .tiny import committed, derogation, eligibility, formulation, operation, plan_line, rule, scenario, wanted

HALF = {"rate": "1/2", "counts": ("departement",)}
BOTH = (eligibility("REG"), eligibility("DEP"))


def test_formulation() -> None:
    document = scenario(eligibilities=BOTH, rules=(rule("transfer_contribution", **HALF),))
    assert formulation(document, "transfer_contribution") == [
        "transfer_contribution|R|OP|2026: -1 commit|OP|COM|2026 +1 commit|OP|DEP|2026 <= 0",
    ]


def test_formulation_of_another_share() -> None:
    document = scenario(eligibilities=BOTH, rules=(rule("transfer_contribution", **{**HALF, "rate": "2/5"}),))
    assert formulation(document, "transfer_contribution") == [
        "transfer_contribution|R|OP|2026: -2 commit|OP|COM|2026 +3 commit|OP|DEP|2026 <= 0",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(599, 599), (600, 600), (601, 600), (1200, 600)])
def test_below_at_and_above_half_of_what_is_left(wish: int, brought: int) -> None:
    document = scenario(
        eligibilities=BOTH, rules=(rule("transfer_contribution", **HALF),), references=wanted(DEP=wish, COM=1200 - wish)
    )
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|DEP|2026": brought}


@pytest.mark.parametrize(("grant", "most"), [(200, 500), (201, 499), (202, 499)])
def test_other_grants_come_first(grant: int, most: int) -> None:
    # (1200 - 201) / 2 is 499.5: the ceiling is rounded down and the cent goes to the owner.
    lock = Lock(operation="OP", partner="REG", sense="exactly", amount=grant, author="Comité", reason="illustratif")
    document = scenario(
        eligibilities=BOTH, rules=(rule("transfer_contribution", **HALF),), locks=(lock,), references=wanted(DEP=1200)
    )
    assert committed(document) == {"OP|COM|2026": 1200 - grant - most, "OP|DEP|2026": most, "OP|REG|2026": grant}


def test_what_the_owner_brings_is_no_transfer_to_itself() -> None:
    document = scenario(rules=(rule("transfer_contribution", rate="1/2", counts=("commune",)),))
    assert formulation(document, "transfer_contribution") == [
        "transfer_contribution|R|OP|2026: -1 commit|OP|COM|2026 <= 0"
    ]


@pytest.mark.parametrize(
    ("changes", "brought"),
    [({"owner_kinds": ("landlord",)}, 1200), ({"owner_kinds": ("commune",)}, 600), ({"natures": ("DEM",)}, 1200)],
)
def test_filters(changes: dict[str, tuple[str, ...]], brought: int) -> None:
    other = operation("B", nature="DEM", owner="LAND")
    document = scenario(
        operations=(operation(), other), eligibilities=BOTH, references=wanted(DEP=1200, REG=0),
        rules=(rule("transfer_contribution", **HALF, **changes),),
    )  # fmt: skip
    assert committed(document)["OP|DEP|2026"] == brought


def test_a_derogation_lifts_it() -> None:
    document = scenario(
        eligibilities=BOTH, rules=(rule("transfer_contribution", **HALF),), references=wanted(DEP=1200, REG=0),
        derogations=(derogation(operation="OP"),),
    )  # fmt: skip
    assert committed(document)["OP|DEP|2026"] == 1200


@pytest.mark.parametrize(("transferred", "launched"), [(600, True), (601, False)])
def test_a_fixed_plan_with_too_much_is_not_launched(transferred: int, launched: bool) -> None:
    document = scenario(
        operations=(operation(profile=None),), eligibilities=(), rules=(rule("transfer_contribution", **HALF),),
        plans=(plan_line("COM", 2026, 1200 - transferred), plan_line("DEP", 2026, transferred)), goals=(),
    )  # fmt: skip
    document = document.model_copy(update={"goals": scenario().goals[:1]})
    assert bool(committed(document)) == launched
