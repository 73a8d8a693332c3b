"""Rules on several partners or operations, and the goal of fewest partners, added to the committees of ``drawn``."""

from fractions import Fraction
from itertools import count
from random import Random
from typing import Any

from scenarios.checks import findings
from scenarios.document import Goal, GoalKind, Rule, Scenario
from tests.allocator.oracle.drawn import FUNDERS, RATES
from tests.allocator.rules.tiny import rule

SHARED = (
    "transfer_contribution", "reciprocity", "reserved_share", "priority_share", "grant_equivalent", "matching_top_up",
    "owner_capacity", "contingency",
)  # fmt: skip


def sharing(document: Scenario, seed: int) -> Scenario:
    """Add one to three such rules, and the goal to some committees; the first additions that hold together."""
    for attempt in count():
        random = Random(f"sharing{seed}.{attempt}")
        rules = tuple(_rule(random, document, f"S{i}") for i in range(random.choice((1, 1, 2, 3))))
        goals = list(document.goals)
        if random.random() < 0.3:
            goals.insert(random.randint(0, len(goals)), Goal(kind=GoalKind.FEWEST_PARTNERS))
        loans = tuple(
            loan.model_copy(update={"grant_equivalent": random.choice(RATES)}) for loan in document.loans
        )  # fmt: skip
        changed = document.model_copy(
            update={"rules": (*document.rules, *rules), "goals": tuple(goals), "loans": loans}
        )  # fmt: skip
        if not findings(changed):
            return changed
    raise AssertionError


def _rule(random: Random, document: Scenario, code: str) -> Rule:
    total = sum(line.to_fund for line in document.operations)
    name, *others = random.sample(FUNDERS, 3)
    line = random.choice(document.operations)
    kinds = tuple(random.sample(("region", "departement", "anru", "commune"), random.randint(1, 2)))
    rate, base = random.choice(RATES), random.choice(("cost", "excl_vat", "deficit"))
    kind = random.choice(SHARED)
    fields: dict[str, Any] = {
        "transfer_contribution": {"rate": rate, "counts": kinds},
        "reciprocity": {
            "partner": name, "counterparts": tuple(others[: random.randint(1, 2)]),
            "ratio": rate * random.randint(1, 4),
            "sense": random.choice(("exactly", "at_least", "at_most", "at_most")), "together": random.random() < 0.5,
        },
        "reserved_share": {
            "partner": name, "rate": rate, "counts": random.choice(((), ("anru",))),
            **random.choice(({"reserved_natures": (line.nature,)}, {"reserved_territories": ("NORD",)})),
        },
        "priority_share": {"partner": random.choice((name, line.owner)), "rate": rate, "base": base},
        "grant_equivalent": {"partners": tuple({name, "ANRU"}), "amount": random.randint(0, total // 2)},
        "matching_top_up": {"partner": name, "rate": rate, "base": base, "counts": kinds},
        "owner_capacity": {
            "partner": line.owner, "amount": random.randint(0, total // 3),
            "year": random.choice((None, 2026, 2027, 2028)),
        },
        "contingency": {"holder": random.choice((*FUNDERS, "FONDS")), "rate": Fraction(random.randint(1, 9), 10)},
    }[kind]  # fmt: skip
    filters = random.choice(({}, {}, {"natures": (line.nature,)}, {"operations": (line.code,)}))
    return rule(kind, code=code, **fields, **({} if kind == "contingency" else filters))
