"""Time to explain one operation and to unlock one, and what a stress test saves on as many cold allocations.

Committees are made up (``scenarios.synthetic``). Processor time is measured for explanations; on the clock, with the
same processes at work, for the stress test, whose draws are shared between them.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from time import perf_counter, process_time

from rich.table import Table

from allocator.engines.highs import HighsEngine
from allocator.explanation.unlock import is_funded, obstacle, unlock
from allocator.explanation.why import Why
from allocator.exploration.draws import draw
from allocator.exploration.happened import happened
from allocator.exploration.spec import ILLUSTRATIVE
from allocator.exploration.trial import Trial
from allocator.exploration.workers import job, workers
from allocator.solve.allocate import allocate, decide
from benchmarks.console import decimal, results, steps
from benchmarks.stopwatch import Announce
from scenarios.document import Scenario
from scenarios.language import _
from scenarios.synthetic import committee

OPERATIONS, PARTNERS, YEARS = 200, 12, 6

DRAWS, COLD, PROCESSES = 200, 10, 2
"""Draws of the stress test, cold allocations measured for comparison, processes."""

MOST, LEAST = 2, 5
"""Seconds an answer may take, and how many times faster a stress test must be."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.explanations", description=_("Explications et aléas."))
    parser.add_argument("--operations", type=int, default=OPERATIONS, help=_("nombre d'opérations"))
    parser.add_argument("--draws", type=int, default=DRAWS, help=_("nombre de tirages"))
    given = parser.parse_args(arguments)
    scenario = committee(given.operations, PARTNERS, YEARS)
    with steps() as announce:
        lines = [*explanations(scenario, announce), *stress_ratio(scenario, given.draws, announce)]
    results().print(_table(given.operations, lines))


def explanations(scenario: Scenario, announce: Announce) -> list[tuple[str, float, str]]:
    """Return the processor seconds of each answer: the operation asked about is the first that is not all funded."""
    engine = HighsEngine()
    decision = decide(scenario, engine)
    codes = sorted(one.code for one in scenario.operations)
    short = next(code for code in codes if not is_funded(scenario, decision.allocation, code))
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        (_("Pourquoi ce montant, une opération"), lambda: Why(decision, engine).operation(codes[0])),
        (_("Ce qui s'oppose à une opération"), lambda: obstacle(scenario, decision.allocation, short, engine)),
        (_("Ce qu'il faudrait pour une opération"), lambda: unlock(scenario, decision.allocation, short, engine)),
    )
    lines = []
    for label, answer in asked:
        announce(label)
        begun = process_time()
        answer()
        lines.append((label, process_time() - begun, _("secondes, {most} au plus").format(most=MOST)))
    return lines


def stress_ratio(scenario: Scenario, draws: int, announce: Announce) -> list[tuple[str, float, str]]:
    """Return the seconds of a stress test and of as many cold allocations, and their ratio."""
    announce(_("{draws} tirages sur {processes} processus").format(draws=draws, processes=PROCESSES))
    with workers(PROCESSES) as hands:
        list(hands.outcomes(job(scenario, ILLUSTRATIVE), iter(range(PROCESSES))))
        begun = perf_counter()
        list(hands.outcomes(job(scenario, ILLUSTRATIVE), iter(range(draws))))
        warm = perf_counter() - begun
    announce(_("{count} répartitions à froid").format(count=COLD))
    begun, used = perf_counter(), process_time()
    for rank in range(COLD):
        allocate(happened(scenario, draw(ILLUSTRATIVE, scenario, rank)))
    cold, cold_used = (perf_counter() - begun) / COLD * draws, process_time() - used
    trial, used = Trial(scenario, ILLUSTRATIVE), process_time()
    for rank in range(COLD):
        trial.outcome(rank)
    warm_used = process_time() - used
    return [
        (_("{draws} tirages").format(draws=draws), warm, _("secondes à l'horloge")),
        (_("Autant de répartitions à froid, l'une après l'autre"), cold, _("secondes à l'horloge")),
        (_("Rapport à l'horloge"), cold / warm, _("fois plus vite, {least} au moins").format(least=LEAST)),
        (_("Rapport par tirage, en temps de processeur"), cold_used / warm_used, _("fois, sur un seul cœur")),
    ]


def _table(operations: int, lines: Sequence[tuple[str, float, str]]) -> Table:
    title = _("Explications et aléas, {operations} opérations × {partners} partenaires × {years} ans")
    table = Table(title=title.format(operations=operations, partners=PARTNERS, years=YEARS))
    for heading in (_("Question"), _("Mesure"), _("Unité, objectif")):
        table.add_column(heading)
    for label, value, unit in lines:
        table.add_row(label, decimal(value, 2), unit)
    return table


if __name__ == "__main__":
    main()
