"""Rules collected from French plans and articles are expressible, row by row: as entries of a rulebook or envelopes."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from scenarios.document import Envelope
from scenarios.document.quantities import parse_cents
from scenarios.rulebooks import Version, read_rulebook
from scenarios.rulebooks.words import FRACTIONS

HERE = Path(__file__).parent
with (HERE / "fr_rules.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["rule_id"]: row for row in csv.DictReader(file)}
BOOK = read_rulebook(HERE / "fr-rules.yaml")
ENVELOPES = [name for name, row in ROWS.items() if row["kind"].startswith("enveloppe")]


def test_every_row_is_an_entry_or_an_envelope() -> None:
    assert sorted([*ENVELOPES, *(entry.id for entry in BOOK.entries)]) == sorted(ROWS)


@pytest.mark.parametrize("name", [entry.id for entry in BOOK.entries])
def test_an_entry_holds_the_value_of_its_row(name: str) -> None:
    entry = next(entry for entry in BOOK.entries if entry.id == name)
    (dated,) = entry.values
    if dated.base_max is not None:
        assert dated.base_max == parse_cents(ROWS[name]["value"])
        return
    read = Fraction if entry.unit in FRACTIONS else parse_cents
    value = read(ROWS[name]["value"])
    assert Version(BOOK, entry, dated).value == value
    assert Version(BOOK, entry, dated).allows(value)


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_holds_the_amount_of_its_row(name: str) -> None:
    row = ROWS[name]
    assert row["unit"] == "EUR"
    values = {"code": name, "label": row["scope"], "partners": "FINANCEUR", "amount": row["value"]}
    envelope = Envelope.model_validate({**values, "provenance": row["source"]})
    assert envelope.amount == int(row["value"]) * 100
