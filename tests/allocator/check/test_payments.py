"""Payments sum to commitments and follow the profile."""

from fractions import Fraction

import pytest

from allocator.check import verify
from scenarios.document import ProfileShare

from .builder import cells, conforms, families, operation, plain, plan, scenario


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
