"""Payments add up to commitments and follow the profile of the operation.

Sentence: les paiements d'un partenaire pour un lancement font exactement son engagement ; ils suivent le profil de
l'opération, chaque année à moins d'un centime près, sauf pour un partenaire qui paie librement : les siens tombent
entre l'année de lancement et la dernière année du scénario.

Equality: ``sum_t P[o,p,s,t] = A[o,p,s]``; and, unless the operation has a fixed plan (see ``fixed_plan``),
``|P[o,p,s,t] - share[t-s] * A[o,p,s]| < 1``, which is an equality when the right-hand side is a whole number of cents:
nothing is paid in a year without a share. A partner whose ``payments`` are ``free`` has ``P[o,p,s,t] = 0`` for
``t < s`` instead (years after the horizon are refused by ``totals``).

Index sets: operations o, partners p, start years s with a commitment or a payment, years t with a share or a payment.
Units: integer cents, exact shares. Reference: K12.
Missing data: an operation with commitments but neither profile nor plan, or whose profile has no line, raises
ValueError naming it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import either, percent
from scenarios.document import Operation, PaymentRhythm
from scenarios.language import _

FAMILY = "payments"

Cell = tuple[str, str, int]
"""Operation, partner, start year."""

Profile = dict[int, tuple[int, int]]
"""Numerator and denominator of the share paid each number of years after the start."""


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per commitment not paid exactly, and per payment a cent or more away from the profile."""
    profiles: dict[str, Profile] = defaultdict(dict)
    for line in sorted(scope.scenario.profiles, key=lambda line: line.offset):
        profiles[line.profile][line.offset] = line.share.as_integer_ratio()
    committed: dict[Cell, int] = {
        (code, partner, start): amount
        for (code, start), amounts in ledger.amounts.items()
        for partner, amount in amounts.items()
    }
    for cell in sorted(committed.keys() | ledger.payments.keys()):
        amount = committed.get(cell, 0)
        paid = ledger.payments.get(cell, {})
        yield from _sums(scope, cell, sum(paid.values()), amount)
        operation = scope.operations[cell[0]]
        if operation.code in scope.plans:
            continue
        if scope.partners[cell[1]].payments is PaymentRhythm.FREE:
            yield from _too_early(scope, cell, paid)
        else:
            yield from _rhythm(scope, cell, _profile(profiles, operation), paid, amount)


def _profile(profiles: Mapping[str, Profile], operation: Operation) -> Profile:
    profile = profiles.get(operation.profile) if operation.profile else None
    if profile is None:
        raise ValueError(f"{operation.code}: neither a payment profile nor a fixed plan")
    return profile


def _sums(scope: Scope, cell: Cell, paid: int, amount: int) -> Iterator[Violation]:
    if paid != amount:
        code, partner, start = cell
        text = _(
            "{partner} paie {found} en tout pour l'opération {operation} lancée en {start}, et s'engage pour {limit}."
        ).format(partner=partner, found=scope.money(paid), operation=code, start=start, limit=scope.money(amount))
        yield Violation(FAMILY, (code, partner, str(start)), paid, amount, text)


def _too_early(scope: Scope, cell: Cell, paid: Mapping[int, int]) -> Iterator[Violation]:
    code, partner, start = cell
    for year, found in paid.items():
        if found and year < start:
            text = _(
                "{partner} paie {found} en {year} pour l'opération {operation}, qui n'est lancée qu'en {start}."
            ).format(partner=partner, found=scope.money(found), year=year, operation=code, start=start)
            yield Violation(FAMILY, (code, partner, str(start), str(year)), found, 0, text)


def _rhythm(scope: Scope, cell: Cell, profile: Profile, paid: Mapping[int, int], amount: int) -> Iterator[Violation]:
    start = cell[2]
    for offset, (numerator, denominator) in profile.items():
        found = paid.get(start + offset, 0)
        if abs(found * denominator - numerator * amount) >= denominator:
            yield _off_rhythm(scope, cell, start + offset, found, Fraction(numerator, denominator), amount)
    for year, found in paid.items():
        if found and year - start not in profile:
            yield _off_rhythm(scope, cell, year, found, Fraction(0), amount)


def _off_rhythm(scope: Scope, cell: Cell, year: int, found: int, share: Fraction, amount: int) -> Violation:
    code, partner, start = cell
    limit = share * amount
    text = _(
        "{partner} paie {found} en {year} pour l'opération {operation} lancée en {start}, au lieu de {limit} selon le "
        "profil de paiement ({share} de {amount})."
    ).format(
        partner=partner,
        found=scope.money(found),
        year=year,
        operation=code,
        start=start,
        limit=either(limit, scope.scenario.currency),
        share=percent(share),
        amount=scope.money(amount),
    )
    return Violation(FAMILY, (code, partner, str(start), str(year)), found, limit, text)
