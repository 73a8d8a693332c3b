"""The words a user sees, through gettext catalogues.

French is the source language: the message identifiers are French sentences. ``_`` translates at the
moment of display, ``N_`` only marks a sentence for extraction (labels stored in models and tables).
"""

import gettext
from pathlib import Path

_CATALOGUES = Path(__file__).parent / "catalogues"
_translation = gettext.translation("allocator", localedir=_CATALOGUES, languages=["fr"], fallback=True)


def _(message: str) -> str:
    """Return ``message`` in the user's language."""
    return _translation.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - the conventional name of gettext's deferred marker
    """Mark ``message`` for translation and return it unchanged."""
    return message
