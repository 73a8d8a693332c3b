"""Around the plan: others almost as good, the frontier of two goals, what holds when things go wrong."""

import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from allocator.allocation import Allocation
from allocator.exploration.alternatives import Alternative, Alternatives, alternatives
from allocator.exploration.frontier import Frontier, frontier
from allocator.exploration.robust_budget import robust_budget
from allocator.exploration.sample import planned_states
from allocator.exploration.spec import StressSpec
from allocator.exploration.spec_file import read_spec
from allocator.exploration.stress import stress
from allocator.exploration.workers import workers
from reports.layout.figures import Figures
from reports.layout.stressed import StressTest
from reports.stress import write
from scenarios.document import GoalKind, Scenario
from scenarios.language import _
from scenarios.rulebooks import Law
from scenarios.store import Version
from ui.desk.desk import Desk
from ui.desk.plans import keep
from ui.desk.versions import Current, current
from ui.explored import counted
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket

VERIFIED = 3
"""Draws calculated again from nothing, and verified to the cent."""

Tell = Callable[[str], None]


def other_plans(scenario: Scenario, allocation: Allocation, rate: Fraction, tell: Tell) -> Alternatives:
    """Look for other plans, in a worker."""
    tell(_("Recherche des autres plans"))
    return alternatives(scenario, allocation, rate)


def trade_off(scenario: Scenario, pair: tuple[GoalKind, GoalKind], points: int, tell: Tell) -> Frontier:
    """Look for the frontier of two goals, in a worker."""
    return frontier(scenario, pair, points, lambda count: tell(_("Points trouvés : {count}").format(count=count)))


def stressed(
    plan: tuple[Scenario, Allocation, Law], spec: StressSpec, holder: str | None, target: Fraction, tell: Tell
) -> StressTest:
    """Draw what may go wrong, in a worker; with ``holder``, look for the budgets that would make the plan safe."""
    scenario, allocation, _law = plan
    with workers(1) as hands:
        found = stress(
            scenario, allocation, spec, hands, verified=VERIFIED, progress=counted(tell, spec.draws)
        )  # fmt: skip
        safer = None
        if holder is not None:
            tell(_("Recherche du budget qui rendrait le plan sûr"))
            states = planned_states(scenario, allocation)
            safer = robust_budget(scenario, states, spec, hands, holder=holder, target=target)
    return StressTest(Figures(*plan), spec, found, target, safer)


def stress_workbook(test: StressTest, tell: Tell) -> bytes:
    """Write the workbook of a stress test, in a worker."""
    tell(_("Classeur de la mise à l'épreuve"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mise-a-l-epreuve.xlsx"
        write(test, path)
        return path.read_bytes()


def ask_alternatives(desk: Desk, plan: Plan, rate: Fraction) -> Ticket[Alternatives]:
    """Ask for the plans that lose at most a rate of the first goal."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Call(other_plans, (plan.scenario, plan.allocation, rate), tells=True))


def ask_frontier(desk: Desk, plan: Plan, pair: tuple[GoalKind, GoalKind], points: int) -> Ticket[Frontier]:
    """Ask for the frontier of two goals."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Call(trade_off, (plan.scenario, pair, points), tells=True))


def ask_stress(desk: Desk, plan: Plan, spec: StressSpec, holder: str | None, target: Fraction) -> Ticket[StressTest]:
    """Ask for a stress test."""
    desk.require(Action.CALCULATE)
    whole = plan.scenario, plan.allocation, plan.law
    return desk.queue.submit(desk.session, Call(stressed, (whole, spec, holder, target), tells=True))


def ask_stress_workbook(desk: Desk, test: StressTest) -> Ticket[bytes]:
    """Ask for the workbook of a stress test."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Call(stress_workbook, (test,), tells=True))


def received_spec(desk: Desk, file_name: str, content: bytes, scenario: Scenario) -> StressSpec:
    """Read a document of what may go wrong. Raises ScenarioError with every problem."""
    desk.require(Action.CALCULATE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file_name).name
        path.write_bytes(content)
        return read_spec(path, scenario)


def keep_alternative(desk: Desk, opened: Current, one: Alternative, name: str, reason: str) -> Version:
    """Make a dossier of another plan: the same document under the goals that give it, and its plan.

    Raises RefusedError when the name is taken or empty, or the reason empty.
    """
    desk.require(Action.EDIT)
    document = opened.document.model_copy(update={"goals": one.goals})
    made = desk.store.create(name, document, desk.user.name, reason)
    keep(desk, current(desk, made.dossier), one.allocation)
    return made
