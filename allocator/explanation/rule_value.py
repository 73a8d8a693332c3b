"""What a rule allows or asks for on one operation, in the committee's words: its rate and the base it applies to."""

from allocator.check.rate_ceiling import capped_base
from allocator.check.scope import Scope
from allocator.words import percent
from scenarios.document import AmountCeiling, RateCeiling, RateFloor, Rule
from scenarios.language import _


def value_on(scope: Scope, rule: Rule, operation: str) -> str | None:
    """Return « 20 % de 1 800 000 € », None for a rule that is no rate nor amount of one partner."""
    line = scope.operations[operation]
    if isinstance(rule, RateCeiling):
        return _rate(scope, rule, capped_base(scope, rule, line))
    if isinstance(rule, RateFloor):
        return _rate(scope, rule, scope.base(rule.base, line, rule.partner))
    if isinstance(rule, AmountCeiling):
        if rule.amount is not None:
            return scope.money(rule.amount)
        if rule.amount_per_unit is not None and line.units is not None:
            amount = scope.money(rule.amount_per_unit)
            return _("{amount} par unité, pour {units} unités").format(amount=amount, units=line.units)
    return None


def _rate(scope: Scope, rule: RateCeiling | RateFloor, base: int) -> str:
    return _("{rate} de {base}").format(rate=percent(rule.rate), base=scope.money(base))
