"""What a template may ask of a plan: each figure by its word, for the lines that its filters keep."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction

from reports.layout.figures import Figures
from scenarios.document import Operation
from scenarios.language import N_

Answer = str | int | date | Fraction
"""Text, integer cents, a year, a date, or an exact share: ``Kind`` tells which."""


class Kind(Enum):
    """What sort of value a figure is."""

    TEXT = "text"
    CENTS = "cents"
    SHARE = "share"
    DAY = "day"


@dataclass(frozen=True)
class Scope:
    """Filters of a figure: codes and a year; what is None does not restrict."""

    operation: str | None = None
    partner: str | None = None
    project: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Figure:
    """One figure: its word, its sort, and how it is computed. ``needs`` names the filters it cannot do without."""

    word: str
    kind: Kind
    compute: Callable[[Figures, Scope], Answer]
    needs: tuple[str, ...] = ()


def operations(figures: Figures, scope: Scope) -> list[Operation]:
    """Return the operations that a scope keeps, by code; with a partner, those to which it commits money."""
    return sorted(
        (
            operation
            for operation in figures.scenario.operations
            if scope.operation in (None, operation.code)
            and scope.project in (None, operation.project)
            and (scope.partner is None or figures.amount(operation.code, scope.partner))
        ),
        key=lambda operation: operation.code,
    )


def _in(figures: Figures, scope: Scope, code: str) -> bool:
    operation = figures.index.operations[code]
    return scope.operation in (None, code) and scope.project in (None, operation.project)


def _committed(figures: Figures, scope: Scope) -> int:
    return sum(
        amount
        for (code, partner, start), amount in figures.committed_at.items()
        if _in(figures, scope, code) and scope.partner in (None, partner) and scope.year in (None, start)
    )


def _paid(figures: Figures, scope: Scope) -> int:
    return sum(
        amount
        for (code, partner, year), amount in figures.paid.items()
        if _in(figures, scope, code) and scope.partner in (None, partner) and scope.year in (None, year)
    )


def _lent(figures: Figures, scope: Scope) -> int:
    return sum(
        loan.amount
        for loan in figures.scenario.loans
        if _in(figures, scope, loan.operation) and scope.partner in (None, loan.partner)
    )


def _sum(of: Callable[[Operation], int]) -> Callable[[Figures, Scope], int]:
    return lambda figures, scope: sum(of(operation) for operation in operations(figures, scope))


def _funded(figures: Figures, scope: Scope) -> int:
    return sum(figures.funded(operation.code) for operation in operations(figures, scope))


def _share(figures: Figures, scope: Scope) -> Fraction:
    """Share that a partner commits of what is funded; zero where nothing is."""
    funded = sum(figures.funded(o.code) for o in operations(figures, replace(scope, partner=None)))
    return Fraction(_committed(figures, replace(scope, year=None)), funded) if funded else Fraction(0)


def _starts(figures: Figures, scope: Scope) -> str:
    launches = figures.launches.get(scope.operation or "", ())
    return ", ".join(str(launch.start) for launch in launches if launch.funded)


_OPERATION, _PARTNER, _PROJECT = ("operation",), ("partner",), ("project",)

FIGURES: tuple[Figure, ...] = (
    Figure(N_("titre"), Kind.TEXT, lambda figures, _scope: figures.scenario.title),
    Figure(N_("comité"), Kind.TEXT, lambda figures, _scope: figures.scenario.committee),
    Figure(N_("empreinte"), Kind.TEXT, lambda figures, _scope: figures.allocation.fingerprint),
    Figure(N_("monnaie"), Kind.TEXT, lambda figures, _scope: figures.scenario.currency),
    Figure(N_("date de référence"), Kind.DAY, lambda figures, _scope: figures.scenario.reference_date),
    Figure(N_("engagement"), Kind.CENTS, _committed),
    Figure(N_("paiement"), Kind.CENTS, _paid),
    Figure(N_("prêt"), Kind.CENTS, _lent),
    Figure(N_("part"), Kind.SHARE, _share, _PARTNER),
    Figure(N_("coût"), Kind.CENTS, _sum(lambda operation: operation.cost)),
    Figure(N_("recettes"), Kind.CENTS, _sum(lambda operation: operation.receipts)),
    Figure(N_("à financer"), Kind.CENTS, _sum(lambda operation: operation.to_fund)),
    Figure(N_("financé"), Kind.CENTS, _funded),
    Figure(
        N_("reste à financer"), Kind.CENTS,
        lambda figures, scope: sum(o.to_fund for o in operations(figures, scope)) - _funded(figures, scope),
    ),
    Figure(N_("code opération"), Kind.TEXT, lambda _figures, scope: scope.operation or "", _OPERATION),
    Figure(
        N_("intitulé"), Kind.TEXT, lambda figures, scope: figures.index.operations[scope.operation or ""].label,
        _OPERATION,
    ),
    Figure(
        N_("nature"), Kind.TEXT, lambda figures, scope: figures.index.operations[scope.operation or ""].nature,
        _OPERATION,
    ),
    Figure(N_("lancement"), Kind.TEXT, _starts, _OPERATION),
    Figure(
        N_("financeur"), Kind.TEXT, lambda figures, scope: figures.index.partners[scope.partner or ""].label, _PARTNER
    ),
    Figure(N_("projet"), Kind.TEXT, lambda figures, scope: figures.index.projects[scope.project or ""].label, _PROJECT),
    Figure(N_("année"), Kind.TEXT, lambda _figures, scope: str(scope.year), ("year",)),
)  # fmt: skip
"""Every figure that a template may ask."""


def repeated(figures: Figures, scope: Scope, over: str) -> Iterable[Scope]:
    """Return the scopes of a list: one for each operation, partner, project or year that the scope keeps."""
    if over == "operation":
        return [replace(scope, operation=operation.code) for operation in operations(figures, scope)]
    if over == "year":
        return [replace(scope, year=year) for year in figures.years]
    if over == "project":
        codes = sorted({operation.project for operation in operations(figures, scope)})
        return [replace(scope, project=code) for code in codes]
    paying = {partner for (code, partner), amount in figures.committed.items() if amount and _in(figures, scope, code)}
    return [replace(scope, partner=partner.code) for partner in figures.in_order(paying)]
