"""A comparison of two laws as a JSON document: integer cents, every list sorted by code."""

from dataclasses import asdict
from typing import Any

from allocator.reform import Change, Comparison, FundingChange, LawChange, PartnerChange, Side
from scenarios.rulebooks import LawLine
from ui.cli.documents import scenario_header


def comparison_content(found: Comparison) -> dict[str, Any]:
    """Return both sides, what changes for whom, and the texts responsible."""
    return {
        "before": _side(found.before),
        "after": _side(found.after),
        "total": _amounts(found.total),
        "operations": [{"operation": line.code, **_named(line)} for line in found.operations],
        "communes": [{"commune": line.code, **_named(line)} for line in found.communes],
        "partners": [_partner(line) for line in found.partners],
        "commitments": [
            {"operation": cell.operation, "partner": cell.partner, **_change(cell.committed)} for cell in found.cells
        ],
        "law": [_law(change) for change in found.law],
    }


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
