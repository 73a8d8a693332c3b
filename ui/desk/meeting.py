"""The meeting: its agenda line by line, what is decided written as a version, and its minutes."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from allocator.allocation import Allocation
from reports import session_minutes
from reports.charts.table import Cell, Column, Table, Unit, table_of
from reports.layout.figures import whole_extract
from reports.layout.words import chosen
from reports.layout.workbook import file_name
from reports.sheets.session_lines import NOT_FUNDED
from scenarios.changes import CellChanged, Change, RowAdded, rows_after
from scenarios.document import Decision, DecisionStatus, Scenario
from scenarios.language import _
from scenarios.rulebooks import Law
from scenarios.store import RefusedError, Version
from ui.desk.agreements import Written
from ui.desk.desk import Desk
from ui.desk.plans import keep, known
from ui.desk.versions import Current, current
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket

_TABLE = "decisions"
WHOLE = ""
"""Partner of a line decided for all its partners at once."""


@dataclass(frozen=True)
class Line:
    """One line of the agenda. ``partner`` is empty for an operation that nobody funds; ``decision``: the last one."""

    operation: str
    partner: str
    cents: int
    decision: Decision | None

    @property
    def status(self) -> DecisionStatus | None:
        """How far it has gone; None for what is not funded and not decided."""
        if self.decision is not None:
            return self.decision.status
        return DecisionStatus.PROPOSED if self.partner else None


@dataclass(frozen=True)
class Said:
    """What the meeting says of some lines: all of them get the same."""

    status: DecisionStatus
    day: date
    author: str
    reference: str = ""
    reason: str = ""
    recusal: str = ""


def agenda(plan: Plan) -> tuple[Line, ...]:
    """Return the lines of the minutes, in their order: one per partner that pays, one per operation not funded."""
    extract = whole_extract(plan.figures)
    brought: dict[str, list[str]] = {operation.code: [] for operation in extract.operations}
    for operation, partner in extract.pairs:
        brought[operation].append(partner)
    return tuple(
        Line(
            operation, partner, plan.figures.amount(operation, partner),
            plan.figures.decided(operation, partner or None),
        )
        for operation, partners in brought.items()
        for partner in partners or [WHOLE]
    )  # fmt: skip


def agenda_table(plan: Plan, lines: Iterable[Line]) -> Table:
    """Arrange lines of the agenda as the minutes do."""
    index = plan.figures.index
    columns = (
        Column(_("Opération")), Column(_("Intitulé")), Column(_("Projet")), Column(_("Financeur")),
        Column(_("Montant proposé"), Unit.AMOUNT), Column(_("État")), Column(_("Date")), Column(_("Qui a décidé")),
        Column(_("N° de la décision")), Column(_("Motif")), Column(_("Retrait pour intérêt")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        operation, said = index.operations[line.operation], line.decision
        partner = index.partners[line.partner].label if line.partner else ""
        told = (said.author, said.reference, said.reason, said.recusal) if said else ("",) * 4
        day = said.day.strftime("%d/%m/%Y") if said else ""
        rows.append(
            (line.operation, operation.label, operation.project, partner, line.cents, status_word(line), day, *told)
        )
    return table_of(_("Ordre du jour"), columns, rows, plan.figures)


def status_word(line: Line) -> str:
    """Say how far a line has gone."""
    return _(NOT_FUNDED) if line.status is None else chosen(line.status)


def totals(lines: Iterable[Line]) -> dict[DecisionStatus, tuple[int, int]]:
    """Return how many lines each status has, and for how many cents."""
    found = dict.fromkeys(DecisionStatus, (0, 0))
    for line in lines:
        if line.status is not None:
            count, cents = found[line.status]
            found[line.status] = count + 1, cents + line.cents
    return found


def decide(desk: Desk, opened: Current, lines: Iterable[tuple[str, str]], said: Said) -> Version:
    """Write what the meeting says of lines (operation, partner; an empty partner: the whole line) as a version.

    A decision of the same day on the same line is corrected; former ones stay. Amounts do not change, so that a plan
    already known stays known. Raises RefusedError without any line or when the dossier is no longer a draft,
    ScenarioError for what a decision lacks (the number of a vote, the reason of a refusal), ConflictError.
    """
    desk.require(Action.CONDUCT)
    found = [(operation, partner) for operation, partner in lines]
    if not found:
        raise RefusedError(_("Choisissez au moins une ligne de l'ordre du jour."))
    changes = tuple(_changes(opened.document, found, said))
    reason = _("Séance du {day} : {status} ({names})").format(
        day=said.day.strftime("%d/%m/%Y"), status=chosen(said.status),
        names=", ".join(dict.fromkeys(operation for operation, _partner in found)),
    )  # fmt: skip
    plan = known(desk, opened)
    made = desk.store.commit(opened.dossier, opened.version.id, changes, desk.user.name, reason)
    if plan is not None and not made.merged:
        after = current(desk, made.dossier, made.number)
        keep(desk, after, replace(plan.allocation, fingerprint=after.fingerprint))
    return made


def ask_minutes(desk: Desk, plan: Plan) -> Ticket[Written]:
    """Ask for the minutes of the meeting."""
    desk.require(Action.EXPORT)
    return desk.queue.submit(desk.session, Call(minutes, (plan.scenario, plan.allocation, plan.law)))


def minutes(scenario: Scenario, allocation: Allocation, law: Law) -> Written:
    """Write the minutes, in a worker."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name("releve", plans=[allocation])
        session_minutes.write(scenario, allocation, path, law)
        return Written(path.name, path.read_bytes())


def _changes(scenario: Scenario, lines: Iterable[tuple[str, str]], said: Said) -> Iterator[Change]:
    rows = rows_after(scenario, _TABLE, ())
    there = {(row["operation"], row.get("partner", ""), row["day"]): row for row in rows}
    for operation, partner in lines:
        key = (operation, partner, said.day.isoformat())
        cells = {
            "operation": operation, "partner": partner, "status": said.status.value, "day": key[2],
            "author": said.author.strip(), "reference": said.reference.strip(), "reason": said.reason.strip(),
            "recusal": said.recusal.strip(),
        }  # fmt: skip
        if key not in there:
            yield RowAdded(_TABLE, key, tuple((name, text) for name, text in cells.items() if text))
            continue
        for name, text in cells.items():
            before = there[key].get(name)
            if (text or None) != before:
                yield CellChanged(_TABLE, key, name, before, text or None)
