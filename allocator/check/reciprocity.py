"""What a partner brings is at most, at least or exactly so many times what others bring.

Sentence: un partenaire apporte au plus, au moins ou exactement tant de fois ce que d'autres apportent, opération par
opération ou toutes opérations ensemble ; une égalité qui ne tombe pas juste est tenue à moins d'un centime près.

Inequality: ``A[o,p] <= ratio * sum_q A[o,q]``, all launches together; ``>=``, or ``|difference| < 1`` (``= 0`` for a
whole ratio); with ``together``, both sides are summed over the operations that the rule concerns.

Index sets: operations o that the rule concerns, counterparts q. Units: integer cents, exact ratio. Reference: P8.
Missing data: a partner without a line brings nothing.
"""

from collections.abc import Iterable, Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import either, number
from scenarios.document import LockSense, Reciprocity
from scenarios.language import N_, _

FAMILY = "reciprocity"

_SENTENCES = {
    LockSense.AT_MOST: N_(
        "Règle {rule} : {partner} apporte {found} à {where}, au lieu de {limit} au plus ({ratio} fois {others})."
    ),
    LockSense.AT_LEAST: N_(
        "Règle {rule} : {partner} apporte {found} à {where}, au lieu de {limit} au moins ({ratio} fois {others})."
    ),
    LockSense.EXACTLY: N_(
        "Règle {rule} : {partner} apporte {found} à {where}, au lieu de {limit} exactement ({ratio} fois {others})."
    ),
}


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation, or per rule on all of them, where amounts are out of proportion."""
    for rule in scope.rules(Reciprocity):
        codes = [operation.code for operation in scope.concerned(rule)]
        if rule.together:
            yield from _compared(scope, ledger, rule, codes, ())
        else:
            for code in codes:
                yield from _compared(scope, ledger, rule, [code], (code,))


def _compared(
    scope: Scope, ledger: Ledger, rule: Reciprocity, codes: Iterable[str], named: tuple[str, ...]
) -> Iterator[Violation]:
    own = others = 0
    for code in codes:
        own += ledger.whole.get((code, rule.partner), 0)
        others += sum(ledger.whole.get((code, partner), 0) for partner in rule.counterparts)
    limit = rule.ratio * others
    met = {
        LockSense.AT_MOST: own <= limit,
        LockSense.AT_LEAST: own >= limit,
        LockSense.EXACTLY: abs(own - limit) < 1,
    }
    if not met[rule.sense]:
        text = _(_SENTENCES[rule.sense]).format(
            rule=rule.code,
            partner=rule.partner,
            found=scope.money(own),
            where=_("l'opération {code}").format(code=named[0]) if named else _("l'ensemble des opérations"),
            limit=either(limit, scope.scenario.currency),
            ratio=number(rule.ratio),
            others=_("ce qu'apportent {partners}").format(partners=", ".join(rule.counterparts)),
        )
        yield Violation(FAMILY, (rule.code, *named, rule.partner), own, limit, text)
