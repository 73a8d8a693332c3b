"""All-or-nothing operations: the whole search beside one bare HiGHS run on the first goal, in the same process.

Committees are made up (``scenarios.synthetic``). Times are processor seconds; work is relaxations solved times
undecided columns, the same on every machine.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import process_time

import highspy
from rich.table import Table

from allocator.compilation import Compilation, compile_scenario
from allocator.engines.highs import HighsEngine
from allocator.goals.goal import Objective
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import scaled_cost, silent, solve_in_order
from allocator.solve.whole.search import choose_whole
from benchmarks.console import decimal, results, steps
from scenarios.language import _
from scenarios.synthetic import committee

SIZES = (50, 100, 200, 400, 1_000)

BARE_LIMIT = 300.0
"""Seconds after which the bare run is stopped: a bench is not a decision."""


@dataclass(frozen=True)
class Measured:
    """One size: the search (seconds, work, gap of each goal, uniqueness) and the bare run (seconds, gap in points)."""

    operations: int
    seconds: float
    work: int
    gaps: tuple[Fraction | None, ...]
    unique: bool
    bare_seconds: float
    bare_gap: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size asked for and print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.whole", description=_("Opérations en tout ou rien."))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help=_("nombres d'opérations"))
    sizes: Sequence[int] = parser.parse_args(arguments).sizes
    measured = []
    with steps() as announce:
        for size in sizes:
            announce(_("{operations} opérations en tout ou rien").format(operations=size))
            measured.append(measure(size))
    results().print(table(measured))


def measure(operations: int) -> Measured:
    """Search and run bare HiGHS on one committee."""
    compilation = compile_scenario(committee(operations, whole=1.0))
    scaled, engine = scale(compilation.program), HighsEngine()
    begun = process_time()
    selection = choose_whole(compilation, scaled, engine, objectives=compilation.objectives, progress=silent)
    seconds = process_time() - begun
    plan = solve_in_order(compilation, scaled, engine, selection.face, objectives=selection.aims, progress=silent)
    gaps = tuple(
        None if bound is None else abs(bound - stage.value)
        for bound, stage in zip(selection.bounds, plan.stages, strict=True)
    )
    return Measured(operations, seconds, selection.work, gaps, selection.unique, *_bare(compilation, scaled, engine))


def _bare(compilation: Compilation, scaled: ScaledProgram, engine: HighsEngine) -> tuple[float, float]:
    """Return the seconds HiGHS takes on the first goal alone, and the gap it leaves, in points."""
    objective = compilation.objectives[0]
    if not isinstance(objective, Objective):
        raise TypeError("the first goal of these committees is one objective")
    cost, unit = scaled_cost(scaled, objective)
    model = Face.whole(compilation.program).model(scaled, cost, compilation.program.integer)
    highs = engine.opened(model, presolve=True)
    if highs is None:
        raise RuntimeError("model refused")
    highs.setOptionValue("time_limit", BARE_LIMIT)
    begun = process_time()
    highs.run()
    info: highspy.HighsInfo = highs.getInfo()
    return process_time() - begun, unit * abs(info.objective_function_value - info.mip_dual_bound)


def table(measured: Sequence[Measured]) -> Table:
    """Lay out the measures, one size a line."""
    shown = Table(title=_("Opérations en tout ou rien : priorité, écart au plan de référence, départage"))
    for heading in (
        _("Opérations"), _("Recherche, s"), _("Travail, millions"), _("Écart prouvé, points"), _("Écart prouvé, euros"),
        _("Unique"), _("HiGHS seul, 1er objectif, s"), _("Son écart, points"),
    ):  # fmt: skip
        shown.add_column(heading, justify="right")
    for line in measured:
        points, cents = line.gaps
        shown.add_row(
            decimal(line.operations, 0), decimal(line.seconds, 1), decimal(line.work / 1e6, 1), _gap(points, 1),
            _gap(cents, 100), _("oui") if line.unique else _("non certifié"), decimal(line.bare_seconds, 1),
            decimal(line.bare_gap, 2),
        )  # fmt: skip
    return shown


def _gap(gap: Fraction | None, unit: int) -> str:
    return _("sans preuve") if gap is None else decimal(float(gap / unit), 0)


if __name__ == "__main__":
    main()
