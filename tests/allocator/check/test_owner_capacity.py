"""What an owner can bear of its operations."""

from scenarios.document import Scenario

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario


def two(**fields: int) -> Scenario:
    return scenario(
        operations=(operation(), operation("B", owner="BAILLEUR")),
        eligibilities=(eligibility("ANRU"), eligibility("VILLE", "B")),
        rules=(rule("owner_capacity", partner="VILLE", **fields),),
    )


def test_at_the_capacity_and_one_cent_above() -> None:
    document = two(amount=60_000)
    other = cells("B", VILLE=100_000)
    assert conforms(document, plan(document, cells(ANRU=40_000, VILLE=60_000) | other))
    violation = only(document, plan(document, cells(ANRU=39_999, VILLE=60_001) | other))
    assert (violation.family, violation.subject) == ("owner_capacity", ("R1", "VILLE"))
    assert (violation.found, violation.limit) == (60_001, 60_000)
    assert plain(violation.sentence) == ("Règle R1 : VILLE porte 600,01 € de ses opérations, au lieu de 600 € au plus.")


def test_a_year_is_one_of_payments() -> None:
    # Two thirds are paid the year after the launch.
    document = two(amount=40_000, year=2027)
    other = cells("B", VILLE=100_000)
    assert conforms(document, plan(document, cells(ANRU=40_000, VILLE=60_000) | other))
    violation = only(document, plan(document, cells(ANRU=39_999, VILLE=60_001) | other))
    assert violation.subject == ("R1", "VILLE", "2027")
    assert (violation.found, violation.limit) == (40_001, 40_000)
    assert plain(violation.sentence) == (
        "Règle R1 : VILLE paie 400,01 € de ses opérations en 2027, au lieu de 400 € au plus."
    )
