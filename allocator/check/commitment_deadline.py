"""A partner commits nothing after the last day of its programme.

Sentence: un partenaire n'engage rien dans une année qui suit le dernier jour où il peut engager.

Equality: ``A[o,p,s] = 0`` when s is after the year of the last day.

Index sets: operations o that the rule concerns, its partner p, start years s. Units: cents. Reference: K22.
Missing data: nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import CommitmentDeadline
from scenarios.language import _

FAMILY = "commitment_deadline"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch that the partner funds after its deadline."""
    for rule in scope.rules(CommitmentDeadline):
        for operation in scope.concerned_partner(rule, rule.partner):
            for launch in ledger.launches[operation.code]:
                found = launch.amounts.get(rule.partner, 0)
                if found > 0 and launch.start > rule.last_day.year:
                    text = _(
                        "Règle {rule} : {partner} engage {found} en {start} pour l'opération {operation}, alors qu'il "
                        "ne peut plus engager après le {day}."
                    ).format(
                        rule=rule.code, partner=rule.partner, found=scope.money(found), start=launch.start,
                        operation=operation.code, day=rule.last_day,
                    )  # fmt: skip
                    subject = (rule.code, operation.code, rule.partner, str(launch.start))
                    yield Violation(FAMILY, subject, found, 0, text)
