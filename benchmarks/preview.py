"""Time of a preview after one budget edit, beside one bare solve of the edited scenario's matrix.

Committees are made up (``scenarios.synthetic``). One budget at a time is raised by 2 %; both times are CPU seconds
of one process, taken one after the other, so that what else the machine does weighs on neither.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from gc import collect
from statistics import median
from time import process_time

import numpy as np
from rich.table import Table

from allocator.compilation import compile_scenario
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.solve.allocate import decide
from allocator.solve.face import Face
from allocator.solve.ordered_goals import scaled_cost
from allocator.solve.preview import Confirmation, Ready, confirm, preview, ready
from allocator.solve.stages import opened
from benchmarks.console import decimal, results, steps
from benchmarks.stages import GOALS, PARTNERS, YEARS
from scenarios.document import Goal, Scenario
from scenarios.language import _
from scenarios.synthetic import committee

SIZES = (200, 1_000)
EVERY = 17
"""One budget in that many is edited; so is the decisive run, for the first ``CONFIRMED`` of them."""

CONFIRMED = 2


@dataclass(frozen=True)
class Edit:
    """Processor seconds of a preview and of a bare solve after one edit; what the decisive run said, where asked."""

    bare: float
    previewed: float
    confirmation: Confirmation | None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size asked for and print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.preview", description=_("Temps d'un aperçu après un budget."))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help=_("nombres d'opérations"))
    sizes: Sequence[int] = parser.parse_args(arguments).sizes
    with steps() as announce:
        measured = []
        for size in sizes:
            announce(_("{operations} opérations").format(operations=size))
            measured.append(measure(size))
    results().print(_table(sizes, measured))


def measure(operations: int) -> list[Edit]:
    """Return what previews of one made-up committee took."""
    goals = tuple(Goal(kind=kind) for kind in GOALS)
    scenario = committee(operations, PARTNERS, YEARS).model_copy(update={"goals": goals})
    start = ready(decide(scenario, HighsEngine()), HighsEngine())
    if start is None:
        raise RuntimeError("no preview of a divisible committee")
    places = range(0, len(scenario.budgets), EVERY)
    return [_edit(start, raised(scenario, place), rank < CONFIRMED) for rank, place in enumerate(places)]


def raised(scenario: Scenario, place: int) -> Scenario:
    """Return the scenario with one budget raised by 2 %."""
    budget = scenario.budgets[place]
    amounts = {field: getattr(budget, field) for field in ("commitment", "payment")}
    more = {field: amount + amount // 50 for field, amount in amounts.items() if amount is not None}
    budgets = list(scenario.budgets)
    budgets[place] = budget.model_copy(update=more)
    return scenario.model_copy(update={"budgets": tuple(budgets)})


def _edit(start: Ready, edited: Scenario, confirmed: bool) -> Edit:
    compilation = compile_scenario(edited)
    program, objective = opened(compilation.program, compilation.objectives[0])
    scaled = scale(program)
    cost, _unit = scaled_cost(scaled, objective)
    model = Face.whole(program).model(scaled, cost, np.zeros(len(cost), dtype=np.bool_))
    collect()
    begun = process_time()
    HighsEngine().solve(model)
    bare = process_time() - begun
    collect()
    begun = process_time()
    found = preview(start, edited)
    previewed = process_time() - begun
    if found is None:
        raise RuntimeError("no preview after a budget edit")
    decided = decide(edited, HighsEngine()).allocation if confirmed else None
    return Edit(bare, previewed, None if decided is None else confirm(found, decided))


def _table(sizes: Sequence[int], measured: Sequence[Sequence[Edit]]) -> Table:
    table = Table(title=_("Aperçu après un budget relevé de 2 %"))
    table.add_column(_("Opérations"))
    for size in sizes:
        table.add_column(decimal(size, 0), justify="right")
    ratios = [sorted(edit.previewed / edit.bare for edit in edits) for edits in measured]
    table.add_row(_("Budgets modifiés"), *(str(len(edits)) for edits in measured))
    table.add_row(_("Résolution HiGHS seule"), *(decimal(median(e.bare for e in edits), 3) for edits in measured))
    table.add_row(_("Aperçu"), *(decimal(median(e.previewed for e in edits), 3) for edits in measured))
    table.add_row(_("Rapport médian (objectif : 0,5)"), *(decimal(median(found), 2) for found in ratios))
    table.add_row(_("Rapport le plus faible"), *(decimal(found[0], 2) for found in ratios))
    table.add_row(_("Rapport le plus élevé"), *(decimal(found[-1], 2) for found in ratios))
    said = [[e.confirmation for e in edits if e.confirmation is not None] for edits in measured]
    table.add_row(_("Centimes déplacés par le calcul décisif"), *(", ".join(str(c.cents) for c in s) for s in said))
    return table


if __name__ == "__main__":
    main()
