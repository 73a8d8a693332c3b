"""The widest agreement, beside its own cells written bare by XlsxWriter: processor time, memory, size of the file.

One project, 12 partners that all bring a part of every operation, so that no sheet is short. Committees are made up
(``scenarios.synthetic``) and so is the plan: it breaks rules, which a workbook says and does not mind. Each writing
has a process of its own, whose peak of memory is its own too, imports included.
"""

import resource
import sys
import tempfile
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import TypeVar

from openpyxl import load_workbook
from rich.table import Table
from xlsxwriter import Workbook

from allocator.allocation import Allocation, Commitment, EngineRecord, Launch, Payment
from benchmarks.console import decimal, results, steps
from benchmarks.stopwatch import Announce
from reports import agreement
from scenarios.document import Scenario
from scenarios.language import _
from scenarios.synthetic import committee

Result = TypeVar("Result")

SIZES = (200, 1_000)
PARTNERS, YEARS = 12, 6
PROJECT = "PRJ1"
MOST_SECONDS, MOST_MEGABYTES = 10.0, 500.0
"""What an agreement of 1 000 operations may take."""


@dataclass(frozen=True)
class Cost:
    """Processor seconds of a writing, and peak of memory of its process, in megabytes."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Measured:
    """The agreement, its cells written bare, how many cells there are and megabytes of the agreement."""

    ours: Cost
    bare: Cost
    cells: int
    size: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size asked for and print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.workbooks", description=_("Ce que coûte un classeur."))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help=_("nombres d'opérations"))
    sizes: Sequence[int] = parser.parse_args(arguments).sizes
    with steps() as announce:
        measured = [measure(size, announce) for size in sizes]
    results().print(table(sizes, measured))


def measure(operations: int, announce: Announce) -> Measured:
    """Write one agreement, then the same cells bare."""
    with tempfile.TemporaryDirectory() as folder:
        path, bare = Path(folder) / "agreement.xlsx", Path(folder) / "bare.xlsx"
        announce(_("{operations} opérations : écrire la convention").format(operations=operations))
        ours = _apart(_write, operations, path)
        announce(_("{operations} opérations : écrire les mêmes cellules nues").format(operations=operations))
        cells, cost = _apart(_write_bare, path, bare)
        return Measured(ours, cost, cells, path.stat().st_size / 1e6)


def _apart(work: Callable[..., Result], *arguments: object) -> Result:
    """Run in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _cost(begun: float) -> Cost:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Cost(process_time() - begun, peak / (1e6 if sys.platform == "darwin" else 1e3))


def _write(operations: int, path: Path) -> Cost:
    scenario = one_project(operations)
    plan = even_shares(scenario)
    begun = process_time()
    agreement.write(scenario, plan, PROJECT, path)
    return _cost(begun)


def _write_bare(source: Path, path: Path) -> tuple[int, Cost]:
    """Write the cells of a workbook again, without formats; reading them is not counted."""
    book = load_workbook(source, read_only=True)
    sheets = [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]
    begun = process_time()
    bare = Workbook(path, {"in_memory": True})
    cells = 0
    for title, rows in sheets:
        sheet = bare.add_worksheet(title)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value)
                    cells += 1
    bare.close()
    return cells, _cost(begun)


def one_project(operations: int) -> Scenario:
    """Make up a committee whose operations all belong to one project."""
    scenario = committee(operations, PARTNERS, YEARS)
    moved = tuple(operation.model_copy(update={"project": PROJECT}) for operation in scenario.operations)
    return scenario.model_copy(update={"operations": moved})


def even_shares(scenario: Scenario) -> Allocation:
    """Make a plan that breaks rules on purpose, so that no sheet is short: a twentieth per eligible partner."""
    eligible: dict[str, list[str]] = defaultdict(list)
    for line in scenario.eligibilities:
        eligible[line.operation].append(line.partner)
    launches, commitments = [], []
    for operation in scenario.operations:
        year, part = operation.earliest_start, operation.to_fund // 20
        launches.append(Launch(operation.code, year, operation.to_fund))
        partners = eligible[operation.code]
        commitments += [Commitment(operation.code, partner, year, part) for partner in partners]
        commitments.append(Commitment(operation.code, operation.owner, year, operation.to_fund - part * len(partners)))
    payments = [Payment(line.operation, line.partner, line.start, line.start, line.amount) for line in commitments]
    return Allocation(
        scenario.code, "0" * 64, tuple(launches), tuple(sorted(commitments)), tuple(sorted(payments)), (), "aucun",
        unique=True, engine=EngineRecord("aucun", "0"),
    )  # fmt: skip


def table(sizes: Sequence[int], measured: Sequence[Measured]) -> Table:
    """Lay out the measures, with what is allowed at 1 000 operations."""
    shown = Table(title=_("Une convention de {partners} partenaires").format(partners=PARTNERS))
    shown.add_column(_("Opérations"))
    for size in sizes:
        shown.add_column(decimal(size, 0), justify="right")
    allowed = _("à 1 000, au plus {most}")
    lines: tuple[tuple[str, Callable[[Measured], float], int], ...] = (
        (_("Cellules"), lambda one: one.cells, 0),
        (_("Fichier, en Mo"), lambda one: one.size, 1),
        (
            _("Convention, secondes de processeur ({allowed})").format(
                allowed=allowed.format(most=decimal(MOST_SECONDS, 0))
            ),
            lambda one: one.ours.seconds, 2,
        ),
        (
            _("Convention, mémoire au plus haut, en Mo ({allowed})").format(
                allowed=allowed.format(most=decimal(MOST_MEGABYTES, 0))
            ),
            lambda one: one.ours.megabytes, 0,
        ),
        (_("Mêmes cellules nues, secondes de processeur"), lambda one: one.bare.seconds, 2),
        (_("Rapport"), lambda one: one.ours.seconds / one.bare.seconds, 1),
    )  # fmt: skip
    for label, figure, places in lines:
        shown.add_row(label, *(decimal(figure(one), places) for one in measured))
    return shown


if __name__ == "__main__":
    main()
