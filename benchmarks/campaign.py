"""Every rule family drawn at random, on three engines: same cents, checker green; what disagrees is named by its seed.

``python -m benchmarks.campaign --seeds 0 10000 --log FOLDER`` adds a line of JSON to ``FOLDER/campaign.jsonl`` for each
range of seeds done; the same command takes it up where it stopped. Draws come from the tests
(``tests.allocator.campaign_draw``).
"""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from rich.table import Table

from allocator.allocation import Allocation
from allocator.check import verify
from allocator.compilation import compile_scenario
from allocator.engines.engine import EngineError
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from benchmarks.console import results, steps
from benchmarks.families import FAMILIES, families
from scenarios.checks import findings
from scenarios.document import GoalKind, Scenario
from scenarios.language import _
from tests.allocator.campaign_draw import drawn

ENGINES = ("highs", "ortools", "pulp")
RANGE = 20
"""Seeds of one line of the log."""

Cents = tuple[object, ...]


@dataclass
class Done:
    """What a range of seeds gave. ``first`` is in it, ``last`` is not.

    ``covered``: draws with a plan where a rule family or a goal is met. ``disagreements``: seeds whose engines give
    other cents, or of which one finds a plan and another none. ``failures``: an engine said that it failed.
    ``flags``: same cents, but one engine proves more than another. ``broken``: refused by the exact checker.
    """

    first: int
    last: int
    draws: int = 0
    linear: int = 0
    plans: int = 0
    impossible: int = 0
    covered: Counter[str] = field(default_factory=Counter)
    disagreements: list[int] = field(default_factory=list)
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    broken: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, other: "Done") -> None:
        """Add the counts of another range."""
        self.draws += other.draws
        self.linear += other.linear
        self.plans += other.plans
        self.impossible += other.impossible
        self.covered += Counter(other.covered)
        self.disagreements += other.disagreements
        self.failures += other.failures
        self.flags += other.flags
        self.broken += other.broken


@dataclass(frozen=True)
class Outcome:
    """What one engine says of a scenario: the cents and the values of the goals, then what it proves of them."""

    cents: Cents
    flags: Cents = ()
    has_plan: bool = False


def outcome(scenario: Scenario, engine: str) -> Outcome:
    """Solve and check. Raises EngineError when the engine says it fails, AssertionError when the checker refuses."""
    try:
        plan: Allocation = allocate(scenario, engine)
    except InfeasibleScenarioError:
        return Outcome(("no plan",))
    except NoWholeCentsError as error:
        return Outcome(("no plan in whole cents", *error.rules))
    violations = verify(scenario, plan)
    if violations:
        raise AssertionError(violations[0].text)
    values = tuple((goal.value, goal.best, goal.settled) for goal in plan.goals)
    cents = plan.launches, plan.commitments, plan.payments, values, plan.tie_break
    return Outcome(cents, (plan.unique, *(goal.proven for goal in plan.goals)), has_plan=True)


def run(first: int, last: int) -> Done:
    """Draw, solve and compare a range of seeds."""
    done = Done(first, last)
    for seed in range(first, last):
        scenario = drawn(seed)
        if findings(scenario):
            raise ValueError(f"seed {seed}: {findings(scenario)[0]}")
        done.draws += 1
        done.linear += not bool(compile_scenario(scenario).program.integer.any())
        _compare(done, seed, scenario)
    return done


def _compare(done: Done, seed: int, scenario: Scenario) -> None:
    found: list[Outcome] = []
    for engine in ENGINES:
        try:
            found.append(outcome(scenario, engine))
        except EngineError as error:
            done.failures.append((seed, engine, str(error)))
        except Exception as error:  # noqa: BLE001 - a campaign names what crashes and goes on
            done.broken.append((seed, engine, f"{type(error).__name__}: {error}"[:300]))
    if any(other.cents != found[0].cents for other in found[1:]):
        done.disagreements.append(seed)
    elif any(other.flags != found[0].flags for other in found[1:]):
        done.flags.append(seed)
    if any(one.has_plan for one in found):
        done.plans += 1
        done.covered.update(families(scenario))
        done.covered.update(str(goal.kind.value) for goal in scenario.goals)
    else:
        done.impossible += 1


def logged(log: Path) -> Iterator[Done]:
    """Read the ranges already done."""
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            yield Done(**json.loads(line))


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what is left of a range of seeds, and print what the log holds of it."""
    parser = ArgumentParser(prog="python -m benchmarks.campaign", description=_("Campagne de scénarios tirés au sort."))
    parser.add_argument("--seeds", type=int, nargs=2, default=(0, 10_000), help=_("première graine, et la fin exclue"))
    parser.add_argument("--log", type=Path, default=Path("build/campaign"), help=_("dossier du journal"))
    parser.add_argument(
        "--minutes", type=float, default=0.0, help=_("durée au-delà de laquelle s'arrêter ; 0 : aucune")
    )
    asked = parser.parse_args(arguments)
    asked.log.mkdir(parents=True, exist_ok=True)
    log: Path = asked.log / "campaign.jsonl"
    known = {(done.first, done.last) for done in logged(log)}
    begun, (low, high) = monotonic(), asked.seeds
    with steps() as announce:
        for first in range(low, high, RANGE):
            last = min(first + RANGE, high)
            if (first, last) in known or (asked.minutes and monotonic() - begun > 60 * asked.minutes):
                continue
            announce(_("graines {first} à {last}").format(first=first, last=last - 1))
            done = run(first, last)
            with log.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(vars(done)) + "\n")
    total = Done(low, high)
    for done in logged(log):
        if low <= done.first and done.last <= high:
            total.add(done)
    for shown in tables(total):
        results().print(shown)


def tables(total: Done) -> Iterator[Table]:
    """Show what was found, then how many draws with a plan meet each family and each goal."""
    shown = Table(title=_("Scénarios tirés au sort, trois moteurs"))
    shown.add_column(_("Mesure"))
    shown.add_column(_("Nombre"), justify="right")
    shown.add_column(_("Graines"))
    rows = (
        (_("tirages"), total.draws, []), (_("dont programmes linéaires"), total.linear, []),
        (_("avec un plan"), total.plans, []), (_("sans plan, d'un commun accord"), total.impossible, []),
        (_("désaccords"), len(total.disagreements), total.disagreements),
        (_("refusés par le contrôleur, ou arrêts"), len(total.broken), [seed for seed, *_rest in total.broken]),
        (_("échecs annoncés par un moteur"), len(total.failures), [seed for seed, *_rest in total.failures]),
        (_("mêmes centimes, preuves différentes"), len(total.flags), total.flags),
    )  # fmt: skip
    for name, number, seeds in rows:
        shown.add_row(name, str(number), " ".join(map(str, seeds)))
    yield shown
    met = Table(title=_("Tirages avec un plan, par famille de règles et par objectif"))
    met.add_column(_("Famille ou objectif"))
    met.add_column(_("Tirages"), justify="right")
    for name in (*FAMILIES, *(str(kind.value) for kind in GoalKind)):
        met.add_row(name, str(total.covered[name]))
    yield met


if __name__ == "__main__":
    main()
