"""The plan printed for people: figures, unfunded operations, one matrix per project, budgets, goals, verdict."""

from collections.abc import Callable, Sequence
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from allocator.words import in_line, money, proposal
from reports.layout.budget_lines import BudgetLine, BudgetYear
from scenarios.language import _
from ui.cli.console import say
from ui.plan import OperationLine, Plan
from ui.words import FLOWS, goal_sentence, law_sentence, settled_sentence, verdict, version

Amounts = Callable[[int], str]
"""How amounts are written in one table."""

_HEADING = 12
"""Width at which headings of columns of amounts are cut in lines; longer words stay whole."""

_LABEL = 16
"""Least width of the labels of operations: they are cut when there is no room, codes and amounts never."""

_UNLIMITED = 10_000
"""A width no table reaches: rich measures a table within the width it is given."""


class Column(NamedTuple):
    """One column of amounts: its heading, and one text per line."""

    heading: str
    cells: tuple[str, ...]


def print_plan(console: Console, plan: Plan) -> None:
    """Print the whole plan, at the width of the console."""
    _print_heading(console, plan)
    _print_unfunded(console, plan)
    funded = sorted((line for line in plan.lines if line.funded), key=_place)
    for project, lines in groupby(funded, key=lambda line: line.operation.project):
        _print_project(console, plan, project, tuple(lines))
    _print_budgets(console, plan)
    _print_goals(console, plan)


def _print_heading(console: Console, plan: Plan) -> None:
    scenario, totals = plan.scenario, plan.totals
    console.rule(_("Répartition · {title}").format(title=scenario.title))
    console.print(
        _("Scénario {code}, version {version}, {first}-{last}. Montants en {currency}.").format(
            code=scenario.code, version=version(plan.allocation.fingerprint), first=scenario.first_year,
            last=scenario.last_year, currency=scenario.currency,
        )
    )  # fmt: skip
    say(console, law_sentence(plan.law))
    figures = [(_("Coût total"), money(totals.cost, scenario.currency))]
    if totals.receipts:
        figures.append((_("Recettes"), money(totals.receipts, scenario.currency)))
    figures += [
        (_("Financé"), money(totals.funded, scenario.currency)),
        (_("Reste à financer"), money(totals.missing, scenario.currency)),
        (_("Opérations non financées"), _("{count} sur {all}").format(count=totals.unfunded, all=len(plan.lines))),
    ]
    if totals.partly_funded:
        figures.append((_("Opérations financées en partie"), str(totals.partly_funded)))
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for label, value in figures:
        table.add_row(label, value)
    console.print(table)


def _print_unfunded(console: Console, plan: Plan) -> None:
    lines = [line for line in plan.lines if line.missing > 0]
    if not lines:
        console.print("\n" + _("Toutes les opérations sont entièrement financées."))
        return
    amount = in_line(value for line in lines for value in (line.operation.to_fund, line.missing))
    columns = [
        Column(_("Projet"), tuple(line.operation.project for line in lines)),
        Column(_("Points"), tuple(str(line.operation.value) for line in lines)),
        Column(_("À financer"), tuple(amount(line.operation.to_fund) for line in lines)),
        Column(_("Reste à financer"), tuple(amount(line.missing) for line in lines)),
    ]
    _print_columns(console, _("Opérations non financées, ou en partie seulement"), lines, columns)


def _print_project(console: Console, plan: Plan, project: str, lines: tuple[OperationLine, ...]) -> None:
    """Print one project: what is funded, by which partners, the owner's share last."""
    amount = in_line(
        value for line in lines for value in (line.funded, line.missing, line.owner_share, *line.grants.values())
    )
    columns = [Column(_("Financé"), tuple(amount(line.funded) for line in lines))]
    if any(line.missing for line in lines):
        columns.append(Column(_("Reste à financer"), tuple(amount(line.missing) for line in lines)))
    for partner in plan.partners(lines):
        grants = (line.grants.get(partner.code, 0) for line in lines)
        columns.append(Column(partner.label, tuple(amount(grant) if grant else "" for grant in grants)))
    columns.append(Column(_("Maître d'ouvrage"), tuple(amount(line.owner_share) for line in lines)))
    _print_columns(console, f"{plan.figures.index.projects[project].label} ({project})", lines, columns)


def _print_columns(console: Console, title: str, lines: Sequence[OperationLine], columns: Sequence[Column]) -> None:
    """Print the columns beside the operations, in as many tables as the width asks for: no amount is ever cut."""
    shown = title
    while columns:
        count, spare = _that_fit(console, lines, columns)
        label = min(_LABEL + max(spare, 0), max(len(line.operation.label) for line in lines))
        console.print()
        console.print(_matrix(shown, lines, columns[:count], max(label, _LABEL)))
        columns, shown = columns[count:], _("{title}, suite").format(title=title)


def _that_fit(console: Console, lines: Sequence[OperationLine], columns: Sequence[Column]) -> tuple[int, int]:
    """Return how many of the columns fit, at least one, and the width then left; the widest cells are enough."""
    longest = max(lines, key=lambda line: len(line.operation.code))
    widest = [column._replace(cells=(max(column.cells, key=len),)) for column in columns]
    count = len(columns) + 1
    spare = -1
    while spare < 0 and count > 1:
        count -= 1
        spare = _spare(console, _matrix("", [longest], widest[:count], _LABEL))
    return count, spare


def _matrix(title: str, lines: Sequence[OperationLine], columns: Sequence[Column], label: int) -> Table:
    table = _table(title)
    table.add_column(_("Opération"), no_wrap=True)
    table.add_column(_("Intitulé"), no_wrap=True, overflow="ellipsis", width=label)
    for column in columns:
        _add_amounts(table, column.heading, column.cells)
    for rank, line in enumerate(lines):
        table.add_row(line.operation.code, line.operation.label, *(column.cells[rank] for column in columns))
    return table


def _print_budgets(console: Console, plan: Plan) -> None:
    """Print what is used, allowed and left of each budget, in as many tables as the years need."""
    budgets = plan.budgets
    if not budgets:
        return
    amount = in_line(value for line in budgets for year in line.years for value in (year.used, year.limit, year.left))
    title = _("Budgets par partenaire et par an")
    shown, first = title, 0
    while first < len(plan.scenario.years):
        last = len(plan.scenario.years)
        table = _budget_table(shown, budgets, slice(first, last), amount)
        while last > first + 1 and _spare(console, table) < 0:
            last -= 1
            table = _budget_table(shown, budgets, slice(first, last), amount)
        console.print()
        console.print(table)
        first, shown = last, _("{title}, suite").format(title=title)


def _budget_table(title: str, budgets: Sequence[BudgetLine], span: slice, amount: Amounts) -> Table:
    table = _table(title)
    table.add_column(_("Partenaire"), min_width=16, max_width=30)
    table.add_column(_("Nature"), no_wrap=True)
    table.add_column("", no_wrap=True)
    rows = [(line, [_cells(year, amount) for year in line.years[span]]) for line in budgets]
    for rank, year in enumerate(budgets[0].years[span]):
        _add_amounts(table, str(year.year), [cell for _line, years in rows for cell in years[rank]])
    for line, years in rows:
        left = _("reste cumulé") if line.holder.carry_over else _("reste")
        meanings = "\n".join((_("employé"), _("budget"), left))
        table.add_row(line.holder.label, _(FLOWS[line.flow]), meanings, *map("\n".join, years), end_section=True)
    return table


def _cells(year: BudgetYear, amount: Amounts) -> tuple[str, str, str]:
    return amount(year.used), amount(year.limit), amount(year.left)


def _print_goals(console: Console, plan: Plan) -> None:
    console.print("\n" + _("Objectifs, dans l'ordre du comité"), style="bold")
    for rank, goal in enumerate(plan.allocation.goals, start=1):
        say(console, f"  {rank}. {goal_sentence(goal, plan.scenario.currency, follows=rank > 1)}")
        if trace := settled_sentence(goal, plan.scenario.currency):
            say(console, f"     {trace}")
    say(console, "\n" + verdict())
    say(console, proposal())


def _spare(console: Console, table: Table) -> int:
    """Return the width left beside a table that cuts no amount; negative when the console cannot hold it."""
    unlimited = console.options.update(width=_UNLIMITED)
    return console.width - Measurement.get(console, unlimited, table).minimum


def _table(title: str) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False, header_style="bold"
    )


def _add_amounts(table: Table, heading: str, cells: Sequence[str]) -> None:
    lines = wrap(heading, _HEADING, break_long_words=False, break_on_hyphens=False)
    width = max(map(len, [*lines, *cells]))
    table.add_column("\n".join(lines), justify="right", no_wrap=True, min_width=width)


def _place(line: OperationLine) -> tuple[str, str]:
    return line.operation.project, line.operation.code
