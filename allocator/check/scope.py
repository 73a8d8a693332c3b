"""Who and what each requirement concerns, read straight from the scenario document.

Written apart from the linear program on purpose: a mistake in one is caught by the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TypeVar

from allocator.words import money
from scenarios.document import (
    AdvanceCeiling,
    AmountCeiling,
    Base,
    CommitmentDeadline,
    Contingency,
    DeMinimis,
    Eligibility,
    Envelope,
    FlatAid,
    GrantEquivalent,
    InstalmentCeiling,
    MatchingTopUp,
    MinimumTicket,
    MixedAid,
    Operation,
    OperationExclusion,
    OperationNeed,
    OwnerCapacity,
    OwnerFloor,
    PartnerKind,
    PartnerLimit,
    Presence,
    PriorityShare,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Reciprocity,
    RegionOrDepartement,
    ReservedShare,
    Rule,
    RuleRecord,
    Sanction,
    Scenario,
    StartBeforeDecision,
    TransferContribution,
)

RuleKind = TypeVar("RuleKind", bound=RuleRecord)
_KNOWN_RULES = (
    AmountCeiling,
    CommitmentDeadline,
    DeMinimis,
    FlatAid,
    MinimumTicket,
    MixedAid,
    OperationExclusion,
    OperationNeed,
    OwnerFloor,
    PartnerLimit,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    RegionOrDepartement,
    Sanction,
    StartBeforeDecision,
    Contingency,
    GrantEquivalent,
    MatchingTopUp,
    OwnerCapacity,
    PriorityShare,
    Reciprocity,
    ReservedShare,
    TransferContribution,
    AdvanceCeiling,
    InstalmentCeiling,
)


class Scope:
    """A scenario indexed by code. Amounts are integer cents.

    Raises ValueError naming the operation when its plan does not sum to what it has to fund, or when its receipts
    exceed its cost: data must have been checked before an allocation is. Raises TypeError for a rule of a kind that
    no family of the checker picks.
    """

    def __init__(self, scenario: Scenario) -> None:
        unknown = [rule.code for rule in scenario.rules if not isinstance(rule, _KNOWN_RULES)]
        if unknown:
            raise TypeError(f"rules {', '.join(unknown)} are of no kind the checker knows: they would not be checked")
        self.scenario = scenario
        self.operations = {line.code: line for line in sorted(scenario.operations, key=lambda line: line.code)}
        self.partners = {line.code: line for line in sorted(scenario.partners, key=lambda line: line.code)}
        self.to_fund = {code: operation.to_fund for code, operation in self.operations.items()}
        self.eligibilities: dict[tuple[str, str], Eligibility] = {
            (line.operation, line.partner): line for line in scenario.eligibilities
        }
        self._territory = {commune.code: commune.territory for commune in scenario.communes}
        self._programme = {project.code: project.programme for project in scenario.projects}
        self.plans = self._read_plans()
        self.cells = self._read_cells()
        self._refuse_impossible_data()

    def _read_plans(self) -> dict[str, dict[str, dict[int, int]]]:
        """Cents of the fixed plans by operation, partner and year of payment."""
        plans: dict[str, dict[str, dict[int, int]]] = {}
        for line in self.scenario.plans:
            years = plans.setdefault(line.operation, {}).setdefault(line.partner, defaultdict(int))
            years[line.year] += line.amount
        return plans

    def _read_cells(self) -> dict[str, set[str]]:
        """Partners that may bring money to each operation: those of its plan, or its owner and the eligible ones."""
        cells = {code: {operation.owner} for code, operation in self.operations.items()}
        for operation, partner in self.eligibilities:
            cells[operation].add(partner)
        cells.update({operation: set(partners) for operation, partners in self.plans.items()})
        return cells

    def _refuse_impossible_data(self) -> None:
        for code, to_fund in self.to_fund.items():
            if to_fund < 0:
                raise ValueError(f"{code}: receipts exceed the cost by {-to_fund} cents")
        for code, partners in self.plans.items():
            planned = sum(sum(years.values()) for years in partners.values())
            if planned != self.to_fund[code]:
                raise ValueError(f"{code}: the fixed plan sums to {planned} cents, not {self.to_fund[code]}")

    def money(self, cents: int) -> str:
        """Write cents in the currency of the scenario, the French way."""
        return money(cents, self.scenario.currency)

    def kind(self, partner: str) -> PartnerKind:
        """Give the family of a partner."""
        return self.partners[partner].kind

    def rules(self, kind: type[RuleKind]) -> list[RuleKind]:
        """List the rules of one kind, by code."""
        chosen = [rule for rule in self.scenario.rules if isinstance(rule, kind)]
        return sorted(chosen, key=lambda rule: rule.code)

    def territory(self, operation: Operation) -> str:
        """Give the territory of the commune of an operation."""
        return self._territory[operation.commune]

    def concerned(self, rule: Rule) -> Iterator[Operation]:
        """Give the operations that meet every non-empty filter of a rule, unless a derogation lifts it, by code."""
        derogations = [line for line in self.scenario.derogations if line.rule == rule.code]
        operations = {line.operation for line in derogations if line.operation is not None}
        projects = {line.project for line in derogations if line.project is not None}
        for code, operation in self.operations.items():
            lifted = code in operations or operation.project in projects
            if not lifted and self._meets(rule, operation):
                yield operation

    def concerned_partner(self, rule: Rule, partner: str) -> Iterator[Operation]:
        """Give the operations that a rule concerns and to which its partner may bring money, by code."""
        return (operation for operation in self.concerned(rule) if partner in self.cells[operation.code])

    def _meets(self, rule: Rule, operation: Operation) -> bool:
        return (
            (not rule.natures or operation.nature in rule.natures)
            and (not rule.projects or operation.project in rule.projects)
            and (not rule.operations or operation.code in rule.operations)
            and (not rule.programmes or self._programme[operation.project] in rule.programmes)
            and (not rule.owner_kinds or self.kind(operation.owner) in rule.owner_kinds)
        )

    def of_kinds(self, kinds: Collection[PartnerKind]) -> set[str]:
        """Give the partners whose family is among ``kinds``."""
        return {code for code, partner in self.partners.items() if partner.kind in kinds}

    def reserved(self, rule: ReservedShare, operation: Operation) -> bool:
        """Tell whether an operation is of the natures and territories that a share is reserved to."""
        territory = self._territory[operation.commune]
        return (not rule.reserved_natures or operation.nature in rule.reserved_natures) and (
            not rule.reserved_territories or territory in rule.reserved_territories
        )

    def counted(self, envelope: Envelope) -> Iterator[Operation]:
        """Give the operations that meet every non-empty filter of an envelope, by code."""
        for operation in self.operations.values():
            if (
                (not envelope.natures or operation.nature in envelope.natures)
                and (not envelope.projects or operation.project in envelope.projects)
                and (not envelope.territories or self.territory(operation) in envelope.territories)
            ):
                yield operation

    def present(self, operation: Operation, partner: str, funded: int, amount: int) -> bool:
        """Tell whether a partner takes part in a launch of ``funded`` cents, ``amount`` of which it brings.

        Present as soon as the launch is funded: the owner, a partner whose presence is required, a partner of a
        fixed plan. Any other eligible partner is present when it brings money. Meant for partners that have a cell.
        """
        line = self.eligibilities.get((operation.code, partner))
        decided = line is None or line.presence is Presence.REQUIRED or operation.code in self.plans
        return funded > 0 if decided or partner == operation.owner else amount > 0

    def base(self, base: Base, operation: Operation, partner: str) -> int:
        """Give what a rate applies to, in cents. Raises ValueError naming the operation when the scenario omits it."""
        cents: int | None
        match base:
            case Base.EXCL_VAT:
                cents = operation.cost_excl_vat
            case Base.INCL_VAT:
                cents = operation.cost_incl_vat
            case Base.COST:
                cents = operation.cost
            case Base.DEFICIT:
                cents = max(0, self.to_fund[operation.code])
            case Base.ELIGIBLE:
                line = self.eligibilities.get((operation.code, partner))
                cents = line.eligible_base if line else None
        if cents is None:
            raise ValueError(f"{operation.code}: no base {base} for partner {partner}")
        return cents


def units_of(operation: Operation) -> int:
    """Give the quantity of an operation. Raises ValueError naming it when the scenario omits the quantity."""
    if operation.units is None:
        raise ValueError(f"{operation.code}: no number of units")
    return operation.units


def buildings_of(operation: Operation) -> int:
    """Give the number of buildings. Raises ValueError naming the operation when the scenario omits it."""
    if operation.buildings is None:
        raise ValueError(f"{operation.code}: no number of buildings")
    return operation.buildings
