"""What the verifier says of an archive, in the reader's language, and the report that travels inside the archive."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from allocator.archive.report import text
from allocator.archive.verdict import Question, State, Verdict
from allocator.proof import verifier
from scenarios.language import LANGUAGES, _, speaking, spoken

PAGES = {"fr": "rapport.txt", "en": "report.txt"}
"""The report of each language, under ``data/``."""

INSIDE = (
    "Source-Organization", "External-Description", "External-Identifier", "Contact-Name",
    "Internal-Sender-Description", "Bag-Software-Agent",
)  # fmt: skip
"""Fields of ``bag-info.txt`` that the report inside tells: those without time nor place in the journal."""

_STATES = {
    verifier.OK: State.CONFORMING,
    verifier.REFUTED: State.NOT_CONFORMING,
    verifier.UNKNOWN: State.UNVERIFIABLE,
}

Said = Sequence[verifier.Verdict]
"""Verdicts (a), (b), (c) of the verifier, in both languages."""


def ask(path: Path) -> Said:
    """Run the verifier on an archive: no solver, nothing but the standard library."""
    try:
        return verifier.verify(path)
    except RecursionError:
        found = [verifier.Verdict(level) for level in "abc"]
        for verdict in found:
            verdict.say("fichiers emboîtés sans fin", "endlessly nested files", verifier.UNKNOWN)
        return found


def proven(said: Said) -> tuple[Verdict, ...]:
    """Return what the verifier said, in the language spoken."""
    place = LANGUAGES.index(spoken())
    return tuple(
        Verdict(Question(verdict.level), _STATES[verdict.status], tuple(line[place] for line in verdict.lines))
        for verdict in said
    )


def pages(info: Mapping[str, str], said: Said) -> dict[str, bytes]:
    """Return the report an archive carries, by file name: verdicts (b) and (c), in each language.

    Verdict (a) is about the whole archive, report included: only its reader can give it.
    """
    shown = {name: info[name] for name in INSIDE if name in info}
    files = {}
    for language, name in PAGES.items():
        with speaking(language):
            page = text(
                _("scellée"), shown, [verdict for verdict in proven(said) if verdict.question != Question.BYTES]
            )
            files[name] = f"{page}\n{_how()}\n".encode()
    return files


def _how() -> str:
    return _(
        "Pour vérifier vous-même : « python3 -I verifier.py ARCHIVE.zip » n'emploie que Python, sans aucun moteur ; "
        "« allocator verify ARCHIVE.zip » vérifie aussi la cohérence, le journal et la signature ; "
        "« allocator replay ARCHIVE.zip » refait le calcul."
    )
