"""Where the figures stand in a workbook: the references that formulas and controls read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.layout.live import Live
from scenarios.document import Base, PartnerKind


@dataclass
class OperationCells:
    """References into the sheet of operations, by operation code (and base, partner)."""

    bases: dict[tuple[str, Base], Live] = field(default_factory=dict)
    eligible_bases: dict[tuple[str, str], Live] = field(default_factory=dict)
    costs: dict[tuple[str, str], Live] = field(default_factory=dict)
    cost: dict[str, Live] = field(default_factory=dict)
    receipts: dict[str, Live] = field(default_factory=dict)
    to_fund: dict[str, Live] = field(default_factory=dict)
    units: dict[str, Live] = field(default_factory=dict)
    buildings: dict[str, Live] = field(default_factory=dict)
    loans: dict[str, list[Live]] = field(default_factory=dict)
    loans_by_kind: dict[tuple[str, PartnerKind], list[Live]] = field(default_factory=dict)
    commune_column: str = ""
    owner_kind_column: str = ""

    def base(self, operation: str, base: Base, partner: str) -> Live:
        """Cell of a rule's base. KeyError when the scenario gives none, which its checks refuse beforehand."""
        if base is Base.ELIGIBLE:
            return self.eligible_bases[operation, partner]
        return self.bases[operation, base]


@dataclass
class TableCells:
    """References into the table of amounts: the financing table, or the commitments of one partner."""

    to_fund: dict[str, Live] = field(default_factory=dict)
    committed: dict[tuple[str, str], Live] = field(default_factory=dict)
    committed_at: dict[tuple[str, str, int], Live] = field(default_factory=dict)
    funded: dict[str, Live] = field(default_factory=dict)
    funded_at: dict[tuple[str, int], Live] = field(default_factory=dict)
    unfunded: dict[str, Live] = field(default_factory=dict)
    partner_totals: dict[str, Live] = field(default_factory=dict)
    to_fund_total: Live | None = None
    funded_total: Live | None = None
    to_fund_column: str = ""
    own_column: str = ""
    owner_column: str = ""
    project_column: str = ""
    account_column: str = ""
    amount_column: str = ""


@dataclass
class ScheduleCells:
    """References into a schedule: one line per operation and partner, one column per year."""

    totals: dict[tuple[str, str], Live] = field(default_factory=dict)
    years: dict[tuple[str, str, int], Live] = field(default_factory=dict)
    partner_column: str = ""
    mark_column: str = ""
    total_column: str = ""
    year_columns: dict[int, str] = field(default_factory=dict)
    envelope_columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PurseLines:
    """The lines of one limited purse: what is brought here and elsewhere, and what may be, year by year."""

    holder: str
    flow: str
    carry_over: bool
    years: tuple[int, ...]
    brought: tuple[Sequence[Live], ...]
    allowed: tuple[Sequence[Live], ...]


@dataclass(frozen=True)
class EnvelopeLine:
    """One envelope: what counts in it here and elsewhere, and its amount."""

    code: str
    here: Live
    elsewhere: Live
    amount: Live


@dataclass(frozen=True)
class OverallLine:
    """One rule on several operations together: what it counts, and what it is measured with when it is a share."""

    counted: Live
    measure: Live | None


@dataclass
class SummaryCells:
    """References into the summaries by partner and by operation."""

    commitments: dict[str, Live] = field(default_factory=dict)
    payments: dict[str, Live] = field(default_factory=dict)
    by_operation: dict[tuple[str, str], Live] = field(default_factory=dict)
    purses: list[PurseLines] = field(default_factory=list)
    envelopes: list[EnvelopeLine] = field(default_factory=list)


@dataclass
class Cells:
    """All the references of one workbook."""

    operations: OperationCells
    rules: dict[tuple[str, str], Live]
    table: TableCells
    commitments: ScheduleCells
    payments: ScheduleCells
    summary: SummaryCells
    locks: list[Live]
    restated: Sequence[Live] = ()
    overall: dict[str, OverallLine] = field(default_factory=dict)
