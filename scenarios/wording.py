"""How values and names are shown inside a message."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from scenarios.document.quantities import cents_to_text
from scenarios.language import _

_LONGEST_SHOWN = 80
_MOST_LISTED = 12


def quoted(words: Iterable[str]) -> str:
    """Write words between quotation marks, separated by commas."""
    return ", ".join(_("« {name} »").format(name=word) for word in words)


def listed(words: Iterable[str]) -> str:
    """Write the first words of a list, and how many are left out when there are many."""
    words = list(words)
    more = len(words) - _MOST_LISTED
    if more <= 1:
        return quoted(words)
    return _("{first} et {more} autres").format(first=quoted(words[:_MOST_LISTED]), more=more)


def money(cents: int, currency: str) -> str:
    """Write integer cents as files do, so that the figure can be searched there, followed by the currency."""
    return f"{cents_to_text(cents)} {currency}"


def shown(value: Any) -> str:
    """Quote a value found in a file: on one line, cut when long, with invisible characters made visible."""
    if isinstance(value, list | tuple):
        return _("une liste")
    if isinstance(value, dict):
        return _("un groupe de champs")
    if value is None or value == "":
        return _("rien")
    text = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in str(value))
    return quoted([f"{text[:_LONGEST_SHOWN]}…" if len(text) > _LONGEST_SHOWN else text])


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that ``word`` most looks like, or None when nothing comes close."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
