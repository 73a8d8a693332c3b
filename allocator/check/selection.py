"""Which operations are funded, for how much, and when they start.

Sentence: une opération n'est pas financée au-delà de son besoin ; une opération obligatoire l'est entièrement ; une
opération non divisible l'est d'un seul tenant ou pas du tout ; chaque lancement a lieu une année permise.

Inequality: ``0 <= sum_s F[o,s] <= K[o]``; ``= K[o]`` when mandatory; when not divisible, ``sum_s F[o,s]`` is 0 or
``K[o]`` and one start year at most; ``earliest_start <= s <= latest_start``.

Index sets: operations o, start years s. Units: integer cents, years. Reference: design of the allocation (K01).
Missing data: the cost is required by the document; receipts above the cost raise ValueError naming the operation.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import Operation
from scenarios.language import _

FAMILY = "selection"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation and requirement broken; compares integer cents and years."""
    for operation in scope.operations.values():
        starts = ledger.funded[operation.code]
        yield from _bounds(scope, operation, sum(starts.values()))
        yield from _starts(operation, sorted(starts))


def _bounds(scope: Scope, operation: Operation, funded: int) -> Iterator[Violation]:
    to_fund = scope.to_fund[operation.code]
    if not 0 <= funded <= to_fund:
        sentence = _("L'opération {operation} est financée pour {found}, au lieu de {limit} au plus.")
    elif funded < to_fund and operation.mandatory:
        sentence = _("L'opération obligatoire {operation} est financée pour {found}, au lieu de {limit}.")
    elif 0 < funded < to_fund and not operation.divisible:
        sentence = _("L'opération non divisible {operation} est financée pour {found}, au lieu de {limit} ou rien.")
    else:
        return
    text = sentence.format(operation=operation.code, found=scope.money(funded), limit=scope.money(to_fund))
    yield Violation(FAMILY, (operation.code,), funded, to_fund, text)


def _starts(operation: Operation, starts: list[int]) -> Iterator[Violation]:
    if len(starts) > 1 and not operation.divisible:
        text = _("L'opération non divisible {operation} est lancée en plusieurs fois : {years}.").format(
            operation=operation.code, years=", ".join(str(start) for start in starts)
        )
        yield Violation(FAMILY, (operation.code,), len(starts), 1, text)
    for start in starts:
        if start not in operation.starts:
            limit = operation.earliest_start if start < operation.earliest_start else operation.latest_start
            text = _("L'opération {operation} est lancée en {start}, hors des années permises ({first} à {last}).")
            yield Violation(
                FAMILY,
                (operation.code, str(start)),
                start,
                limit,
                text.format(
                    operation=operation.code,
                    start=start,
                    first=operation.earliest_start,
                    last=operation.latest_start,
                ),
            )
