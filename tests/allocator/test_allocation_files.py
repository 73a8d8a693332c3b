"""An allocation written on disk is read back unchanged, and nothing else is read."""

import csv
import json
from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocator.allocation import (
    Allocation,
    Commitment,
    EngineRecord,
    GoalReached,
    Launch,
    Payment,
    RoundingStep,
    Settled,
)
from allocator.allocation_files import AllocationUnreadable, document, read, write
from scenarios.document import GoalKind

codes = st.text("ABCé,\"\n'0", min_size=1, max_size=5)
years = st.integers(1990, 2100)
cents = st.integers(0, 5_000_000_000_000)
exact = st.fractions(max_denominator=10**12)
settled = st.lists(st.builds(Settled, codes, exact), max_size=2).map(tuple)
goals = st.builds(GoalReached, st.sampled_from(GoalKind), exact, st.none() | exact, st.none() | exact, settled)
allocations = st.builds(
    Allocation,
    scenario=codes,
    fingerprint=codes,
    launches=st.lists(st.builds(Launch, codes, years, cents), max_size=3).map(tuple),
    commitments=st.lists(st.builds(Commitment, codes, codes, years, cents), max_size=3).map(tuple),
    payments=st.lists(st.builds(Payment, codes, codes, years, years, cents), max_size=3).map(tuple),
    goals=st.lists(goals, max_size=3).map(tuple),
    tie_break=codes,
    unique=st.booleans(),
    engine=st.builds(EngineRecord, codes, codes, st.lists(st.tuples(codes, codes), max_size=2).map(tuple)),
    rounding=st.lists(st.builds(RoundingStep, codes, codes, years, exact, cents), max_size=3).map(tuple),
)

ALLOCATION = Allocation(
    scenario="essai",
    fingerprint="0" * 64,
    launches=(Launch("A", 2026, 12_345),),
    commitments=(Commitment("A", "P", 2026, 12_345),),
    payments=(Payment("A", "P", 2026, 2027, 12_345),),
    goals=(
        GoalReached(GoalKind.PRIORITY_VALUE, Fraction(1, 3), Fraction(2)),
        GoalReached(GoalKind.EQUAL_EFFORT, Fraction(1, 3), None, Fraction(1, 2), (Settled("P", Fraction(1, 3)),)),
    ),
    tie_break="1.0",
    unique=True,
    engine=EngineRecord("highs", "1.16.0", (("threads", "1"),)),
    rounding=(RoundingStep("A", "P", 2026, Fraction(24_691, 2), 12_345),),
)


@given(allocations)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_allocation_is_read_back_unchanged(tmp_path: Path, allocation: Allocation) -> None:
    write(allocation, tmp_path)
    assert read(tmp_path) == allocation
    assert read(tmp_path / "allocation.json") == allocation


def test_the_document_holds_integer_cents_and_fractions_as_text() -> None:
    values = document(ALLOCATION)
    assert set(values) == {"format_version", *(field.name for field in fields(Allocation))}
    assert values["commitments"] == [{"operation": "A", "partner": "P", "start": 2026, "amount": 12_345}]
    assert values["goals"] == [
        {"kind": "priority_value", "value": "1/3", "proven": "2/1", "best": None, "settled": []},
        {
            "kind": "equal_effort", "value": "1/3", "proven": None, "best": "1/2",
            "settled": [{"member": "P", "rate": "1/3"}],
        },
    ]  # fmt: skip
    assert values["rounding"][0]["exact"] == "24691/2"


def test_the_same_allocation_makes_the_same_bytes(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write(ALLOCATION, tmp_path / "a")}
    second = {path.name: path.read_bytes() for path in write(ALLOCATION, tmp_path / "b")}
    assert first == second


def test_tables_are_in_euros(tmp_path: Path) -> None:
    write(ALLOCATION, tmp_path)
    with (tmp_path / "payments.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert rows == [{"operation": "A", "partner": "P", "start": "2026", "year": "2027", "amount": "123.45"}]


def test_former_files_are_replaced_and_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")
    (tmp_path / "allocation.json").write_text("ancien", encoding="utf-8")
    write(ALLOCATION, tmp_path)
    assert read(tmp_path) == ALLOCATION
    assert {path.name for path in tmp_path.iterdir()} == {
        "allocation.json", "commitments.csv", "launches.csv", "notes.txt", "payments.csv",
    }  # fmt: skip


@pytest.mark.parametrize(
    "spoil",
    [
        lambda values: values.update(extra=1),
        lambda values: values.pop("unique"),
        lambda values: values.update(format_version=1),
        lambda values: values["launches"][0].update(extra=1),
        lambda values: values["launches"][0].update(funded=12_345.0),
        lambda values: values["launches"][0].update(funded="12345"),
        lambda values: values["launches"][0].update(funded=True),
        lambda values: values["goals"][0].update(value="2/6"),
        lambda values: values["goals"][0].update(kind="other"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, spoil: Callable[[dict[str, Any]], object]) -> None:
    values = document(ALLOCATION)
    spoil(values)
    path = tmp_path / "allocation.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(AllocationUnreadable, match="ne contient pas une répartition écrite par ce programme"):
        read(path)


@pytest.mark.parametrize("text", ["", "[1]", "null", "{", '{"scenario": "essai"}', "\udcff"])
def test_what_is_not_a_document_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "allocation.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(AllocationUnreadable):
        read(path)
