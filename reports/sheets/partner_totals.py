"""Sheet « Synthèse par partenaire »: commitments and payments by year, budgets, envelopes and what remains."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from reports.layout.cells import EnvelopeLine, PurseLines, ScheduleCells, SummaryCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, span_total, total_where
from reports.layout.page import Page
from reports.sheets.schedule import FIRST_YEAR, HEAD, TOTAL, WIDTHS, YEAR_WIDTH, envelopes_of, years_head
from scenarios.document import Envelope, Partner, Pool
from scenarios.language import N_, _

NAME = N_("Synthèse par partenaire")
_FLOWS = {
    "commitment": (N_("Engagements (AE) de ce classeur"), N_("Engagements (AE) hors de ce classeur"),
                   N_("Budget d'engagement (AE/AP)"), N_("Reste à engager")),
    "payment": (N_("Paiements (CP) de ce classeur"), N_("Paiements (CP) hors de ce classeur"),
                N_("Budget de paiement (CP)"), N_("Reste à payer")),
}  # fmt: skip


def write(page: Page, extract: Extract, commitments: ScheduleCells, payments: ScheduleCells) -> SummaryCells:
    """Write a block per partner, a block per shared purse, then the envelopes."""
    page.columns([16.0, 34.0, 36.0, 14.0, WIDTHS[TOTAL], *[YEAR_WIDTH] * len(extract.years)])
    page.top(
        _("Synthèse par partenaire"),
        _("Budgets et restes figurent quand le partenaire les déclare limités. Avec report, le reste est cumulé."),
    )
    heads = (_("Code"), _("Partenaire"), _("Ligne"), _("Report"), _("Total"))
    years_head(page, HEAD, heads, extract.years)
    writer = _Writer(page, extract, {"commitment": commitments, "payment": payments})
    for partner in extract.partners:
        writer.partner(partner)
    for pool in _pools(extract):
        writer.pool(pool)
    writer.envelopes()
    page.finish(HEAD, frozen_columns=3)
    return writer.cells


def _pools(extract: Extract) -> list[Pool]:
    """Limited purses in which a partner shown draws."""
    drawn = {partner.pool for partner in extract.partners}
    pools = (pool for pool in extract.scenario.pools if pool.code in drawn)
    return sorted((pool for pool in pools if pool.commitment_limited or pool.payment_limited), key=lambda p: p.code)


class _Writer:
    """Writes line after line, and keeps the cells that the controls read."""

    def __init__(self, page: Page, extract: Extract, schedules: dict[str, ScheduleCells]) -> None:
        self._page = page
        self._extract = extract
        self._figures = extract.figures
        self._schedules = schedules
        self._row = HEAD
        self._shown = _shown(extract)
        self._here: dict[tuple[str, str], list[Live]] = {}
        self.cells = SummaryCells()

    def partner(self, partner: Partner) -> None:
        """Write the lines of one partner: sums of its lines in the schedules, and its own budgets."""
        for flow, totals in (("commitment", self.cells.commitments), ("payment", self.cells.payments)):
            schedule = self._schedules[flow]
            sums = self._sums(flow, (partner.code,))
            row = self._line(partner, _FLOWS[flow][0])
            key = self._page.address(row, 0)
            line = [
                self._page.live(
                    row,
                    column,
                    total_where([(schedule.partner_column, key)], schedule.year_columns[year], euros(sums[year])),
                )
                for column, year in enumerate(self._extract.years, start=FIRST_YEAR)
            ]
            totals[partner.code] = self._page.live(row, TOTAL, span_total(line))
            self._here[flow, partner.code] = line
            self._limits(partner, flow, line)

    def pool(self, pool: Pool) -> None:
        """Write the lines of one shared purse: sums of its members shown, and its budgets."""
        members = [p.code for p in self._extract.partners if p.pool == pool.code]
        for flow in _FLOWS:
            row = self._line(pool, _FLOWS[flow][0])
            line = [
                self._page.live(row, FIRST_YEAR + rank, _added([self._here[flow, member][rank] for member in members]))
                for rank in range(len(self._extract.years))
            ]
            self._page.live(row, TOTAL, span_total(line))
            self._limits(pool, flow, line)

    def envelopes(self) -> None:
        """Write each envelope in which something of this workbook counts."""
        page, schedule = self._page, self._schedules["commitment"]
        for envelope, covered in envelopes_of(self._extract):
            counted = {pair: cents for pair, cents in self._figures.committed.items()
                       if pair[0] in covered and pair[1] in envelope.partners}  # fmt: skip
            shown = sum(counted.get(pair, 0) for pair in self._extract.pairs)
            row = self._line(envelope, N_("Engagé par ce classeur"))
            marks = schedule.envelope_columns[envelope.code]
            here = page.live(
                row, TOTAL, total_where([(marks, page.address(row, 0))], schedule.total_column, euros(shown))
            )
            elsewhere = self._total(envelope, N_("Engagé hors de ce classeur"), sum(counted.values()) - shown)
            amount = self._total(envelope, N_("Enveloppe"), envelope.amount)
            page.live(self._line(envelope, N_("Reste de l'enveloppe")), TOTAL, amount - here - elsewhere)
            self.cells.envelopes.append(EnvelopeLine(envelope.code, here, elsewhere, amount))

    def _limits(self, holder: Partner | Pool, flow: str, here: Sequence[Live]) -> None:
        """Write what is brought elsewhere, the budget, the credits recovered and what remains, when limited."""
        if not getattr(holder, f"{flow}_limited"):
            return
        years, horizon = self._extract.years, len(self._extract.scenario.years)
        members = [partner.code for partner in self._figures.index.members[holder.code]]
        everywhere = {year: sum(self._figures.brought.get((flow, m, year), 0) for m in members) for year in years}
        shown = self._sums(flow, members)
        elsewhere = self._amounts(holder, _FLOWS[flow][1], lambda year: everywhere[year] - shown[year], len(years))
        budgets = self._figures.index.budgets[holder.code]
        allowed = [self._amounts(holder, _FLOWS[flow][2], lambda year: getattr(budgets[year], flow), horizon)]
        freed = self._freed(holder.code)
        if freed:
            allowed.append(self._amounts(holder, N_("Crédits dégagés"), lambda year: freed.get(year, 0), horizon))
        self._rest(holder, _FLOWS[flow][3], (here, elsewhere), allowed)
        purse = PurseLines(
            holder.code, flow, holder.carry_over, tuple(self._extract.scenario.years), (here, elsewhere), tuple(allowed)
        )
        self.cells.purses.append(purse)

    def _rest(
        self, holder: Partner | Pool, label: str, brought: tuple[Sequence[Live], ...], allowed: list[list[Live]]
    ) -> None:
        row = self._line(holder, label)
        before: Live | None = None
        for rank in range(len(self._extract.scenario.years)):
            rest = _added([line[rank] for line in allowed])
            for line in brought:
                rest -= line[rank]
            if before is not None and holder.carry_over:
                rest = before + rest
            before = self._page.live(row, FIRST_YEAR + rank, rest)
        self._page.text(row, TOTAL, "")

    def _amounts(
        self, holder: Partner | Pool, label: str, amount: Callable[[int], int], shown_years: int
    ) -> list[Live]:
        row = self._line(holder, label)
        line = [
            self._page.amount(row, column, amount(year))
            for column, year in enumerate(self._extract.years[:shown_years], start=FIRST_YEAR)
        ]
        self._page.live(row, TOTAL, span_total(line))
        return line

    def _total(self, holder: Envelope, label: str, cents: int) -> Live:
        return self._page.amount(self._line(holder, label), TOTAL, cents)

    def _line(self, holder: Partner | Pool | Envelope, label: str) -> int:
        """Open a line: code, name, label of the line, carry-over, then empty framed cells."""
        self._row += 1
        carried = None if isinstance(holder, Envelope) else holder.carry_over
        texts = (
            holder.code, holder.label, _(label),
            "" if carried is None else _("avec report") if carried else _("sans report"),
        )  # fmt: skip
        for column, text in enumerate(texts):
            self._page.text(self._row, column, text, "wrapped")
        for column in range(TOTAL, FIRST_YEAR + len(self._extract.years)):
            self._page.text(self._row, column, "")
        return self._row

    def _freed(self, holder: str) -> dict[int, int]:
        freed: dict[int, int] = {}
        for line in self._extract.scenario.decommitments:
            if line.holder == holder:
                freed[line.year] = freed.get(line.year, 0) + line.amount
        return freed

    def _sums(self, flow: str, partners: Sequence[str]) -> dict[int, int]:
        """Cents brought each year by these partners in the lines of this workbook."""
        return {year: sum(self._shown.get((flow, p, year), 0) for p in partners) for year in self._extract.years}


def _shown(extract: Extract) -> dict[tuple[str, str, int], int]:
    """Cents each partner commits and pays each year in the lines of this workbook."""
    sums: dict[tuple[str, str, int], int] = defaultdict(int)
    sources = {"commitment": extract.figures.committed_at, "payment": extract.figures.paid}
    for flow, source in sources.items():
        for operation, partner in extract.pairs:
            for year in extract.years:
                sums[flow, partner, year] += source.get((operation, partner, year), 0)
    return sums


def _added(cells: Sequence[Live]) -> Live:
    """Sum of a few cells, written with plus signs."""
    first, *others = cells
    for cell in others:
        first = first + cell
    return first
