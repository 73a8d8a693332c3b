"""Made-up committees of any size, from a seed: for tests and benches, never for a decision.

Everything here is random: no figure comes from a real plan. Costs carry odd cents on purpose.
"""

from fractions import Fraction
from random import Random

from scenarios.document import (
    AmountCeiling,
    Base,
    Budget,
    Commune,
    CostBasis,
    Eligibility,
    Envelope,
    Goal,
    GoalKind,
    Mark,
    Operation,
    OwnerFloor,
    Partner,
    PartnerKind,
    Presence,
    ProfileShare,
    Project,
    PublicAidCap,
    RateCeiling,
    ReferenceLine,
    Rule,
    Scenario,
)

FIRST_YEAR = 2026
NATURES = ("DEM", "AME", "REQ", "RES", "EQP", "ING", "RCD", "ECO")
PUBLIC = tuple(kind for kind in PartnerKind if kind not in (PartnerKind.PRIVATE, PartnerKind.ACTION_LOGEMENT))
_PROFILES = {"P1": ("1",), "P2": ("2/5", "3/5"), "P3": ("1/5", "1/2", "3/10"), "P3T": ("1/3", "1/3", "1/3")}


class _Maker:
    """One committee being made."""

    def __init__(self, operations: int, partners: int, years: int, seed: int, whole: float) -> None:
        self.random = Random(seed)  # noqa: S311 - reproducible illustration, not a secret
        self.years = years
        self.whole = whole
        self.communes = [f"C{i:04d}" for i in range(max(2, operations // 6))]
        self.funders = [f"F{i:02d}" for i in range(partners - 2)]
        self.owners = ["COM", "LAND"]
        self.codes = [f"OP{i:05d}" for i in range(operations)]

    def partners(self) -> tuple[Partner, ...]:
        kinds = [kind for kind in PartnerKind if kind not in (PartnerKind.COMMUNE, PartnerKind.LANDLORD)]
        limited = [
            Partner(
                code=code, label=f"Financeur {code}", kind=kinds[i % len(kinds)], commitment_limited=True,
                payment_limited=True, carry_over=i % 2 == 0,
            )
            for i, code in enumerate(self.funders)
        ]  # fmt: skip
        owners = [
            Partner(
                code=code, label=f"Maître d'ouvrage {code}", kind=kind, commitment_limited=False,
                payment_limited=True, carry_over=True,
            )
            for code, kind in zip(self.owners, (PartnerKind.COMMUNE, PartnerKind.LANDLORD), strict=True)
        ]  # fmt: skip
        return (*limited, *owners)

    def operation(self, code: str) -> Operation:
        random = self.random
        profile = random.choice(list(_PROFILES))
        last = FIRST_YEAR + self.years - len(_PROFILES[profile])
        earliest = random.randint(FIRST_YEAR, last)
        cost = int(10 ** random.uniform(6.5, 9.3)) + random.randint(0, 99)
        return Operation(
            code=code, label=f"Opération {code}", nature=random.choice(NATURES),
            project=f"PRJ{random.randint(1, 6)}", commune=random.choice(self.communes),
            owner=random.choice(self.owners), cost_basis=CostBasis.EXCL_VAT, cost_excl_vat=cost,
            receipts=random.choice((0, 0, cost // 10)), value=random.randint(1, 100), mandatory=False,
            divisible=random.random() >= self.whole, earliest_start=earliest,
            latest_start=min(last, earliest + random.randint(0, 1)), profile=profile,
        )  # fmt: skip

    def eligibilities(self) -> tuple[Eligibility, ...]:
        return tuple(
            Eligibility(operation=code, partner=funder, presence=Presence.REQUIRED)
            for code in self.codes
            for funder in self.funders
            if self.random.random() < 0.4
        )

    def budgets(self, total: int) -> tuple[Budget, ...]:
        mean = total // (len(self.funders) * self.years)
        own = total // (2 * self.years)
        return tuple(
            Budget(holder=code, year=FIRST_YEAR + t, payment=int(own * self.random.uniform(0.1, 0.6)))
            for code in self.owners
            for t in range(self.years)
        ) + tuple(
            Budget(
                holder=code, year=FIRST_YEAR + t, commitment=int(mean * self.random.uniform(0.1, 0.8)),
                payment=int(mean * self.random.uniform(0.1, 0.9)),
            )
            for code in self.funders
            for t in range(self.years)
        )  # fmt: skip

    def rules(self) -> tuple[Rule, ...]:
        common = {"negotiable": True, "reference": "tirage au sort", "mark": Mark.ILLUSTRATIVE}
        ceilings: list[Rule] = [
            RateCeiling(
                kind="rate_ceiling", code=f"R-{funder}-{nature}", label="Taux maximal", natures=(nature,),
                partner=funder, rate=Fraction(self.random.randint(10, 60), 100),
                base=self.random.choice((Base.EXCL_VAT, Base.DEFICIT)), **common,
            )
            for funder in self.funders
            for nature in NATURES
        ]  # fmt: skip
        owner = OwnerFloor(
            kind="owner_floor", code="PART-MO", label="Part minimale du maître d'ouvrage", rate=Fraction(1, 5),
            counts=PUBLIC, owner_kinds=(PartnerKind.COMMUNE,), **common,
        )  # fmt: skip
        cap = PublicAidCap(
            kind="public_aid_cap", code="PLAFOND", label="Plafond d'aides publiques", partner=self.funders[0],
            rate=Fraction(7, 10), base=Base.EXCL_VAT, counts=PUBLIC, **common,
        )  # fmt: skip
        ceiling = AmountCeiling(
            kind="amount_ceiling", code="MONTANT", label="Montant maximal", partner=self.funders[-1],
            amount=50_000_033, **common,
        )  # fmt: skip
        return (*ceilings, owner, cap, ceiling)


def _able(partners: tuple[Partner, ...], budgets: tuple[Budget, ...]) -> tuple[Partner, ...]:
    """Give every partner the capacity of its budgets, of payment for owners."""
    able = {partner.code: 0 for partner in partners}
    for line in budgets:
        able[line.holder] += line.payment or 0 if line.commitment is None else line.commitment
    return tuple(partner.model_copy(update={"capacity": able[partner.code]}) for partner in partners)


def committee(operations: int, partners: int = 12, years: int = 6, seed: int = 1, whole: float = 0.0) -> Scenario:
    """Return a valid scenario; ``whole`` is the share of operations that must be funded entirely or not at all."""
    maker = _Maker(operations, partners, years, seed, whole)
    lines = tuple(maker.operation(code) for code in maker.codes)
    eligibilities = maker.eligibilities()
    total = sum(line.to_fund for line in lines)
    budgets = maker.budgets(total)
    used = {line.project for line in lines}
    return Scenario(
        code=f"SYN-{operations}-{seed}", title="Comité tiré au sort", committee="Illustratif", currency="EUR",
        reference_date="2026-01-01", first_year=FIRST_YEAR, last_year=FIRST_YEAR + years - 1,
        goals=(Goal(kind=GoalKind.PRIORITY_VALUE), Goal(kind=GoalKind.REFERENCE_CLOSENESS)),
        partners=_able(maker.partners(), budgets),
        communes=tuple(Commune(code=code, label=code, territory=f"T{i % 4}") for i, code in enumerate(maker.communes)),
        projects=tuple(Project(code=p, label=p, holder="COM", programme="NPNRU") for p in sorted(used)),
        profiles=tuple(
            ProfileShare(profile=profile, offset=offset, share=share)
            for profile, shares in _PROFILES.items() for offset, share in enumerate(shares)
        ),
        operations=lines, eligibilities=eligibilities, budgets=budgets, rules=maker.rules(),
        envelopes=(
            Envelope(
                code="ENV-1", label="Enveloppe", partners=(maker.funders[1],), amount=total // 40, natures=("EQP",)
            ),
        ),
        references=tuple(
            ReferenceLine(operation=line.operation, partner=line.partner, share=Fraction(1, 7))
            for line in eligibilities[::3]
        ),
    )  # fmt: skip
