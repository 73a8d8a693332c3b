"""K19: public aid to an undertaking over three rolling years, aids already received included."""

from datetime import date
from typing import Any

import pytest

from scenarios.document import PastAid
from tests.allocator.rules.tiny import (
    committed,
    derogation,
    eligibility,
    formulation,
    operation,
    partner,
    partners,
    rule,
    scenario,
    wanted,
)

PUBLIC = ("anru", "region", "departement", "commune")


def shop(code: str, year: int, owner: str = "PRIV") -> Any:
    return operation(code, owner=owner, earliest_start=year, latest_start=year)


def ceiling(amount: int, **fields: Any) -> Any:
    return rule("de_minimis", **{"amount": amount, "counts": PUBLIC, "owner_kinds": ("private",), **fields})


def past(day: str, amount: int, who: str = "PRIV") -> PastAid:
    return PastAid(partner=who, day=day, amount=amount, funder="illustratif")


def document(amount: int, *years: int, **tables: Any) -> Any:
    """One shop per year, to each of which the région would like to bring 400 cents of 1 200."""
    codes = {f"S{year}": year for year in years}
    fields: dict[str, Any] = {
        "last_year": 2029, "operations": tuple(shop(code, year) for code, year in codes.items()),
        "eligibilities": tuple(eligibility("REG", code) for code in codes), "rules": (ceiling(amount),),
        "references": tuple(line for code in codes for line in wanted(code, REG=400, PRIV=800)),
        "reference_date": "2026-06-30",
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def region(found: dict[str, int]) -> int:
    return sum(amount for name, amount in found.items() if "|REG|" in name)


def test_formulation() -> None:
    lines = document(1000, 2026, 2027, 2029, past_aids=(past("2024-05-01", 300), past("2025-05-01", 20)))
    assert formulation(lines, "de_minimis") == [
        "de_minimis|R|PRIV|2026: +1 commit|S2026|REG|2026 <= 680",
        "de_minimis|R|PRIV|2027: +1 commit|S2026|REG|2026 +1 commit|S2027|REG|2027 <= 680",
        "de_minimis|R|PRIV|2028: +1 commit|S2026|REG|2026 +1 commit|S2027|REG|2027 <= 980",
        "de_minimis|R|PRIV|2029: +1 commit|S2027|REG|2027 +1 commit|S2029|REG|2029 <= 1000",
    ]


@pytest.mark.parametrize(("amount", "brought"), [(1199, 1199), (1200, 1200), (1201, 1200)])
def test_three_years_add_up(amount: int, brought: int) -> None:
    assert region(committed(document(amount, 2026, 2027, 2028))) == brought


def test_the_fourth_year_starts_again() -> None:
    assert region(committed(document(400, 2026, 2029))) == 800
    assert region(committed(document(400, 2026, 2028))) == 400


@pytest.mark.parametrize(
    ("day", "year", "brought"),
    [
        ("2023-01-01", 2026, 400),
        ("2023-01-02", 2026, 100),
        ("2024-01-01", 2027, 400),
        ("2024-01-02", 2027, 100),
        ("2026-06-30", 2026, 100),
        ("2026-06-30", 2029, 100),
    ],
)
def test_an_aid_counts_until_it_is_three_years_old(day: str, year: int, brought: int) -> None:
    assert region(committed(document(400, year, past_aids=(past(day, 300),)))) == brought


@pytest.mark.parametrize(("received", "brought"), [(0, 400), (1, 399), (399, 1), (400, 0), (401, 0), (9999, 0)])
def test_below_at_and_above_what_is_left(received: int, brought: int) -> None:
    aids = (past("2025-01-01", received),)
    assert region(committed(document(400, 2026, past_aids=aids))) == brought


def test_undertakings_are_apart_and_their_own_money_is_no_aid() -> None:
    lines = document(
        400, partners=(*partners(), partner("PRIV2", "private")),
        operations=(shop("A", 2026), shop("B", 2026, "PRIV2")),
        eligibilities=(eligibility("REG", "A"), eligibility("REG", "B")), past_aids=(past("2025-01-01", 100),),
        rules=(ceiling(400, counts=(*PUBLIC, "private")),),
        references=(*wanted("A", REG=400, PRIV=800), *wanted("B", REG=400, PRIV2=800)),
    )  # fmt: skip
    found = committed(lines)
    assert (found["A|REG|2026"], found["B|REG|2026"]) == (300, 400)


def test_several_funders_add_up_and_others_do_not_count() -> None:
    lines = document(
        500, operations=(shop("A", 2026),),
        eligibilities=(eligibility("REG", "A"), eligibility("DEP", "A"), eligibility("LAND", "A")),
        references=wanted("A", REG=300, DEP=300, LAND=300, PRIV=300),
    )  # fmt: skip
    found = committed(lines)
    assert found["A|REG|2026"] + found["A|DEP|2026"] == 500
    assert found["A|LAND|2026"] >= 300


@pytest.mark.parametrize(
    "tables",
    [
        {"rules": (ceiling(10, natures=("DEM",)),), "operations": (shop("S2026", 2026), operation("B", nature="DEM"))},
        {"derogations": (derogation(operation="S2026"),)},
        {"rules": (ceiling(10, owner_kinds=("commune",)),), "operations": (shop("S2026", 2026), operation("B"))},
    ],
)
def test_filters_and_derogations(tables: dict[str, Any]) -> None:
    assert region(committed(document(10, 2026, **tables))) == 400


def test_the_day_of_the_month_of_an_aid_given_in_a_leap_year() -> None:
    assert past("2024-02-29", 1).day == date(2024, 2, 29)
    assert region(committed(document(400, 2027, past_aids=(past("2024-02-29", 300),)))) == 100
