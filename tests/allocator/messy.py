"""Small scenarios mixing every rule family at random, all valid to read; some have no plan at all."""

from fractions import Fraction
from random import Random
from typing import Any

from scenarios.document import (
    EQUALITIES,
    AmountCeiling,
    Base,
    Budget,
    CommitmentDeadline,
    Commune,
    Contingency,
    CostBasis,
    Decommitment,
    DeMinimis,
    Derogation,
    Eligibility,
    Envelope,
    FlatAid,
    Goal,
    GoalKind,
    GrantEquivalent,
    Indicator,
    IndicatorWeight,
    Loan,
    Lock,
    LockSense,
    Mark,
    MatchingTopUp,
    MinimumTicket,
    MixedAid,
    Operation,
    OperationExclusion,
    OperationNeed,
    OwnerCapacity,
    OwnerFloor,
    Partner,
    PartnerKind,
    PartnerLimit,
    PastAid,
    PlanLine,
    Pool,
    Presence,
    PriorityShare,
    ProfileShare,
    Project,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Reciprocity,
    ReferenceLine,
    RegionOrDepartement,
    ReservedShare,
    Rule,
    Sanction,
    Scenario,
    StartBeforeDecision,
    Timing,
    TransferContribution,
)
from tests.allocator.messy_payments import early_payments, rhythms
from tests.allocator.rules.tiny import SUMS

YEARS = range(2026, 2030)
FUNDERS = ("ANRU", "ETAT", "REGION", "PRIVE")
OWNERS = ("BAILLEUR", "VILLE")
KINDS = {
    "ANRU": PartnerKind.ANRU, "ETAT": PartnerKind.STATE, "REGION": PartnerKind.REGION, "PRIVE": PartnerKind.PRIVATE,
    "DEPT": PartnerKind.DEPARTEMENT, "BAILLEUR": PartnerKind.LANDLORD, "VILLE": PartnerKind.COMMUNE,
}  # fmt: skip
PUBLIC = (PartnerKind.ANRU, PartnerKind.STATE, PartnerKind.REGION, PartnerKind.COMMUNE)
PROFILES = {"UN": ("1",), "TIERS": ("1/3", "1/3", "1/3"), "DEUX": ("3/10", "7/10")}
COMMON: dict[str, Any] = {"negotiable": True, "reference": "hasard", "mark": Mark.ILLUSTRATIVE}


class Messy:
    """One messy scenario being made from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.added = Random(f"presence and dates {seed}")
        self.seed = seed
        self.tiny = self.chance(0.3)
        self.operations = [self.operation(f"O{i}") for i in range(self.random.randint(2, 7))]
        self.planned = [o for o in self.operations if o.profile is None]
        self.free = [o for o in self.operations if o.profile is not None]
        self.pairs = [(o, funder) for o in self.free for funder in FUNDERS if self.random.random() < 0.6]
        self.pairs += [(o, "DEPT") for o in self.free if self.adds(0.3)]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def adds(self, probability: float) -> bool:
        """Draw apart, so that what is drawn for the other families does not depend on these."""
        return self.added.random() < probability

    def operation(self, code: str) -> Operation:
        cents = self.random.randint(5, 400) if self.tiny else int(10 ** self.random.uniform(5, 9.5))
        profile = None if self.chance(0.15) else self.random.choice(list(PROFILES))
        last = YEARS[-1] - (len(PROFILES[profile]) - 1 if profile else 1)
        earliest = self.random.randint(YEARS[0], last)
        latest = earliest if profile is None else min(last, earliest + self.random.randint(0, 2))
        return Operation(
            code=code, label=code, nature=self.random.choice(("AME", "EQP")),
            project=self.random.choice(("P1", "P2")), commune=self.random.choice(("C1", "C2")),
            owner=self.random.choice(OWNERS), cost_basis=CostBasis.EXCL_VAT, cost_excl_vat=cents,
            receipts=self.random.choice((0, cents // 7)), units=self.random.randint(1, 9), buildings=2,
            started_on="2026-02-28" if self.adds(0.1) else None, concerted=self.adds(0.2),
            value=self.random.randint(0, 20), mandatory=self.chance(0.1), divisible=self.chance(0.7),
            earliest_start=earliest, latest_start=latest, profile=profile,
        )  # fmt: skip

    def partners(self) -> tuple[Partner, ...]:
        return tuple(
            Partner(
                code=code, label=code, kind=kind, pool="FONDS" if code in ("ETAT", "REGION") else None,
                commitment_limited=self.chance(0.5), payment_limited=self.chance(0.5), carry_over=self.chance(0.5),
            )
            for code, kind in KINDS.items()
        )  # fmt: skip

    def budgets(self, holders: list[Partner | Pool]) -> tuple[Budget, ...]:
        total = sum(o.to_fund for o in self.operations)

        def amount() -> int:
            return int(total * self.random.uniform(0, 0.35))

        return tuple(
            Budget(
                holder=holder.code, year=year, commitment=amount() if holder.commitment_limited else None,
                payment=amount() if holder.payment_limited else None,
            )
            for holder in holders if holder.commitment_limited or holder.payment_limited
            for year in YEARS
        )  # fmt: skip

    def rules(self) -> tuple[Rule, ...]:
        rate = lambda: Fraction(self.random.randint(1, 12), 12)  # noqa: E731 - local shorthand
        base = lambda: self.random.choice((Base.EXCL_VAT, Base.COST, Base.DEFICIT))  # noqa: E731
        rules: list[Rule] = [
            RateCeiling(kind="rate_ceiling", code="R1", label="r", partner="ANRU", rate=rate(), base=base(), **COMMON),
            RateCeiling(
                kind="rate_ceiling", code="R2", label="r", partner="REGION", rate=rate(), base=base(),
                base_max_per_unit=self.random.randint(1, 10**7), base_max_per_building=self.random.randint(1, 10**7),
                natures=("AME",), **COMMON,
            ),
            RateFloor(kind="rate_floor", code="R3", label="r", partner="ETAT", rate=rate() / 5, base=base(), **COMMON),
            AmountCeiling(
                kind="amount_ceiling", code="R4", label="r", partner="PRIVE", amount=self.random.randint(0, 10**8),
                **COMMON,
            ),
            AmountCeiling(
                kind="amount_ceiling", code="R5", label="r", partner="ETAT",
                amount_per_unit=self.random.randint(1, 10**8),
                projects=("P1",), **COMMON,
            ),
            FlatAid(
                kind="flat_aid", code="R6", label="r", partner="PRIVE", amount_per_unit=self.random.randint(1, 40),
                natures=("EQP",), **COMMON,
            ),
            PublicAidCap(
                kind="public_aid_cap", code="R7", label="r", partner=self.random.choice(FUNDERS), rate=rate(),
                base=base(), counts=PUBLIC, **COMMON,
            ),
            OwnerFloor(
                kind="owner_floor", code="R8", label="r", rate=Fraction(1, self.random.randint(3, 9)), counts=PUBLIC,
                owner_kinds=(PartnerKind.COMMUNE,), **COMMON,
            ),
        ]  # fmt: skip
        kept = [rule for rule in rules if self.chance(0.6)] + self.presence_rules() + self.dated_rules()
        kept += self.shared_rules()
        used = {o.nature for o in self.operations}, {o.project for o in self.operations}
        owners = {KINDS[o.owner] for o in self.operations}
        return tuple(
            rule for rule in kept
            if set(rule.natures) <= used[0] and set(rule.projects) <= used[1] and set(rule.owner_kinds) <= owners
        )  # fmt: skip

    def presence_rules(self) -> list[Rule]:
        """Draw rules about who takes part and what is launched together; most scenarios have one or none."""
        first, second, *_ = (o.code for o in self.operations)
        rules: list[Rule] = [
            RegionOrDepartement(kind="region_or_departement", code="P1", label="r", **COMMON),
            MinimumTicket(
                kind="minimum_ticket", code="P2", label="r", partner=self.added.choice(FUNDERS),
                amount=max(1, self.operations[0].to_fund // self.added.randint(2, 9)), **COMMON,
            ),
            PartnerLimit(
                kind="partner_limit", code="P3", label="r", most=self.added.randint(1, 2),
                owner_counted=self.adds(0.5), natures=("AME",), **COMMON,
            ),
            OperationNeed(
                kind="needs", code="P4", label="r", needed=first, operations=(second,),
                timing=self.added.choice(list(Timing)), **COMMON,
            ),
        ]  # fmt: skip
        if not self.operations[0].mandatory or not self.operations[-1].mandatory:
            pair = (first, self.operations[-1].code)
            rules.append(OperationExclusion(kind="excludes", code="P5", label="r", operations=pair, **COMMON))
        return [rule for rule in rules if self.adds(0.12)]

    def dated_rules(self) -> list[Rule]:
        """Draw rules about dates and about aids that add up over operations and years."""
        amount = lambda: int(sum(o.to_fund for o in self.operations) * self.added.uniform(0, 0.3))  # noqa: E731
        year = lambda: self.added.choice(YEARS)  # noqa: E731 - local shorthands
        rules: list[Rule] = [
            MixedAid(
                kind="mixed_aid", code="D1", label="r", amount=amount(), counts=PUBLIC[:2], natures=("AME",), **COMMON
            ),
            DeMinimis(
                kind="de_minimis", code="D2", label="r", amount=amount(), counts=PUBLIC,
                owner_kinds=(PartnerKind.LANDLORD,), **COMMON,
            ),
            CommitmentDeadline(
                kind="commitment_deadline", code="D3", label="r", partner="ANRU", last_day=f"{year()}-06-30", **COMMON
            ),
            Sanction(
                kind="sanction", code="D4", label="r", partner="REGION", since=f"{year()}-06-30", amount=amount(),
                **COMMON,
            ),
            Sanction(
                kind="sanction", code="D5", label="r", partner="ANRU", since=f"{year()}-01-01", rate=Fraction(1, 6),
                base=Base.COST, **COMMON,
            ),
        ]  # fmt: skip
        early = sorted({o.code for o, funder in self.pairs if funder == "REGION"})
        if early:
            rules.append(
                StartBeforeDecision(
                    kind="start_before_decision", code="D6", label="r", partner="REGION", operations=tuple(early),
                    **COMMON,
                )
            )  # fmt: skip
        return [rule for rule in rules if self.adds(0.2)]

    def past_aids(self) -> tuple[PastAid, ...]:
        aided = any(o.owner == "BAILLEUR" for o in self.operations)
        return tuple(
            PastAid(partner="BAILLEUR", day=day, amount=self.operations[0].to_fund // 9, funder="hasard")
            for day in ("2023-06-30", "2025-12-31") if aided and self.adds(0.3)
        )  # fmt: skip

    def shared_rules(self) -> list[Rule]:
        """Draw rules on several partners or operations, apart from the other draws."""
        random = Random(f"shared{self.seed}")
        rate = lambda most=12: Fraction(random.randint(1, most), 12)  # noqa: E731 - local shorthand
        total = sum(o.to_fund for o in self.operations)
        senses = (LockSense.AT_MOST, LockSense.AT_MOST, LockSense.AT_LEAST, LockSense.EXACTLY)
        owner = random.choice(sorted({o.owner for o in self.operations}))
        drawn: list[Rule] = [
            TransferContribution(
                kind="transfer_contribution", code="S1", label="r", rate=rate(11), counts=(PartnerKind.REGION,),
                **COMMON,
            ),
            Reciprocity(
                kind="reciprocity", code="S2", label="r", partner="REGION", counterparts=("ETAT",),
                sense=random.choice(senses), ratio=Fraction(random.randint(1, 7), random.randint(1, 3)),
                together=random.random() < 0.5, **COMMON,
            ),
            ReservedShare(
                kind="reserved_share", code="S3", label="r", partner="ANRU", rate=rate(8),
                reserved_natures=(self.operations[0].nature,), counts=(PartnerKind.PRIVATE,), **COMMON,
            ),
            PriorityShare(
                kind="priority_share", code="S4", label="r", partner=owner, rate=rate(11), base=Base.COST, **COMMON,
            ),
            GrantEquivalent(
                kind="grant_equivalent", code="S5", label="r", partners=("PRIVE", "ETAT"),
                amount=random.randint(0, total // 2), **COMMON,
            ),
            MatchingTopUp(
                kind="matching_top_up", code="S6", label="r", partner="ANRU", rate=rate(8), base=Base.EXCL_VAT,
                counts=(PartnerKind.REGION,), **COMMON,
            ),
            OwnerCapacity(
                kind="owner_capacity", code="S7", label="r", partner=owner, amount=random.randint(0, total), **COMMON
            ),
            OwnerCapacity(
                kind="owner_capacity", code="S8", label="r", partner=owner, amount=random.randint(0, total // 2),
                year=random.choice(YEARS), **COMMON,
            ),
        ]  # fmt: skip
        return [rule for rule in drawn if random.random() < 0.2]

    def provisions(self, holders: list[Partner | Pool]) -> list[Rule]:
        """Draw a provision on one purse, apart from the other draws."""
        random = Random(f"provision{self.seed}")
        limited = [holder.code for holder in holders if holder.commitment_limited]
        if not limited or random.random() < 0.8:
            return []
        return [
            Contingency(
                kind="contingency", code="S9", label="r", holder=random.choice(limited),
                rate=Fraction(random.randint(1, 5), 20), **COMMON,
            )
        ]  # fmt: skip

    def locks(self) -> tuple[Lock, ...]:
        return tuple(
            Lock(
                operation=o.code, partner=funder, sense=self.random.choice(list(LockSense)),
                amount=self.random.randint(0, o.to_fund // 3), author="a", reason="r",
            )
            for o, funder in self.pairs if self.chance(0.06)
        )  # fmt: skip

    def plans(self) -> tuple[PlanLine, ...]:
        lines = []
        for o in self.planned:
            cut = self.random.randint(1, o.to_fund - 1)
            years = o.earliest_start, o.earliest_start + 1
            lines.append(PlanLine(operation=o.code, partner="ETAT", year=years[0], amount=cut))
            lines.append(PlanLine(operation=o.code, partner=o.owner, year=years[1], amount=o.to_fund - cut))
        return tuple(lines)

    def references(self) -> tuple[ReferenceLine, ...]:
        return tuple(
            ReferenceLine(operation=o.code, partner=funder, share=Fraction(1, 6))
            for o, funder in self.pairs
            if self.chance(0.4)
        )

    def scenario(self) -> Scenario:
        partners = self.partners()
        pools = (
            Pool(
                code="FONDS", label="f", commitment_limited=self.chance(0.4), payment_limited=self.chance(0.4),
                carry_over=self.chance(0.5),
            ),
        )  # fmt: skip
        partners = rhythms(self.seed, partners)
        rules = (*self.rules(), *self.provisions([*partners, *pools]), *early_payments(self.seed, partners, self.free))
        references = self.references()
        kinds = [kind for kind in SUMS if references or kind is not GoalKind.REFERENCE_CLOSENESS]
        goals = self.random.sample(kinds, self.random.randint(1, len(kinds)))
        limited = [h.code for h in (*partners, *pools) if h.commitment_limited or h.payment_limited]
        extra = Random(f"goals{self.seed}")
        partners = tuple(p.model_copy(update={"capacity": extra.randint(1, 10**9)}) for p in partners)
        others = [*sorted(EQUALITIES), GoalKind.SPARE_PARTNER, GoalKind.SMOOTH_PAYMENTS, GoalKind.FEWEST_PARTNERS]
        for kind in extra.sample(others, extra.choice((0, 0, 0, 0, 1, 1))):
            goals.insert(extra.randint(0, len(goals)), kind)
        indicators = {"population": 700, "financial_potential_per_capita": 90_000, "indicator_year": 2025}
        return Scenario(
            code=f"M{self.seed}", title="t", committee="c", currency="EUR", reference_date="2026-01-01",
            first_year=YEARS[0], last_year=YEARS[-1], goals=tuple(
                Goal(kind=kind, partners=("ANRU",) if kind is GoalKind.SPARE_PARTNER else ()) for kind in goals
            ), pools=pools,
            partners=partners,
            communes=tuple(Commune(code=c, label=c, territory=f"T{c}", **indicators) for c in ("C1", "C2")),
            equalisation=(IndicatorWeight(indicator=Indicator.FINANCIAL_POTENTIAL, weight=1, year=2025),),
            projects=tuple(Project(code=p, label=p, holder="VILLE", programme="X") for p in ("P1", "P2")),
            profiles=tuple(
                ProfileShare(profile=profile, offset=t, share=share)
                for profile, shares in PROFILES.items() for t, share in enumerate(shares)
            ),
            operations=tuple(self.operations),
            eligibilities=tuple(
                Eligibility(
                    operation=o.code, partner=funder,
                    presence=Presence.OPTIONAL if self.chance(0.3) else Presence.REQUIRED,
                    start_allowed_from=f"{self.added.choice(YEARS)}-03-01",
                )
                for o, funder in self.pairs
            ),
            budgets=self.budgets([*partners, *pools]),
            decommitments=tuple(
                Decommitment(holder=h, year=2027, amount=777, reason="r") for h in limited if self.chance(0.2)
            ),
            envelopes=tuple(
                Envelope(code=f"E{i}", label="e", partners=("ANRU", "REGION"), amount=self.random.randint(0, 10**9))
                for i in range(self.random.randint(0, 1))
            ),
            rules=rules,
            derogations=tuple(
                Derogation(rule=rule.code, operation=self.operations[0].code, author="a", reference="r")
                for rule in rules if rule.kind != "excludes" and self.chance(0.1)
            ),
            locks=self.locks(), plans=self.plans(),
            references=references, past_aids=self.past_aids(),
            loans=tuple(
                Loan(operation=o.code, partner="PRIVE", amount=o.to_fund // 9, label="p", grant_equivalent="1/7")
                for o in self.free if self.chance(0.1)
            ),
        )  # fmt: skip


def messy(seed: int) -> Scenario:
    """Return the scenario of a seed."""
    return Messy(seed).scenario()
