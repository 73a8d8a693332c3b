"""The law of a scenario as plain JSON values: for ``law.json``, for the documents of the commands, for archives."""

from datetime import date
from typing import Any

from scenarios.document import Scenario
from scenarios.rulebooks.law import Law


def law_record(scenario: Scenario, law: Law) -> dict[str, Any]:
    """Return the law a scenario employs: its hash, its rulebooks, every rule with its source, every derogation.

    ``scenario`` carries the rules in force: its derogations are those of the committee and those of the texts.
    """
    return {
        "hash": law.digest,
        "reference_date": str(scenario.reference_date),
        "last_day": _day(law.last_day),
        "rulebooks": [vars(book) for book in law.books],
        "derogations": [line.model_dump() for line in scenario.derogations],
        "rules": [{**vars(line), "version": _day(line.version), "until": _day(line.until)} for line in law.lines],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)
