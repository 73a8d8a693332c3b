"""Each rule finds, on every operation where it binds a partner, the figures it applies to."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from scenarios.checks import payment_rules, shared_rules
from scenarios.checks.finding import Finding
from scenarios.document import (
    AmountCeiling,
    Base,
    FlatAid,
    MatchingTopUp,
    Operation,
    PriorityShare,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Rule,
    Sanction,
    StartBeforeDecision,
)
from scenarios.document.index import Index
from scenarios.language import N_, _
from scenarios.wording import listed

_FIGURES = {
    "cost_excl_vat": N_("le coût hors taxes"),
    "cost_incl_vat": N_("le coût toutes taxes comprises"),
    "units": N_("la quantité (logements, ménages, m²…)"),
    "buildings": N_("le nombre de bâtiments"),
}
_COLUMN_OF_BASE = {Base.EXCL_VAT: "cost_excl_vat", Base.INCL_VAT: "cost_incl_vat"}

_PartnerRule = (
    RateCeiling
    | RateFloor
    | AmountCeiling
    | FlatAid
    | PublicAidCap
    | StartBeforeDecision
    | Sanction
    | PriorityShare
    | MatchingTopUp
)
"""Rules that read a figure or a date of an operation or of an eligibility line."""

_ELIGIBILITY_FIGURES = {
    "eligible_base": N_("l'assiette de « {partner} », dont se sert la règle {rules}"),
    "start_allowed_from": N_("le jour où « {partner} » laisse commencer, dont se sert la règle {rules}"),
}
_Needs = dict[tuple[str, ...], list[str]]
"""Codes of the rules that lack a figure, by operation and column, or operation, partner and column."""


def check(index: Index) -> Iterator[Finding]:
    """Yield the operations and eligibility lines that lack a figure a rule needs. Every code must exist."""
    on_operations: _Needs = defaultdict(list)
    on_eligibilities: _Needs = defaultdict(list)
    for row, rule in enumerate(index.scenario.rules):
        if not isinstance(rule, _PartnerRule):
            continue
        columns = _columns_needed(rule)
        on_line = _line_column(rule)
        if not columns and on_line is None:
            continue
        bound = [operation for operation in index.concerned(rule) if rule.partner in index.funders[operation.code]]
        for operation, column in product(bound, columns):
            if getattr(operation, column) is None:
                on_operations[operation.code, column].append(rule.code)
        if on_line is not None:
            yield from _eligibility_figures(index, row, rule, bound, on_line, on_eligibilities)
    yield from shared_rules.on_operations(index)
    yield from payment_rules.on_operations(index)
    yield from _on_operations(index, on_operations)
    yield from _on_eligibilities(index, on_eligibilities)


def _line_column(rule: _PartnerRule) -> str | None:
    """Return the column of an eligibility line the rule reads, or None."""
    if isinstance(rule, StartBeforeDecision):
        return "start_allowed_from"
    return "eligible_base" if getattr(rule, "base", None) is Base.ELIGIBLE else None


def _eligibility_figures(
    index: Index, row: int, rule: _PartnerRule, bound: list[Operation], column: str, needs: _Needs
) -> Iterator[Finding]:
    """Note in ``needs`` the empty cells of a column; yield the operations the partner funds without such a line."""
    without_line = []
    for operation in bound:
        line = index.eligibilities.get((operation.code, rule.partner))
        if line is None:
            without_line.append(operation.code)
        elif getattr(line, column) is None:
            needs[operation.code, rule.partner, column].append(rule.code)
    if without_line:
        yield _without_line(row, rule.partner, without_line, column)


def _columns_needed(rule: Rule) -> tuple[str, ...]:
    """Return the columns of an operation the rule reads and that may be empty."""
    columns = []
    base = getattr(rule, "base", None)
    if base in _COLUMN_OF_BASE:
        columns.append(_COLUMN_OF_BASE[base])
    if isinstance(rule, FlatAid) or (isinstance(rule, AmountCeiling) and rule.amount_per_unit is not None):
        columns.append("units")
    if isinstance(rule, RateCeiling) and rule.base_max_per_unit is not None:
        columns.append("units")
    if isinstance(rule, RateCeiling) and rule.base_max_per_building is not None:
        columns.append("buildings")
    return tuple(columns)


def _without_line(row: int, partner: str, operations: list[str], column: str) -> Finding:
    """Tell that the partner funds operations as their owner or by a fixed plan, hence without eligibility line."""
    if column == "eligible_base":
        return Finding(
            "rules", row, "base",
            _("« eligible », alors que « {partner} » finance {operations} sans ligne d'éligibilité").format(
                partner=partner, operations=listed(operations)
            ),
            _("une autre assiette, ou des filtres qui écartent ces opérations"),
            _("Changez « base », précisez les filtres de la règle, ou écrivez une dérogation."),
        )  # fmt: skip
    return Finding(
        "rules", row, "partner",
        _("« {partner} », qui finance {operations} sans ligne d'éligibilité").format(
            partner=partner, operations=listed(operations)
        ),
        _("des filtres qui écartent ces opérations : le jour se lit dans « eligibilities »"),
        _("Précisez les filtres de la règle, ou écrivez une dérogation."),
    )  # fmt: skip


def _on_operations(index: Index, needs: _Needs) -> Iterator[Finding]:
    rows = {operation.code: row for row, operation in enumerate(index.scenario.operations)} if needs else {}
    for (code, column), rules in needs.items():
        yield Finding(
            "operations", rows[code], column, _("rien"),
            _("{figure}, dont se sert la règle {rules}").format(figure=_(_FIGURES[column]), rules=listed(rules)),
            _("Remplissez « {column} », ou écartez cette opération par les filtres de la règle.").format(column=column),
        )  # fmt: skip


def _on_eligibilities(index: Index, needs: _Needs) -> Iterator[Finding]:
    lines = index.scenario.eligibilities if needs else ()
    rows = {(line.operation, line.partner): row for row, line in enumerate(lines)}
    for (code, partner, column), rules in needs.items():
        yield Finding(
            "eligibilities", rows[code, partner], column, _("rien"),
            _(_ELIGIBILITY_FIGURES[column]).format(partner=partner, rules=listed(rules)),
            _("Remplissez « {column} », ou écartez cette opération par les filtres de la règle.").format(column=column),
        )  # fmt: skip
