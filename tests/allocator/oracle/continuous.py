"""The best plan when cents can be divided: every whole decision is tried, the rest is solved exactly."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

from ortools.sat.python import cp_model

from scenarios.document import (
    EQUALITIES,
    MAXIMISED,
    AmountCeiling,
    CommitmentDeadline,
    FlatAid,
    Goal,
    GoalKind,
    LockSense,
    MinimumTicket,
    Operation,
    OwnerFloor,
    PartnerKind,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Rule,
    Sanction,
    Scenario,
    StartBeforeDecision,
)
from tests.allocator.oracle.decisions import Decisions, decisions
from tests.allocator.oracle.exact_lp import Row, Terms, added, lexicographic_maximum, times
from tests.allocator.oracle.reading import Cell, Reading, weight
from tests.allocator.oracle.several import SEVERAL, bounds, capacities
from tests.allocator.oracle.together import shared_limits, tickets, too_early


@dataclass(frozen=True)
class BestPlan:
    """Values of the goals in order, commitments that are not zero, whether no other plan is as good, decisions."""

    values: tuple[Fraction, ...]
    commitments: dict[Cell, Fraction]
    unique: bool
    taken: Decisions


class Model:
    """The linear program under some whole decisions. Columns are the commitments, or the share of a fixed plan."""

    def __init__(self, reading: Reading, taken: Decisions) -> None:
        self.reading = reading
        self.taken = taken
        self.width = 0
        self.rows: list[Row] = []
        self.amounts: dict[Cell, Terms] = {}
        self.shares: dict[tuple[str, int], Terms] = {}
        for operation in reading.operations.values():
            self._launches(operation)
        for rule in reading.document.rules:
            for code, start in self.shares:
                if not isinstance(rule, SEVERAL) and reading.binds(rule, code):
                    self._rule(rule, code, start)
        self._totals()
        self._together()
        self._several()
        self._budgets()

    def _column(self) -> int:
        self.width += 1
        return self.width - 1

    def at_most(self, terms: Terms, limit: int | Fraction, *, equality: bool = False) -> None:
        self.rows.append(Row(terms, Fraction(limit), equality))

    def _launches(self, operation: Operation) -> None:
        code, whole = operation.code, not operation.divisible
        starts = [start for start in operation.starts if self.taken.starts.get(code, start) == start]
        for start in starts:
            self._launch(code, start)
            if whole:
                self.at_most(self.shares[code, start], 1, equality=True)
        if starts:
            together = added(*(self.shares[code, start] for start in starts))
            self.at_most(together, 1, equality=operation.mandatory)

    def _launch(self, code: str, start: int) -> None:
        reading, to_fund = self.reading, self.reading.to_fund(code)
        if code in reading.plan:
            self.shares[code, start] = share = {self._column(): Fraction(1)}
            for partner in reading.funders(code):
                self.amounts[code, partner, start] = times(share, reading.planned(code, partner))
            return
        for partner in reading.funders(code):
            absent = not self.taken.presences.get((code, partner, start), True)
            self.amounts[code, partner, start] = {} if absent else {self._column(): Fraction(1)}
        funded = added(*(self.amounts[code, partner, start] for partner in reading.funders(code)))
        self.shares[code, start] = times(funded, Fraction(1, to_fund))

    def _amount(self, code: str, partner: str, start: int) -> Terms:
        return self.amounts.get((code, partner, start), {})

    def _rule(self, rule: Rule, code: str, start: int) -> None:
        """Write one rule on one launch: what is brought is compared with the part that is launched."""
        reading, share = self.reading, self.shares[code, start]
        if isinstance(rule, OwnerFloor):
            public = added(*(self._amount(code, name, start) for name in reading.public(rule.counts, code)))
            own = self._amount(code, reading.operations[code].owner, start)
            self.at_most(added(times(public, rule.rate), times(own, rule.rate - 1)), 0)
            return
        if getattr(rule, "partner", None) not in reading.funders(code):
            return
        if isinstance(rule, StartBeforeDecision | CommitmentDeadline | Sanction):
            self._dated(rule, code, start)
            return
        assert isinstance(rule, RateCeiling | RateFloor | AmountCeiling | FlatAid | PublicAidCap | MinimumTicket)
        brought = self._amount(code, rule.partner, start)
        present = self.taken.presences.get((code, rule.partner, start), True)
        if isinstance(rule, RateCeiling):
            self.at_most(added(brought, times(share, -rule.rate * reading.base(rule, code))), 0)
        elif isinstance(rule, RateFloor) and present:
            self.at_most(added(times(share, rule.rate * reading.base(rule, code)), times(brought, -1)), 0)
        elif isinstance(rule, AmountCeiling) and rule.amount_per_unit is not None:
            whole = rule.amount_per_unit * (reading.operations[code].units or 0)
            self.at_most(added(brought, times(share, -whole)), 0)
        elif isinstance(rule, FlatAid) and present:
            whole = rule.amount_per_unit * (reading.operations[code].units or 0)
            self.at_most(added(brought, times(share, -whole)), 0, equality=True)
        elif isinstance(rule, PublicAidCap) and present:
            public = added(*(self._amount(code, name, start) for name in reading.public(rule.counts, code)))
            self.at_most(added(public, times(share, -rule.rate * reading.base(rule, code))), 0)

    def _dated(self, rule: StartBeforeDecision | CommitmentDeadline | Sanction, code: str, start: int) -> None:
        brought = self._amount(code, rule.partner, start)
        if isinstance(rule, StartBeforeDecision):
            if too_early(self.reading, rule, code, start):
                self.at_most(brought, 0)
        elif isinstance(rule, CommitmentDeadline):
            if start > rule.last_day.year:
                self.at_most(brought, 0)
        elif start >= rule.since.year and rule.rate is not None:
            limit = rule.rate * self.reading.base(rule, code)
            self.at_most(added(brought, times(self.shares[code, start], -limit)), 0)

    def _together(self) -> None:
        """Write what bears on several operations, and who takes part in each."""
        reading = self.reading
        for limit in shared_limits(reading):
            parts = [times(self.shares.get(launch, {}), weight) for launch, weight in limit.parts.items()]
            self.at_most(added(*parts, *(self._amount(*cell) for cell in limit.aids)), limit.limit)
        for code in self.taken.stopped:
            self.at_most(self._funded(code), 0)
        for code, partner in self.taken.absent:
            self.at_most(self._brought(code, partner), 0)
            if partner in tickets(reading, code) and not reading.is_free(code, partner):
                self.at_most(self._funded(code), 0)
        for code in reading.operations.keys() - self.taken.stopped:
            for partner, ticket in tickets(reading, code).items():
                if (code, partner) not in self.taken.absent:
                    self.at_most(times(self._brought(code, partner), -1), -ticket)

    def _several(self) -> None:
        """Write what bears on several partners or operations, and what owners pay in one year."""
        for bound in bounds(self.reading):
            parts = [times(self.shares.get(launch, {}), weight) for launch, weight in bound.parts.items()]
            brought = [times(self._amount(*cell), weight) for cell, weight in bound.amounts.items()]
            self.at_most(added(*parts, *brought), bound.limit, equality=bound.equality)
        for capacity in capacities(self.reading):
            cells = [cell for cell in self.amounts if cell[0] in capacity.codes and cell[1] == capacity.owner]
            paid = added(*(self._payments(cell).get(capacity.year, {}) for cell in cells))
            self.at_most(paid, capacity.amount)

    def _funded(self, code: str) -> Terms:
        return added(*(self.shares.get((code, start), {}) for start in self.reading.operations[code].starts))

    def _brought(self, code: str, partner: str) -> Terms:
        starts = self.reading.operations[code].starts
        return added(*(self._amount(code, partner, start) for start in starts))

    def _totals(self) -> None:
        """Write what bears on an operation all launches together: ceilings per operation, locks, loans."""
        reading = self.reading
        for rule in reading.document.rules:
            if isinstance(rule, AmountCeiling) and rule.amount is not None:
                for code in reading.operations:
                    if reading.binds(rule, code):
                        self.at_most(self._brought(code, rule.partner), rule.amount)
            elif isinstance(rule, Sanction) and rule.amount is not None:
                for code, operation in reading.operations.items():
                    if reading.binds(rule, code):
                        late = [start for start in operation.starts if start >= rule.since.year]
                        self.at_most(added(*(self._amount(code, rule.partner, start) for start in late)), rule.amount)
        for lock in reading.document.locks:
            sign = -1 if lock.sense is LockSense.AT_LEAST else 1
            brought = times(self._brought(lock.operation, lock.partner), sign)
            self.at_most(brought, sign * lock.amount, equality=lock.sense is LockSense.EXACTLY)
        for (code, start), share in self.shares.items():
            own = self._amount(code, reading.operations[code].owner, start)
            self.at_most(added(times(share, reading.lent(code)), times(own, -1)), 0)

    def _payments(self, cell: Cell) -> dict[int, Terms]:
        code, partner, start = cell
        if code in self.reading.plan:
            lines = self.reading.plan[code].items()
            share = self.shares[code, start]
            return {year: times(share, cents) for (name, year), cents in lines if name == partner}
        shares = self.reading.shares(code)
        return {start + offset: times(self.amounts[cell], share) for offset, share in shares.items()}

    def _budgets(self) -> None:
        for purse in self.reading.purses("commitment"):
            for years, limit in purse.windows:
                cells = [cell for cell in self.amounts if cell[1] in purse.members and cell[2] in years]
                self.at_most(added(*(self.amounts[cell] for cell in cells)), limit)
        for purse in self.reading.purses("payment"):
            for years, limit in purse.windows:
                held = [self._payments(cell) for cell in self.amounts if cell[1] in purse.members]
                self.at_most(added(*(terms for paid in held for year, terms in paid.items() if year in years)), limit)
        for partners, codes, amount in self.reading.enveloped():
            cells = [cell for cell in self.amounts if cell[0] in codes and cell[1] in partners]
            self.at_most(added(*(self.amounts[cell] for cell in cells)), amount)

    def goal(self, goal: Goal) -> list[Terms]:
        """Give a goal as sums to maximise, in order; distances and sums of rates need columns of their own."""
        if goal.kind in EQUALITIES:
            return self._sums_of_worst(self._rates(goal), better=1 if goal.kind in MAXIMISED else -1)
        if goal.kind is GoalKind.REFERENCE_CLOSENESS:
            return [self._closeness()]
        if goal.kind is GoalKind.SMOOTH_PAYMENTS:
            return [self._smoothness()]
        if goal.kind is GoalKind.FEWEST_PARTNERS:
            one = {self._column(): Fraction(1)}
            self.at_most(one, 1, equality=True)
            return [times(one, -len(self.taken.bringing(self.reading)))]
        if goal.kind is GoalKind.SPARE_PARTNER:
            cells = [(code, partner) for code in self.reading.operations for partner in goal.partners]
            return [times(added(*(self._brought(*cell) for cell in cells)), -1)]
        return [self._sum_of_launches(goal.kind)]

    def _rates(self, goal: Goal) -> dict[str, Terms]:
        """Give the rate of every member of a goal of equality."""
        reading, document = self.reading, self.reading.document
        rates: dict[str, Terms] = {}
        if goal.kind is GoalKind.EQUAL_EFFORT:
            for partner in document.partners:
                brought = [self._brought(code, partner.code) for code in reading.operations]
                able = any(partner.code in reading.funders(code) for code in reading.operations)
                if able and (not goal.partners or partner.code in goal.partners):
                    assert partner.capacity
                    rates[partner.code] = times(added(*brought), Fraction(1, partner.capacity))
            return rates
        if goal.kind is GoalKind.EQUAL_BURDEN:
            return self._burdens()
        territories = {commune.code: commune.territory for commune in document.communes}
        for territory in set(territories.values()):
            codes = [code for code, line in reading.operations.items() if territories[line.commune] == territory]
            needed = sum(reading.to_fund(code) for code in codes)
            if needed:
                shares = [(code, share) for (code, _start), share in self.shares.items() if code in codes]
                funded = added(*(times(share, reading.to_fund(code)) for code, share in shares))
                rates[territory] = times(funded, Fraction(1, needed))
        return rates

    def _burdens(self) -> dict[str, Terms]:
        """Give the burden of every commune for one indicator alone, the financial potential."""
        document = self.reading.document
        kinds = {partner.code: partner.kind for partner in document.partners}
        pairs = [(c.population or 0, c.financial_potential_per_capita or 0) for c in document.communes]
        people, wealth = sum(p for p, _ in pairs), sum(p * w for p, w in pairs)
        rates: dict[str, Terms] = {}
        for commune, (population, potential) in zip(document.communes, pairs, strict=True):
            owned = [
                line for line in document.operations
                if line.commune == commune.code and kinds[line.owner] is PartnerKind.COMMUNE
                and line.owner in self.reading.funders(line.code) and line.to_fund
            ]  # fmt: skip
            weight = 1000 * population * potential * people // wealth
            if owned:
                brought = added(*(self._brought(line.code, line.owner) for line in owned))
                rates[commune.code] = times(brought, Fraction(1, weight))
        return rates

    def _smoothness(self) -> Terms:
        """Give the differences between successive payments of every partner."""
        document, differences = self.reading.document, []
        paid = [(cell[1], self._payments(cell)) for cell in self.amounts]
        for partner in document.partners:
            for year in document.years[:-1]:
                here = [terms for name, terms in paid if name == partner.code]
                later = added(*(terms.get(year + 1, {}) for terms in here))
                step = added(later, *(times(terms.get(year, {}), -1) for terms in here))
                size = {self._column(): Fraction(-1)}
                self.at_most(added(step, size), 0)
                self.at_most(added(times(step, -1), size), 0)
                differences.append(size)
        return added(*differences)

    def _sums_of_worst(self, rates: dict[str, Terms], better: int) -> list[Terms]:
        """Give the sums of the worst rates: no sum of as many rates is worse, whichever are taken."""
        sums = []
        for size in range(1, len(rates) + 1):
            worst = {self._column(): Fraction(1)}
            for taken in combinations(rates.values(), size):
                self.at_most(times(added(worst, times(added(*taken), -1)), better), 0)
            sums.append(times(worst, better))
        return sums

    def _sum_of_launches(self, kind: GoalKind) -> Terms:
        terms: Terms = {}
        for (code, start), share in self.shares.items():
            operation, to_fund = self.reading.operations[code], self.reading.to_fund(code)
            points = {
                GoalKind.PRIORITY_VALUE: operation.value,
                GoalKind.FUNDED_COST: to_fund,
                GoalKind.EARLIEST_START: (operation.earliest_start - start) * to_fund,
            }[kind]
            terms = added(terms, times(share, points))
        return terms

    def _closeness(self) -> Terms:
        distances = []
        for (code, start), share in self.shares.items():
            for partner, amount in (self.reading.reference(code) or {}).items():
                away = added(self._amount(code, partner, start), times(share, -amount))
                distance = {self._column(): Fraction(-1)}
                self.at_most(added(away, distance), 0)
                self.at_most(added(times(away, -1), distance), 0)
                distances.append(distance)
        return added(*distances)

    def tie_break(self) -> Terms:
        return added(
            *(
                times(terms, Fraction(weight(*cell), self.reading.to_fund(cell[0])))
                for cell, terms in self.amounts.items()
            )
        )


def best_plan(document: Scenario, *, in_whole_cents: bool = False) -> BestPlan | None:
    """Give the best plan for the goals in order, then for the published tie-break; None when there is no plan.

    With ``in_whole_cents``, only whole decisions that some plan in whole cents meets are looked at.
    """
    reading = Reading(document)
    best: tuple[Fraction, ...] | None = None
    plans: dict[tuple[tuple[Cell, Fraction], ...], tuple[bool, Decisions]] = {}
    for taken in decisions(reading):
        model = Model(reading, taken)
        goals = [*(term for goal in document.goals for term in model.goal(goal)), model.tie_break()]
        found = lexicographic_maximum(model.rows, goals, model.width)
        if found is None or (best is not None and found.values < best):
            continue
        if in_whole_cents and not exists_in_whole_cents(document, taken):
            continue
        if best is None or found.values > best:
            best, plans = found.values, {}
        plans[_commitments(model, found.point)] = found.unique, taken
    if best is None:
        return None
    kinds = [goal.kind for goal in document.goals for _term in range(_count(reading, goal))]
    values = tuple(value if kind in MAXIMISED else -value for kind, value in zip(kinds, best, strict=False))
    (plan, (unique, decided)), *others = plans.items()
    return BestPlan(values, dict(plan), unique and not others, decided)


def _count(reading: Reading, goal: Goal) -> int:
    """Count the sums a goal is made of."""
    return len(Model(reading, next(decisions(reading))).goal(goal))


def exists_in_whole_cents(document: Scenario, taken: Decisions) -> bool:
    """Tell whether some plan in whole cents, however bad, meets every rule under some whole decisions.

    What may hold to the cent only is asked exactly: a yes is sure, a no may be too severe.
    """
    reading = Reading(document)
    model = Model(reading, taken)
    solver, program = cp_model.CpSolver(), cp_model.CpModel()
    most = max(reading.to_fund(code) for code in reading.operations)
    columns = [program.new_int_var(0, most, f"x{j}") for j in range(model.width)]
    for row in model.rows:
        whole = lcm(row.limit.denominator, *(a.denominator for a in row.terms.values()))
        activity = sum(int(a * whole) * columns[j] for j, a in row.terms.items())
        limit = int(row.limit * whole)
        program.add(activity == limit if row.equality else activity <= limit)
    solver.parameters.num_workers = 1
    status = solver.solve(program)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status != cp_model.INFEASIBLE


def _commitments(model: Model, point: tuple[Fraction, ...]) -> tuple[tuple[Cell, Fraction], ...]:
    amounts = {cell: sum(a * point[j] for j, a in terms.items()) for cell, terms in model.amounts.items()}
    return tuple(sorted((cell, Fraction(amount)) for cell, amount in amounts.items() if amount))
