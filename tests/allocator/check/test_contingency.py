"""Provisions kept on budgets."""

from fractions import Fraction

import pytest

from allocator.check import verify
from scenarios.document import Decommitment, Pool, Scenario

from .builder import PARTNERS, budget, cells, conforms, only, partner, plain, plan, rule, scenario


def kept(*, carry_over: bool = False, first: int = 40_000) -> Scenario:
    limits = {"commitment_limited": True, "carry_over": carry_over}
    others = [line for line in PARTNERS if line.code != "ANRU"]
    return scenario(
        partners=(partner("ANRU", "anru", **limits), *others),
        budgets=[budget("ANRU", 2026 + i, commitment=cents) for i, cents in enumerate((first, 40_000, 0, 0))],
        rules=(rule("contingency", holder="ANRU", rate=Fraction(1, 10)),),
    )


def test_at_what_may_be_shared_out_and_one_cent_above() -> None:
    document = kept()
    assert conforms(document, plan(document, cells(ANRU=36_000, VILLE=64_000)))
    violation = only(document, plan(document, cells(ANRU=36_001, VILLE=63_999)))
    assert (violation.family, violation.subject) == ("contingency", ("R1", "ANRU", "2026"))
    assert (violation.found, violation.limit) == (36_001, 36_000)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU engage 360,01 € (en 2026), au lieu de 360 € au plus, une provision de 10 % étant gardée sur "
        "400 €."
    )


@pytest.mark.parametrize(("amount", "right"), [(36_000, True), (36_001, False)])
def test_what_is_left_between_two_cents_is_rounded_down(amount: int, right: bool) -> None:
    # Nine tenths of 40 001 are 36 000.9.
    document = kept(first=40_001)
    assert conforms(document, plan(document, cells(ANRU=amount, VILLE=100_000 - amount))) == right


@pytest.mark.parametrize(("amount", "right"), [(72_000, True), (72_001, False)])
def test_with_carry_over_totals_run(amount: int, right: bool) -> None:
    document = kept(carry_over=True)
    found = verify(document, plan(document, cells(start=2027, ANRU=amount, VILLE=100_000 - amount)))
    assert [line.family for line in found] == ([] if right else ["contingency"] * 3)


def test_credits_recovered_are_kept_back_too() -> None:
    back = Decommitment(holder="ANRU", year=2026, amount=10_000, reason="illustratif")
    document = kept().model_copy(update={"decommitments": (back,)})
    assert conforms(document, plan(document, cells(ANRU=45_000, VILLE=55_000)))
    assert only(document, plan(document, cells(ANRU=45_001, VILLE=54_999))).family == "contingency"


def test_a_pool_keeps_a_provision_for_all_its_partners() -> None:
    pool = Pool(code="FONDS", label="Fonds", commitment_limited=True, payment_limited=False, carry_over=False)
    kinds = {"ANRU": "anru", "REGION": "region"}
    others = [line for line in PARTNERS if line.code not in kinds]
    document = scenario(
        pools=(pool,), partners=(*(partner(code, kind, pool="FONDS") for code, kind in kinds.items()), *others),
        budgets=[budget("FONDS", year, commitment=40_000) for year in range(2026, 2030)],
        rules=(rule("contingency", holder="FONDS", rate=Fraction(1, 10)),),
    )  # fmt: skip
    assert conforms(document, plan(document, cells(ANRU=18_000, REGION=18_000, VILLE=64_000)))
    assert only(document, plan(document, cells(ANRU=18_000, REGION=18_001, VILLE=63_999))).limit == 36_000
