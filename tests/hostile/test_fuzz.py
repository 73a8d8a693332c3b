"""Malformed scenarios, workbooks, archives, tables and plans, drawn from seeds: no traceback, nothing half-written.

``make fuzz`` draws 1 250 of them, the fast tests 60. A kind and a seed give the same input on every machine; what a
draw finds leaves a test named after it in ``test_faults.py`` or ``test_bad_input.py``.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.dictionary import HEADER, tables
from tests.hostile.fuzzing import KINDS, command, faults

SHORT, LONG = 12, 250
"""Draws of each kind."""


@pytest.mark.parametrize(("kind", "seed"), [(kind, seed) for kind in KINDS for seed in range(SHORT)])
def test_no_malformed_input_breaks_a_command(kind: str, seed: int) -> None:
    assert faults(kind, seed) == []


@pytest.mark.long
@pytest.mark.fuzz
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", range(SHORT, SHORT + LONG, 50))
def test_many_malformed_inputs_break_no_command(kind: str, start: int) -> None:
    assert {seed: found for seed in range(start, start + 50) if (found := faults(kind, seed))} == {}


WORDS = st.sampled_from(
    ["", "ANRU", "1e308", "NaN", "-1", "2026-02-30", "0.5", "oui", "=1+1", "\u202e", "é"]
) | st.text(max_size=20)
VALUES = WORDS | st.none() | st.booleans() | st.integers() | st.floats() | st.lists(WORDS, max_size=3)
COLUMNS = sorted({column.name for table in tables().values() for column in table.columns})
ROWS = st.dictionaries(st.sampled_from(COLUMNS) | WORDS, VALUES | st.dictionaries(WORDS, WORDS, max_size=2), max_size=8)
DOCUMENTS = st.dictionaries(
    st.sampled_from([*tables(), *(column.name for column in tables()[HEADER].columns)]),
    st.lists(ROWS | VALUES, max_size=4) | VALUES,
    max_size=12,
)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, st.sampled_from([".json", ".yaml"]))
def test_no_document_of_the_right_words_breaks_a_command(document: dict[str, Any], suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"recu{suffix}"
        path.write_text(json.dumps(document), encoding="utf-8")
        ended = command(Path(folder), "export", path, "--format", "csv", "--out", "sortie")
        assert (ended.code, ended.faults()) == (2, []), ended.said
