"""The figures of a plan, indexed once, and the part of them that one report shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from allocator.allocation import Allocation, Launch, totals
from allocator.rules.de_minimis import still_counts
from scenarios.document import (
    Contingency,
    Decision,
    DeMinimis,
    GrantEquivalent,
    Lock,
    Operation,
    OwnerCapacity,
    OwnerFloor,
    Partner,
    PartnerKind,
    Presence,
    Reciprocity,
    RegionOrDepartement,
    Rule,
    Scenario,
    TransferContribution,
)
from scenarios.document.index import Index
from scenarios.rulebooks import NO_RULEBOOKS, Law, LawLine

# The order of ANRU's own statistics (ville, EPCI, département, région, bailleur, Europe, autres, ANRU).
_KIND_ORDER = (
    PartnerKind.COMMUNE, PartnerKind.EPCI, PartnerKind.DEPARTEMENT, PartnerKind.REGION, PartnerKind.LANDLORD,
    PartnerKind.EUROPE, PartnerKind.STATE, PartnerKind.ANAH, PartnerKind.ACTION_LOGEMENT, PartnerKind.CDC,
    PartnerKind.PRIVATE, PartnerKind.OTHER, PartnerKind.ANRU,
)  # fmt: skip


class Figures:
    """A scenario, its allocation and its law, with every sum a report needs. Amounts are integer cents."""

    def __init__(self, scenario: Scenario, allocation: Allocation, law: Law = NO_RULEBOOKS) -> None:
        self.scenario = scenario
        self.allocation = allocation
        self.law = law
        self.index = Index(scenario)
        self.committed = totals(allocation.commitments, lambda line: (line.operation, line.partner))
        self.committed_at = totals(allocation.commitments, lambda line: (line.operation, line.partner, line.start))
        self.launches: dict[str, list[Launch]] = defaultdict(list)
        for launch in sorted(allocation.launches):
            self.launches[launch.operation].append(launch)
        self.paid: dict[tuple[str, str, int], int] = defaultdict(int)
        for payment in allocation.payments:
            self.paid[payment.operation, payment.partner, payment.year] += payment.amount

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years shown on every sheet: the horizon, prolonged to the last payment."""
        last = max((payment.year for payment in self.allocation.payments), default=self.scenario.last_year)
        return tuple(range(self.scenario.first_year, max(last, self.scenario.last_year) + 1))

    @cached_property
    def brought(self) -> dict[tuple[str, str, int], int]:
        """What each partner commits (``commitment``) and pays (``payment``) each year, all operations together."""
        sums: dict[tuple[str, str, int], int] = defaultdict(int)
        for (_operation, partner, start), amount in self.committed_at.items():
            sums["commitment", partner, start] += amount
        for (_operation, partner, year), amount in self.paid.items():
            sums["payment", partner, year] += amount
        return sums

    @cached_property
    def concerned(self) -> dict[str, frozenset[str]]:
        """Operations each rule concerns, by code of the rule."""
        return {
            rule.code: frozenset(operation.code for operation in self.index.concerned(rule))
            for rule in self.scenario.rules
        }

    @cached_property
    def pairs_by_operation(self) -> dict[str, list[str]]:
        """Partners that bring something to each operation."""
        pairs: dict[str, list[str]] = defaultdict(list)
        for (operation, partner), amount in self.committed.items():
            if amount:
                pairs[operation].append(partner)
        return pairs

    def funded(self, operation: str) -> int:
        """Give what is funded of an operation, all starts together."""
        return sum(launch.funded for launch in self.launches.get(operation, ()))

    def amount(self, operation: str, partner: str) -> int:
        """Give what a partner commits to an operation, all starts together."""
        return self.committed.get((operation, partner), 0)

    def decided(self, operation: str, partner: str | None = None) -> Decision | None:
        """Give the last decision of a partner on an operation or, without any, the last one on the whole line."""
        return self._decisions.get((operation, partner)) or self._decisions.get((operation, None))

    @cached_property
    def _decisions(self) -> dict[tuple[str, str | None], Decision]:
        ordered = sorted(self.scenario.decisions, key=lambda line: line.day)
        return {(line.operation, line.partner): line for line in ordered}

    def present(self, operation: str, partner: str, launch: Launch) -> bool:
        """Tell whether a partner takes part in a launch, so that its floors, flat aids and caps hold.

        The owner, a partner whose presence is required and a partner of a fixed plan take part in all that is
        funded; any other eligible partner takes part when it brings money.
        """
        if self.committed_at.get((operation, partner, launch.start), 0) > 0:
            return True
        if launch.funded <= 0 or not self.may_bring(operation, partner):
            return False
        line = self.index.eligibilities.get((operation, partner))
        decided = line is None or line.presence is Presence.REQUIRED or operation in self.index.plans
        return decided or partner == self.index.operations[operation].owner

    def bound(self, rule: Rule, operation: Operation) -> frozenset[str]:
        """Give the partners that a rule binds on an operation, among those that may bring it money."""
        return self._named(rule, operation) & self._cells[operation.code]

    def _named(self, rule: Rule, operation: Operation) -> frozenset[str]:
        if isinstance(rule, OwnerFloor | TransferContribution):
            return frozenset({operation.owner})
        if isinstance(rule, OwnerCapacity):
            return frozenset({rule.partner}) & {operation.owner}
        if isinstance(rule, Contingency):
            return frozenset(partner.code for partner in self.index.members[rule.holder])
        if isinstance(rule, GrantEquivalent):
            return frozenset(rule.partners)
        if isinstance(rule, Reciprocity):
            return frozenset({rule.partner, *rule.counterparts})
        if (partner := getattr(rule, "partner", None)) is not None:
            return frozenset({partner})
        authorities = (PartnerKind.REGION, PartnerKind.DEPARTEMENT)
        kinds = authorities if isinstance(rule, RegionOrDepartement) else getattr(rule, "counts", ())
        return frozenset(code for code, one in self.index.partners.items() if not kinds or one.kind in kinds)

    def may_bring(self, operation: str, partner: str) -> bool:
        """Tell whether the scenario lets a partner bring money to an operation."""
        return partner in self._cells[operation]

    @cached_property
    def _cells(self) -> dict[str, frozenset[str]]:
        """Partners that may bring money to each operation: those of its fixed plan when it has one."""
        planned = {code: frozenset(line.partner for line in lines) for code, lines in self.index.plans.items()}
        return {**{code: frozenset(partners) for code, partners in self.index.funders.items()}, **planned}

    def in_order(self, codes: Iterable[str]) -> tuple[Partner, ...]:
        """Partners in the stable order of every table."""
        partners = (self.index.partners[code] for code in codes)
        return tuple(sorted(partners, key=lambda partner: (_KIND_ORDER.index(partner.kind), partner.code)))


@dataclass(frozen=True)
class Extract:
    """What one workbook shows: operations in code order, partners in stable order, and the pairs that commit."""

    figures: Figures
    operations: tuple[Operation, ...]
    partners: tuple[Partner, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.figures.scenario

    @property
    def years(self) -> tuple[int, ...]:
        """Years shown on every sheet that has years."""
        return self.figures.years

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Operation and partner codes, for every partner shown that takes part in an operation shown."""
        return tuple(
            (operation.code, partner.code)
            for operation in self.operations
            for partner in self.partners
            if any(
                self.figures.present(operation.code, partner.code, launch)
                for launch in self.figures.launches.get(operation.code, ())
            )
        )

    @cached_property
    def rules(self) -> tuple[tuple[Rule, tuple[Operation, ...]], ...]:
        """Rules that concern an operation shown and bind a partner shown, in code order, with those operations."""
        found: list[tuple[Rule, tuple[Operation, ...]]] = []
        for rule in sorted(self.scenario.rules, key=lambda rule: rule.code):
            codes = self.figures.concerned[rule.code]
            operations = tuple(o for o in self.operations if o.code in codes and self._binds(rule, o))
            if operations:
                found.append((rule, operations))
        return tuple(found)

    @cached_property
    def past_aids(self) -> tuple[tuple[str, str, int, int], ...]:
        """Aids already received that de minimis rules add to those of a year: rule, undertaking, year, cents."""
        found = []
        for rule, operations in self.rules:
            for owner in sorted({operation.owner for operation in operations}) if isinstance(rule, DeMinimis) else ():
                received = [aid for aid in self.scenario.past_aids if aid.partner == owner]
                for year in self.scenario.years:
                    amount = sum(aid.amount for aid in received if still_counts(aid, year))
                    if amount:
                        found.append((rule.code, owner, year, amount))
        return tuple(found)

    @cached_property
    def unapplied_law(self) -> tuple[LawLine, ...]:
        """What rulebooks say of the operations shown that the allocation does not apply, and entries to fill."""
        lines = (
            line
            for line in self.figures.law.lines
            if not line.rule and (not line.operations or self.codes.intersection(line.operations))
        )
        return tuple(sorted(lines, key=lambda line: (line.rulebook, line.entry, str(line.version), line.partner)))

    @cached_property
    def locks(self) -> tuple[Lock, ...]:
        """Amounts already decided between an operation and a partner shown."""
        locks = (lock for lock in self.scenario.locks if lock.operation in self.codes and lock.partner in self._shown)
        return tuple(sorted(locks, key=lambda lock: (lock.operation, lock.partner, lock.sense, lock.amount)))

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the operations shown."""
        return frozenset(operation.code for operation in self.operations)

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(partner.code for partner in self.partners)

    def _binds(self, rule: Rule, operation: Operation) -> bool:
        return bool(self._shown & self.figures.bound(rule, operation))


def project_extract(figures: Figures, project: str) -> Extract:
    """Operations of one project, with the partners that commit to it or have a decision fixed on it.

    Raises ValueError when the scenario has no such project or the project no operation.
    """
    operations = sorted((o for o in figures.scenario.operations if o.project == project), key=lambda o: o.code)
    if not operations:
        raise ValueError(f"no operation in project {project}")
    codes = {operation.code for operation in operations}
    bring = {partner for code in codes for partner in figures.pairs_by_operation.get(code, ())}
    locked = {lock.partner for lock in figures.scenario.locks if lock.operation in codes}
    required = {
        line.partner
        for line in figures.scenario.eligibilities
        if line.operation in codes and line.presence is Presence.REQUIRED and figures.funded(line.operation) > 0
    }
    return Extract(figures, tuple(operations), figures.in_order(bring | locked | required))


def whole_extract(figures: Figures) -> Extract:
    """Every operation, with the partners that commit to one of them: what a whole session is about."""
    operations = sorted(figures.scenario.operations, key=lambda operation: (operation.project, operation.code))
    bring = {partner for partners in figures.pairs_by_operation.values() for partner in partners}
    required = {
        line.partner
        for line in figures.scenario.eligibilities
        if line.presence is Presence.REQUIRED and figures.funded(line.operation) > 0
    }
    return Extract(figures, tuple(operations), figures.in_order(bring | required))


def partner_extract(figures: Figures, partner: str) -> Extract:
    """Operations one partner commits to or has a decision fixed on, with this partner alone.

    Raises ValueError when the scenario has no such partner.
    """
    if partner not in figures.index.partners:
        raise ValueError(f"no partner {partner}")
    locked = {lock.operation for lock in figures.scenario.locks if lock.partner == partner}
    operations = sorted(
        (o for o in figures.scenario.operations if figures.amount(o.code, partner) or o.code in locked),
        key=lambda o: o.code,
    )
    return Extract(figures, tuple(operations), (figures.index.partners[partner],))
