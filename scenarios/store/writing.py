"""What is written once: canonical texts, hashes, times, and lines of text that users give."""

import hashlib
import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

from scenarios.language import _
from scenarios.store.refusals import RefusedError

LONGEST_NAME = 80
LONGEST_LINE = 300
LONGEST_TEXT = 2000


def canonical(value: Any) -> str:
    """Write a value as JSON, always in the same way, in ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """Return the SHA-256 of a value, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def time_text(time: datetime) -> str:
    """Write a time in UTC."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def line(given: str, what: str, longest: int = LONGEST_LINE) -> str:
    """Return a text in one line, composed (NFC) and without spaces around. Raises RefusedError, naming ``what``."""
    text = unicodedata.normalize("NFC", given).strip()
    if not text or len(text) > longest or not text.isprintable():
        sentence = _("{what} : un texte d'une ligne, de 1 à {longest} caractères, est attendu.")
        raise RefusedError(sentence.format(what=what, longest=longest))
    return text


def prose(given: str, what: str) -> str:
    """Return a text of one or several lines. Raises RefusedError, naming ``what``, when it is empty or too long."""
    text = unicodedata.normalize("NFC", given).strip()
    if not text or len(text) > LONGEST_TEXT or not text.replace("\n", "").replace("\t", "").isprintable():
        sentence = _("{what} : un texte de 1 à {longest} caractères est attendu.")
        raise RefusedError(sentence.format(what=what, longest=LONGEST_TEXT))
    return text
