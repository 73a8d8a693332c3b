"""What a check finds wrong, by table and row; the reader turns it into a place in a file."""

from dataclasses import dataclass

OTHER = "{other}"
"""Stands in ``Finding.found`` for the place of the row ``Finding.other``."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong in a scenario whose rows are valid one by one.

    ``table`` is empty for a header field; ``row`` counts from 0 and is None for a whole table. The texts are
    French: ``found`` and ``expected`` complete a colon, ``advice`` is a sentence.
    """

    table: str
    row: int | None
    column: str | None
    found: str
    expected: str
    advice: str
    other: int | None = None
