"""Payments sum to commitments and follow the profile."""

from fractions import Fraction

import pytest

from allocator.check import verify
from scenarios.document import ProfileShare, Scenario

from .builder import PARTNERS, cells, conforms, families, operation, partner, plain, plan, plan_line, scenario


def test_payments_sum_to_the_commitment() -> None:
    document = scenario()
    payments = {("OP", "VILLE", 2026, 2026): 33_333, ("OP", "VILLE", 2026, 2027): 66_667}
    assert conforms(document, plan(document, cells(VILLE=100_000), payments=payments))
    payments["OP", "VILLE", 2026, 2027] = 66_666
    violation = verify(document, plan(document, cells(VILLE=100_000), payments=payments))[0]
    assert (violation.family, violation.subject) == ("payments", ("OP", "VILLE", "2026"))
    assert (violation.found, violation.limit) == (99_999, 100_000)
    assert plain(violation.sentence) == (
        "VILLE paie 999,99 € en tout pour l'opération OP lancée en 2026, et s'engage pour 1 000 €."
    )


@pytest.mark.parametrize(("first", "kept"), [(33_332, False), (33_333, True), (33_334, True), (33_335, False)])
def test_the_profile_is_followed_within_a_cent(first: int, kept: bool) -> None:
    document = scenario()
    payments = {("OP", "VILLE", 2026, 2026): first, ("OP", "VILLE", 2026, 2027): 100_000 - first}
    allocation = plan(document, cells(VILLE=100_000), payments=payments)
    assert conforms(document, allocation) == kept
    if not kept:
        assert families(document, allocation) == {"payments"}
        violation = verify(document, allocation)[0]
        assert (violation.found, violation.limit) == (first, Fraction(100_000, 3))
        amount = "333,32" if first == 33_332 else "333,35"
        assert plain(violation.sentence) == (
            f"VILLE paie {amount} € en 2026 pour l'opération OP lancée en 2026, au lieu de 333,33 € ou 333,34 € selon "
            "le profil de paiement (≈ 33,33 % de 1 000 €)."
        )


@pytest.mark.parametrize(("first", "kept"), [(30_000, True), (29_999, False), (30_001, False)])
def test_a_share_worth_whole_cents_is_exact(first: int, kept: bool) -> None:
    document = scenario()
    payments = {
        ("OP", "ANRU", 2026, 2026): first,
        ("OP", "ANRU", 2026, 2027): 90_000 - first,
        ("OP", "VILLE", 2026, 2026): 3_333,
        ("OP", "VILLE", 2026, 2027): 6_667,
    }
    assert conforms(document, plan(document, cells(ANRU=90_000, VILLE=10_000), payments=payments)) == kept


@pytest.mark.parametrize("year", [2028, 2025])
def test_nothing_is_paid_outside_the_profile(year: int) -> None:
    document = scenario(first_year=2024)
    payments = {
        ("OP", "VILLE", 2026, 2026): 33_333,
        ("OP", "VILLE", 2026, 2027): 66_666,
        ("OP", "VILLE", 2026, year): 1,
    }
    violation = verify(document, plan(document, cells(VILLE=100_000), payments=payments))[0]
    assert (violation.subject, violation.found, violation.limit) == (("OP", "VILLE", "2026", str(year)), 1, 0)


def test_a_payment_without_commitment() -> None:
    document = scenario()
    payments = {("OP", "ANRU", 2026, 2026): 1}
    assert ("payments", ("OP", "ANRU", "2026")) in {
        (violation.family, violation.subject) for violation in verify(document, plan(document, {}, payments=payments))
    }


def test_each_launch_is_paid_from_its_own_start() -> None:
    document = scenario(operations=(operation(divisible=True),))
    committed = cells(VILLE=30_000) | cells(start=2027, VILLE=60_000)
    assert conforms(document, plan(document, committed))
    shifted = {
        ("OP", "VILLE", 2026, 2026): 10_000,
        ("OP", "VILLE", 2026, 2027): 20_000,
        ("OP", "VILLE", 2027, 2026): 20_000,
        ("OP", "VILLE", 2027, 2027): 40_000,
    }
    assert families(document, plan(document, committed, payments=shifted)) == {"payments"}


def test_a_share_of_zero_pays_nothing() -> None:
    profile = (
        ProfileShare(profile="P", offset=0, share=Fraction(0)),
        ProfileShare(profile="P", offset=1, share=Fraction(1)),
    )
    document = scenario(profiles=profile)
    whole = {("OP", "VILLE", 2026, 2027): 100_000}
    assert conforms(document, plan(document, cells(VILLE=100_000), payments=whole))
    early = {("OP", "VILLE", 2026, 2026): 1, ("OP", "VILLE", 2026, 2027): 99_999}
    assert not conforms(document, plan(document, cells(VILLE=100_000), payments=early))


@pytest.mark.parametrize("profile", [None, "INCONNU"])
def test_a_missing_profile_is_an_error(profile: str | None) -> None:
    document = scenario(operations=(operation(profile=profile),))
    with pytest.raises(ValueError, match="OP: neither a payment profile nor a fixed plan"):
        conforms(document, plan(document, cells(VILLE=100_000)))


def free(**tables: object) -> Scenario:
    """VILLE pays freely, the other partners by the profile."""
    others = tuple(line for line in PARTNERS if line.code != "VILLE")
    return scenario(partners=(*others, partner("VILLE", "commune", payments="free")), **tables)


@pytest.mark.parametrize(
    "payments", [{2026: 100_000}, {2029: 100_000}, {2026: 1, 2027: 2, 2028: 99_997}, {2026: 33_333, 2027: 66_667}]
)
def test_free_payments_follow_no_profile(payments: dict[int, int]) -> None:
    lines = {("OP", "VILLE", 2026, year): amount for year, amount in payments.items()}
    assert conforms(free(), plan(free(), cells(VILLE=100_000), payments=lines))


@pytest.mark.parametrize(("amount", "kept"), [(66_666, False), (66_667, True), (66_668, False)])
def test_free_payments_sum_to_the_commitment(amount: int, kept: bool) -> None:
    lines = {("OP", "VILLE", 2026, 2026): 33_333, ("OP", "VILLE", 2026, 2029): amount}
    assert conforms(free(), plan(free(), cells(VILLE=100_000), payments=lines)) == kept


@pytest.mark.parametrize(("year", "kept"), [(2025, False), (2026, True), (2029, True), (2030, False)])
def test_free_payments_fall_between_the_launch_and_the_end_of_the_horizon(year: int, kept: bool) -> None:
    document = free(first_year=2024)
    allocation = plan(document, cells(VILLE=100_000), payments={("OP", "VILLE", 2026, year): 100_000})
    assert conforms(document, allocation) == kept
    if year < 2026:
        violation = verify(document, allocation)[0]
        assert (violation.subject, violation.found, violation.limit) == (("OP", "VILLE", "2026", "2025"), 100_000, 0)
        assert plain(violation.sentence) == (
            "VILLE paie 1 000 € en 2025 pour l'opération OP, qui n'est lancée qu'en 2026."
        )


def test_the_other_partners_still_follow_the_profile() -> None:
    document = free()
    lines = {("OP", "ANRU", 2026, 2026): 30_000, ("OP", "VILLE", 2026, 2026): 70_000}
    assert families(document, plan(document, cells(ANRU=30_000, VILLE=70_000), payments=lines)) == {"payments"}


def test_a_fixed_plan_of_a_free_partner_is_paid_as_it_says() -> None:
    document = free(
        operations=(operation(profile=None),),
        plans=(plan_line("VILLE", 2026, 40_000), plan_line("VILLE", 2027, 60_000)),
    )
    assert conforms(document, plan(document, cells(VILLE=100_000)))
    moved = {("OP", "VILLE", 2026, 2026): 60_000, ("OP", "VILLE", 2026, 2027): 40_000}
    assert families(document, plan(document, cells(VILLE=100_000), payments=moved)) == {"fixed_plan"}
