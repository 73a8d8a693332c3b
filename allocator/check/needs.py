"""An operation is launched only as far as the operation it needs.

Sentence: la part lancée d'une opération ne dépasse pas celle de l'opération dont elle a besoin, toutes années
confondues ou, si l'ordre compte, jusqu'à chaque année.

Inequality: ``F[o] * K[needed] <= F[needed] * K[o]``, with ``F`` the cents funded over all start years, or over the
start years ``s <= t`` for each start year t of o when the needed operation must not be launched later.

Index sets: operations o that the rule concerns, other than the needed one; years t. Units: integer cents.
Reference: decision of the committee. Missing data: an unknown operation raises KeyError.
"""

from collections.abc import Iterator
from fractions import Fraction

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import OperationNeed, Timing
from scenarios.language import _

FAMILY = "needs"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation and year that is ahead of the operation it needs; compares integers."""
    for rule in scope.rules(OperationNeed):
        for operation in scope.concerned(rule):
            if operation.code != rule.needed:
                yield from _ahead(scope, ledger, rule, operation.code)


def _ahead(scope: Scope, ledger: Ledger, rule: OperationNeed, code: str) -> Iterator[Violation]:
    years = [scope.scenario.last_year] if rule.timing is Timing.ANY_YEAR else sorted(ledger.funded[code])
    for year in years:
        done = sum(cents for start, cents in ledger.funded[code].items() if start <= year)
        needed = sum(cents for start, cents in ledger.funded[rule.needed].items() if start <= year)
        whole, needed_whole = scope.to_fund[code], scope.to_fund[rule.needed]
        if done * needed_whole > needed * whole:
            found, limit = Fraction(done, whole), Fraction(needed, needed_whole)
            text = _(
                "Règle {rule} : jusqu'en {year}, l'opération {operation} est lancée à {found}, alors que l'opération "
                "{needed}, dont elle a besoin, ne l'est qu'à {limit}."
            ).format(
                rule=rule.code, year=year, operation=code, found=percent(found), needed=rule.needed,
                limit=percent(limit),
            )  # fmt: skip
            yield Violation(FAMILY, (rule.code, code, rule.needed, str(year)), found, limit, text)
