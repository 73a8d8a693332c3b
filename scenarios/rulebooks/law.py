"""The law in force for a scenario: as rules, as a list with sources, and as a hash."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from scenarios.document import Rule, Scenario
from scenarios.formats.problems import ScenarioError
from scenarios.formats.tree import Places
from scenarios.language import _
from scenarios.rulebooks.book import Entry
from scenarios.rulebooks.resolution import InForce, Resolution, derogations_of, resolve, rule_of
from scenarios.rulebooks.uses import EntryUse
from scenarios.rulebooks.versions import book_horizon_text, horizon_text, written
from scenarios.rulebooks.words import APPLIED, word


@dataclass(frozen=True)
class LawLine:
    """One line of the law of a scenario, ready to be shown. Texts are French; ``operations`` are codes, in order.

    ``rule`` is the code of the rule of the resolved scenario, empty for what the allocation does not apply;
    ``version`` is None for an entry to fill. ``status`` says whether the allocation applies the line.
    """

    rulebook: str
    title: str
    funder: str
    rulebook_horizon: str
    entry: str
    rule: str
    sentence: str
    kind: str
    status: str
    partner: str
    version: date | None
    until: date | None
    horizon: str
    value: str
    reference: str
    read_in: str
    link: str
    mark: str
    note: str
    operations: tuple[str, ...]


@dataclass(frozen=True)
class BookUsed:
    """One rulebook that a scenario employs, and the days about which it says something."""

    code: str
    title: str
    horizon: str


@dataclass(frozen=True)
class Law:
    """The law of a scenario as received: what every output shows of it, since the resolved scenario has lost it."""

    lines: tuple[LawLine, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the lines, whatever the order of the rows of the scenario."""
        lines = (replace(line, operations=tuple(sorted(line.operations))) for line in self.lines)
        rows = sorted(json.dumps(asdict(line), default=str, sort_keys=True, ensure_ascii=False) for line in lines)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    @property
    def books(self) -> tuple[BookUsed, ...]:
        """Rulebooks employed, in alphabetical order."""
        used = {BookUsed(line.rulebook, line.title, line.rulebook_horizon) for line in self.lines}
        return tuple(sorted(used, key=lambda book: book.code))

    @property
    def last_day(self) -> date | None:
        """Last day on which every value employed is in force; None when none of them has an end."""
        return min((line.until for line in self.lines if line.until is not None), default=None)

    @property
    def validity(self) -> str:
        """Say in French until when the values employed hold."""
        if self.last_day is None:
            return _("sans date de fin connue")
        return _("valable jusqu'au {day}").format(day=self.last_day)

    @property
    def by_rule(self) -> dict[str, LawLine]:
        """Line that each rule of the resolved scenario comes from, by code of the rule."""
        return {line.rule: line for line in self.lines if line.rule}


NO_RULEBOOKS = Law()
"""The law of a scenario that employs no rulebook: only the rules it carries."""


def in_force(scenario: Scenario) -> Scenario:
    """Return the scenario with the rules of its rulebooks in force for each operation, and no rulebook left.

    The scenario must have been checked. A scenario without rulebooks is returned unchanged. Raises ScenarioError
    when an entry has no value for an operation, is to fill, or cannot be employed as the scenario asks.
    """
    if not scenario.rulebooks:
        return scenario
    resolution = _resolved(scenario)
    return applied(scenario, resolution)


def applied(scenario: Scenario, resolution: Resolution) -> Scenario:
    """Return the scenario with the rules and the derogations of a resolution in the place of its rulebooks."""
    return scenario.model_copy(
        update={
            "rulebooks": (),
            "rules": (*scenario.rules, *(rule for _line, rule in rules_of(resolution))),
            "derogations": derogations_of(scenario, resolution.in_force),
        }
    )


def rules_of(resolution: Resolution) -> list[tuple[InForce, Rule]]:
    """Return the rules a resolution adds to a scenario, each with the line it comes from."""
    return [(line, rule_of(line)) for line in resolution.in_force if line.version.entry.kind in APPLIED]


def listing(scenario: Scenario) -> tuple[LawLine, ...]:
    """Return every entry employed, with its version, value, source and operations, in the order of the rulebooks.

    Raises ScenarioError as ``in_force`` does.
    """
    if not scenario.rulebooks:
        return ()
    resolution = _resolved(scenario)
    lines = [(_rank(line.use), _shown(line)) for line in resolution.in_force]
    lines += [(_rank(use), _to_fill(use)) for use in resolution.to_fill]
    return tuple(line for _place, line in sorted(lines, key=lambda ranked: ranked[0]))


def law_of(scenario: Scenario) -> Law:
    """Return the law in force for the scenario as received, to be shown beside whatever is computed from it.

    Raises ScenarioError as ``in_force`` does.
    """
    return Law(listing(scenario))


def law_hash(scenario: Scenario) -> str:
    """Return the SHA-256, in hexadecimal, of the law in force for the scenario, whatever the order of its rows.

    Raises ScenarioError as ``in_force`` does.
    """
    return law_of(scenario).digest


def _resolved(scenario: Scenario) -> Resolution:
    resolution = resolve(scenario)
    if resolution.findings:
        raise ScenarioError(map(Places({}).of, resolution.findings))
    return resolution


def _shown(line: InForce) -> LawLine:
    dated, entry = line.version.dated, line.version.entry
    return LawLine(
        **_common(line.use),
        rule=line.code if entry.kind in APPLIED else "",
        version=dated.start,
        until=min((day for day in (dated.end, line.use.book.horizon.end) if day is not None), default=None),
        value=written(entry, line.value),
        reference=str(dated.reference),
        read_in=dated.reference.read_in or "",
        link=dated.reference.link,
        mark=word(dated.mark),
        note=" ".join(filter(None, [entry.note, dated.note])),
        operations=tuple(operation.code for operation in line.operations),
    )


def _to_fill(use: EntryUse) -> LawLine:
    return LawLine(
        **_common(use),
        rule="",
        version=None,
        until=None,
        value=_("à remplir"),
        reference="",
        read_in="",
        link="",
        mark="",
        note=use.entry.note,
        operations=(),
    )


def _common(use: EntryUse) -> dict[str, Any]:
    """Return what a line says of its rulebook and entry, whatever the version."""
    book, entry = use.book, use.entry
    return {
        "rulebook": book.code,
        "title": book.title,
        "funder": book.funder,
        "rulebook_horizon": book_horizon_text(book.horizon),
        "entry": entry.id,
        "sentence": entry.sentence,
        "kind": str(entry.kind),
        "status": status(entry),
        "partner": use.partner or "",
        "horizon": horizon_text(book, entry),
    }


def status(entry: Entry) -> str:
    """Say in French whether the allocation applies an entry."""
    if entry.to_fill:
        return _("entrée à remplir, non appliquée par la répartition")
    if entry.kind in APPLIED:
        return _("appliquée par la répartition")
    return word(entry.kind)


def _rank(use: EntryUse) -> tuple[int, int]:
    return use.row, use.book.entries.index(use.entry)
