"""What is said of rules on several partners or operations that are incomplete or bear on nobody."""

from typing import Any

import pytest

from scenarios.checks import findings
from scenarios.document import Loan, Scenario
from tests.allocator.rules.tiny import budgets, eligibility, limited, operation, rule, scenario

PAIR = {"partner": "REG", "counterparts": ("DEP",), "sense": "at_most", "ratio": "1", "together": True}


def said(kind: str, fields: dict[str, Any], **tables: Any) -> list[tuple[str, str | None, str, str]]:
    document: Scenario = scenario(rules=(rule(kind, **fields),), goals=scenario().goals[:1], **tables)
    return [(line.table, line.column, line.found, line.expected) for line in findings(document)]


@pytest.mark.parametrize(
    ("kind", "fields", "column", "found"),
    [
        ("transfer_contribution", {"rate": "1/2", "counts": ()}, "counts", "aucune famille de partenaires"),
        ("transfer_contribution", {"rate": "1", "counts": ("epci",)}, "rate", "1"),
        (
            "matching_top_up", {"partner": "REG", "rate": "1/4", "base": "cost", "counts": ()}, "counts",
            "aucune famille de partenaires",
        ),
        (
            "matching_top_up", {"partner": "REG", "rate": "0.123457", "base": "cost", "counts": ("epci",)}, "rate",
            "123457/1000000",
        ),
        ("reciprocity", {**PAIR, "counterparts": ()}, "counterparts", "aucun partenaire"),
        ("reciprocity", {**PAIR, "counterparts": ("DEP", "REG")}, "counterparts", "« DEP », « REG »"),
        ("reciprocity", {**PAIR, "counterparts": ("DEPT",)}, "counterparts", "« DEPT »"),
        ("reserved_share", {"partner": "REG", "rate": "1/2"}, "reserved_natures", "ni nature ni territoire"),
        (
            "reserved_share", {"partner": "REG", "rate": "1/2", "reserved_natures": ("AMES",)}, "reserved_natures",
            "« AMES »",
        ),
        ("grant_equivalent", {"partners": (), "amount": 5}, "partners", "aucun partenaire"),
        ("grant_equivalent", {"partners": ("REGION",), "amount": 5}, "partners", "« REGION »"),
        (
            "owner_capacity", {"partner": "REG", "amount": 5}, "partner",
            "« REG », qui n'est maître d'ouvrage d'aucune opération",
        ),
        ("owner_capacity", {"partner": "COM", "amount": 5, "year": 2029}, "year", "2029"),
        (
            "contingency", {"holder": "REG", "rate": "1/10"}, "holder",
            "« REG », dont les engagements ne sont pas limités",
        ),
        ("contingency", {"holder": "FONDS", "rate": "1/10"}, "holder", "« FONDS »"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(kind: str, fields: dict[str, Any], column: str, found: str) -> None:
    (line,) = said(kind, fields)
    assert line[:3] == ("rules", column, found)


def test_a_provision_has_no_scope() -> None:
    (line,) = said(
        "contingency", {"holder": "REG", "rate": "1/10", "natures": ("AME",)}, partners=limited("REG"),
        budgets=budgets("REG", amounts=[1, 1, 1]),
    )  # fmt: skip
    assert line[1:] == ("natures", "« AME »", "rien : une provision se garde sur tout le budget")


@pytest.mark.parametrize(("rate", "expected"), [(None, 1), ("0", 0), ("1/10", 0)])
def test_a_loan_counted_needs_its_equivalent(rate: str | None, expected: int) -> None:
    loan = Loan(operation="OP", partner="PRIV", amount=100, label="illustratif", grant_equivalent=rate)
    found = said("grant_equivalent", {"partners": ("REG", "PRIV"), "amount": 5}, loans=(loan,))
    assert [line[:3] for line in found] == [("loans", "grant_equivalent", "rien")] * expected


@pytest.mark.parametrize(("presence", "expected"), [("required", 0), ("optional", 1)])
def test_a_priority_adds_up_what_its_partner_funds(presence: str, expected: int) -> None:
    found = said(
        "priority_share", {"partner": "REG", "rate": "1/4", "base": "excl_vat"},
        eligibilities=(eligibility("REG", presence=presence),),
    )  # fmt: skip
    assert [line[:3] for line in found] == [
        ("rules", "partner", "« REG », dont la participation est facultative à « OP »")
    ] * expected


@pytest.mark.parametrize("kind", ["priority_share", "matching_top_up"])
def test_a_missing_base_is_named(kind: str) -> None:
    fields = {"partner": "REG", "rate": "1/4", "base": "incl_vat"}
    fields.update({"counts": ("epci",)} if kind == "matching_top_up" else {})
    found = said(kind, fields, operations=(operation(),))
    assert [line[:3] for line in found] == [("operations", "cost_incl_vat", "rien")]
