"""A comparison as a JSON document: integer cents, every list sorted by code."""

from dataclasses import asdict
from typing import Any

from allocator.comparison.change import Change, FundingChange, LineChange, PartnerChange, YearChange
from allocator.comparison.documents import RowChange
from allocator.comparison.plans import GoalChange, MemberChange
from allocator.comparison.sides import Comparison, LawChange, Side
from allocator.reform import beyond_law
from scenarios.rulebooks import LawLine
from ui.cli.documents import scenario_header


def comparison_content(found: Comparison) -> dict[str, Any]:
    """Return both sides, what differs in inputs and law, what changes for whom, and the texts responsible."""
    plans = found.plans
    return {
        "before": _side(found.before),
        "after": _side(found.after),
        "law_only": not beyond_law(found.before.scenario, found.after.scenario),
        "inputs": [row_content(row) for row in found.inputs],
        "total": _amounts(plans.total),
        "operations": [{"operation": line.code, **_named(line)} for line in plans.operations],
        "communes": [{"commune": line.code, **_named(line)} for line in plans.communes],
        "territories": [{"territory": line.code, **_named(line)} for line in plans.territories],
        "projects": [{"project": line.code, **_named(line)} for line in plans.projects],
        "partners": [_partner(line) for line in plans.partners],
        "years": [{"year": line.year, **_flows(line)} for line in plans.years],
        "commitments": [
            {"operation": cell.operation, "partner": cell.partner, **_change(cell.committed)} for cell in plans.cells
        ],
        "lines": [
            {"operation": line.operation, "partner": line.partner, "year": line.year, **_flows(line)}
            for line in plans.lines
        ],
        "starts": [asdict(change) for change in plans.starts],
        "goals": [_goal(change) for change in plans.goals],
        "law": [_law(change) for change in found.law],
    }


def row_content(row: RowChange) -> dict[str, Any]:
    """Return one row that differs between two documents."""
    edits = [asdict(edit) for edit in row.edits]
    return {"table": row.table or "scenario", "key": list(row.key), "state": str(row.state), "edits": edits}


def _flows(line: LineChange | YearChange) -> dict[str, Any]:
    return {"committed": _change(line.committed), "paid": _change(line.paid)}


def _goal(change: GoalChange) -> dict[str, Any]:
    members = [{"member": line.member, **_exact(line)} for line in change.members]
    return {"kind": str(change.kind), **_exact(change), "members": members}


def _exact(change: GoalChange | MemberChange) -> dict[str, str | None]:
    sides = {"before": change.before, "after": change.after}
    return {name: None if value is None else f"{value.numerator}/{value.denominator}" for name, value in sides.items()}


def _side(side: Side) -> dict[str, Any]:
    header = scenario_header(side.scenario)
    return {"scenario": header, "reference_date": str(side.reference_date), "law_hash": side.law_hash}


def _change(change: Change) -> dict[str, int]:
    return {"before": change.before, "after": change.after, "difference": change.difference}


def _amounts(line: FundingChange) -> dict[str, Any]:
    return {"funded": _change(line.funded), "aid": _change(line.aid), "own": _change(line.own)}


def _named(line: FundingChange) -> dict[str, Any]:
    return {"label": line.label, "gain": line.gain, **_amounts(line)}


def _partner(line: PartnerChange) -> dict[str, Any]:
    return {
        "partner": line.code,
        "label": line.label,
        "gain": line.gain,
        "committed": _change(line.committed),
        "aid": _change(line.aid),
        "own": _change(line.own),
    }


def _law(change: LawChange) -> dict[str, Any]:
    text = change.responsible
    return {
        "rulebook": text.rulebook,
        "entry": text.entry,
        "partner": text.partner,
        "sentence": text.sentence,
        "status": text.status,
        "operations": list(change.operations),
        "before": _line(change.before),
        "after": _line(change.after),
        "responsible": {"reference": text.reference, "version": _day(text.version), "until": _day(text.until)},
    }


def _line(line: LawLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    shown = ("value", "reference", "read_in", "link", "mark", "note")
    values = asdict(line)
    return {**{name: values[name] for name in shown}, "version": _day(line.version), "until": _day(line.until)}


def _day(day: object) -> str | None:
    return None if day is None else str(day)
