"""The allocation belongs to the scenario, its lines are well kept, and every total agrees with every other.

Sentence: la répartition porte le code et l'empreinte du scénario ; ses lignes sont triées, sans doublon, d'un montant
strictement positif, et ne nomment que des opérations, des partenaires et des années connus ; les totaux par opération,
par partenaire, par année de lancement et le total général des montants financés, des engagements et des paiements
sont égaux ; la trace d'arrondi donne les montants engagés.

Equality: for each o, ``sum_s F = sum_{p,s} A = sum_{p,s,t} P``; for each p, ``sum_{o,s} A = sum_{o,s,t} P``; for each
s, ``sum_o F = sum_{o,p} A = sum_{o,p,t} P``; the grand totals by operation, by partner and by year are the same.

Index sets: all lines of the allocation, as they stand; years of the horizon. Units: integer cents. Reference: promise
"true" of the design: what is exported adds up.
Missing data: none is read but codes and years.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import pairwise

from allocator.allocation import Commitment, Payment, totals
from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.fingerprint import fingerprint
from scenarios.language import N_, _

FAMILY = "totals"

LAUNCHES = N_("montants financés")
COMMITMENTS = N_("engagements")
PAYMENTS = N_("paiements")
TRACE = N_("arrondis")

Key = tuple[str, str, int, int]
"""Operation, partner (empty for a launch), start year, year of payment (the start year when there is none)."""

Sums = Mapping[Hashable, int]


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per wrong identity, badly kept line and disagreement of totals; compares integers."""
    allocation = ledger.allocation
    yield from _identity(scope, ledger)
    for name, lines in (
        (LAUNCHES, [((line.operation, "", line.start, line.start), line.funded) for line in allocation.launches]),
        (
            COMMITMENTS,
            [((line.operation, line.partner, line.start, line.start), line.amount) for line in allocation.commitments],
        ),
        (
            PAYMENTS,
            [((line.operation, line.partner, line.start, line.year), line.amount) for line in allocation.payments],
        ),
    ):
        yield from _order(name, [key for key, _amount in lines])
        yield from _codes(scope, name, [key for key, _amount in lines])
        yield from _amounts(scope, name, lines)
    yield from _margins(scope, ledger)
    yield from _trace(scope, ledger)


def _identity(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    allocation = ledger.allocation
    if allocation.scenario != scope.scenario.code:
        text = _("La répartition est celle du scénario {found}, et non de {limit}.").format(
            found=allocation.scenario, limit=scope.scenario.code
        )
        yield Violation(FAMILY, (allocation.scenario,), allocation.scenario, scope.scenario.code, text)
    expected = fingerprint(scope.scenario)
    if allocation.fingerprint != expected:
        text = _("L'empreinte de la répartition ({found}) n'est pas celle du scénario ({limit}).").format(
            found=allocation.fingerprint, limit=expected
        )
        yield Violation(FAMILY, (scope.scenario.code,), allocation.fingerprint, expected, text)


def _subject(key: Key) -> tuple[str, ...]:
    operation, partner, start, year = key
    years = (str(start),) if year == start else (str(start), str(year))
    return (operation, partner, *years) if partner else (operation, *years)


def _order(name: str, keys: list[Key]) -> Iterator[Violation]:
    """Strictly increasing keys are both sorted and free of duplicates."""
    for before, after in pairwise(keys):
        if after <= before:
            here, previous = ", ".join(_subject(after)), ", ".join(_subject(before))
            sentence = (
                _("Dans les {name}, la ligne ({here}) est donnée deux fois.")
                if after == before
                else _(
                    "Dans les {name}, la ligne ({here}) vient après ({previous}) : l'ordre n'est pas celui des codes."
                )
            )
            text = sentence.format(name=_(name), here=here, previous=previous)
            yield Violation(FAMILY, _subject(after), here, previous, text)


def _codes(scope: Scope, name: str, keys: list[Key]) -> Iterator[Violation]:
    years = scope.scenario.years
    for key in keys:
        operation, partner, start, year = key
        if operation not in scope.operations:
            yield _unknown(name, key, operation, _("une opération inconnue"))
        if partner and partner not in scope.partners:
            yield _unknown(name, key, partner, _("un partenaire inconnu"))
        if start not in years:
            yield _unknown(name, key, str(start), _("une année hors de l'horizon du scénario"))
        if year != start and year not in years:
            yield _unknown(name, key, str(year), _("une année hors de l'horizon du scénario"))


def _unknown(name: str, key: Key, code: str, what: str) -> Violation:
    text = _("Dans les {name}, la ligne ({here}) nomme {what} : {code}.")
    here = ", ".join(_subject(key))
    return Violation(FAMILY, _subject(key), code, "", text.format(name=_(name), here=here, what=what, code=code))


def _amounts(scope: Scope, name: str, lines: Iterable[tuple[Key, int]]) -> Iterator[Violation]:
    for key, amount in lines:
        if amount <= 0:
            text = _("Dans les {name}, la ligne ({here}) porte {found} : un montant nul ou négatif n'a pas sa place.")
            here = ", ".join(_subject(key))
            text = text.format(name=_(name), here=here, found=scope.money(amount))
            yield Violation(FAMILY, _subject(key), amount, 1, text)


def _operation(line: Commitment | Payment) -> str:
    return line.operation


def _partner(line: Commitment | Payment) -> str:
    return line.partner


def _start(line: Commitment | Payment) -> int:
    return line.start


def _year(line: Commitment | Payment) -> int:
    return line.year if isinstance(line, Payment) else line.start


def _margins(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Compare the totals that reports are made of, in both directions of the table, and for every list."""
    allocation = ledger.allocation
    funded: dict[str, dict[Hashable, int]] = {"operation": {}, "start": {}}
    for line in allocation.launches:
        for margin, code in (("operation", line.operation), ("start", line.start)):
            funded[margin][code] = funded[margin].get(code, 0) + line.funded
    margins: tuple[tuple[str, Callable[[Commitment | Payment], Hashable]], ...] = (
        ("operation", _operation),
        ("partner", _partner),
        ("start", _start),
    )
    committed = {margin: totals(allocation.commitments, key) for margin, key in margins}
    paid = {margin: totals(allocation.payments, key) for margin, key in margins}
    for margin, _key in margins:
        if margin in funded:
            yield from _differences(scope, (LAUNCHES, funded[margin]), (COMMITMENTS, committed[margin]))
        yield from _differences(scope, (PAYMENTS, paid[margin]), (COMMITMENTS, committed[margin]))
    paid_by_year = totals(allocation.payments, _year)
    by_operation: dict[Hashable, int] = {_("total général"): sum(committed["operation"].values())}
    for name, sums in ((COMMITMENTS, committed["partner"]), (LAUNCHES, funded["start"]), (PAYMENTS, paid_by_year)):
        total: dict[Hashable, int] = {_("total général"): sum(sums.values())}
        yield from _differences(scope, (name, total), (COMMITMENTS, by_operation))


def _differences(scope: Scope, one: tuple[str, Sums], other: tuple[str, Sums]) -> Iterator[Violation]:
    (one_name, one_sums), (other_name, other_sums) = one, other
    for code in sorted(one_sums.keys() | other_sums.keys(), key=str):
        found, limit = one_sums.get(code, 0), other_sums.get(code, 0)
        if found != limit:
            text = _("{code} : le total des {one} est de {found}, celui des {other} de {limit}.").format(
                code=code,
                one=_(one_name),
                found=scope.money(found),
                other=_(other_name),
                limit=scope.money(limit),
            )
            yield Violation(FAMILY, (str(code),), found, limit, text)


def _trace(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    steps = ledger.allocation.rounding
    keys = [(step.operation, step.partner, step.start, step.start) for step in steps]
    yield from _order(TRACE, keys)
    yield from _codes(scope, TRACE, keys)
    for step in steps:
        committed = ledger.amounts.get((step.operation, step.start), {}).get(step.partner, 0)
        if step.amount != committed:
            text = _(
                "L'arrondi de {partner} pour l'opération {operation} lancée en {start} donne {found}, "
                "mais l'engagement est de {limit}."
            ).format(
                partner=step.partner,
                operation=step.operation,
                start=step.start,
                found=scope.money(step.amount),
                limit=scope.money(committed),
            )
            subject = (step.operation, step.partner, str(step.start))
            yield Violation(FAMILY, subject, step.amount, committed, text)
