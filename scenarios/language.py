"""The words a user sees, through gettext catalogues.

French is the source language: the message identifiers are French sentences. ``_`` translates at the moment of display,
``N_`` only marks a sentence for extraction: labels stored in models and tables, and whatever is written when a module
loads, before anyone has said which language to speak. Each thread and each task speaks its own language (PEP 567), so
that sessions of one process do not mix. The catalogues are read as translators write them: nothing is compiled.
"""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

LANGUAGES = ("fr", "en")
"""French, which needs no catalogue, then the languages of the folder ``catalogues``."""

VARIABLE = "ALLOCATOR_LANG"
"""Environment variable that names the language spoken when nobody asks for another."""

_CATALOGUES = Path(__file__).parent / "catalogues"


_spoken: ContextVar[str] = ContextVar("_spoken")


def _(message: str) -> str:
    """Return ``message`` in the user's language."""
    language = spoken()
    # The catalogue answers an empty message with its header.
    return _translation(language).gettext(message) if message and language != LANGUAGES[0] else message


def N_(message: str) -> str:  # noqa: N802 - the conventional name of gettext's deferred marker
    """Mark ``message`` for translation and return it unchanged."""
    return message


def spoken() -> str:
    """Return the language spoken, one of LANGUAGES: the one asked, else that of the environment, else French."""
    return _spoken.get(None) or _by_default()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in one of LANGUAGES for a while; a sentence without translation stays in French."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def every_language(message: str) -> tuple[str, ...]:
    """Return ``message`` in each of LANGUAGES: names that a file may bear, whoever wrote it."""
    names = []
    for language in LANGUAGES:
        with speaking(language):
            names.append(_(message))
    return tuple(names)


@cache
def _by_default() -> str:
    language = os.environ.get(VARIABLE, "")
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def _translation(language: str) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # only who speaks another language waits for it
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (_CATALOGUES / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
