"""Controls of a comparison or an amendment: totals before and after, and the lines that lead from one to the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.controls.control import Control, Family, Sense
from reports.layout.live import Live
from reports.sheets.change_lines import LineCells
from reports.sheets.change_totals import TotalCells
from scenarios.language import _


@dataclass
class ChangeCells:
    """References of one workbook that compares two plans."""

    lines: LineCells
    operations: TotalCells
    partners: TotalCells
    years: TotalCells
    places: dict[str, TotalCells] = field(default_factory=dict)


def change_controls(cells: ChangeCells, archived: dict[str, Live]) -> Iterator[Control]:
    """Give every control, by family."""
    yield from _operations(cells, archived)
    yield from _partners(cells, archived)
    yield from _years(cells, archived)
    yield from _places(cells)
    yield from _flows(cells)
    yield from _totals(cells, archived)


def _operations(cells: ChangeCells, archived: dict[str, Live]) -> Iterator[Control]:
    lines, table = cells.lines, cells.operations
    for code, address in table.codes.items():
        chosen = lines.of_operation(code, address)
        for label, measure, limit in (
            (_("Écart, comparé aux lignes"), 0, lines.committed_gap(chosen)),
            (_("Écart de la part propre, comparé aux lignes"), 1, lines.own_gap(chosen)),
        ):
            yield Control(
                Family.CHANGES_OPERATIONS, label, table.gap(code, measure), Sense.EQUAL, limit, operation=code
            )
        for label, found, limit in _archived(table, "operation", code, archived):
            yield Control(Family.CHANGES_OPERATIONS, label, found, Sense.EQUAL, limit, operation=code)


def _partners(cells: ChangeCells, archived: dict[str, Live]) -> Iterator[Control]:
    lines, table = cells.lines, cells.partners
    for code, address in table.codes.items():
        chosen = lines.of_partner(code, address)
        for label, measure, limit in (
            (_("Écart, comparé aux lignes"), 0, lines.committed_gap(chosen)),
            (_("Écart de la part propre, comparé aux lignes"), 1, lines.own_gap(chosen)),
        ):
            yield Control(Family.CHANGES_PARTNERS, label, table.gap(code, measure), Sense.EQUAL, limit, partner=code)
        for label, found, limit in _archived(table, "partner", code, archived):
            yield Control(Family.CHANGES_PARTNERS, label, found, Sense.EQUAL, limit, partner=code)


def _archived(table: TotalCells, kind: str, code: str, archived: dict[str, Live]) -> Iterator[tuple[str, Live, Live]]:
    """Give what is compared with the archived totals of a line: a label, the cell, the constant."""
    sides = ((_("Avant, comparé au total archivé"), "before"), (_("Après, comparé au total archivé"), "after"))
    for rank, (label, side) in enumerate(sides):
        yield label, table.cells[code, 0][rank], archived[f"{kind}:{code}:{side}"]


def _years(cells: ChangeCells, archived: dict[str, Live]) -> Iterator[Control]:
    lines, table = cells.lines, cells.years
    for code, address in table.codes.items():
        committed, paid = lines.year_gaps(int(code), address)
        for label, measure, limit in (
            (_("Écart d'engagement {year}, comparé aux lignes"), 0, committed),
            (_("Écart de paiement {year}, comparé aux lignes"), 1, paid),
        ):
            yield Control(Family.CHANGES_YEARS, label.format(year=code), table.gap(code, measure), Sense.EQUAL, limit)
        for label, measure, rank, name in (
            (_("Engagements {year} avant, comparés à la valeur archivée"), 0, 0, "commitment:before"),
            (_("Engagements {year} après, comparés à la valeur archivée"), 0, 1, "commitment:after"),
            (_("Paiements {year} avant, comparés à la valeur archivée"), 1, 0, "payment:before"),
            (_("Paiements {year} après, comparés à la valeur archivée"), 1, 1, "payment:after"),
        ):
            found, limit = table.cells[code, measure][rank], archived[f"year:{code}:{name}"]
            yield Control(Family.CHANGES_YEARS, label.format(year=code), found, Sense.EQUAL, limit)


def _places(cells: ChangeCells) -> Iterator[Control]:
    """Totals of communes, territories and projects: those of the operations, before and after, own share included."""
    for name, table in cells.places.items():
        for measure in (0, 1):
            labels = _("Total avant, comparé aux opérations"), _("Total après, comparé aux opérations")
            for rank, label in enumerate(labels):
                yield Control(
                    Family.CHANGES_PLACES, f"{name} · {label}", table.totals[measure][rank], Sense.EQUAL,
                    cells.operations.totals[measure][rank],
                )  # fmt: skip


def _flows(cells: ChangeCells) -> Iterator[Control]:
    """Compare the gaps of what a partner commits to an operation and pays for it, all years together: the same."""
    lines = cells.lines
    for operation, partner in lines.keys:
        chosen = lines.of_pair(operation, partner)
        yield Control(
            Family.CHANGES_FLOWS, _("Écarts d'engagement et de paiement, toutes années"),
            lines.committed_gap(chosen), Sense.EQUAL, lines.paid_gap(chosen), operation=operation,
            partner=partner,
        )  # fmt: skip


def _totals(cells: ChangeCells, archived: dict[str, Live]) -> Iterator[Control]:
    total = cells.operations.totals[0]
    for label, found, limit in (
        (_("Total avant, comparé au total archivé"), total[0], archived["total:before"]),
        (_("Total après, comparé au total archivé"), total[1], archived["total:after"]),
        (_("Écart des lignes, comparé à celui des opérations"), cells.lines.committed.total, total[2]),
        (_("Écart des financeurs, comparé à celui des opérations"), cells.partners.totals[0][2], total[2]),
        (_("Écart des années, comparé à celui des opérations"), cells.years.totals[0][2], total[2]),
        (_("Écart des paiements, comparé à celui des lignes"), cells.years.totals[1][2], cells.lines.paid.total),
    ):
        yield Control(Family.CHANGES_TOTALS, label, found, Sense.EQUAL, limit)
