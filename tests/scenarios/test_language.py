"""Languages: French without catalogue, every sentence in English, and no mixture."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from scenarios.dictionary import tables
from scenarios.formats.workbook.names import LISTS, LONGEST, README, is_explanation, sheet_names, table_of
from scenarios.language import LANGUAGES, VARIABLE, _, every_language, speaking, spoken

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "scenarios" / "catalogues" / "en.po"
SOURCES = [
    ROOT / "app.py",
    *sorted(path for layer in ("scenarios", "allocator", "reports", "ui") for path in (ROOT / layer).rglob("*.py")),
]

PLACEHOLDER = re.compile(r"{[^}]*}")

SAME_IN_BOTH = {
    "Administration", "Dossier",
    "ANRU", "Anah", "Action Logement", "Caisse des Dépôts, Banque des Territoires", "département", "commune", "Commune",
    "Communes", "type", "€", "fraction", "code", "Code", "CODE", "date", "Date", "DATE", "SIRET",
    "Population", "horizon", "Horizon",
    "Signature", "Signatures", "Sanctions", "sanction", "Talmud", "Verdict", "Question", "Total", "Articles",
    "Provenance", "Table", "Journal", "Divisible", "Budget", "budget", "Plan", "Arguments", "Options", "[options]",
    "Points", "Source", "Note", "expected", "Version", "Archive", "Archives",
}  # fmt: skip
"""Names, and words that both languages write alike."""

FRENCH = re.compile(
    r"\b(le|la|les|des|du|une|un|pour|avec|sans|dans|sur|et|ou|est|sont|que|qui|cette|aux|par|pas|leur|elle|ne)\b|[«»]"
    r"|\w'(?!s\b)\w| [;:?!]",
    re.IGNORECASE,
)
"""Words, quotation marks, elisions and spaces before signs that only French has."""

FRENCH_NAME = "Caisse des Dépôts, Banque des Territoires"
"""What keeps a French word within an English sentence."""


def messages() -> list[Message]:
    with CATALOGUE.open("rb") as source:
        return [message for message in read_po(source, locale="en", ignore_obsolete=True) if message.id]


def sentences() -> set[str]:
    found = (extract_from_file("python", path, keywords={"_": None, "N_": None}) for path in SOURCES)
    return {message for lines in found for _line, message, _comments, _context in lines if isinstance(message, str)}


def test_every_sentence_is_translated() -> None:
    """Who adds a sentence runs ``make catalogues`` and translates it: see docs/langues.md."""
    assert sorted(sentences() - {message.id for message in messages() if message.string}) == []


def test_no_translation_is_left_over() -> None:
    assert sorted({str(message.id) for message in messages()} - sentences()) == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in messages() if message.fuzzy] == []


def test_translations_keep_what_is_filled_in() -> None:
    for message in messages():
        french, english = str(message.id), str(message.string)
        assert sorted(PLACEHOLDER.findall(french)) == sorted(PLACEHOLDER.findall(english)), french
        assert french.count("\n") == english.count("\n"), french


def test_no_translation_is_still_in_french() -> None:
    same = {str(message.id) for message in messages() if message.id == message.string}
    bare = {text for text in same if not re.search(r"[^\W\d_]", PLACEHOLDER.sub("", text))}
    filled = {"Article {rank}", "{number} points", "({value} + bonus {bonus})"}
    filled |= {"version {number}", "{name}, version {number}"}
    assert same - bare - filled - SAME_IN_BOTH == set()


def test_no_french_word_is_left_in_english() -> None:
    for message in messages():
        found = FRENCH.search(PLACEHOLDER.sub("x", str(message.string).replace(FRENCH_NAME, "")))
        assert found is None, (message.string, found)


def test_a_sentence_ends_in_english_as_it_does_in_french() -> None:
    for message in messages():
        french, english = (re.sub(r"\s*[»\"]", "", str(text)) for text in (message.id, message.string))
        if french != "N°":
            assert re.findall(r"[.:?…]?$", french) == re.findall(r"[.:?…]?$", english), message.id


def spoken_on_loading(path: Path) -> Iterator[str]:
    """Find the calls of ``_`` that run when the module loads, before anyone has chosen a language."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield ast.unparse(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            signature = [*ast.walk(node.args)]
            waiting += [*node.decorator_list, *(part for part in signature if isinstance(part, ast.arg))]
            waiting += [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "app.py"], ids=str)
def test_nothing_is_translated_before_a_language_is_chosen(path: Path) -> None:
    assert list(spoken_on_loading(path)) == []


def test_loading_calls_are_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("A = _('a')\ndef f(b=_('b'), c: D[_('c')] = 0):\n    return _('d')\n", encoding="utf-8")
    assert sorted(spoken_on_loading(module)) == ["_('a')", "_('b')", "_('c')"]


def test_a_language_is_spoken_for_a_while() -> None:
    assert (spoken(), _("CONFORME")) == ("fr", "CONFORME")
    with speaking("en"):
        assert (spoken(), _("CONFORME"), _("une phrase sans traduction"), _("")) == (
            "en", "CONFORMING", "une phrase sans traduction", ""
        )  # fmt: skip
        with speaking("fr"):
            assert _("CONFORME") == "CONFORME"
    assert _("CONFORME") == "CONFORME"
    assert LANGUAGES == ("fr", "en")


def test_sessions_of_one_process_do_not_mix() -> None:
    """Each says its sentence while the other speaks its own language."""
    together = Barrier(2, timeout=30)

    def session(language: str) -> str:
        with speaking(language):
            together.wait()
            said = _("CONFORME")
            together.wait()
            return said

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(session, LANGUAGES)) == ["CONFORME", "CONFORMING"]


@pytest.mark.parametrize(("value", "language"), [(None, "fr"), ("", "fr"), ("fr", "fr"), ("en", "en"), ("de", "fr")])
def test_the_environment_chooses_when_nobody_does(value: str | None, language: str) -> None:
    environment = {name: text for name, text in os.environ.items() if name != VARIABLE}
    if value is not None:
        environment[VARIABLE] = value
    command = [sys.executable, "-c", "from scenarios.language import spoken; print(spoken())"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == language


def test_a_message_in_every_language() -> None:
    assert every_language("Projets") == ("Projets", "Projects")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_of_a_workbook_are_known_in_every_language(language: str) -> None:
    with speaking(language):
        named, explained = sheet_names(), (_(README), _(LISTS))
    titles = [*named.values(), *explained]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(0 < len(title) <= LONGEST and not re.search(r"[\[\]:*?/\\]", title) for title in titles)
    assert {name: table_of(title) for name, title in named.items()} == {name: name for name in tables()}
    assert all(is_explanation(title) and table_of(title) is None for title in explained)
