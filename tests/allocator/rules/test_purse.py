"""Who holds a budget, and how much each year: partners and pools, carry-over, credits that come back."""

from typing import Any

import pytest

from allocator.program.frame import Frame
from allocator.rules.purse import Purse, purses
from scenarios.document import Decommitment, Pool
from tests.allocator.rules.tiny import budgets, partners, scenario

YEARS = (2026, 2027, 2028)


def pool(**flags: bool) -> Pool:
    limits = {"commitment_limited": True, "payment_limited": False, "carry_over": False}
    return Pool(code="FONDS", label="FONDS", **{**limits, **flags})


def read(column: str = "commitment", **tables: Any) -> dict[str, Purse]:
    """Give the purses of a scenario by code."""
    return {purse.code: purse for purse in purses(Frame(scenario(**tables)), column)}  # type: ignore[arg-type]


def limits(purse: Purse) -> list[tuple[int, list[int], int]]:
    return [(year, sorted(summed), limit) for year, summed, limit in purse.limits]


def members(purse: Purse) -> list[str]:
    codes = sorted(partner.code for partner in partners())
    return [code for code, flag in zip(codes, purse.members.tolist(), strict=True) if flag]


def test_only_limited_holders_have_a_purse_sorted_by_code() -> None:
    found = read(
        partners=partners(
            REG={"commitment_limited": True}, COM={"commitment_limited": True}, DEP={"payment_limited": True}
        ),
        pools=(pool(),),
    )  # fmt: skip
    assert list(found) == ["COM", "FONDS", "REG"]
    assert members(found["COM"]) == ["COM"]


def test_each_year_stands_alone_without_carry_over() -> None:
    found = read(
        partners=partners(REG={"commitment_limited": True}), budgets=budgets("REG", amounts=[5, 7, 11]),
    )["REG"]  # fmt: skip
    assert limits(found) == [(2026, [2026], 5), (2027, [2027], 7), (2028, [2028], 11)]


def test_years_run_on_with_carry_over() -> None:
    found = read(
        partners=partners(REG={"commitment_limited": True, "carry_over": True}),
        budgets=budgets("REG", amounts=[5, 7, 11]),
    )["REG"]
    assert limits(found) == [(2026, [2026], 5), (2027, [2026, 2027], 12), (2028, [2026, 2027, 2028], 23)]


@pytest.mark.parametrize(("carry_over", "expected"), [(False, [5, 1111, 11]), (True, [5, 1116, 1127])])
def test_credits_that_come_back_are_added_to_their_year(carry_over: bool, expected: list[int]) -> None:
    back = [
        Decommitment(holder="REG", year=2027, amount=amount, reason="illustratif") for amount in (4, 1100)
    ]  # fmt: skip
    back.append(Decommitment(holder="DEP", year=2027, amount=9999, reason="illustratif"))
    found = read(
        partners=partners(REG={"commitment_limited": True, "carry_over": carry_over}),
        budgets=budgets("REG", amounts=[5, 7, 11]), decommitments=back,
    )["REG"]  # fmt: skip
    assert [limit for _, _, limit in found.limits] == expected


def test_a_pool_is_spent_by_its_members_and_by_nobody_else() -> None:
    found = read(
        partners=partners(
            REG={"pool": "FONDS"}, DEP={"pool": "FONDS", "commitment_limited": True}, ANRU={"pool": "AUTRE"}
        ),
        pools=(pool(),), budgets=budgets("FONDS", amounts=[1, 2, 3]),
    )  # fmt: skip
    assert members(found["FONDS"]) == ["DEP", "REG"]
    assert members(found["DEP"]) == ["DEP"]
    assert [limit for _, _, limit in found["FONDS"].limits] == [1, 2, 3]


def test_the_years_a_purse_sums_one_line_per_limit() -> None:
    found = read(partners=partners(REG={"commitment_limited": True, "carry_over": True}))["REG"]
    assert found.summed(range(2026, 2029)).tolist() == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    alone = read(partners=partners(REG={"commitment_limited": True}))["REG"]
    assert alone.summed(range(2026, 2029)).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_commitments_and_payments_are_two_columns() -> None:
    tables = {
        "partners": partners(REG={"commitment_limited": True, "payment_limited": True}),
        "budgets": [
            line.model_copy(update={"payment": 100 + i}) for i, line in enumerate(budgets("REG", amounts=[5, 7, 11]))
        ],
    }
    assert [limit for _, _, limit in read("commitment", **tables)["REG"].limits] == [5, 7, 11]
    assert [limit for _, _, limit in read("payment", **tables)["REG"].limits] == [100, 101, 102]
