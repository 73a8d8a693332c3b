"""A partner brings nothing to an operation that starts before the day the partner allows it to.

Sentence: un partenaire n'apporte rien à une opération déjà commencée avant le jour où son texte le permet, ni à un
lancement d'une année qui précède ce jour.

Equality: ``A[o,p,s] = 0`` when the operation started before the day of p, or, when it has not started, when s is before
the year of that day.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s. Units: cents.
Reference: K21. Missing data: a line without the day raises ValueError naming the operation.
"""

from collections.abc import Iterator
from datetime import date

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import StartBeforeDecision
from scenarios.language import _

FAMILY = "start_before_decision"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch that the partner funds and that starts too early."""
    for rule in scope.rules(StartBeforeDecision):
        for operation in scope.concerned_partner(rule, rule.partner):
            line = scope.eligibilities.get((operation.code, rule.partner))
            if line is None or line.start_allowed_from is None:
                raise ValueError(f"{operation.code}: no day when partner {rule.partner} lets it start")
            day = line.start_allowed_from
            for launch in ledger.launches[operation.code]:
                found = launch.amounts.get(rule.partner, 0)
                first = operation.started_on or date(launch.start, 12, 31)
                if found > 0 and first < day:
                    text = _(
                        "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, alors "
                        "qu'elle ne devait pas commencer avant le {day}."
                    ).format(
                        rule=rule.code, partner=rule.partner, found=scope.money(found), operation=operation.code,
                        start=launch.start, day=day,
                    )  # fmt: skip
                    subject = (rule.code, operation.code, rule.partner, str(launch.start))
                    yield Violation(FAMILY, subject, found, 0, text)
