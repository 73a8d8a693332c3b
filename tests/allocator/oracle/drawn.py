"""Committees drawn at random from a seed, with every kind of rule, small enough for the oracles.

All figures are made up. A draw that ``scenarios.checks`` would refuse is drawn again.
"""

from fractions import Fraction
from itertools import count
from random import Random
from typing import Any

from scenarios.checks import findings
from scenarios.document import (
    EQUALITIES,
    Budget,
    Decommitment,
    Eligibility,
    Envelope,
    Goal,
    GoalKind,
    Indicator,
    IndicatorWeight,
    Loan,
    Lock,
    Operation,
    Partner,
    PastAid,
    PlanLine,
    Pool,
    ReferenceLine,
    Rule,
    Scenario,
)
from tests.allocator.rules.tiny import SUMS, derogation, eligibility, operation, partners, plan_line, rule, scenario

RATES = tuple(Fraction(rate) for rate in ("1/3", "1/2", "1/4", "2/5", "2/3", "3/4", "1/7"))
FUNDERS = ("ANRU", "DEP", "REG")
KINDS = ("rate_ceiling", "rate_floor", "amount_ceiling", "flat_aid", "public_aid_cap", "owner_floor")
ADDED = (
    "region_or_departement", "minimum_ticket", "partner_limit", "needs", "excludes", "mixed_aid", "de_minimis",
    "start_before_decision", "commitment_deadline", "sanction",
)  # fmt: skip
DAYS = ("2026-06-30", "2027-01-01", "2027-06-30")


class Draw:
    """One committee being drawn; costs lie between ``low`` and ``high`` cents.

    With ``alike``, amounts are multiples of a third of ``high`` and points are all the same: ties everywhere.
    """

    def __init__(self, random: Random, low: int, high: int, *, alike: bool) -> None:
        self.random = random
        self.low, self.high, self.alike = low, high, alike
        self.codes = [f"O{i}" for i in range(random.choice((1, 2, 2, 2, 3)))]
        self.planned: list[str] = []

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def cents(self, low: int, high: int) -> int:
        if self.alike:
            return self.random.randint(1, max(1, high * 3 // self.high)) * (self.high // 3)
        return self.random.randint(low, high)

    def operation(self, code: str) -> Operation:
        random = self.random
        cost = self.cents(self.low, self.high)
        planned = self.chance(0.15)
        earliest = random.choice((2026, 2026, 2027))
        if planned:
            self.planned.append(code)
        return operation(
            code, nature=random.choice(("AME", "DEM")), project=random.choice(("PRJ", "AUTRE")),
            commune=random.choice(("C1", "C2")), owner=random.choice(("COM", "COM", "LAND")), cost_excl_vat=cost,
            cost_incl_vat=cost + cost // 5, cost_basis=random.choice(("excl_vat", "excl_vat", "incl_vat")),
            receipts=0 if self.alike else random.choice((0, 0, cost // 5)), units=random.randint(1, 3),
            buildings=random.randint(1, 2), value=1 if self.alike else random.randint(0, 6),
            mandatory=self.chance(0.12), divisible=self.chance(0.6), concerted=self.chance(0.2),
            started_on=random.choice((None, None, None, "2026-06-29")),
            earliest_start=earliest, latest_start=earliest if planned or self.chance(0.6) else 2027,
            profile=None if planned else random.choice(("ONCE", "HALVES", "THIRDS")),
        )  # fmt: skip

    def eligibilities(self, operations: list[Operation]) -> list[Eligibility]:
        return [
            eligibility(
                name, line.code, presence=self.random.choice(("required", "optional")),
                eligible_base=self.random.randint(line.to_fund // 2, line.to_fund),
                start_allowed_from=self.random.choice(DAYS),
            )
            for line in operations if line.code not in self.planned
            for name in self.random.sample(FUNDERS, self.random.choice((1, 1, 2)))
        ]  # fmt: skip

    def plans(self, operations: list[Operation]) -> list[PlanLine]:
        lines = []
        for line in operations:
            if line.code in self.planned:
                first = self.random.randint(1, line.to_fund - 1)
                names = self.random.sample((*FUNDERS, line.owner), 2)
                years = self.random.randint(line.earliest_start, 2028), self.random.randint(line.earliest_start, 2028)
                amounts = first, line.to_fund - first
                lines += [plan_line(*parts, code=line.code) for parts in zip(names, years, amounts, strict=True)]
        return lines

    def filters(self) -> dict[str, Any]:
        choices: tuple[dict[str, Any], ...] = (
            {}, {}, {"natures": ("AME",)}, {"projects": ("PRJ",)}, {"programmes": ("OPAH",)},
            {"operations": (self.codes[0],)}, {"owner_kinds": ("commune",)},
        )  # fmt: skip
        return dict(self.random.choice(choices))

    def rule(self, code: str) -> Rule:
        random = self.random
        if self.chance(0.4):
            return self.added_rule(code)
        kind = random.choice(KINDS)
        name = random.choice((*FUNDERS, "REG", "COM"))
        rate, base = random.choice(RATES), random.choice(("cost", "excl_vat", "incl_vat", "deficit", "eligible"))
        counts = tuple(random.sample(("region", "departement", "anru", "commune"), random.randint(1, 3)))
        if name == "COM" and base == "eligible":
            base = "deficit"
        amount = self.cents(1, self.high // 2)
        caps: tuple[dict[str, int], ...] = ({}, {}, {"base_max": amount}, {"base_max_per_unit": amount},
                {"base_max_per_unit": amount, "base_max_per_building": amount})  # fmt: skip
        fields: dict[str, Any] = {
            "rate_ceiling": {"partner": name, "rate": rate, "base": base, **random.choice(caps)},
            "rate_floor": {"partner": name, "rate": rate / 2, "base": base},
            "amount_ceiling": {"partner": name, random.choice(("amount", "amount_per_unit")): amount},
            "flat_aid": {"partner": name, "amount_per_unit": random.randint(0, max(1, self.low // 3))},
            "public_aid_cap": {"partner": name, "rate": rate, "base": base, "counts": counts},
            "owner_floor": {"rate": rate / 2, "counts": counts},
        }[kind]
        return rule(kind, code=code, **fields, **self.filters())

    def added_rule(self, code: str) -> Rule:
        """Draw a rule about presence, dates, or several operations."""
        random = self.random
        kind = random.choice(ADDED)
        amount, name = self.cents(1, self.high // 2), random.choice(FUNDERS)
        counts = tuple(random.sample(("region", "departement", "anru"), random.randint(1, 3)))
        reduced: tuple[dict[str, Any], ...] = ({"amount": amount}, {"rate": random.choice(RATES), "base": "cost"})
        fields: dict[str, Any] = {
            "region_or_departement": {},
            "minimum_ticket": {"partner": random.choice((*FUNDERS, "COM")), "amount": amount},
            "partner_limit": {
                "most": random.randint(0, 2), "owner_counted": self.chance(0.5),
                "counts": random.choice(((), counts)),
            },
            "needs": {"needed": random.choice(self.codes), "timing": random.choice(("any_year", "not_later"))},
            "excludes": {},
            "mixed_aid": {"amount": amount, "counts": counts},
            "de_minimis": {"amount": amount, "counts": counts},
            "start_before_decision": {"partner": name},
            "commitment_deadline": {"partner": name, "last_day": random.choice(DAYS)},
            "sanction": {"partner": name, "since": random.choice(DAYS), **random.choice(reduced)},
        }[kind]  # fmt: skip
        return rule(kind, code=code, **fields, **({} if kind in ("needs", "excludes") else self.filters()))

    def past_aids(self, operations: list[Operation]) -> list[PastAid]:
        owners = sorted({line.owner for line in operations})
        return [
            PastAid(partner=owner, day=day, amount=self.cents(1, self.high // 2), funder="illustratif")
            for owner in owners for day in ("2023-01-01", "2023-01-02", "2025-06-30") if self.chance(0.1)
        ]  # fmt: skip

    def purses(self, total: int) -> dict[str, Any]:
        """Draw who is limited, by how much each year, and the credits that come back."""
        flags = {
            name: {
                "commitment_limited": self.chance(0.5), "payment_limited": self.chance(0.4),
                "carry_over": self.chance(0.5), "pool": "FONDS" if self.chance(0.25) else None,
            }
            for name in (*FUNDERS, "COM")
        }  # fmt: skip
        pool = Pool(
            code="FONDS", label="Fonds", commitment_limited=self.chance(0.6), payment_limited=self.chance(0.4),
            carry_over=self.chance(0.5),
        )  # fmt: skip
        holders: list[Partner | Pool] = [*(line for line in partners(**flags) if line.code in flags), pool]
        lines = [line for holder in holders for line in self._budgets(holder, total)]
        back = [
            Decommitment(
                holder=code, year=self.random.randint(2026, 2028), amount=total // 5, reason="illustratif"
            )
            for code in dict.fromkeys(line.holder for line in lines) if self.chance(0.2)
        ]  # fmt: skip
        return {"partners": partners(**flags), "pools": (pool,), "budgets": lines, "decommitments": back}

    def _budgets(self, holder: Partner | Pool, total: int) -> list[Budget]:
        columns = [name for name in ("commitment", "payment") if getattr(holder, f"{name}_limited")]
        by_year = [{name: self.cents(0, total) * self.chance(0.85) for name in columns} for _ in range(3)]
        return [
            Budget.model_validate({"holder": holder.code, "year": year, **cents})
            for year, cents in enumerate(by_year, 2026) if cents
        ]  # fmt: skip

    def decided(self, operations: list[Operation], funders: dict[str, list[str]]) -> dict[str, Any]:
        """Draw locks, loans and references."""
        random = self.random
        locks = [
            Lock(
                operation=line.code, partner=name, sense=random.choice(("exactly", "at_least", "at_most")),
                amount=random.randint(0, line.to_fund // 2), author="Comité", reason="illustratif",
            )
            for line in operations for name in funders[line.code] if self.chance(0.06)
        ]  # fmt: skip
        loans = [
            Loan(
                operation=line.code, partner="ANRU", amount=random.randint(1, line.to_fund // 2), label="illustratif"
            )
            for line in operations if self.chance(0.12)
        ]  # fmt: skip
        references = [
            reference for line in operations if self.chance(0.5)
            for reference in self._references(line, funders[line.code])
        ]  # fmt: skip
        return {"locks": locks, "loans": loans, "references": references}

    def _references(self, line: Operation, funders: list[str]) -> list[ReferenceLine]:
        """Draw a key, or a plan that may be larger than what is left to fund."""
        names = self.random.sample(funders, self.random.randint(1, len(funders)))
        if self.chance(0.5):
            share = Fraction(1, 2 + len(names))
            return [ReferenceLine(operation=line.code, partner=name, share=share) for name in names]
        most = line.to_fund * 3 // 2
        return [ReferenceLine(operation=line.code, partner=name, amount=self.random.randint(0, most)) for name in names]

    def envelopes(self, total: int) -> list[Envelope]:
        names = tuple(self.random.sample(FUNDERS, 2))
        where = self.random.choice(({}, {"natures": ("AME",)}, {"territories": ("NORD",)}, {"projects": ("PRJ",)}))
        amount = self.cents(0, total // 2)
        return [Envelope(code="ENV", label="Enveloppe", partners=names, amount=amount, **where)] * self.chance(0.3)

    def scenario(self) -> Scenario:
        operations = [self.operation(code) for code in self.codes]
        lines, plans = self.eligibilities(operations), self.plans(operations)
        named = [
            *((line.operation, line.partner) for line in lines),
            *((line.operation, line.partner) for line in plans),
        ]
        named += [(line.code, line.owner) for line in operations if line.code not in self.planned]
        funders = {line.code: sorted({name for code, name in named if code == line.code}) for line in operations}
        total = sum(line.to_fund for line in operations)
        rules = [self.rule(f"R{i}") for i in range(self.random.choice((0, 1, 1, 2, 2, 3)))]
        lifted = [derogation(rule=line.code, operation=self.codes[-1]) for line in rules[:1] if self.chance(0.15)]
        tables = self.decided(operations, funders)
        kinds = [kind for kind in SUMS if tables["references"] or kind is not GoalKind.REFERENCE_CLOSENESS]
        goals = [Goal(kind=kind) for kind in self.random.sample(kinds, self.random.randint(1, len(kinds)))]
        return scenario(
            operations=operations, eligibilities=lines, plans=plans, rules=rules, derogations=lifted, goals=goals,
            envelopes=self.envelopes(total), past_aids=self.past_aids(operations), **self.purses(total), **tables,
        )  # fmt: skip


def cell_count(document: Scenario) -> int:
    """Count the amounts to decide."""
    lines = [*(line.operation for line in document.eligibilities), *(line.operation for line in document.plans)]
    return sum(len(line.starts) * (1 + lines.count(line.code)) for line in document.operations)


def committee(seed: int, low: int, high: int, most_cells: int = 9, *, alike: bool = False) -> Scenario:
    """Draw the first acceptable committee of a seed."""
    attempts = (Random(f"{seed}.{attempt}") for attempt in count())
    documents = (Draw(random, low, high, alike=alike).scenario() for random in attempts)
    return next(document for document in documents if cell_count(document) <= most_cells and not findings(document))


def comparing(document: Scenario, seed: int) -> Scenario:
    """Add goals of equality somewhere in the list, and capacities that may be tiny or far beyond what is asked."""
    random = Random(f"equality{seed}")
    partners = [
        partner.model_copy(update={"capacity": random.choice((1, 7, 1000, 3000, 10**6)) * random.randint(1, 9)})
        for partner in document.partners
    ]
    goals = list(document.goals)[: random.randint(0, 2)]
    kinds = [*sorted(EQUALITIES), GoalKind.SPARE_PARTNER, GoalKind.SMOOTH_PAYMENTS]
    for kind in random.sample(kinds, random.randint(1, 2)):
        named = ("REG", "COM") if kind is GoalKind.SPARE_PARTNER else ()
        goals.insert(random.randint(0, len(goals)), Goal(kind=kind, partners=named))
    communes = [
        commune.model_copy(
            update={
                "population": random.randint(1, 30), "indicator_year": 2025,
                "financial_potential_per_capita": random.randint(1, 90),
            }
        )
        for commune in document.communes
    ]  # fmt: skip
    weight = IndicatorWeight(indicator=Indicator.FINANCIAL_POTENTIAL, weight=Fraction(1), year=2025)
    return document.model_copy(
        update={
            "partners": tuple(partners), "goals": tuple(goals), "communes": tuple(communes), "equalisation": (weight,),
        }
    )  # fmt: skip
