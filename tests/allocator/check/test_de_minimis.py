"""Three rolling years of public aid."""

import pytest

from allocator.check import verify
from scenarios.document import PastAid, Scenario

from .builder import cells, conforms, eligibility, operation, plain, plan, rule, scenario


def document(amount: int, *past: tuple[str, int]) -> Scenario:
    return scenario(
        operations=tuple(operation(f"A{year}", owner="PRIVE", latest_start=2028) for year in (1, 2)),
        eligibilities=tuple(eligibility(who, f"A{year}") for year in (1, 2) for who in ("ANRU", "REGION")),
        rules=(rule("de_minimis", amount=amount, counts=("anru", "region", "private")),),
        past_aids=tuple(PastAid(partner="PRIVE", day=day, amount=cents, funder="illustratif") for day, cents in past),
    )  # fmt: skip


def two(first: int, second: int) -> dict[tuple[str, str, int], int]:
    return cells("A1", first, ANRU=10_000, REGION=5_000, PRIVE=85_000) | cells("A2", second, ANRU=20_000, PRIVE=80_000)


@pytest.mark.parametrize(("amount", "kept"), [(34_999, False), (35_000, True), (35_001, True)])
def test_at_the_ceiling_and_one_cent_more(amount: int, kept: bool) -> None:
    base = document(amount)
    assert conforms(base, plan(base, two(2026, 2028))) == kept


def test_the_violation() -> None:
    base = document(36_000, ("2025-03-01", 1_001))
    violation, again = verify(base, plan(base, two(2026, 2027)))
    assert again.subject == ("R1", "PRIVE", "2028")
    assert (violation.family, violation.subject) == ("de_minimis", ("R1", "PRIVE", "2027"))
    assert (violation.found, violation.limit) == (36_001, 36_000)
    assert plain(violation.sentence) == (
        "Règle R1 : PRIVE reçoit 360,01 € d'aides sur les trois années finissant en 2027, dont 10,01 € déjà reçus, "
        "au lieu de 360 € au plus."
    )


@pytest.mark.parametrize(("day", "kept"), [("2023-01-01", True), ("2023-01-02", False), ("2026-01-01", False)])
def test_until_an_aid_is_three_years_old(day: str, kept: bool) -> None:
    base = document(15_000, (day, 1))
    assert conforms(base, plan(base, cells("A1", ANRU=10_000, REGION=5_000, PRIVE=85_000))) == kept


def test_an_undertaking_beyond_its_ceiling_receives_nothing_more() -> None:
    base = document(100, ("2025-01-01", 101))
    assert conforms(base, plan(base, cells("A1", PRIVE=100_000)))
    refused = verify(base, plan(base, cells("A1", ANRU=1, PRIVE=99_999)))
    assert [(line.subject[2], line.found) for line in refused] == [("2026", 102), ("2027", 102)]
