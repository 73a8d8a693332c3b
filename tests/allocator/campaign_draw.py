"""What a campaign draws: messy scenarios, and three turns given to some of them, apart from the other draws."""

from datetime import date
from fractions import Fraction
from random import Random

from scenarios.document import GoalKind, Presence, RulebookUse, Scenario
from scenarios.rulebooks import in_force
from tests.allocator.messy import messy
from tests.allocator.rules.tiny import SUMS

ABOUT_WHOLE_DECISIONS = (
    "region_or_departement", "minimum_ticket", "partner_limit", "needs", "excludes"
)  # fmt: skip
CLASS_DAY = date(2016, 1, 1)
"""A day within the horizon of the ANRU's rates by class."""


def drawn(seed: int) -> Scenario:
    """Return the scenario of a seed, its rulebooks resolved."""
    random = Random(f"campaign{seed}")
    scenario = messy(seed)
    if random.random() < 0.35:
        scenario = divisible(scenario)
    if random.random() < 0.1:
        scenario = with_rates_by_class(scenario, random)
    if random.random() < 0.25:
        scenario = with_a_loss(scenario, random)
    return in_force(scenario)


def divisible(scenario: Scenario) -> Scenario:
    """Take every whole decision away: what is left is a linear program."""
    return scenario.model_copy(
        update={
            "operations": tuple(line.model_copy(update={"divisible": True}) for line in scenario.operations),
            "eligibilities": tuple(
                line.model_copy(update={"presence": Presence.REQUIRED}) for line in scenario.eligibilities
            ),
            "rules": tuple(rule for rule in scenario.rules if rule.kind not in ABOUT_WHOLE_DECISIONS),
            "derogations": tuple(
                line for line in scenario.derogations if not line.rule.startswith("P")
            ),
            "goals": tuple(goal for goal in scenario.goals if goal.kind is not GoalKind.FEWEST_PARTNERS)
            or scenario.goals,
        }
    )  # fmt: skip


def with_rates_by_class(scenario: Scenario, random: Random) -> Scenario:
    """Put the operations that the ANRU may fund under its rates by class (K14), with or without a bonus."""
    funded = [line.operation for line in scenario.eligibilities if line.partner == "ANRU"]
    if not funded or scenario.past_aids:
        return scenario
    communes = tuple(
        commune.model_copy(
            update={
                "anru_class": random.choice((1, 6)), "anru_class_year": 2015,
                "anru_bonus": random.choice((None, Fraction(1, 10), Fraction(15, 100))),
            }
        )
        for commune in scenario.communes
    )  # fmt: skip
    costs = {line.code: line.cost_excl_vat for line in scenario.operations}
    lines = tuple(
        line.model_copy(update={"eligible_base": (costs[line.operation] or 0) * 2 // 3}) if line.partner == "ANRU"
        else line
        for line in scenario.eligibilities
    )  # fmt: skip
    projects = tuple(project.model_copy(update={"programme": "NPNRU"}) for project in scenario.projects)
    return scenario.model_copy(
        update={
            "reference_date": CLASS_DAY, "communes": communes, "eligibilities": lines, "projects": projects,
            "rulebooks": (RulebookUse(rulebook="anru-npnru", partner="ANRU", operations=tuple(funded)),),
        }
    )  # fmt: skip


def with_a_loss(scenario: Scenario, random: Random) -> Scenario:
    """Let one goal lose something to the next ones."""
    rank = random.randrange(len(scenario.goals))
    goal, rate = scenario.goals[rank], Fraction(random.randint(1, 20), 100)
    if goal.kind not in SUMS:
        return scenario
    goals = list(scenario.goals)
    goals[rank] = goal.model_copy(update={"tolerance_rate": rate})
    return scenario.model_copy(update={"goals": tuple(goals)})
