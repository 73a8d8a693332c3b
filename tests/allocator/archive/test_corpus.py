"""Archives sealed by former versions, kept as they were: they stay readable, verified, and give the same cents."""

from pathlib import Path

import pytest

from allocator.archive.opened import opened
from allocator.archive.replay import replay
from allocator.archive.verdict import State
from allocator.archive.verify import verify
from ui.cli.archive import workbooks

CORPUS = Path(__file__).parent / "corpus"
ARCHIVES = sorted(CORPUS.glob("*.zip"))
KEY = (CORPUS / "signer.txt").read_text(encoding="utf-8").strip()
"""Fingerprint of the key that signed them, whose private half was thrown away."""

OPTIMAL = {"1-tutoriel": State.UNVERIFIABLE, "1-droit-demo": State.CONFORMING}
"""Verdict (c) by archive: what the proof sealed at the time shows."""


def test_there_is_a_corpus_of_each_format_and_it_is_small() -> None:
    assert {path.stem for path in ARCHIVES} == set(OPTIMAL)
    assert sum(path.stat().st_size for path in CORPUS.iterdir()) < 1_000_000


@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)
def test_sealed_archives_are_verified(path: Path) -> None:
    archive, (intact, rules, optimal, links, journal, signature) = verify(path, workbooks, CORPUS / "journal.txt", KEY)
    assert archive is not None
    assert {verdict.state for verdict in (intact, rules, journal, signature)} == {State.CONFORMING}
    assert optimal.state is OPTIMAL[path.stem]
    assert links.state in {State.CONFORMING, State.UNVERIFIABLE}, links.reasons


@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)
def test_sealed_archives_give_the_same_cents(path: Path) -> None:
    found = replay(opened(path), lambda _: None)
    assert found.verdict.state is State.CONFORMING, found
