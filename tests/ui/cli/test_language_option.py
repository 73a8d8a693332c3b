"""The option ``--lang``: whole answers in English, without a French word outside what the scenario itself says."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import pytest
from openpyxl import load_workbook

from scenarios import library
from scenarios.fingerprint import fingerprint
from scenarios.formats import read
from scenarios.language import VARIABLE, spoken
from ui.cli.failures import CommandError
from ui.cli.language_option import language_of


class Ended(Protocol):
    code: int
    out: str
    err: str

    def document(self) -> Any: ...


class Allocator(Protocol):
    def __call__(self, *arguments: str | Path) -> Ended: ...


FRENCH = re.compile(
    r"\b(le|la|les|des|du|de|une|un|pour|avec|sans|dans|sur|et|ou|est|sont|que|qui|aux|par|pas|plus|aucune?)\b|[«»]",
    re.IGNORECASE,
)


def said_by_the_scenario(content: Any) -> Iterable[str]:
    """Return every text of a document: labels, reasons, references... are quoted as they stand."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from said_by_the_scenario(part)


def french_words(text: str, name: str) -> list[str]:
    """Return the lines of an answer that hold French words once all that the scenario says is left out."""
    quoted = set(said_by_the_scenario(read(library.find(name)).model_dump(mode="json")))
    for words in sorted((words for words in quoted if FRENCH.search(words)), key=len, reverse=True):
        text = text.replace(words, "")
    return [line for line in text.splitlines() if FRENCH.search(line)]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No label is cut: what the scenario says is found whole."""
    monkeypatch.setenv("COLUMNS", "1000")


@pytest.mark.parametrize(
    ("arguments", "language", "left"),
    [
        (["solve", "a"], "fr", ["solve", "a"]),
        (["--lang", "en", "solve", "a"], "en", ["solve", "a"]),
        (["solve", "a", "--lang=en", "--json"], "en", ["solve", "a", "--json"]),
        (["verify", "a", "--lang", "fr"], "fr", ["verify", "a"]),
        (["solve", "--", "--lang", "en"], "fr", ["solve", "--", "--lang", "en"]),
    ],
)
def test_the_option_stands_anywhere(arguments: list[str], language: str, left: list[str]) -> None:
    assert language_of(arguments) == (language, left)


def test_the_environment_is_less_than_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "en")
    assert language_of(["check", "a"]) == ("en", ["check", "a"])
    assert language_of(["check", "a", "--lang", "fr"]) == ("fr", ["check", "a"])
    monkeypatch.setenv(VARIABLE, "de")
    with pytest.raises(CommandError, match="« de »"):
        language_of(["check", "a"])


@pytest.mark.parametrize("arguments", [["solve", "tutoriel", "--lang"], ["--lang", "de", "solve", "tutoriel"]])
def test_a_language_missing_or_unknown(allocator: Allocator, arguments: list[str]) -> None:
    ended = allocator(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_the_language_of_one_command_is_not_that_of_the_next(allocator: Allocator) -> None:
    assert "The scenario can be used." in allocator("check", "tutoriel", "--lang", "en").out
    assert "Le scénario peut être employé." in allocator("check", "tutoriel").out
    assert spoken() == "fr"


@pytest.mark.parametrize("command", ["solve", "explain", "unlock", "divisions", "archive", "verify", "rulebook", ""])
def test_help_in_english(allocator: Allocator, command: str) -> None:
    ended = allocator(*filter(None, [command]), "--help", "--lang", "en")
    assert ended.code == 0
    assert "Usage: allocator" in ended.out
    assert [line for line in ended.out.splitlines() if FRENCH.search(line)] == []
    assert "--lang LANGUAGE" in ended.out


def test_engines_are_named_in_the_help(allocator: Allocator) -> None:
    assert "highs, ortools, pulp. All give" in re.sub(r"\s+", " ", allocator("solve", "--help", "--lang", "en").out)
    assert "highs, ortools, pulp. Tous donnent" in re.sub(r"\s+", " ", allocator("solve", "--help").out)


def test_a_plan_in_english(allocator: Allocator) -> None:
    ended = allocator("solve", "tutoriel", "--lang", "en")
    assert ended.code == 0
    out = ended.out.replace("nationale de   ", "")  # the head of a column cuts the label of a partner between words
    assert french_words(out + ended.err, "tutoriel") == []
    assert "4,817,333.80 €" in ended.out
    assert "All the rules are met to the cent" in ended.out


def test_the_same_cents_in_both_languages(allocator: Allocator) -> None:
    """Bug: the rules taken from a rulebook were labelled in the language spoken, which changed the fingerprint."""
    french, english = (allocator("solve", "droit-demo", "--json", "--lang", name).document() for name in ("fr", "en"))
    assert french["scenario"]["fingerprint"] == english["scenario"]["fingerprint"]
    assert french["allocation"] == english["allocation"]


EXPLAINED = {
    "fr": """
Syndicat de copropriétaires (maître d'ouvrage privé) apporte 220 000 € à « Travaux de la copropriété des Tilleuls \
(plan de sauvegarde) » (COPRO), soit 20 % de son montant à financer.
C'est ce que les autres partenaires laissent à payer ; tout autre montant coûterait à un objectif.
""",
    "en": """
Syndicat de copropriétaires (maître d'ouvrage privé) contributes 220,000 € to "Travaux de la copropriété des Tilleuls \
(plan de sauvegarde)" (COPRO), that is 20% of its amount to finance.
It is what the other partners leave to pay; any other amount would be at the expense of a goal.
""",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_explanation_in_both_languages(allocator: Allocator, language: str) -> None:
    ended = allocator("explain", "tutoriel", "--operation", "COPRO", "--lang", language)
    assert ended.code == 0
    assert EXPLAINED[language] in ended.out
    assert language == "fr" or french_words(ended.out + ended.err, "tutoriel") == []


def test_what_to_change_in_english(allocator: Allocator) -> None:
    ended = allocator("unlock", "tutoriel", "--operation", "GYMNASE", "--lang", "en")
    assert french_words(ended.out + ended.err, "tutoriel") == []
    assert "Option 1" in ended.out


def test_errors_in_english(allocator: Allocator, broken: Path) -> None:
    ended = allocator("solve", broken, "--lang", "en")
    assert ended.code == 2
    assert "The document cannot be used: 1 problem." in ended.err
    assert 'found: "beaucoup"' in ended.err
    assert french_words(ended.err.replace("beaucoup", ""), "tutoriel") == []
    usage = allocator("solve", "tutoriel", "--rien", "--lang", "en")
    assert (usage.code, usage.err.strip()) == (2, "The option --rien does not exist.")


def test_an_archive_is_verified_in_the_other_language(allocator: Allocator, tmp_path: Path) -> None:
    """Bug: workbooks written in the language of who verifies did not follow from those sealed in another."""
    path = tmp_path / "a.zip"
    assert allocator("archive", "tutoriel", "--out", path, "--lang", "en").code == 0
    links = {
        "fr": "Cohérence : tout suit des documents reçus : CONFORME",
        "en": "Consistency: all follows from the documents received: CONFORMING",
    }
    for language, line in links.items():
        ended = allocator("verify", path, "--lang", language)
        assert line in ended.out
    assert french_words(ended.out.replace("comite-des-financeurs", ""), "tutoriel") == []


@pytest.mark.parametrize(("written", "read_in"), [("fr", "en"), ("en", "fr")])
def test_a_workbook_written_in_one_language_is_read_in_the_other(
    allocator: Allocator, tmp_path: Path, written: str, read_in: str
) -> None:
    book, back = tmp_path / "a.xlsx", tmp_path / "b.json"
    assert allocator("export", "tutoriel", "--format", "xlsx", "--out", book, "--lang", written).code == 0
    ended = allocator("import", book, "--out", back, "--lang", read_in)
    assert ended.code == 0, ended.err
    assert fingerprint(read(back)) == fingerprint(read(library.find("tutoriel")))
    assert json.loads(back.read_text(encoding="utf-8"))["code"] == "tutoriel"


def test_workbooks_in_english(allocator: Allocator, tmp_path: Path) -> None:
    assert allocator("agreements", "tutoriel", "--out", tmp_path, "--lang", "en").code == 0
    paths = sorted(tmp_path.glob("*.xlsx"))
    assert paths
    for path in paths:
        book = load_workbook(path, read_only=True)
        assert {"Read me", "Checks"} <= set(book.sheetnames)
        lines = [
            "\t".join(cell for cell in row if isinstance(cell, str) and not cell.startswith("="))
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
        ]
        assert french_words("\n".join([*book.sheetnames, *lines]), "tutoriel") == []
