"""How people are named: the identity that never changes, and the line written with what they do."""

import unicodedata

LONGEST_IDENTITY = 150
LONGEST_LABEL = 80


def identity_named(text: str) -> str | None:
    """Return an identity as it is compared: composed, trimmed, an address in small letters; None when it is none."""
    found = unicodedata.normalize("NFC", text).strip()
    if not found or len(found) > LONGEST_IDENTITY or not found.isprintable() or set(found) & set("(),"):
        return None
    return found.casefold() if "@" in found else found


def identities(text: str) -> frozenset[str]:
    """Return the identities of a list separated by commas."""
    return frozenset(found for one in text.split(",") if (found := identity_named(one)))


def line_of(label: object, identity: str) -> str:
    """Return what is written beside decisions: the name people choose, then, in brackets, the identity they cannot."""
    text = unicodedata.normalize("NFC", label) if isinstance(label, str) else ""
    shown = "".join(letter if letter.isprintable() else " " for letter in text).strip()[:LONGEST_LABEL]
    return identity if not shown or shown == identity else f"{shown} ({identity})"


def is_line_of(line: str, identity: str) -> bool:
    """Tell whether a line written beside a decision is that of an identity."""
    return line == identity or line.endswith(f" ({identity})")
