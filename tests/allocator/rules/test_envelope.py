"""K11: what partners commit to a part of the programme stays under an envelope, all years together."""

from typing import Any

import pytest

from scenarios.document import Envelope
from tests.allocator.rules.tiny import (
    VALUE,
    committed,
    eligibility,
    formulation,
    operation,
    scenario,
    wanted,
)

OPERATIONS = (
    operation("A", latest_start=2027),
    operation("B", nature="DEM"),
    operation("C", project="AUTRE", commune="C2"),
)
LINES = (eligibility("REG", "A"), eligibility("DEP", "A"), eligibility("REG", "B"), eligibility("REG", "C"))


def envelope(amount: int, **changes: Any) -> Envelope:
    return Envelope(**{"code": "ENV", "label": "ENV", "partners": ("REG",), "amount": amount, **changes})


@pytest.mark.parametrize(
    ("changes", "terms"),
    [
        ({}, "+1 commit|A|REG|2026 +1 commit|A|REG|2027 +1 commit|B|REG|2026 +1 commit|C|REG|2026"),
        ({"natures": ("DEM",)}, "+1 commit|B|REG|2026"),
        ({"projects": ("AUTRE",)}, "+1 commit|C|REG|2026"),
        ({"territories": ("NORD",)}, "+1 commit|A|REG|2026 +1 commit|A|REG|2027 +1 commit|B|REG|2026"),
        ({"territories": ("NORD",), "natures": ("AME",)}, "+1 commit|A|REG|2026 +1 commit|A|REG|2027"),
        (
            {"partners": ("DEP", "REG"), "territories": ("NORD", "SUD"), "natures": ("AME",), "projects": ("PRJ",)},
            "+1 commit|A|DEP|2026 +1 commit|A|REG|2026 +1 commit|A|DEP|2027 +1 commit|A|REG|2027",
        ),
        ({"partners": ("PRIV",)}, ""),
        ({"partners": ("COM",), "natures": ("DEM",)}, "+1 commit|B|COM|2026"),
    ],
)
def test_formulation(changes: dict[str, Any], terms: str) -> None:
    document = scenario(operations=OPERATIONS, eligibilities=LINES, envelopes=(envelope(500, **changes),))
    assert formulation(document, "envelope") == [f"envelope|ENV: {terms} <= 500"]


def test_formulation_sorts_envelopes_by_code() -> None:
    document = scenario(envelopes=(envelope(2, code="Z"), envelope(1, code="E")))
    assert formulation(document, "envelope") == [
        "envelope|E: +1 commit|OP|REG|2026 <= 1",
        "envelope|Z: +1 commit|OP|REG|2026 <= 2",
    ]


@pytest.mark.parametrize(("amount", "brought"), [(0, 0), (599, 599), (600, 600), (601, 600)])
def test_below_at_and_above_the_amount(amount: int, brought: int) -> None:
    document = scenario(envelopes=(envelope(amount),), references=wanted(REG=600, COM=600))
    expected = {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}
    assert committed(document) == {cell: cents for cell, cents in expected.items() if cents}


def test_partners_share_the_envelope() -> None:
    document = scenario(
        eligibilities=(eligibility("REG"), eligibility("DEP")), envelopes=(envelope(700, partners=("DEP", "REG")),),
        references=wanted(REG=600, DEP=600),
    )  # fmt: skip
    found = committed(document)
    assert found.get("OP|REG|2026", 0) + found.get("OP|DEP|2026", 0) == 700
    assert found["OP|COM|2026"] == 500


@pytest.mark.parametrize(("amount", "launched"), [(2399, {"A"}), (2400, {"A", "B"}), (2401, {"A", "B"})])
def test_operations_share_the_envelope_over_the_years(amount: int, launched: set[str]) -> None:
    operations = (operation("A", value=11), operation("B", earliest_start=2027, latest_start=2027))
    document = scenario(
        goals=(VALUE,), operations=operations, eligibilities=(), envelopes=(envelope(amount, partners=("COM",)),)
    )
    assert {cell.split("|")[0] for cell in committed(document)} == launched


def test_operations_outside_the_filters_do_not_count() -> None:
    document = scenario(
        operations=OPERATIONS, eligibilities=LINES, envelopes=(envelope(500, natures=("DEM",)),),
        references=[line for code in "ABC" for line in wanted(code, REG=1200)],
    )  # fmt: skip
    found = committed(document)
    assert (found["B|COM|2026"], found["B|REG|2026"]) == (700, 500)
    assert found["C|REG|2026"] == 1200
