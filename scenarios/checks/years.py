"""Years follow one another and stay inside the horizon."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document import Operation, Scenario
from scenarios.document.index import Index
from scenarios.language import _

LONGEST_HORIZON = 50
"""In years. A longer horizon is a slip of the pen; the size of the problem grows with it."""


def check(index: Index) -> Iterator[Finding]:
    """Yield what is wrong with the horizon, else with the years of operations and of plans."""
    scenario = index.scenario
    if scenario.last_year < scenario.first_year:
        yield Finding(
            "", 0, "last_year", str(scenario.last_year),
            _("{year} ou une année suivante, car la première est {year}").format(year=scenario.first_year),
            _("Corrigez la première ou la dernière année."),
        )  # fmt: skip
    elif len(scenario.years) > LONGEST_HORIZON:
        yield Finding(
            "", 0, "last_year", _("un horizon de {count} années").format(count=len(scenario.years)),
            _("{count} années au plus").format(count=LONGEST_HORIZON),
            _("Corrigez la première ou la dernière année."),
        )  # fmt: skip
    else:
        for row, operation in enumerate(scenario.operations):
            yield from _starts(scenario, row, operation)
            yield from _last_payment(index, row, operation)
        yield from _plans(index)


def horizon(scenario: Scenario) -> str:
    """Say in French which years are accepted."""
    return _("une année de l'horizon, de {first} à {last}").format(first=scenario.first_year, last=scenario.last_year)


def _starts(scenario: Scenario, row: int, operation: Operation) -> Iterator[Finding]:
    for column in ("earliest_start", "latest_start"):
        year = getattr(operation, column)
        if year not in scenario.years:
            yield Finding(
                "operations", row, column, str(year), horizon(scenario),
                _("Corrigez l'année de lancement, ou l'horizon du scénario."),
            )  # fmt: skip
    if operation.latest_start < operation.earliest_start:
        yield Finding(
            "operations", row, "latest_start", str(operation.latest_start),
            _("{year} ou une année suivante, car le lancement est possible dès {year}").format(
                year=operation.earliest_start
            ),
            _("Corrigez « earliest_start » ou « latest_start »."),
        )  # fmt: skip


def _last_payment(index: Index, row: int, operation: Operation) -> Iterator[Finding]:
    """Check the profile of an operation launched as late as allowed; plans have their own years."""
    scenario = index.scenario
    if operation.profile is None or operation.latest_start not in scenario.years:
        return
    paid = [offset for offset, share in index.profiles.get(operation.profile, ()) if share]
    last = operation.latest_start + max(paid, default=0)
    if last > scenario.last_year:
        yield Finding(
            "operations", row, "latest_start",
            _("un lancement en {start}, payé jusqu'en {last} selon le profil « {profile} »").format(
                start=operation.latest_start, last=last, profile=operation.profile
            ),
            _("un dernier paiement en {last} au plus tard").format(last=scenario.last_year),
            _("Avancez « latest_start », raccourcissez le profil, ou prolongez l'horizon."),
        )  # fmt: skip


def _plans(index: Index) -> Iterator[Finding]:
    scenario = index.scenario
    for row, line in enumerate(scenario.plans):
        operation = index.operations.get(line.operation)
        if line.year not in scenario.years:
            yield Finding(
                "plans", row, "year", str(line.year), horizon(scenario),
                _("Corrigez l'année du paiement, ou l'horizon du scénario."),
            )  # fmt: skip
        elif operation is not None and line.year < operation.earliest_start:
            yield Finding(
                "plans", row, "year", str(line.year),
                _("{year} ou une année suivante, car l'opération est lancée en {year}").format(
                    year=operation.earliest_start
                ),
                _("Corrigez l'année du paiement, ou « earliest_start » de l'opération."),
            )  # fmt: skip
