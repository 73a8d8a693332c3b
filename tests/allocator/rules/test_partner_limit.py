"""At most n partners bring money to an operation."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    derogation,
    eligibility,
    formulation,
    limited,
    operation,
    plan_line,
    rule,
    scenario,
    wanted,
)

THREE = tuple(eligibility(name, presence="optional") for name in ("ANRU", "DEP", "REG"))
WISHES = wanted(ANRU=100, DEP=200, REG=300, COM=600)


def limit(most: int, owner_counted: bool = False, **fields: Any) -> Any:
    return rule("partner_limit", most=most, owner_counted=owner_counted, **fields)


def partners_of(document: Any) -> set[str]:
    return {name.split("|")[1] for name in committed(document)}


def test_formulation() -> None:
    document = scenario(eligibilities=THREE, rules=(limit(1, counts=("region", "departement")),))
    assert formulation(document, "partner_limit") == ["partner_limit|R|OP: +1 brings|OP|DEP +1 brings|OP|REG <= 1"]
    document = scenario(eligibilities=THREE[:1], rules=(limit(1, owner_counted=True),))
    assert formulation(document, "partner_limit") == ["partner_limit|R|OP: +1 brings|OP|ANRU +1 brings|OP|COM <= 1"]


@pytest.mark.parametrize(
    ("most", "kept"),
    [(0, {"COM"}), (1, {"COM", "REG"}), (2, {"COM", "DEP", "REG"}), (3, {"ANRU", "COM", "DEP", "REG"})],
)
def test_the_smallest_wishes_give_way(most: int, kept: set[str]) -> None:
    document = scenario(eligibilities=THREE, rules=(limit(most),), references=WISHES)
    assert partners_of(document) == kept


@pytest.mark.parametrize(
    ("most", "kept"),
    [(1, {"COM"}), (2, {"COM", "REG"}), (3, {"COM", "DEP", "REG"}), (4, {"ANRU", "COM", "DEP", "REG"})],
)
def test_the_owner_may_be_counted(most: int, kept: set[str]) -> None:
    document = scenario(eligibilities=THREE, rules=(limit(most, owner_counted=True),), references=WISHES)
    assert partners_of(document) == kept


def test_a_partner_present_in_two_years_counts_once() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),), eligibilities=THREE,
        rules=(limit(1),), partners=limited("ANRU", "DEP", "REG", "COM"),
        budgets=[*budgets("REG", amounts=[600, 600, 0]), *budgets("COM", amounts=[0, 0, 0]),
                 *budgets("ANRU", amounts=[500, 0, 0]), *budgets("DEP", amounts=[0, 500, 0])],
    )  # fmt: skip
    assert committed(document) == {"OP|REG|2026": 600, "OP|REG|2027": 600}


def test_partners_of_other_kinds_are_not_counted() -> None:
    document = scenario(eligibilities=THREE, rules=(limit(0, counts=("anru",)),), references=WISHES)
    assert partners_of(document) == {"COM", "DEP", "REG"}


@pytest.mark.parametrize(("most", "launched"), [(1, False), (2, True), (3, True)])
def test_a_fixed_plan_has_its_partners(most: int, launched: bool) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(profile=None),), eligibilities=(),
        rules=(limit(most, owner_counted=True),),
        plans=(plan_line("REG", 2026, 500), plan_line("COM", 2026, 700)),
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2026": 700, "OP|REG|2026": 500} if launched else {})


def test_a_derogation_lifts_it() -> None:
    document = scenario(
        eligibilities=THREE, rules=(limit(0),), references=WISHES, derogations=(derogation(operation="OP"),)
    )
    assert partners_of(document) == {"ANRU", "COM", "DEP", "REG"}
