"""Reciprocal commitments: REG against DEP, on one operation of 1200 cents or on two together."""

import pytest

from scenarios.document import Lock, Scenario

from .tiny import committed, derogation, eligibility, formulation, operation, rule, scenario, wanted

BOTH = (eligibility("REG"), eligibility("DEP"))


def pair(sense: str, ratio: str = "1", *, together: bool = False, **fields: object) -> dict[str, object]:
    return {
        "partner": "REG", "counterparts": ("DEP",), "sense": sense, "ratio": ratio, "together": together, **fields
    }  # fmt: skip


def fixed(amount: int, partner: str = "DEP", code: str = "OP") -> Lock:
    return Lock(operation=code, partner=partner, sense="exactly", amount=amount, author="Comité", reason="illustratif")


def one(sense: str, ratio: str, other: int, wish: int) -> Scenario:
    return scenario(
        eligibilities=BOTH, rules=(rule("reciprocity", **pair(sense, ratio)),), locks=(fixed(other),),
        references=wanted(REG=wish, DEP=other, COM=1200 - other - wish),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sense", "row"),
    [
        ("at_most", "reciprocity|R|OP: -3 commit|OP|DEP|2026 +2 commit|OP|REG|2026 <= 0"),
        ("at_least", "reciprocity|R|OP: +3 commit|OP|DEP|2026 -2 commit|OP|REG|2026 <= 0"),
        ("exactly", "reciprocity|R|OP: -3 commit|OP|DEP|2026 +2 commit|OP|REG|2026 = 0"),
    ],
)
def test_formulation(sense: str, row: str) -> None:
    assert formulation(one(sense, "3/2", 0, 0), "reciprocity") == [row]


def launch(year: int) -> str:
    return f"-1 commit|OP|ANRU|{year} -1 commit|OP|DEP|{year} +1 commit|OP|REG|{year}"


def test_formulation_over_several_years_and_counterparts() -> None:
    document = scenario(
        operations=(operation(latest_start=2027),), eligibilities=(*BOTH, eligibility("ANRU")),
        rules=(rule("reciprocity", **{**pair("at_most"), "counterparts": ("DEP", "ANRU")}),),
    )  # fmt: skip
    assert formulation(document, "reciprocity") == [
        f"reciprocity|R|OP: {launch(2026)} {launch(2027)} <= 0",
    ]


def test_formulation_together() -> None:
    document = scenario(
        operations=(operation(), operation("B")), eligibilities=(*BOTH, eligibility("REG", "B")),
        rules=(rule("reciprocity", **pair("at_most", together=True)),),
    )  # fmt: skip
    assert formulation(document, "reciprocity") == [
        "reciprocity|R: +1 commit|B|REG|2026 -1 commit|OP|DEP|2026 +1 commit|OP|REG|2026 <= 0",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(299, 299), (300, 300), (301, 300)])
def test_at_most_as_much(wish: int, brought: int) -> None:
    assert committed(one("at_most", "1", 300, wish))["OP|REG|2026"] == brought


@pytest.mark.parametrize(("wish", "brought"), [(599, 600), (600, 600), (601, 601)])
def test_at_least_twice_as_much(wish: int, brought: int) -> None:
    assert committed(one("at_least", "2", 300, wish))["OP|REG|2026"] == brought


@pytest.mark.parametrize("wish", [0, 299, 300, 301, 900])
def test_parity(wish: int) -> None:
    assert committed(one("exactly", "1", 300, wish)) == {"OP|COM|2026": 600, "OP|DEP|2026": 300, "OP|REG|2026": 300}


@pytest.mark.parametrize(("other", "accepted"), [(300, {100}), (301, {100, 101}), (302, {100, 101})])
def test_an_equality_that_does_not_divide_holds_to_less_than_a_cent(other: int, accepted: set[int]) -> None:
    assert committed(one("exactly", "1/3", other, 0))["OP|REG|2026"] in accepted


def test_parity_gives_the_odd_cent_to_the_owner() -> None:
    # REG and DEP are wanted for all of 1201 cents: 600 each.
    document = scenario(
        operations=(operation(cost_excl_vat=1201),), eligibilities=BOTH,
        rules=(rule("reciprocity", **pair("exactly")),), references=wanted(REG=601, DEP=601),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1, "OP|DEP|2026": 600, "OP|REG|2026": 600}


def test_a_partner_without_its_counterpart_brings_nothing() -> None:
    document = scenario(rules=(rule("reciprocity", **pair("at_most")),), references=wanted(REG=500))
    assert committed(document) == {"OP|COM|2026": 1200}


def test_nothing_is_asked_where_the_bounded_side_is_not_eligible() -> None:
    document = scenario(eligibilities=(eligibility("DEP"),), rules=(rule("reciprocity", **pair("at_most")),))
    assert formulation(document, "reciprocity") == []
    document = scenario(
        eligibilities=(eligibility("DEP"),), rules=(rule("reciprocity", **pair("at_least")),), references=wanted(DEP=9)
    )
    assert committed(document) == {"OP|COM|2026": 1200}


@pytest.mark.parametrize(("wish", "brought"), [(299, 299), (300, 300), (301, 300)])
def test_together_an_operation_may_make_up_for_another(wish: int, brought: int) -> None:
    document = scenario(
        operations=(operation(), operation("B")), eligibilities=(*BOTH, eligibility("REG", "B")),
        rules=(rule("reciprocity", **pair("at_most", together=True)),), locks=(fixed(300),),
        references=(*wanted(DEP=300, COM=900), *wanted("B", REG=wish, COM=1200 - wish)),
    )  # fmt: skip
    assert committed(document)["B|REG|2026"] == brought


def test_the_owner_may_be_the_counterpart() -> None:
    document = scenario(
        rules=(rule("reciprocity", **{**pair("at_most", "2"), "counterparts": ("COM",)}),), references=wanted(REG=1200)
    )
    assert committed(document) == {"OP|COM|2026": 400, "OP|REG|2026": 800}


def test_a_derogation_lifts_it() -> None:
    document = one("at_most", "1", 300, 500).model_copy(update={"derogations": (derogation(operation="OP"),)})
    assert committed(document)["OP|REG|2026"] == 500
