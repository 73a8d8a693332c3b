"""Time of each stage of an allocation, beside one bare solve of the same matrix and the same model built in PuLP.

Committees are made up (``scenarios.synthetic``) and written to a folder first, so that reading is measured too.
The stages are those that ``allocate_with`` announces; the time spent in the engine is counted apart.
"""

import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from functools import partial
from gc import collect
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from rich.table import Table

from allocator.compilation import compile_scenario
from allocator.engines import LinearModel, Status
from allocator.engines.highs import HighsEngine
from allocator.engines.pulp import as_pulp
from allocator.program.scaling import scale
from allocator.solve.allocate import allocate_with
from allocator.solve.face import Face
from allocator.solve.ordered_goals import scaled_cost
from allocator.solve.stages import opened
from benchmarks.console import decimal, results, steps
from benchmarks.stopwatch import Announce, Stopwatch, TimedEngine
from scenarios import formats
from scenarios.choices import CHOICES
from scenarios.document import Goal, GoalKind, Scenario
from scenarios.language import N_, _
from scenarios.synthetic import committee

SIZES = (200, 1_000, 10_000)
PARTNERS, YEARS = 12, 6

ONE_RUN_FROM = 5_000
"""Number of operations from which one run is enough: noise is small against what is measured, runs are long."""

RUNS = 5

GOALS = (GoalKind.PRIORITY_VALUE, GoalKind.EQUAL_EFFORT, GoalKind.REFERENCE_CLOSENESS)
"""Goals of the made-up committees, in order."""

READ, CHECK, ASSEMBLY, TIE_BREAK, PLAN, CENTS, RESOLVE, VERIFY, TOTAL, DECISION, ELAPSED, BARE, PULP, MPS = (
    "read", "check", "assembly", "tie_break", "plan", "cents", "resolve", "verify", "total", "decision", "elapsed",
    "bare", "pulp", "mps",
)  # fmt: skip

STAGES = (READ, ASSEMBLY, *(goal.value for goal in GOALS), TIE_BREAK, PLAN, CENTS, RESOLVE, VERIFY)
"""What the total is made of; CHECK is part of READ."""

LABELS = {
    READ: N_("Lire le dossier, contrôles compris"),
    CHECK: N_("  dont contrôles du document"),
    ASSEMBLY: N_("Assembler le programme"),
    TIE_BREAK: N_("Résoudre : départager les plans équivalents"),
    PLAN: N_("Plan exact, vérifié ligne à ligne"),
    CENTS: N_("Mise au centime, preuve et empreinte"),
    RESOLVE: N_("  résolutions de la mise au centime"),
    VERIFY: N_("Vérification exacte de toutes les règles"),
    TOTAL: N_("Total"),
    DECISION: N_("  dont la décision, sans la lecture du dossier"),
    ELAPSED: N_("  durée constatée à l'horloge"),
    BARE: N_("Une résolution HiGHS seule, premier objectif"),
    PULP: N_("Le même modèle en objets PuLP"),
    MPS: N_("Écriture du fichier MPS par PuLP"),
}

Seconds = Mapping[str, float]
"""Processor seconds by stage (ELAPSED: seconds on the clock)."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size asked for and print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.stages", description=_("Temps de chaque étape du calcul."))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help=_("nombres d'opérations"))
    sizes: Sequence[int] = parser.parse_args(arguments).sizes
    with steps() as announce:
        measured = [measure(size, announce) for size in sizes]
    results().print(_table(sizes, measured))


def measure(operations: int, announce: Announce) -> list[Seconds]:
    """Return what each run over one made-up committee took."""
    runs = 1 if operations >= ONE_RUN_FROM else RUNS
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "committee"
        goals = tuple(Goal(kind=kind) for kind in GOALS)
        formats.write(committee(operations, PARTNERS, YEARS).model_copy(update={"goals": goals}), folder)
        return [_run(folder, partial(_announced, announce, operations, (run, runs))) for run in range(1, runs + 1)]


def _announced(announce: Announce, operations: int, run: tuple[int, int], stage: str) -> None:
    text = _("{operations} opérations, passage {run} sur {runs} : {stage}")
    announce(text.format(operations=operations, run=run[0], runs=run[1], stage=_label(stage).strip().lower()))


def _label(stage: str) -> str:
    if stage in {goal.value for goal in GOALS}:
        return _("Résoudre : {goal}").format(goal=_(CHOICES[GoalKind(stage)]))
    return _(LABELS[stage])


def _run(folder: Path, announce: Announce) -> Seconds:
    """Time one pass. What a measure leaves behind is cleaned up before the next, not at its expense."""
    watch = Stopwatch(announce)
    collect()
    begun = perf_counter()
    watch.start(READ)
    scenario = formats.read(folder)
    watch.stop()
    read = perf_counter() - begun
    watch.start(CHECK)
    formats.check(scenario)
    watch.stop()
    _references(scenario, folder.parent, watch)
    collect()
    begun = perf_counter()
    allocated = _allocated(scenario, announce)
    elapsed = read + perf_counter() - begun
    seconds = {**watch.spent, **allocated}
    total = sum(seconds[stage] for stage in STAGES)
    return {**seconds, TOTAL: total, DECISION: total - seconds[READ], ELAPSED: elapsed}


def _references(scenario: Scenario, folder: Path, watch: Stopwatch) -> None:
    """Time assembly and, just after it, what the stages are compared with: the matrix of the first goal."""
    model = _assembled(scenario, watch)
    collect()
    watch.start(PULP)
    # PuLP's objects need names; ours get theirs only when somebody reads them.
    rows, columns = ([f"{kind}{i}" for i in range(count)] for kind, count in zip("rx", model.shape, strict=True))
    problem, _variables = as_pulp(model, columns, rows)
    watch.start(MPS)
    problem.writeMPS(str(folder / "model.mps"))
    watch.stop()
    collect()
    watch.start(BARE)
    answer = HighsEngine().solve(model)
    watch.stop()
    if answer.status is not Status.OPTIMAL:
        raise RuntimeError(f"bare solve: {answer.detail}")


def _assembled(scenario: Scenario, watch: Stopwatch) -> LinearModel:
    """Time assembly, from the scenario in memory to the scaled arrays; return the model of the first goal."""
    collect()
    watch.start(ASSEMBLY)
    compilation = compile_scenario(scenario)
    program, objective = opened(compilation.program, compilation.objectives[0])
    scaled = scale(program)
    watch.stop()
    cost, _unit = scaled_cost(scaled, objective)
    return Face.whole(program).model(scaled, cost, np.zeros(len(cost), dtype=np.bool_))


def _allocated(scenario: Scenario, announce: Announce) -> Seconds:
    """Time one whole allocation after its assembly: the engine's part of each stage, and ours."""
    names = {"check": VERIFY}
    watch = Stopwatch(announce)
    allocate_with(scenario, TimedEngine(HighsEngine(), watch), lambda stage: watch.start(names.get(stage, stage)))
    watch.stop()
    solves = [*(goal.value for goal in GOALS), TIE_BREAK]
    return {
        **{stage: watch.solving[stage] for stage in solves},
        PLAN: sum(watch.spent[stage] - watch.solving[stage] for stage in solves),
        CENTS: watch.spent[CENTS] - watch.solving[CENTS],
        RESOLVE: watch.solving[CENTS],
        VERIFY: watch.spent[VERIFY],
    }


def ratio(runs: Sequence[Seconds], one: str, other: str) -> float:
    """Return how many times longer one stage takes than another: the median over runs."""
    return median(seconds[one] / seconds[other] for seconds in runs)


def _table(sizes: Sequence[int], measured: Sequence[Sequence[Seconds]]) -> Table:
    table = Table(title=_("Secondes de processeur, médiane des passages"))
    heading = _("Opérations × {partners} partenaires × {years} ans")
    table.add_column(heading.format(partners=PARTNERS, years=YEARS))
    for size in sizes:
        table.add_column(decimal(size, 0), justify="right")
    table.add_row(_("Passages"), *(str(len(runs)) for runs in measured), end_section=True)
    for group in ((READ, CHECK, *STAGES[1:]), (TOTAL, DECISION, ELAPSED), (BARE, PULP, MPS)):
        for stage in group:
            figures = [decimal(median(seconds[stage] for seconds in runs), 3) for runs in measured]
            table.add_row(_label(stage), *figures, end_section=stage == group[-1])
    for label, one, other in (
        (_("Rapport : PuLP / assembler (objectif : 8 à 1 000)"), PULP, ASSEMBLY),
        (
            _("Rapport : décision / résolution HiGHS seule (objectif : 5 à 200)"),
            DECISION,
            BARE,
        ),
        (_("Rapport : total / résolution HiGHS seule"), TOTAL, BARE),
    ):
        table.add_row(label, *(decimal(ratio(runs, one, other), 1) for runs in measured))
    return table


if __name__ == "__main__":
    main()
