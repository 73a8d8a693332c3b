"""Which years come before completion, for profiles of one, two and three years."""

from fractions import Fraction

import pytest

from allocator.program.frame import Frame
from allocator.rules.early_payment import early_limits
from scenarios.document import AdvanceCeiling, InstalmentCeiling, ProfileShare

from .tiny import operation, plan_line, rule, scenario

SHARES = {"ONE": (1,), "TWO": (1, 1), "THREE": (2, 0, 2), "LATE": (0, 1), "ENDED": (1, 1, 0)}


@pytest.mark.parametrize(
    ("profile", "advance", "instalments"),
    [
        ("ONE", [], []),
        ("TWO", [2026], [2026]),
        ("THREE", [2026], [2026, 2027]),
        ("LATE", [2026], [2026]),
        ("ENDED", [2026], [2026]),
    ],
)
def test_years_before_completion(profile: str, advance: list[int], instalments: list[int]) -> None:
    document = scenario(
        profiles=[
            ProfileShare(profile=name, offset=offset, share=Fraction(share, sum(shares)))
            for name, shares in SHARES.items()
            for offset, share in enumerate(shares)
        ],
        operations=(operation(profile=profile),),
        rules=(
            rule("advance_ceiling", code="A", partner="REG", rate="1/2"),
            rule("instalment_ceiling", code="I", partner="REG", rate="1/2"),
        ),
    )
    frame = Frame(document)
    years = [
        [year for limit in early_limits(frame, kind) for year in limit.years]
        for kind in (AdvanceCeiling, InstalmentCeiling)
    ]
    assert years == [advance, instalments]


def test_a_fixed_plan_has_no_limit() -> None:
    document = scenario(
        operations=(operation(profile=None),), eligibilities=(),
        plans=(plan_line("REG", 2026, 600), plan_line("REG", 2027, 600)),
        rules=(rule("advance_ceiling", partner="REG", rate="1/2"),),
    )  # fmt: skip
    assert list(early_limits(Frame(document), AdvanceCeiling)) == []
