"""What is refused of the rules about presence, dates, and aids over several years."""

from typing import Any

import pytest

from scenarios.checks import findings
from scenarios.document import PastAid
from tests.allocator.rules.tiny import VALUE, derogation, eligibility, operation, rule, scenario

TWO = (operation("A", mandatory=True), operation("B"))


def told(**tables: Any) -> list[tuple[str, str, str, str]]:
    lines = findings(scenario(**{"goals": (VALUE,), **tables}))
    return [(line.table, line.column, line.found, line.expected) for line in lines]


@pytest.mark.parametrize(
    ("fields", "column", "found"),
    [
        ({}, "amount", "ni taux ni montant"),
        ({"rate": "1/2"}, "base", "rien"),
        ({"base": "cost"}, "rate", "rien"),
        ({"rate": "1/2", "base": "cost", "amount": 1}, "amount", "un taux et un montant"),
        ({"rate": "1/2", "amount": 1}, "base", "rien"),
    ],
)
def test_a_sanction_is_a_rate_or_an_amount(fields: dict[str, Any], column: str, found: str) -> None:
    lines = told(rules=(rule("sanction", partner="REG", since="2026-01-01", **fields),))
    assert [line[1:3] for line in lines] == [(column, found)]


@pytest.mark.parametrize("fields", [{"rate": "1/2", "base": "cost"}, {"amount": 0}])
def test_a_complete_sanction_is_accepted(fields: dict[str, Any]) -> None:
    assert told(rules=(rule("sanction", partner="REG", since="2026-01-01", **fields),)) == []


@pytest.mark.parametrize(
    ("base", "eligibilities", "found"),
    [("incl_vat", (eligibility("REG"),), "operations"), ("eligible", (eligibility("REG"),), "eligibilities")],
)
def test_a_sanction_finds_its_base(base: str, eligibilities: tuple[Any, ...], found: str) -> None:
    sanction = rule("sanction", partner="REG", since="2026-01-01", rate="1/2", base=base)
    assert [line[0] for line in told(rules=(sanction,), eligibilities=eligibilities)] == [found]


@pytest.mark.parametrize(("amount", "refused"), [(0, True), (1, False)])
def test_a_ticket_asks_for_a_cent_at_least(amount: int, refused: bool) -> None:
    lines = told(rules=(rule("minimum_ticket", partner="REG", amount=amount),))
    assert lines == [("rules", "amount", "0", "un montant d'un centime au moins")] * refused


@pytest.mark.parametrize("kind", ["mixed_aid", "de_minimis"])
def test_aids_that_add_up_are_those_of_some_kinds(kind: str) -> None:
    lines = told(rules=(rule(kind, amount=1, counts=()),))
    assert [line[:2] for line in lines] == [("rules", "counts")]


def test_an_operation_does_not_need_itself_alone() -> None:
    alone = rule("needs", needed="A", timing="any_year", operations=("A",))
    lines = told(operations=TWO, eligibilities=(), rules=(alone,))
    assert lines == [
        ("rules", "operations", "aucune opération, « A » mise à part", "une opération au moins qui en a besoin")
    ]
    unknown = rule("needs", needed="Z", timing="any_year", operations=("A",))
    lines = told(operations=TWO, eligibilities=(), rules=(unknown,))
    assert [line[:3] for line in lines] == [("rules", "needed", "« Z »")]


def test_it_takes_two_to_exclude_each_other() -> None:
    lines = told(operations=TWO, eligibilities=(), rules=(rule("excludes", operations=("A",)),))
    assert lines == [("rules", "operations", "une seule opération", "deux opérations au moins, qui s'excluent")]
    both = rule("excludes", natures=("AME",))
    assert told(operations=TWO, eligibilities=(), rules=(both,)) == []
    lifted = derogation(operation="B")
    assert len(told(operations=TWO, eligibilities=(), rules=(both,), derogations=(lifted,))) == 1


def test_two_mandatory_operations_do_not_exclude_each_other() -> None:
    operations = (operation("A", mandatory=True), operation("B", mandatory=True), operation("C"))
    lines = told(operations=operations, eligibilities=(), rules=(rule("excludes", natures=("AME",)),))
    assert [line[3] for line in lines] == ["une seule opération obligatoire parmi celles qui s'excluent"]


@pytest.mark.parametrize(
    ("who", "day", "column"),
    [("COM", "2026-01-01", None), ("COM", "2026-01-02", "day"), ("PRIV", "2026-01-01", "partner")],
)
def test_past_aids_are_past_and_of_owners(who: str, day: str, column: str | None) -> None:
    aid = PastAid(partner=who, day=day, amount=1, funder="illustratif")
    assert [line[1] for line in told(past_aids=(aid,))] == ([] if column is None else [column])


def test_a_start_day_is_asked_of_every_line_the_rule_reads() -> None:
    lines = told(rules=(rule("start_before_decision", partner="REG"),))
    assert lines == [
        (
            "eligibilities",
            "start_allowed_from",
            "rien",
            "le jour où « REG » laisse commencer, dont se sert la règle « R »",
        )
    ]
