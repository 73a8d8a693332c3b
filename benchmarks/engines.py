"""The three engines on the same scenarios: total time, and whether they give the same cents.

Each allocation runs in a process of its own, stopped after LIMIT seconds.
"""

import os
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from time import perf_counter
from typing import cast

from rich.table import Table

from allocator.allocation import Allocation
from allocator.engines import ENGINE_NAMES
from allocator.solve.allocate import allocate
from benchmarks.console import decimal, results, steps
from benchmarks.stopwatch import Announce
from scenarios.language import _
from scenarios.synthetic import committee

LIMIT = 600.0
"""Seconds on the clock after which an engine is stopped."""


@dataclass(frozen=True)
class Case:
    """A made-up committee; ``whole``: share of its operations that are funded entirely or not at all."""

    operations: int
    whole: float


CASES = (Case(200, 0.0), Case(40, 1.0), Case(100, 1.0))


@dataclass(frozen=True)
class Run:
    """What one engine did: the engine's name and version, seconds on the clock, and the allocation it gave."""

    engine: str
    seconds: float
    allocation: Allocation


def main() -> None:
    """Run every case with every engine and print the table."""
    with steps() as announce:
        measured = [(case, [_announced(case, name, announce) for name in ENGINE_NAMES]) for case in CASES]
    results().print(table(measured))


def _announced(case: Case, engine: str, announce: Announce) -> Run | None:
    text = _("{operations} opérations ({kind}) : {engine}")
    announce(text.format(operations=case.operations, kind=_kind(case), engine=engine))
    return run(case, engine, LIMIT)


def _kind(case: Case) -> str:
    return _("tout ou rien") if case.whole else _("divisibles")


def run(case: Case, engine: str, limit: float) -> Run | None:
    """Allocate in another process; None when it takes longer than ``limit``. Raises EOFError when it fails."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder:
        process = context.Process(target=_allocate, args=(theirs, case, engine, folder))
        process.start()
        theirs.close()
        try:
            return ours.recv() if ours.poll(limit) else None
        finally:
            _stop(process)


def _stop(process: SpawnProcess) -> None:
    """Stop a process and the engine it may have started."""
    try:
        os.killpg(cast("int", process.pid), signal.SIGKILL)
    except ProcessLookupError:
        # It has not had the time to lead a group of its own, or has just ended.
        process.kill()
    process.join()


def _allocate(answer: Connection, case: Case, engine: str, folder: str) -> None:
    os.setsid()
    # Engines that work through files leave them where the parent cleans up, even when they are stopped.
    tempfile.tempdir = folder
    scenario = committee(case.operations, whole=case.whole)
    begun = perf_counter()
    allocation = allocate(scenario, engine)
    seconds = perf_counter() - begun
    record = allocation.engine
    answer.send(Run(f"{record.name} {record.version}", seconds, allocation))


def same_cents(one: Run, other: Run) -> bool:
    """Tell whether two engines gave the same launches, commitments and payments, to the cent."""
    a, b = one.allocation, other.allocation
    return (a.launches, a.commitments, a.payments) == (b.launches, b.commitments, b.payments)


def table(measured: Sequence[tuple[Case, Sequence[Run | None]]]) -> Table:
    """Lay out the runs of each case, compared with its first engine."""
    shown = Table(title=_("Répartition complète, secondes à l'horloge"))
    for heading in (_("Opérations"), _("Moteur"), _("Durée"), _("Mêmes centimes")):
        shown.add_column(heading)
    for case, runs in measured:
        label = f"{case.operations} ({_kind(case)})"
        for name, done in zip(ENGINE_NAMES, runs, strict=True):
            shown.add_row(label, *_row(name, done, runs[0]), end_section=name == ENGINE_NAMES[-1])
    return shown


def _row(name: str, done: Run | None, reference: Run | None) -> tuple[str, str, str]:
    if done is None:
        return name, _("arrêté après {seconds} s").format(seconds=decimal(LIMIT, 0)), _("non comparé")
    if reference is None or reference is done:
        return done.engine, decimal(done.seconds, 2), _("référence") if done is reference else _("non comparé")
    return done.engine, decimal(done.seconds, 2), _("oui") if same_cents(done, reference) else _("NON")


if __name__ == "__main__":
    main()
