"""A small committee written by hand, with its plan: every kind of rule, purse and decision, in two projects.

Every figure is fictional. The plan is not computed: it is laid down here, and a test has the exact checker confirm it.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from allocator.allocation import Allocation, Commitment, EngineRecord, GoalReached, Launch, Payment, RoundingStep
from scenarios.document import (
    AmountCeiling,
    Base,
    Budget,
    Commune,
    CostBasis,
    Decommitment,
    Derogation,
    Eligibility,
    Envelope,
    FlatAid,
    Goal,
    GoalKind,
    Loan,
    Lock,
    LockSense,
    Mark,
    Operation,
    OwnerFloor,
    Partner,
    PartnerKind,
    PlanLine,
    Pool,
    Presence,
    ProfileShare,
    Project,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Scenario,
)
from scenarios.fingerprint import fingerprint
from tests.reports.by_hand import convert

YEARS = range(2026, 2030)
PROFILES = {"P2": ("1/3", "2/3"), "P1": ("1",)}
PUBLIC = (
    PartnerKind.ANRU, PartnerKind.ANAH, PartnerKind.REGION, PartnerKind.DEPARTEMENT, PartnerKind.EPCI,
    PartnerKind.COMMUNE, PartnerKind.EUROPE,
)  # fmt: skip


def _partner(code: str, label: str, kind: PartnerKind, **flags: object) -> Partner:
    limits = {"commitment_limited": False, "payment_limited": False, "carry_over": False}
    return Partner(code=code, label=label, kind=kind, **{**limits, **flags})


PARTNERS = (
    _partner("ANRU", "ANRU", PartnerKind.ANRU, pool="FNRU"),
    _partner("ANAH", "Anah", PartnerKind.ANAH, pool="FNRU"),
    _partner("REGION", "Région d'exemple", PartnerKind.REGION, commitment_limited=True, payment_limited=True),
    _partner("DEPT", "Département d'exemple", PartnerKind.DEPARTEMENT, commitment_limited=True, carry_over=True),
    _partner("AGGLO", "Agglomération d'exemple", PartnerKind.EPCI),
    _partner("VILLE-A", "@Ville A", PartnerKind.COMMUNE, provenance="Illustratif : commune inventée"),
    _partner("VILLE-B", "Ville B", PartnerKind.COMMUNE),
    _partner("OPH", "Office public de l'habitat d'exemple", PartnerKind.LANDLORD),
    _partner("BANQUE", "Banque de prêts", PartnerKind.CDC),
)


def _operation(code: str, label: str, owner: str, **fields: object) -> Operation:
    usual = {
        "nature": "AME", "project": "P1", "commune": "A", "district": "QP000001", "cost_basis": CostBasis.EXCL_VAT,
        "receipts": 0, "value": 10, "mandatory": False, "divisible": False, "earliest_start": 2026,
        "latest_start": 2027, "profile": "P2", "provenance": "Montants illustratifs",
    }  # fmt: skip
    return Operation(code=code, label=label, owner=owner, **{**usual, **fields})


OPERATIONS = (
    _operation(
        "A-DEM", '=HYPERLINK("http://exemple.fr";"cliquez")', "OPH", nature="DEM", cost_excl_vat=100_000_001,
        cost_incl_vat=110_000_001, units=40, unit="logements", start_semester=2, duration_semesters=4, mandatory=True,
    ),
    _operation(
        "A-EQP", "+1 école", "VILLE-A", nature="EQP", cost_basis=CostBasis.INCL_VAT, cost_excl_vat=200_000_000,
        cost_incl_vat=240_000_000, receipts=10_000_000, duration_semesters=6,
    ),
    _operation("A-AME", "@Espaces publics", "AGGLO", cost_excl_vat=90_000_001, divisible=True),
    _operation(
        "A-RLG", "Relogement des ménages", "OPH", nature="RLG", cost_excl_vat=3_000_000, units=13, unit="ménages",
        divisible=True, profile="P1",
    ),
    _operation(
        "A-OPA", "Copropriété dégradée", "OPH", nature="RCO", cost_excl_vat=60_000_000, cost_incl_vat=63_300_000,
        units=20, unit="lots", buildings=2, cost_basis=CostBasis.INCL_VAT,
    ),
    _operation("A-COM", "Commerces, non financés", "VILLE-A", nature="ECO", cost_excl_vat=50_000_007),
    _operation(
        "A-PLA", "Opération au plan déjà fixé", "VILLE-A", cost_basis=CostBasis.UNSPECIFIED,
        cost_unspecified=30_000_000, profile=None, earliest_start=2026, latest_start=2026,
    ),
    _operation(
        "B-EQP", "Gymnase", "VILLE-B", nature="EQP", project="P2", commune="B", district="", cost_excl_vat=80_000_000,
    ),
)  # fmt: skip


def _rule(kind: type, code: str, label: str, **fields: object) -> object:
    usual = {"negotiable": True, "reference": "Exemple de travail", "mark": Mark.ILLUSTRATIVE}
    names = {
        RateCeiling: "rate_ceiling", RateFloor: "rate_floor", AmountCeiling: "amount_ceiling", FlatAid: "flat_aid",
        PublicAidCap: "public_aid_cap", OwnerFloor: "owner_floor",
    }  # fmt: skip
    return kind(kind=names[kind], code=code, label=label, **{**usual, **fields})


RULES = (
    _rule(
        RateCeiling, "ANRU-DEM", "L'ANRU finance une démolition à 80 % au plus.", partner="ANRU", natures=("DEM",),
        rate=Fraction(4, 5), base=Base.EXCL_VAT,
    ),
    _rule(
        RateCeiling, "ANRU-TIERS", "L'ANRU finance un équipement au tiers de son coût HT, plafonné.", partner="ANRU",
        natures=("EQP",), rate=Fraction(1, 3), base=Base.EXCL_VAT, base_max=190_000_000, mark=Mark.SECONDARY,
    ),
    _rule(
        RateCeiling, "ANAH-CD", "L'Anah finance 35 % de travaux plafonnés par bâtiment et par lot.", partner="ANAH",
        natures=("RCO",), rate=Fraction(7, 20), base=Base.ELIGIBLE, base_max_per_unit=1_500_000,
        base_max_per_building=15_000_000, mark=Mark.PRIMARY, valid_from=date(2014, 8, 15),
    ),
    _rule(
        RateFloor, "DEPT-MIN", "Le département apporte au moins 10 % quand il participe.", partner="DEPT",
        rate=Fraction(1, 10), base=Base.DEFICIT,
    ),
    _rule(
        AmountCeiling, "REG-MAX", "La région apporte 400 000 € au plus par opération.", partner="REGION",
        amount=40_000_000,
    ),
    _rule(
        AmountCeiling, "DEPT-UNITE", "Le département apporte 6 000 € au plus par logement.", partner="DEPT",
        natures=("DEM",), amount_per_unit=600_000,
    ),
    _rule(
        FlatAid, "ANRU-RLG", "L'ANRU apporte un forfait par ménage relogé.", partner="ANRU", natures=("RLG",),
        amount_per_unit=100_001,
    ),
    _rule(
        PublicAidCap, "ANAH-80", "Avec l'Anah, les aides publiques restent sous 80 % du coût TTC.", partner="ANAH",
        rate=Fraction(4, 5), base=Base.INCL_VAT, counts=PUBLIC,
    ),
    _rule(
        OwnerFloor, "MO-20", "La commune apporte au moins 20 % du financement public.", rate=Fraction(1, 5),
        counts=PUBLIC, owner_kinds=(PartnerKind.COMMUNE,),
    ),
)  # fmt: skip

ELIGIBLE = {
    "A-DEM": ("ANRU", "REGION", "DEPT"),
    "A-EQP": ("ANRU", "REGION", "DEPT", "AGGLO"),
    "A-AME": ("REGION", "DEPT"),
    "A-RLG": ("ANRU",),
    "A-OPA": ("ANAH", "REGION"),
    "A-COM": ("REGION",),
    "B-EQP": ("ANRU", "REGION"),
}

PLAN = {("VILLE-A", 2026): 10_000_000, ("REGION", 2026): 5_000_000, ("REGION", 2027): 15_000_000}

FLAT = Fraction(100_001 * 13, 3)
"""The flat aid of A-RLG, of which one third is funded: not a whole number of cents."""

BROUGHT = {
    ("A-DEM", 2026, 100_000_001): {"ANRU": 70_000_000, "DEPT": 15_000_001},
    ("A-EQP", 2027, 230_000_000): {"ANRU": 60_000_000, "REGION": 40_000_000, "DEPT": 25_000_000, "AGGLO": 11},
    ("A-AME", 2026, 30_000_001): {"REGION": 10_000_000},
    ("A-AME", 2027, 40_000_000): {"REGION": 12_345_678},
    ("A-RLG", 2026, 1_000_000): {"ANRU": 433_337},
    ("A-OPA", 2027, 63_300_000): {"ANAH": 20_000_000, "REGION": 5_000_000},
    ("B-EQP", 2026, 80_000_000): {"ANRU": 20_000_000, "REGION": 30_000_000},
}
"""What partners other than the owner bring to each launch (operation, start, funded), in cents."""


Brought = dict[tuple[str, int, int], dict[str, int]]


def _budgets() -> tuple[Budget, ...]:
    commitments = {"REGION": 70_000_000, "DEPT": 25_000_000, "FNRU": 100_000_000}
    return tuple(
        Budget(holder=holder, year=year, commitment=amount, payment=65_000_000 if holder == "REGION" else None)
        for holder, amount in commitments.items()
        for year in YEARS
    )


def _scenario() -> Scenario:
    return Scenario(
        code="atelier",
        title="Atelier : deux projets écrits à la main",
        description="Tout est fictif et les montants sont illustratifs.",
        committee="Comité d'exemple (fictif)",
        currency="EUR",
        reference_date=date(2026, 1, 15),
        first_year=YEARS[0],
        last_year=YEARS[-1],
        goals=(Goal(kind=GoalKind.FUNDED_COST),),
        pools=(
            Pool(
                code="FNRU", label="Fonds commun d'exemple", commitment_limited=True, payment_limited=False,
                carry_over=True,
            ),
        ),
        partners=PARTNERS,
        communes=(
            Commune(
                code="A", label="Ville A", territory="T", population=20_000, financial_potential_per_capita=90_000,
                indicator_year=2024, provenance="Illustratif",
            ),
            Commune(code="B", label="Ville B", territory="T"),
        ),
        projects=(
            Project(code="P1", label="Quartier de la Gare", holder="AGGLO", programme="NPNRU"),
            Project(code="P2", label="Quartier du Port", holder="AGGLO", programme="NPNRU"),
        ),
        profiles=tuple(
            ProfileShare(profile=code, offset=offset, share=Fraction(share))
            for code, shares in PROFILES.items()
            for offset, share in enumerate(shares)
        ),
        operations=OPERATIONS,
        eligibilities=tuple(
            Eligibility(
                operation=operation, partner=partner, presence=Presence.OPTIONAL,
                eligible_base=60_000_000 if partner == "ANAH" else None,
            )
            for operation, partners in ELIGIBLE.items()
            for partner in partners
        ),
        budgets=_budgets(),
        decommitments=(
            Decommitment(holder="FNRU", year=2027, amount=4_000_000, reason="Ancienne opération abandonnée"),
        ),
        envelopes=(
            Envelope(
                code="REG-EQP", label="Équipements de la région", partners=("REGION",), amount=90_000_000,
                natures=("EQP",),
            ),
        ),
        rules=RULES,
        derogations=(
            Derogation(
                rule="DEPT-MIN", operation="A-COM", author="Assemblée départementale d'exemple",
                reference="Délibération d'exemple", reason="Essai",
            ),
        ),
        locks=(
            Lock(
                operation="A-EQP", partner="REGION", sense=LockSense.EXACTLY, amount=40_000_000,
                author="Région d'exemple", reason="Engagement signé",
            ),
            Lock(
                operation="A-DEM", partner="REGION", sense=LockSense.AT_MOST, amount=0, author="Région d'exemple",
                reason="Refus voté",
            ),
        ),
        plans=tuple(
            PlanLine(operation="A-PLA", partner=partner, year=year, amount=amount)
            for (partner, year), amount in PLAN.items()
        ),
        loans=(
            Loan(operation="A-EQP", partner="BANQUE", amount=30_000_000, label="Prêt d'exemple"),
            Loan(operation="A-EQP", partner="BANQUE", amount=20_000_000, label="Second prêt d'exemple"),
        ),
    )  # fmt: skip


def _payments(operation: Operation, partner: str, start: int, amount: int) -> list[Payment]:
    """Split a commitment by the profile of its operation: each cumulated payment is rounded down to the cent."""
    payments, share, paid = [], Fraction(0), 0
    for offset, text in enumerate(PROFILES[operation.profile or ""]):
        share += Fraction(text)
        due = int(share * amount) - paid
        payments.append(Payment(operation.code, partner, start, start + offset, due))
        paid += due
    return [payment for payment in payments if payment.amount]


def _allocation(scenario: Scenario, brought_to: Brought) -> Allocation:
    operations = {operation.code: operation for operation in scenario.operations}
    launches, commitments, payments = [], [], []
    for (code, start, funded), brought in brought_to.items():
        launches.append(Launch(code, start, funded))
        owner = operations[code].owner
        for partner, amount in {**brought, owner: funded - sum(brought.values())}.items():
            if not amount:
                continue
            commitments.append(Commitment(code, partner, start, amount))
            payments += _payments(operations[code], partner, start, amount)
    launches.append(Launch("A-PLA", 2026, sum(PLAN.values())))
    for partner in ("VILLE-A", "REGION"):
        amount = sum(planned for (payer, _year), planned in PLAN.items() if payer == partner)
        commitments.append(Commitment("A-PLA", partner, 2026, amount))
    payments += [Payment("A-PLA", partner, 2026, year, amount) for (partner, year), amount in PLAN.items()]
    funded = Fraction(sum(launch.funded for launch in launches))
    return Allocation(
        scenario=scenario.code,
        fingerprint=fingerprint(scenario),
        launches=tuple(sorted(launches)),
        commitments=tuple(sorted(commitments)),
        payments=tuple(sorted(payments)),
        goals=(GoalReached(GoalKind.FUNDED_COST, funded, None),),
        tie_break="exemple-1",
        unique=False,
        engine=EngineRecord("posé à la main", "1", (("threads", "1"),)),
        rounding=(
            RoundingStep("A-RLG", "ANRU", 2026, FLAT, 433_337),
            RoundingStep("A-RLG", "OPH", 2026, 1_000_000 - FLAT, 566_663),
        ),
    )


@pytest.fixture
def recalculate(tmp_path: Path) -> Callable[[dict[str, Workbook]], dict[str, Path]]:
    """Have LibreOffice compute workbooks saved without their stored values."""
    return lambda books: convert(books, tmp_path)


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return _scenario()


@pytest.fixture(scope="session")
def allocation(scenario: Scenario) -> Allocation:
    return _allocation(scenario, BROUGHT)


@pytest.fixture(scope="session")
def amended(scenario: Scenario) -> tuple[Scenario, Allocation]:
    """Give a second plan of the same committee.

    A-OPA is shared otherwise and starts earlier, A-RLG is withdrawn, A-COM is new, B-EQP is unchanged; A-AME changes
    owner only, from AGGLO to VILLE-A, which brings nothing to it.
    """
    owners = {"A-AME": "VILLE-A"}
    operations = tuple(line.model_copy(update={"owner": owners.get(line.code, line.owner)}) for line in OPERATIONS)
    later = scenario.model_copy(update={"operations": operations, "title": "Atelier : second plan"})
    brought: Brought = {
        launch: {**amounts, "AGGLO": launch[2] - sum(amounts.values())} if launch[0] == "A-AME" else amounts
        for launch, amounts in BROUGHT.items()
        if launch[0] not in {"A-RLG", "A-OPA"}
    }
    brought["A-OPA", 2026, 63_300_000] = {"ANAH": 15_000_000, "REGION": 7_000_003}
    brought["A-COM", 2026, 50_000_007] = {"REGION": 10_000_000}
    return later, _allocation(later, brought)
