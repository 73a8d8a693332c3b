"""The plan as tables of exact values: by operation, partner, commune, year; the code of a row says what it is about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from reports.charts.table import Cell, Column, Table, Unit, table_of
from reports.layout.budget_lines import BudgetLine, Flow
from scenarios.document import LockSense
from scenarios.language import N_, _
from ui.plan import OperationLine, Plan
from ui.words import FLOWS, state


class View(StrEnum):
    """How the plan is read."""

    OPERATION = "operation"
    PARTNER = "partenaire"
    COMMUNE = "commune"
    YEAR = "annee"


VIEWS = {
    View.OPERATION: N_("Par opération"),
    View.PARTNER: N_("Par partenaire"),
    View.COMMUNE: N_("Par commune"),
    View.YEAR: N_("Par année"),
}


def table(plan: Plan, view: View) -> Table:
    """Return the plan read in one way."""
    return _VIEWS[view](plan)


def matrix(plan: Plan) -> Table:
    """Return operations x partners, unfunded first, the owner's charge last; the last row is what budgets have left.

    Locked amounts are named in their own column, with their sense. An empty cell means that nothing is brought.
    """
    partners = plan.partners(plan.lines)
    locks, texts = _locks(plan), (_("Opération"), _("Intitulé"), _("Projet"), _("État"), _("Arrêté"))
    fixed = (_("À financer"), _("Financé"), _("Reste à financer"), _("Maître d'ouvrage"))
    rows: list[tuple[Cell, ...]] = [
        (
            *(line.operation.code, line.operation.label, line.operation.project, state(line)),
            locks.get(line.operation.code, ""),
            *(line.operation.to_fund, line.funded, line.missing),
            *(line.grants.get(partner.code) for partner in partners),
            line.owner_share,
        )
        for line in plan.lines
    ]
    left = {line.holder.code: never_used(line) for line in plan.budgets if line.flow is Flow.COMMITMENT}
    remaining: tuple[Cell, ...] = (
        _("Budget restant"), *[""] * (len(texts) - 1), None, None, None,
        *(left.get(partner.code) for partner in partners), None,
    )  # fmt: skip
    named = _distinct([(partner.label, partner.code) for partner in partners], (*texts, *fixed))
    codes = (*(line.operation.code for line in plan.lines), None)
    amounts = (*fixed[:-1], *named, fixed[-1])
    return _of(plan, _("Qui finance quoi"), texts, amounts, (*rows, remaining), codes)


def budgets(plan: Plan) -> Table:
    """Return what is left of each budget, year by year; with carry-over, of all years so far."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (line.holder.label, _(FLOWS[line.flow]), *(year.left for year in line.years), never_used(line))
        for line in plan.budgets
    )
    texts, amounts = (_("Partenaire"), _("Nature")), (*map(str, plan.scenario.years), _("Reste à la fin"))
    return _of(plan, _("Ce qui reste des budgets"), texts, amounts, rows, [line.holder.code for line in plan.budgets])


def never_used(line: BudgetLine) -> int:
    """Return what is never used of a budget: what is left at the end, and each year when nothing is carried over."""
    return line.years[-1].left if line.holder.carry_over else sum(year.left for year in line.years)


def by_partner(plan: Plan) -> Table:
    """Return what each partner brings, to the operations of others and to its own, and what its budget has left."""
    aid, own, count = Counter[str](), Counter[str](), Counter[str]()
    for line in plan.lines:
        aid.update(line.grants)
        count.update(code for code, amount in line.grants.items() if amount)
        own[line.operation.owner] += line.owner_share
    left = {line.holder.code: never_used(line) for line in plan.budgets if line.flow is Flow.COMMITMENT}
    partners = plan.figures.in_order(partner.code for partner in plan.scenario.partners)
    rows = tuple(
        (
            *(partner.code, partner.label, count[partner.code]),
            *(aid[partner.code], own[partner.code], aid[partner.code] + own[partner.code], left.get(partner.code)),
        )
        for partner in partners
    )
    texts = _("Partenaire"), _("Intitulé"), Column(_("Opérations aidées"), Unit.NUMBER)
    amounts = _("Aides"), _("Part propre"), _("Engagé"), _("Budget restant")
    return _of(plan, _("Ce qu'apporte chaque partenaire"), texts, amounts, rows, [line.code for line in partners])


def by_commune(plan: Plan) -> Table:
    """Return what the operations of each commune cost, receive, leave to their owners, and miss."""
    found: dict[str, list[OperationLine]] = defaultdict(list)
    for line in plan.lines:
        found[line.operation.commune].append(line)
    communes = sorted(plan.scenario.communes, key=lambda commune: commune.code)
    rows = tuple(
        (
            *(commune.code, commune.label, len(found[commune.code])),
            *_sums(found[commune.code]),
        )
        for commune in communes
    )
    texts = _("Commune"), _("Intitulé"), Column(_("Opérations"), Unit.NUMBER)
    amounts = _("À financer"), _("Financé"), _("Reste à financer"), _("Maîtres d'ouvrage")
    return _of(plan, _("Les opérations de chaque commune"), texts, amounts, rows, [line.code for line in communes])


def by_year(plan: Plan) -> Table:
    """Return what each partner commits and pays in each year; years of payment may go past the horizon."""
    amounts: dict[tuple[str, Flow], Counter[int]] = defaultdict(Counter)
    for commitment in plan.allocation.commitments:
        amounts[commitment.partner, Flow.COMMITMENT][commitment.start] += commitment.amount
    for payment in plan.allocation.payments:
        amounts[payment.partner, Flow.PAYMENT][payment.year] += payment.amount
    years = sorted({*plan.scenario.years, *(year for found in amounts.values() for year in found)})
    partners = plan.figures.in_order({code for code, _flow in amounts})
    lines = [(partner, flow) for partner in partners for flow in Flow]
    rows = tuple(
        (
            *(partner.code, partner.label, _(FLOWS[flow])),
            *(amounts[partner.code, flow].get(year) for year in years),
            sum(amounts[partner.code, flow].values()),
        )
        for partner, flow in lines
    )
    texts, sums = (_("Partenaire"), _("Intitulé"), _("Nature")), (*map(str, years), _("Total"))
    codes = [partner.code for partner, _flow in lines]
    return _of(plan, _("Engagements et paiements de chaque année"), texts, sums, rows, codes)


def _of(
    plan: Plan,
    title: str,
    texts: Iterable[str | Column],
    amounts: Iterable[str],
    rows: Iterable[Sequence[Cell]],
    codes: Sequence[str | None],
) -> Table:
    """Return a table whose first columns hold words, the others amounts in the currency its title on the page gives."""
    words = [column if isinstance(column, Column) else Column(column) for column in texts]
    columns = [*words, *(Column(name, Unit.AMOUNT) for name in amounts)]
    return table_of(title, columns, rows, plan.figures, codes=codes, signed=False)


def _sums(lines: Sequence[OperationLine]) -> tuple[int, int, int, int]:
    return (
        sum(line.operation.to_fund for line in lines),
        sum(line.funded for line in lines),
        sum(line.missing for line in lines),
        sum(line.owner_share for line in lines),
    )


def _locks(plan: Plan) -> dict[str, str]:
    """Say which partners have a settled amount on each operation, and in which sense."""
    signs = {LockSense.EXACTLY: "=", LockSense.AT_LEAST: "≥", LockSense.AT_MOST: "≤"}
    found: dict[str, list[str]] = defaultdict(list)
    for lock in plan.scenario.locks:
        found[lock.operation].append(f"{lock.partner} {signs[lock.sense]}")
    return {operation: ", ".join(sorted(named)) for operation, named in found.items()}


def _distinct(named: Sequence[tuple[str, str]], fixed: Iterable[str]) -> tuple[str, ...]:
    """Return the labels, with the code of those that would bear the name of another column."""
    taken = Counter([*fixed, *(label for label, _code in named)])
    return tuple(label if taken[label] == 1 else f"{label} ({code})" for label, code in named)


_VIEWS = {View.OPERATION: matrix, View.PARTNER: by_partner, View.COMMUNE: by_commune, View.YEAR: by_year}
