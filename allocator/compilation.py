"""From a scenario to its program: every rule family, every goal, one matrix."""

from dataclasses import dataclass, replace

from allocator.goals import BUILDERS
from allocator.goals.goal import Aim, tolerance_of
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Columns, Program, Rows, assemble
from allocator.rules import (
    advance_ceiling,
    amount_ceiling,
    commitment_budget,
    commitment_deadline,
    contingency,
    coverage,
    de_minimis,
    envelope,
    excludes,
    fixed_plan,
    flat_aid,
    free_payment,
    grant_equivalent,
    instalment_ceiling,
    loan,
    lock,
    matching_top_up,
    minimum_ticket,
    mixed_aid,
    needs,
    owner_capacity,
    owner_floor,
    participation,
    partner_limit,
    payment_budget,
    presence,
    priority_share,
    public_aid_cap,
    rate_ceiling,
    rate_floor,
    reciprocity,
    region_or_departement,
    reserved_share,
    sanction,
    selection,
    start_before_decision,
    transfer_contribution,
)
from scenarios.document import (
    AdvanceCeiling,
    AmountCeiling,
    CommitmentDeadline,
    Contingency,
    DeMinimis,
    FlatAid,
    GrantEquivalent,
    InstalmentCeiling,
    MatchingTopUp,
    MinimumTicket,
    MixedAid,
    OperationExclusion,
    OperationNeed,
    OwnerCapacity,
    OwnerFloor,
    PartnerLimit,
    PriorityShare,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Reciprocity,
    RegionOrDepartement,
    ReservedShare,
    Sanction,
    Scenario,
    StartBeforeDecision,
    TransferContribution,
)

FAMILIES = (
    coverage,
    selection,
    fixed_plan,
    presence,
    rate_ceiling,
    rate_floor,
    amount_ceiling,
    flat_aid,
    public_aid_cap,
    owner_floor,
    participation,
    region_or_departement,
    minimum_ticket,
    partner_limit,
    needs,
    excludes,
    mixed_aid,
    de_minimis,
    start_before_decision,
    commitment_deadline,
    sanction,
    loan,
    lock,
    commitment_budget,
    payment_budget,
    envelope,
    transfer_contribution,
    reciprocity,
    reserved_share,
    priority_share,
    grant_equivalent,
    matching_top_up,
    owner_capacity,
    contingency,
    free_payment,
    advance_ceiling,
    instalment_ceiling,
)
"""Rule families, in the order of their rows."""


KNOWN_RULES = (
    RateCeiling,
    RateFloor,
    AmountCeiling,
    FlatAid,
    PublicAidCap,
    OwnerFloor,
    RegionOrDepartement,
    MinimumTicket,
    PartnerLimit,
    OperationNeed,
    OperationExclusion,
    MixedAid,
    DeMinimis,
    StartBeforeDecision,
    CommitmentDeadline,
    Sanction,
    TransferContribution,
    Reciprocity,
    ReservedShare,
    PriorityShare,
    GrantEquivalent,
    MatchingTopUp,
    OwnerCapacity,
    Contingency,
    AdvanceCeiling,
    InstalmentCeiling,
)


@dataclass(frozen=True)
class Compilation:
    """A scenario's program, the positions of its columns, and the committee's objectives in order."""

    program: Program
    layout: Layout
    objectives: tuple[Aim, ...]


def compile_scenario(scenario: Scenario) -> Compilation:
    """Assemble the program of a checked scenario.

    Raises MissingBaseError when a rule needs an amount the scenario does not give, TypeError for a rule of a kind
    no family knows.
    """
    unknown = [rule.code for rule in scenario.rules if not isinstance(rule, KNOWN_RULES)]
    if unknown:
        # Families pick their rules by class: one of another class (modules loaded twice) would be left out in silence.
        raise TypeError(f"no family knows the kind of rules {', '.join(unknown)}")
    frame = Frame(scenario)
    layout = Layout(frame)
    if scenario.rulebooks:
        # Raised for every caller: the rules of a rulebook that is not yet resolved would be left out in silence.
        raise ValueError(f"{scenario.code}: unresolved rulebooks, call scenarios.rulebooks.in_force first")
    columns: list[Columns] = [*layout.columns()]
    rows: list[Rows] = [group for family in FAMILIES for group in family.rows(frame, layout)]
    objectives: list[Aim] = []
    width = layout.width
    for goal in scenario.goals:
        part = BUILDERS[goal.kind](frame, layout, width, goal)
        objectives.append(replace(part.aim, tolerance=tolerance_of(goal)))
        columns.extend(part.columns)
        rows.extend(part.rows)
        width += sum(len(group.upper) for group in part.columns)
    return Compilation(assemble(frame, columns, rows), layout, tuple(objectives))
