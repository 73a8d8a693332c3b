"""K18: the aids to a syndicate and to its owners stay together under one maximum."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    committed,
    derogation,
    eligibility,
    formulation,
    operation,
    rule,
    scenario,
    wanted,
)

SYNDICATE = operation("SYND", nature="RCO")
OWNER = operation("LOT", nature="RCO", owner="PRIV")
BOTH = (eligibility("ANRU", "SYND"), eligibility("REG", "SYND"), eligibility("ANRU", "LOT"))
WISHES = (*wanted("SYND", ANRU=500, COM=700), *wanted("LOT", ANRU=300, PRIV=900))


def mixed(amount: int, **fields: Any) -> Any:
    return rule("mixed_aid", **{"amount": amount, "counts": ("anru", "private"), "natures": ("RCO",), **fields})


def document(*rules: Any, **tables: Any) -> Any:
    fields: dict[str, Any] = {"operations": (SYNDICATE, OWNER), "eligibilities": BOTH, "references": WISHES, **tables}
    return scenario(rules=rules, **fields)


def anru(found: dict[str, int]) -> int:
    return sum(amount for name, amount in found.items() if "|ANRU|" in name)


def test_formulation() -> None:
    # The owner of LOT is a private partner, whose own share is not an aid.
    assert formulation(document(mixed(700)), "mixed_aid") == [
        "mixed_aid|R: +1 commit|LOT|ANRU|2026 +1 commit|SYND|ANRU|2026 <= 700"
    ]


@pytest.mark.parametrize(("maximum", "brought"), [(0, 0), (799, 799), (800, 800), (801, 800)])
def test_below_at_and_above_the_maximum(maximum: int, brought: int) -> None:
    assert anru(committed(document(mixed(maximum)))) == brought


def test_only_the_kinds_counted_add_up() -> None:
    both = (*wanted("SYND", ANRU=500, REG=400, COM=300), *wanted("LOT", ANRU=300, PRIV=900))
    found = committed(document(mixed(800), references=both))
    assert (anru(found), found["SYND|REG|2026"]) == (800, 400)


@pytest.mark.parametrize(
    ("rules", "tables"),
    [
        ((mixed(100, operations=("SYND",)), ), {"derogations": (derogation(operation="SYND"),)}),
        ((mixed(300, operations=("LOT",)),), {}),
    ],
)  # fmt: skip
def test_filters_and_derogations(rules: tuple[Any, ...], tables: dict[str, Any]) -> None:
    assert anru(committed(document(*rules, **tables))) == 800


def test_the_maximum_is_not_reduced_with_the_part_launched() -> None:
    # An owner who renounces leaves the maximum of the whole works to the others (15-H IV).
    found = committed(document(mixed(500), operations=(SYNDICATE,), eligibilities=BOTH[:1], references=WISHES[:2]))
    assert anru(found) == 500
