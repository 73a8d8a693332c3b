"""What a partner has already decided for an operation is kept.

Sentence: le total qu'un partenaire apporte à une opération respecte ce qui est arrêté : exactement, au moins ou au
plus le montant, que l'opération soit financée ou non.

Inequality: ``sum_s A[o,p,s]`` ``=``, ``>=`` or ``<=`` the amount.

Index sets: lock lines (o, p), start years s. Units: integer cents. Reference: lock table, its author and reason.
Missing data: a pair without a lock is free; every lock line has its amount.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import Lock, LockSense
from scenarios.language import N_, _

FAMILY = "lock"

_SENTENCES = {
    LockSense.EXACTLY: N_(
        "{partner} apporte {found} à l'opération {operation}, au lieu des {limit} exactement arrêtés par {author}."
    ),
    LockSense.AT_LEAST: N_(
        "{partner} apporte {found} à l'opération {operation}, moins que les {limit} arrêtés par {author}."
    ),
    LockSense.AT_MOST: N_(
        "{partner} apporte {found} à l'opération {operation}, plus que les {limit} arrêtés par {author}."
    ),
}


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per lock that is not kept; compares integer cents."""
    for lock in sorted(scope.scenario.locks, key=lambda line: (line.operation, line.partner, line.sense)):
        found = ledger.whole.get((lock.operation, lock.partner), 0)
        if not _kept(lock, found):
            text = _(_SENTENCES[lock.sense]).format(
                partner=lock.partner,
                found=scope.money(found),
                operation=lock.operation,
                limit=scope.money(lock.amount),
                author=lock.author,
            )
            yield Violation(FAMILY, (lock.operation, lock.partner, lock.sense.value), found, lock.amount, text)


def _kept(lock: Lock, found: int) -> bool:
    if lock.sense is LockSense.EXACTLY:
        return found == lock.amount
    return found >= lock.amount if lock.sense is LockSense.AT_LEAST else found <= lock.amount
