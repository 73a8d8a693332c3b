"""An operation with a fixed plan is funded by that plan, in proportion.

Sentence: une opération dont le plan de financement est fixe est lancée en une seule fois ; chaque partenaire apporte
et paie chaque année ce que dit le plan, au prorata de la part financée, à moins d'un centime près.

Equality: one launch; ``|A[o,p,s] - plan[o,p] * z| < 1`` and ``|P[o,p,s,t] - plan[o,p,t] * z| < 1`` with
``z = F[o,s] / K[o]``. Both are equalities when the right-hand side is a whole number of cents, always when z is 1.

Index sets: operations o with plan lines, their start year s, partners p of the plan, years t of the plan or paid.
Units: integer cents. Reference: plan table.
Missing data: a plan whose lines do not sum to what is to be funded raises ValueError naming the operation.
"""

from collections.abc import Iterator
from fractions import Fraction

from allocator.check.ledger import Launched, Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import either
from scenarios.document import Operation
from scenarios.language import _

FAMILY = "fixed_plan"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch too many, and per commitment or payment away from the plan by a cent or more."""
    for code in sorted(scope.plans):
        operation = scope.operations[code]
        launches = ledger.launches[code]
        if len(launches) > 1:
            text = _("L'opération {operation}, au plan de financement fixe, est lancée {count} fois au lieu d'une.")
            yield Violation(FAMILY, (code,), len(launches), 1, text.format(operation=code, count=len(launches)))
        for launch in launches:
            yield from _commitments(scope, operation, launch)
            yield from _payments(scope, ledger, operation, launch)


def _commitments(scope: Scope, operation: Operation, launch: Launched) -> Iterator[Violation]:
    to_fund = scope.to_fund[operation.code]
    for partner, years in sorted(scope.plans[operation.code].items()):
        planned = sum(years.values())
        found = launch.amounts.get(partner, 0)
        if abs(found * to_fund - planned * launch.funded) >= to_fund:
            limit = Fraction(planned * launch.funded, to_fund)
            text = _(
                "{partner} apporte {found} à l'opération {operation} lancée en {start}, au lieu de {limit} selon son "
                "plan de financement fixe."
            ).format(
                partner=partner,
                found=scope.money(found),
                operation=operation.code,
                start=launch.start,
                limit=either(limit, scope.scenario.currency),
            )
            yield Violation(FAMILY, (operation.code, partner, str(launch.start)), found, limit, text)


def _payments(scope: Scope, ledger: Ledger, operation: Operation, launch: Launched) -> Iterator[Violation]:
    to_fund = scope.to_fund[operation.code]
    for partner, plan in sorted(scope.plans[operation.code].items()):
        paid = ledger.payments.get((operation.code, partner, launch.start), {})
        for year in sorted(plan.keys() | paid.keys()):
            found = paid.get(year, 0)
            planned = plan.get(year, 0)
            if abs(found * to_fund - planned * launch.funded) >= to_fund:
                limit = Fraction(planned * launch.funded, to_fund)
                text = _(
                    "{partner} paie {found} en {year} pour l'opération {operation}, au lieu de {limit} selon son plan "
                    "de financement fixe."
                ).format(
                    partner=partner,
                    found=scope.money(found),
                    year=year,
                    operation=operation.code,
                    limit=either(limit, scope.scenario.currency),
                )
                subject = (operation.code, partner, str(launch.start), str(year))
                yield Violation(FAMILY, subject, found, limit, text)
