"""The words a user sees, through gettext catalogues.

French is the source language: the message identifiers are French sentences. ``_`` translates at the
moment of display, ``N_`` only marks a sentence for extraction (labels stored in models and tables).
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

LANGUAGES = ("fr", "en")
"""French, which needs no catalogue, then the languages of the folder ``catalogues``."""

_CATALOGUES = Path(__file__).parent / "catalogues"
_spoken: ContextVar[str] = ContextVar("_spoken", default=LANGUAGES[0])


def _(message: str) -> str:
    """Return ``message`` in the user's language."""
    language = spoken()
    return message if language == LANGUAGES[0] else _translation(language).gettext(message)


def N_(message: str) -> str:  # noqa: N802 - the conventional name of gettext's deferred marker
    """Mark ``message`` for translation and return it unchanged."""
    return message


def spoken() -> str:
    """Return the language spoken, one of LANGUAGES."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in one of LANGUAGES for a while; a sentence without translation stays in French."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def _translation(language: str) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # only who speaks another language waits for it
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (_CATALOGUES / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
