"""A conflict in the committee's words: what is asked of several years or several operations is said once."""

from collections.abc import Sequence
from itertools import groupby

from allocator.explanation.conflict import Conflict
from allocator.explanation.requirement import Kind, Requirement
from allocator.explanation.words import Words
from scenarios.language import N_, _
from scenarios.wording import listed

_BUDGETS = {
    Kind.COMMITMENT_BUDGET: N_("les budgets d'engagement de « {holder} » : {years}"),
    Kind.PAYMENT_BUDGET: N_("les budgets de paiement de « {holder} » : {years}"),
}


def conflict_text(words: Words, conflict: Conflict) -> str:
    """Say which requirements contradict each other, and what of it is proven."""
    lines = [_("Ces exigences ne peuvent pas être tenues ensemble ; sans l'une d'elles, elles le pourraient :")]
    lines += [f"- {_said(words, list(alike))}" for _of, alike in groupby(conflict.requirements, _alike)]
    if not conflict.proven:
        lines.append(_("C'est le calcul en nombres entiers qui le dit ; ce n'est pas démontré exactement."))
    return "\n".join(lines)


def _alike(requirement: Requirement) -> tuple[str, ...]:
    """Return what requirements said together have in common: a purse, a rule, operations to fund."""
    kind, codes = requirement.kind, requirement.codes
    if kind in _BUDGETS or (kind is Kind.RULE and len(codes) > 1):
        return kind.value, codes[0]
    return (kind.value,) if kind is Kind.MANDATORY else requirement.key


def _said(words: Words, alike: Sequence[Requirement]) -> str:
    first = alike[0]
    if len(alike) == 1:
        return words.requirement(first)
    if first.kind in _BUDGETS:
        years = ", ".join(f"{one.codes[1]} ({words.budget(one.kind, one.codes)})" for one in alike)
        return _(_BUDGETS[first.kind]).format(holder=words.holder(first.codes[0]), years=years)
    if first.kind is Kind.RULE:
        rule = words.requirement(Requirement(Kind.RULE, first.codes[:1], (), first.negotiable))
        return _("{rule}, pour {operations}").format(rule=rule, operations=listed(one.codes[1] for one in alike))
    operations = listed(one.codes[0] for one in alike)
    return _("{count} opérations doivent être entièrement financées : {operations}").format(
        count=len(alike), operations=operations
    )
