"""Envelopes over several years and their filters."""

from typing import Any

import pytest

from scenarios.document import Envelope, Scenario

from .builder import cells, conforms, eligibility, only, operation, plain, plan, scenario


def capped(**filters: Any) -> Scenario:
    """Cap what ANRU and REGION bring together at 50 000 cents."""
    envelope = Envelope(**{"code": "E1", "label": "E1", "partners": ("ANRU", "REGION"), "amount": 50_000, **filters})
    return scenario(
        operations=(
            operation(divisible=True),
            operation("OQ", nature="AME", project="PR2", commune="C2", divisible=True),
        ),
        eligibilities=tuple(eligibility(partner, code) for code in ("OP", "OQ") for partner in ("ANRU", "REGION")),
        envelopes=(envelope,),
    )


def test_within_the_envelope_and_one_cent_over() -> None:
    document = capped()
    committed = (
        cells(ANRU=10_000, VILLE=5)
        | cells(start=2027, REGION=15_000, VILLE=5)
        | cells("OQ", ANRU=20_000, REGION=5_000, VILLE=40_000)
    )
    assert conforms(document, plan(document, committed))
    violation = only(document, plan(document, committed | cells("OQ", ANRU=20_001, REGION=5_000, VILLE=39_999)))
    assert (violation.family, violation.subject) == ("envelope", ("E1", "ANRU", "REGION"))
    assert (violation.found, violation.limit) == (50_001, 50_000)
    assert plain(violation.sentence) == "Enveloppe E1 : ANRU, REGION y engagent 500,01 €, au lieu de 500 € au plus."


@pytest.mark.parametrize(
    "filters",
    [
        {"natures": ("DEM",)},
        {"territories": ("T1",)},
        {"projects": ("PR1",)},
        {"natures": ("DEM", "EQP"), "territories": ("T1",), "projects": ("PR1",)},
    ],
)
def test_an_operation_counts_when_it_meets_every_filter(filters: dict[str, Any]) -> None:
    document = capped(**filters)
    outside = cells("OQ", ANRU=100_000)
    assert conforms(document, plan(document, outside | cells(ANRU=50_000)))
    assert only(document, plan(document, outside | cells(ANRU=50_001))).found == 50_001


def test_an_operation_that_misses_one_filter_does_not_count() -> None:
    document = capped(natures=("DEM",), territories=("T2",))
    assert conforms(document, plan(document, cells(ANRU=100_000) | cells("OQ", ANRU=100_000)))
