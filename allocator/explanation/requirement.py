"""What a plan must meet, one requirement at a time as the committee names it: a rule on an operation, a yearly budget.

A requirement gathers the rows of the program that say the same thing: the three inequalities of a flat aid, the
partners and start years of one rule on one operation. What defines the plan itself (coverage, fixed plans, a single
launch) is no requirement: nobody can give it up.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from allocator.program.program import Program, Rows


class Kind(StrEnum):
    """What can be asked of whom: a rule, one year of a purse, an envelope, a decision taken, an operation to fund.

    OTHERS: that the other operations keep what a plan gives them, under their own rules.
    """

    RULE = "rule"
    COMMITMENT_BUDGET = "commitment_budget"
    PAYMENT_BUDGET = "payment_budget"
    ENVELOPE = "envelope"
    LOCK = "lock"
    LOAN = "loan"
    MANDATORY = "mandatory"
    OTHERS = "others"


@dataclass(frozen=True)
class Requirement:
    """One requirement: its kind, the codes that name it and its rows.

    ``codes``: rule and operation (the operation is absent from a rule over several ones), holder and year, envelope,
    sense, operation and partner of a lock, operation, nothing for OTHERS. ``negotiable``: the committee can decide to
    change it.
    """

    kind: Kind
    codes: tuple[str, ...]
    rows: tuple[int, ...]
    negotiable: bool

    @property
    def key(self) -> tuple[str, ...]:
        """What names the requirement in a scenario, the same in two programs of close scenarios."""
        return (self.kind.value, *self.codes)


_OWN_KINDS = {kind.value: kind for kind in Kind if kind not in (Kind.RULE, Kind.OTHERS)}

_DECIDED = {Kind.COMMITMENT_BUDGET, Kind.PAYMENT_BUDGET, Kind.ENVELOPE, Kind.LOCK}
"""Kinds the committee or one of its members can always decide to change."""


def requirements(program: Program) -> tuple[Requirement, ...]:
    """Return every requirement of a program, sorted by key."""
    rules = {rule.code: rule.negotiable for rule in program.frame.scenario.rules}
    rows: dict[tuple[Kind, tuple[str, ...]], list[int]] = defaultdict(list)
    first = 0
    for group in program.row_groups:
        for row, codes in enumerate(_codes(group)):
            named = _named(group.family, codes, rules, program)
            if named is not None:
                rows[named].append(first + row)
        first += len(group)
    return tuple(
        Requirement(kind, codes, tuple(rows[kind, codes]), rules[codes[0]] if kind is Kind.RULE else kind in _DECIDED)
        for kind, codes in sorted(rows)
    )


def _codes(group: Rows) -> list[tuple[str, ...]]:
    return [tuple(str(part) for part in names) for names in zip(*group.names, strict=True)]


def _named(
    family: str, codes: tuple[str, ...], rules: dict[str, bool], program: Program
) -> tuple[Kind, tuple[str, ...]] | None:
    """Say what requirement a row belongs to; None for the rows that define the plan or measure a goal."""
    kind = _OWN_KINDS.get(family)
    if kind is Kind.LOAN:
        return kind, codes[:1]
    if kind is not None:
        return kind, codes
    if family in _MEASURES or not codes or codes[0] not in rules:
        return None
    operation = next((code for code in codes[1:] if code in program.frame.operation_index), None)
    return Kind.RULE, (codes[0],) if operation is None else (codes[0], operation)


_MEASURES = frozenset(
    {"coverage", "selection", "presence", "fixed_plan", "reference", "free_payment", "beyond_profile"}
)
"""Families whose names start with the code of an operation, which may be the code of a rule too."""
