"""Controls of the rules that bear on several operations together, and of the provisions kept on budgets.

Reserved share ``counted >= rate * measure``; priority share ``counted <= rate * measure``; reciprocity
``counted <= ratio * measure``; capacities and envelopes in grant-equivalent ``counted <= amount``; provision
``committed <= allowed - rate * allowed``.
"""

from collections.abc import Iterator

from reports.controls.budgets import upto
from reports.controls.control import Control, Family, Sense
from reports.controls.decisions import SENSES
from reports.layout.cells import Cells, PurseLines
from reports.layout.figures import Extract
from reports.sheets.overall_rules import Overall, overall
from scenarios.document import (
    Contingency,
    GrantEquivalent,
    LockSense,
    OwnerCapacity,
    PriorityShare,
    Reciprocity,
    ReservedShare,
)
from scenarios.language import _

_FAMILIES: dict[type[Overall], Family] = {
    ReservedShare: Family.RESERVED_SHARE,
    PriorityShare: Family.PRIORITY_SHARE,
    Reciprocity: Family.RECIPROCITY,
    GrantEquivalent: Family.GRANT_EQUIVALENT,
    OwnerCapacity: Family.OWNER_CAPACITY,
}


def overall_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Give one control per rule counted on the sheet of overall rules."""
    for rule in overall(extract):
        line = cells.overall[rule.code]
        value = cells.rules[rule.code, _value(rule)]
        yield Control(
            _FAMILIES[type(rule)], rule.label, line.counted, _sense(rule),
            value if line.measure is None else value * line.measure, rule.code,
            partner="" if isinstance(rule, GrantEquivalent) else rule.partner,
            rounded=isinstance(rule, Reciprocity) and rounded(rule),
        )  # fmt: skip


def rounded(rule: Reciprocity) -> bool:
    """Tell whether a rule is an equality that whole cents may miss by less than one."""
    return rule.sense is LockSense.EXACTLY and rule.ratio.denominator > 1


def _sense(rule: Overall) -> Sense:
    if isinstance(rule, Reciprocity):
        return SENSES[rule.sense]
    return Sense.AT_LEAST if isinstance(rule, ReservedShare) else Sense.AT_MOST


def _value(rule: Overall) -> str:
    if isinstance(rule, Reciprocity):
        return "ratio"
    return "rate" if isinstance(rule, ReservedShare | PriorityShare) else "amount"


def contingency_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Give one control per provision and year: what is committed, here and elsewhere, leaves it untouched."""
    for rule, _operations in extract.rules:
        for purse in cells.summary.purses:
            if isinstance(rule, Contingency) and (purse.holder, purse.flow) == (rule.holder, "commitment"):
                yield from _kept(cells, rule, purse)


def _kept(cells: Cells, rule: Contingency, purse: PurseLines) -> Iterator[Control]:
    rate = cells.rules[rule.code, "rate"]
    label = _("{rule} (cumul jusqu'à {year})") if purse.carry_over else _("{rule} (année {year})")
    for rank, year in enumerate(purse.years):
        allowed = upto(purse, purse.allowed, rank)
        yield Control(
            Family.CONTINGENCY, label.format(rule=rule.label, year=year), upto(purse, purse.brought, rank),
            Sense.AT_MOST, allowed - rate * allowed, rule.code, partner=rule.holder,
        )  # fmt: skip
