"""What a goal costs: the plan decided again without it, compared with the plan of the version."""

from collections.abc import Callable
from dataclasses import dataclass

from allocator.comparison.plans import compare_plans
from allocator.engines import Engine
from allocator.solve.allocate import Decision, decide
from scenarios.document import GoalKind
from scenarios.language import _
from ui.compared import goal_lines
from ui.desk.consequences import consequences
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Ask
from ui.solving.ticket import Ticket
from ui.words import stage


@dataclass(frozen=True)
class GoalPrice:
    """``goals``: what each other goal would reach, before and after, where it differs; ``plan``: what would change."""

    goals: tuple[str, ...]
    plan: tuple[str, ...]


def ask_goal_price(desk: Desk, opened: Current, kind: GoalKind) -> Ticket[GoalPrice]:
    """Ask what a goal of a version costs: another goal must be left to aim at."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, without_goal, (kind,), tells=True))


def without_goal(decision: Decision, engine: Engine, kind: GoalKind, tell: Callable[[str], None]) -> GoalPrice:
    """Decide again without a goal, in a worker, and say what the others gain and who is paid otherwise."""
    scenario = decision.compilation.layout.frame.scenario
    left = tuple(goal for goal in scenario.goals if goal.kind is not kind)
    free = scenario.model_copy(update={"goals": left})
    after = decide(free, engine, lambda name: tell(_("Sans cet objectif : {stage}").format(stage=stage(name))))
    found = compare_plans((scenario, decision.allocation), (free, after.allocation))
    others = [goal for goal in found.goals if goal.kind is not kind and goal.differs]
    goals = tuple(line for line, _members in goal_lines(others, scenario.currency))
    return GoalPrice(goals, consequences(Plan(scenario, decision.allocation), Plan(free, after.allocation)))
