"""Syndicate and owners under one maximum."""

import pytest

from .builder import cells, eligibility, families, only, operation, plain, plan, rule, scenario


def document(maximum: int):  # type: ignore[no-untyped-def] # the scenario of every test below
    return scenario(
        operations=(operation("LOT", owner="PRIVE"), operation("SYND"), operation("Z", nature="AME")),
        eligibilities=tuple(eligibility("ANRU", code) for code in ("LOT", "SYND", "Z")),
        rules=(rule("mixed_aid", amount=maximum, counts=("anru", "private"), natures=("DEM",)),),
    )  # fmt: skip


COMMITTED = cells("LOT", ANRU=10_000, PRIVE=90_000) | cells("SYND", 2027, ANRU=20_000, VILLE=80_000)


@pytest.mark.parametrize(("maximum", "broken"), [(30_001, set()), (30_000, set()), (29_999, {"mixed_aid"})])
def test_at_the_maximum_and_one_cent_more(maximum: int, broken: set[str]) -> None:
    base = document(maximum)
    assert families(base, plan(base, COMMITTED)) == broken


def test_the_violation_and_what_is_not_concerned() -> None:
    base = document(29_999)
    violation = only(base, plan(base, COMMITTED | cells("Z", ANRU=100_000)))
    assert (violation.subject, violation.found, violation.limit) == (("R1", "LOT", "SYND"), 30_000, 29_999)
    assert plain(violation.sentence) == (
        "Règle R1 : les opérations LOT, SYND reçoivent ensemble 300 € d'aides, au lieu de 299,99 € au plus."
    )
