"""An undertaking receives at most an amount of public aid over three rolling years.

Sentence: le maître d'ouvrage des opérations visées ne reçoit pas plus que le plafond d'aides des familles que la règle
compte sur trois années glissantes, aides déjà reçues comprises.

Inequality: new aid in the years t-2, t-1, t implies ``past + sum A[o,p,s] <= amount``: ``past`` adds the aids of the
table less than three years old on 1 January of t and granted in t at the latest; the sum bears on the operations o of
the undertaking, the partners p counted other than itself, and the start years s = t-2, t-1, t.

Index sets: owners of the operations that the rule concerns, years t of the horizon. Units: integer cents.
Reference: K19 (règlement (UE) 2023/2831). Missing data: without past aids, none is added.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import DeMinimis
from scenarios.language import _

FAMILY = "de_minimis"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per undertaking and year whose three years exceed the ceiling; compares integers."""
    for rule in scope.rules(DeMinimis):
        counted = scope.of_kinds(rule.counts)
        granted: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for operation in scope.concerned(rule):
            aided = counted - {operation.owner}
            for launch in ledger.launches[operation.code]:
                aids = sum(amount for partner, amount in launch.amounts.items() if partner in aided)
                granted[operation.owner][launch.start] += aids
        for owner, years in sorted(granted.items()):
            yield from _undertaking(scope, rule, owner, years)


def _undertaking(scope: Scope, rule: DeMinimis, owner: str, granted: dict[int, int]) -> Iterator[Violation]:
    for year in scope.scenario.years:
        new = sum(granted.get(start, 0) for start in (year - 2, year - 1, year))
        past = sum(
            line.amount for line in scope.scenario.past_aids if line.partner == owner and _still_counts(line.day, year)
        )
        if new > 0 and new + past > rule.amount:
            text = _(
                "Règle {rule} : {partner} reçoit {found} d'aides sur les trois années finissant en {year}, dont {past} "
                "déjà reçus, au lieu de {limit} au plus."
            ).format(
                rule=rule.code, partner=owner, found=scope.money(new + past), year=year, past=scope.money(past),
                limit=scope.money(rule.amount),
            )  # fmt: skip
            yield Violation(FAMILY, (rule.code, owner, str(year)), new + past, rule.amount, text)


def _still_counts(day: date, year: int) -> bool:
    """Tell whether an aid still adds to those of a year: exactly three years old on 1 January, it no longer does."""
    if day.year > year or day.year < year - 3:
        return False
    return day.year > year - 3 or (day.month, day.day) != (1, 1)
