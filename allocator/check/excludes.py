"""Of several operations that exclude one another, at most one is launched.

Sentence: parmi les opérations qui s'excluent, une seule est lancée, même en partie.

Inequality: ``#{o : sum_s F[o,s] > 0} <= 1``.

Index sets: operations o that the rule concerns. Units: operations. Reference: decision of the committee.
Missing data: nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import OperationExclusion
from scenarios.language import _

FAMILY = "excludes"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule of which several operations are launched."""
    for rule in scope.rules(OperationExclusion):
        found = [operation.code for operation in scope.concerned(rule) if sum(ledger.funded[operation.code].values())]
        if len(found) > 1:
            text = _("Règle {rule} : les opérations {operations} sont lancées, alors qu'elles s'excluent.").format(
                rule=rule.code, operations=", ".join(found)
            )
            yield Violation(FAMILY, (rule.code, *found), len(found), 1, text)
