"""The sheets of totals of two plans: what each shows, its lines, and the constants they are compared with."""

from collections.abc import Iterable, Iterator

from allocator.comparison.change import Change, FundingChange
from reports.controls.changes import ChangeCells
from reports.layout.page import Page
from reports.layout.pair import Pair
from reports.sheets import change_lines, change_totals
from reports.sheets.change_totals import OPERATIONS, PARTNERS, YEARS, Layout, Row, TotalCells
from scenarios.language import N_, _

COMMUNES, TERRITORIES, PROJECTS = N_("Par commune"), N_("Par territoire"), N_("Par projet")
_FUNDING = (N_("Financé"), N_("Part propre"))
_AIDS = N_("Aides")
_NOTE = N_("Part propre : ce que les maîtres d'ouvrage apportent à leurs opérations. Aides : tout le reste.")
_OPERATION_LAYOUT = Layout(
    OPERATIONS, _NOTE,
    ((N_("Code"), 13), (N_("Opération"), 30), (N_("Maître d'ouvrage"), 20), (N_("Lancement"), 14), (N_("État"), 10)),
    _FUNDING, _AIDS, gains=(2, 0),
)  # fmt: skip
_PARTNER_LAYOUT = Layout(
    PARTNERS, N_("Part propre : ce que le partenaire apporte à ses propres opérations. Gagne : apporte moins."),
    ((N_("Code"), 16), (N_("Partenaire"), 38)), (N_("Engagé"), N_("Part propre")), _AIDS, gains=(0,),
    rise_is_gain=False,
)  # fmt: skip
_YEAR_LAYOUT = Layout(
    YEARS, N_("Engagements l'année du lancement ; paiements chaque année."),
    ((N_("Année"), 10),), (N_("Engagements (AE)"), N_("Paiements (CP)")),
)  # fmt: skip


def place_layout(name: str) -> Layout:
    """Give the sheet of communes, territories or projects."""
    return Layout(name, _NOTE, ((N_("Code"), 16), (N_("Nom"), 38)), _FUNDING, _AIDS, gains=(2, 0))


def write(pages: dict[str, Page], pair: Pair) -> ChangeCells:
    """Write the lines that change, then the totals by operation, partner and year."""
    lines = change_lines.write(pages[change_lines.NAME], pair)
    changes = pair.changes
    partners = [Row(line.code, (line.code, line.label), (line.committed, line.own)) for line in changes.partners]
    years = [Row(str(line.year), (line.year,), (line.committed, line.paid)) for line in changes.years]
    return ChangeCells(
        lines,
        change_totals.write(pages[OPERATIONS], _OPERATION_LAYOUT, [*_operations(pair)]),
        change_totals.write(pages[PARTNERS], _PARTNER_LAYOUT, partners),
        change_totals.write(pages[YEARS], _YEAR_LAYOUT, years),
    )


def write_places(pages: dict[str, Page], pair: Pair) -> dict[str, TotalCells]:
    """Write the totals by commune, territory and project."""
    changes = pair.changes
    found = ((COMMUNES, changes.communes), (TERRITORIES, changes.territories), (PROJECTS, changes.projects))
    return {_(name): change_totals.write(pages[name], place_layout(name), [*_funding(lines)]) for name, lines in found}


def state(pair: Pair, operation: str) -> str:
    """Say what becomes of an operation."""
    if pair.added(operation):
        return _("ajoutée")
    if pair.removed(operation):
        return _("retirée")
    changed = any(line.operation == operation for line in pair.lines)
    return _("modifiée") if changed else _("inchangée")


def archived(pair: Pair) -> list[tuple[str, str, str, int]]:
    """Totals of both plans, as (key, kind, code, cents)."""
    changes = pair.changes
    found = [*_sides("operation", _("Opération"), ((line.code, line.funded) for line in changes.operations))]
    found += _sides("partner", _("Financeur"), ((line.code, line.committed) for line in changes.partners))
    for line in changes.years:
        flows = (("commitment", _("Engagements (AE)"), line.committed), ("payment", _("Paiements (CP)"), line.paid))
        for flow, kind, change in flows:
            found.append((f"year:{line.year}:{flow}:before", f"{kind}, {_('avant')}", str(line.year), change.before))
            found.append((f"year:{line.year}:{flow}:after", f"{kind}, {_('après')}", str(line.year), change.after))
    total = changes.total.funded
    return [
        *found,
        ("total:before", _("Total, avant"), "", total.before),
        ("total:after", _("Total, après"), "", total.after),
    ]


def _sides(kind: str, label: str, lines: Iterable[tuple[str, Change]]) -> Iterator[tuple[str, str, str, int]]:
    for code, change in lines:
        yield f"{kind}:{code}:before", f"{label}, {_('avant')}", code, change.before
        yield f"{kind}:{code}:after", f"{label}, {_('après')}", code, change.after


def _operations(pair: Pair) -> Iterator[Row]:
    starts = {change.operation: change for change in pair.changes.starts}
    for line in pair.changes.operations:
        owner = pair.partner(pair.operation(line.code).owner).label
        change = starts.get(line.code)
        sides = (", ".join(map(str, years)) or "–" for years in (change.before, change.after)) if change else ()
        shown = " → ".join(dict.fromkeys(sides))
        texts = (line.code, line.label, owner, shown, state(pair, line.code))
        yield Row(line.code, texts, (line.funded, line.own))


def _funding(lines: Iterable[FundingChange]) -> Iterator[Row]:
    return (Row(line.code, (line.code, line.label), (line.funded, line.own)) for line in lines)
