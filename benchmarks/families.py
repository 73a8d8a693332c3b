"""Which rule families a scenario meets: K01 to K23, and the rules that have no number."""

from collections.abc import Callable, Iterator

from scenarios.document import Base, PaymentRhythm, Scenario

CLASS = "ANRU-CLASS"
"""Entry of the rulebook that holds the ANRU's rates by class; the rules made from it begin with its name."""

BY_KIND = {
    "K02": "rate_ceiling", "K03": "rate_floor", "K05": "flat_aid", "K07": "public_aid_cap", "K08": "owner_floor",
    "K09": "region_or_departement", "K10": "transfer_contribution", "K13": "reserved_share", "K15": "priority_share",
    "K16": "grant_equivalent", "K17": "matching_top_up", "K18": "mixed_aid", "K19": "de_minimis",
    "K20": "owner_capacity", "K21": "start_before_decision", "K22": "commitment_deadline", "K23": "sanction",
}  # fmt: skip
UNNUMBERED = (
    "minimum_ticket", "partner_limit", "needs", "excludes", "reciprocity", "contingency", "advance_ceiling",
    "instalment_ceiling",
)  # fmt: skip

OTHERS: dict[str, Callable[[Scenario], bool]] = {
    "K01": lambda _: True,
    "K04": lambda s: any(r.kind == "amount_ceiling" or getattr(r, "base_max_per_unit", None) for r in s.rules),
    "K06": lambda s: any(getattr(rule, "base", None) is Base.DEFICIT for rule in s.rules),
    "K11": lambda s: bool(s.envelopes) or any(line.commitment is not None for line in s.budgets),
    "K12": lambda s: any(line.payment is not None for line in s.budgets),
    "K14": lambda s: any(rule.code.startswith(CLASS) for rule in s.rules),
    "loans": lambda s: bool(s.loans),
    "locks": lambda s: bool(s.locks),
    "fixed plans": lambda s: bool(s.plans),
    "pools": lambda s: any(pool.commitment_limited or pool.payment_limited for pool in s.pools),
    "carry-over": lambda s: any(partner.carry_over for partner in s.partners),
    "free payments": lambda s: any(partner.payments is PaymentRhythm.FREE for partner in s.partners),
    "derogations": lambda s: bool(s.derogations),
    "decommitments": lambda s: bool(s.decommitments),
    "several start years": lambda s: any(len(operation.starts) > 1 for operation in s.operations),
    "tolerances": lambda s: any(goal.tolerance_rate for goal in s.goals),
}

FAMILIES = (*sorted([*BY_KIND, *(name for name in OTHERS if name.startswith("K"))]), *UNNUMBERED,
            *(name for name in OTHERS if not name.startswith("K")))  # fmt: skip


def families(scenario: Scenario) -> Iterator[str]:
    """Name the families that a scenario, its rulebooks resolved, meets."""
    kinds = {rule.kind for rule in scenario.rules}
    yield from (name for name, kind in BY_KIND.items() if kind in kinds)
    yield from (kind for kind in UNNUMBERED if kind in kinds)
    yield from (name for name, meets in OTHERS.items() if meets(scenario))
