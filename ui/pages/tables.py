"""The tables of a plan for the screen: exact amounts, written the French way, sortable as numbers."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import pandas as pd
from pandas.io.formats.style import Styler

from reports.layout.budget_lines import BudgetLine, Flow
from scenarios.language import _
from ui.plan import Plan
from ui.words import FLOWS, figure, state


def matrix(plan: Plan) -> Styler:
    """Return operations x partners, unfunded first, the owner's share last; the last row is what budgets have left.

    An empty cell means that nothing is brought.
    """
    partners = plan.partners(plan.lines)
    texts = (_("Opération"), _("Intitulé"), _("Projet"), _("État"))
    amounts = (_("À financer"), _("Financé"), _("Reste à financer"))
    rows = [
        (
            *(line.operation.code, line.operation.label, line.operation.project, state(line)),
            *(line.operation.to_fund, line.funded, line.missing),
            *(line.grants.get(partner.code) for partner in partners),
            line.owner_share,
        )
        for line in plan.lines
    ]
    left = {line.holder.code: _left(line) for line in plan.budgets if line.flow is Flow.COMMITMENT}
    rows.append(
        (_("Budget restant"), "", "", "", None, None, None, *(left.get(partner.code) for partner in partners), None)
    )
    fixed = (*texts, *amounts, _("Maître d'ouvrage"))
    taken = Counter([*fixed, *(partner.label for partner in partners)])
    named = (
        partner.label if taken[partner.label] == 1 else f"{partner.label} ({partner.code})" for partner in partners
    )
    return _styled(rows, [*fixed[:-1], *named, fixed[-1]], len(texts))


def budgets(plan: Plan) -> Styler:
    """Return what is left of each budget, year by year; with carry-over, of all years so far."""
    rows = [
        (line.holder.label, _(FLOWS[line.flow]), *(year.left for year in line.years), _left(line))
        for line in plan.budgets
    ]
    columns = [_("Partenaire"), _("Nature"), *map(str, plan.scenario.years), _("Reste à la fin")]
    return _styled(rows, columns, 2)


def _left(line: BudgetLine) -> int:
    """Return what is never used of a budget: what is left at the end, and each year when nothing is carried over."""
    return line.years[-1].left if line.holder.carry_over else sum(year.left for year in line.years)


def _styled(rows: Sequence[tuple[object, ...]], columns: list[str], texts: int) -> Styler:
    """Turn cents into exact decimal amounts, which a download keeps, shown the French way."""
    decimals = any(amount % 100 for row in rows for amount in row[texts:] if isinstance(amount, int))
    cells = [[Decimal(cell).scaleb(-2) if isinstance(cell, int) else cell for cell in row] for row in rows]
    frame = pd.DataFrame(cells, columns=columns, dtype=object)
    written = partial(_written, decimals=decimals)
    return frame.style.format(written, subset=frame.columns[texts:])


def _written(amount: Decimal | None, *, decimals: bool) -> str:
    return "" if amount is None else figure(int(amount.scaleb(2)), decimals=decimals)
