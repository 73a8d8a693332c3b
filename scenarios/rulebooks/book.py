"""What a rulebook holds: a text or a funder, its entries, and the dated values of each entry with their source.

These models only accept well-formed fields; what must hold across fields is checked by
``scenarios.rulebooks.faults``, and both are told with file and line by ``scenarios.rulebooks.reading``.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StringConstraints

from scenarios.document.quantities import (
    CODE,
    LABEL,
    Cents,
    Code,
    Codes,
    Day,
    Flag,
    Label,
    Text,
    Whole,
    parse_cents,
    parse_rate,
)
from scenarios.document.record import Record
from scenarios.document.rule_record import Kinds
from scenarios.rulebooks.words import APPLIED, FRACTIONS, Caps, EntryBase, EntryKind, Force, Holds, SourceMark, Unit

LONGEST_ID = 24
"""Leaves room, in the code of a rule, for a date or for the code of a partner."""

Id = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9][A-Za-z0-9_.\-]{{0,{LONGEST_ID - 1}}}$"), CODE]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=240, strip_whitespace=True), LABEL]
Number = Annotated[str, StringConstraints(min_length=1, max_length=30)]


class SourceReference(Record):
    """Where a value is written. ``read_in`` names the public page that reports it when the text was not read."""

    title: Sentence
    article: Label
    read_in: Label | None = None
    link: Text = ""
    consulted: Day | None = None

    def __str__(self) -> str:
        """Write « title, article », with the page where it was read when it was not read in the text."""
        return f"{self.title}, {self.article}"


class DatedValue(Record):
    """One value of an entry, from its first day to its last day in force (both included), with its own source.

    ``id`` is the code of the rule the value becomes, when it has one of its own; ``anru_class`` the class it is for.
    ``text`` is the number as written; ``Version`` reads it in the unit of the entry.
    """

    id: Id | None = None
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")
    anru_class: Whole | None = Field(default=None, alias="class")
    text: Number | None = Field(default=None, alias="value")
    base_max: Cents | None = None
    base_max_per_unit: Cents | None = None
    base_max_per_building: Cents | None = None
    mark: SourceMark
    reference: SourceReference
    note: Text = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether the value is in force on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "DatedValue") -> bool:
        """Tell whether two values are in force on a same day."""
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)


class Entry(Record):
    """One rule, reference value or exemption: the sentence a lawyer reads, its scope, and its values over time.

    Empty filters do not restrict. ``named_operations`` tells that only operations named by the scenario are
    concerned (a qualification that no column of a scenario says). ``lifts`` names the entries that no longer apply
    to the operations concerned by this one. An entry ``to_fill`` has no value: nobody read it in a source.
    """

    id: Id
    sentence: Sentence
    kind: EntryKind
    measure: Label
    unit: Unit
    base: EntryBase
    caps: Caps
    holds: Holds
    inclusive: Flag
    force: Force
    counts: Kinds = ()
    natures: Codes = ()
    programmes: Codes = ()
    owner_kinds: Kinds = ()
    named_operations: Flag = False
    lifts: Codes = ()
    by_class: Flag = False
    bonus: Code | None = None
    classes_to_fill: tuple[Whole, ...] = ()
    to_fill: Flag = False
    note: Text = ""
    values: tuple[DatedValue, ...]

    @property
    def applied(self) -> bool:
        """Tell whether the allocation applies the entry, as a rule or by lifting one."""
        return self.kind in APPLIED or self.kind is EntryKind.EXEMPTION

    def number(self, value: DatedValue) -> Fraction | int | None:
        """Read the number of a value: an exact fraction, cents, or None for an exemption.

        Raises PydanticCustomError when the text is no such number.
        """
        if self.unit is Unit.NONE or value.text is None:
            return None
        return parse_rate(value.text) if self.unit in FRACTIONS else parse_cents(value.text)


class Horizon(Record):
    """The days about which a rulebook says something. Without ``end`` it is kept up to date."""

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")

    def covers(self, day: date) -> bool:
        """Tell whether the rulebook may be asked about a day."""
        return self.start <= day and (self.end is None or day <= self.end)


class Rulebook(Record):
    """One text, or the rules of one funder. ``funder_kinds`` are the partners that may play it; none binds no one."""

    code: Code
    title: Sentence
    funder: Label
    funder_kinds: Kinds = ()
    horizon: Horizon
    note: Text = ""
    entries: tuple[Entry, ...]
