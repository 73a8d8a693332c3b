"""Languages: French without catalogue, English for what an auditor reads."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from scenarios.language import LANGUAGES, _, speaking, spoken

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "scenarios" / "catalogues" / "en.po"
TRANSLATED = [
    *(ROOT / "allocator" / "archive" / f"{name}.py" for name in (
        "bag", "chain", "differences", "journal", "links", "migrations", "opened", "pack", "proven", "replay", "report",
        "signature", "verify",
    )),
    ROOT / "reports" / "audit_report.py",
]  # fmt: skip
"""Modules all of whose sentences an auditor may read."""

FRENCH_ONLY = "{path} ne contient pas de clé "
"""Refusals of an option, said before the report."""


def messages() -> dict[str, str]:
    with CATALOGUE.open("rb") as source:
        return {str(line.id): str(line.string) for line in read_po(source, locale="en") if line.id}


def sentences(path: Path) -> set[str]:
    found = extract_from_file("python", str(path), keywords={"_": None, "N_": None})
    return {message for _line, message, _comments, _context in found if isinstance(message, str)}


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.stem)
def test_every_sentence_of_the_report_is_translated(path: Path) -> None:
    expected = {sentence for sentence in sentences(path) if not sentence.startswith(FRENCH_ONLY)}
    assert expected - set(messages()) == set()


def test_no_translation_is_left_over() -> None:
    sources = [path for layer in ("scenarios", "allocator", "reports", "ui") for path in (ROOT / layer).rglob("*.py")]
    known = set().union(*map(sentences, sources))
    assert set(messages()) - known == set()


def test_translations_keep_what_is_filled_in() -> None:
    for french, english in messages().items():
        assert sorted(re.findall(r"{\w+}", french)) == sorted(re.findall(r"{\w+}", english)), french


def test_a_language_is_spoken_for_a_while() -> None:
    assert (spoken(), _("CONFORME")) == ("fr", "CONFORME")
    with speaking("en"):
        assert (spoken(), _("CONFORME"), _("une phrase sans traduction")) == (
            "en", "CONFORMING", "une phrase sans traduction"
        )  # fmt: skip
        with speaking("fr"):
            assert _("CONFORME") == "CONFORME"
    assert _("CONFORME") == "CONFORME"
    assert LANGUAGES == ("fr", "en")
