"""The levels of the verification, their states, and the sentences that explain them, French then English."""

from collections.abc import Callable, Iterable
from typing import Any

OK, REFUTED, UNKNOWN = "conforme", "non conforme", "non vérifiable"


class Refusal(Exception):  # noqa: N818 - named as what it says
    """Une phrase française et sa traduction / a French sentence and its translation."""

    def __init__(self, status: str, french: str, english: str) -> None:
        super().__init__(french)
        self.status, self.french, self.english = status, french, english


class Verdict:
    """L'un des niveaux (a), (b), (c) : son état, et les phrases qui l'expliquent."""

    def __init__(self, level: str) -> None:
        self.level, self.status = level, OK
        self.lines: list[tuple[str, str]] = []

    def say(self, french: str, english: str, status: str = OK) -> None:
        """Add a sentence in both languages; the worst status is kept."""
        order = [OK, UNKNOWN, REFUTED]
        self.status = max(self.status, status, key=order.index)
        self.lines.append((french, english))

    def attempt(self, check: Callable[..., Any], *arguments: Any) -> Any:
        """Run a check; what it refuses, or cannot read, becomes a sentence."""
        try:
            return check(self, *arguments)
        except Refusal as refusal:
            self.say(refusal.french, refusal.english, refusal.status)
        except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
            found = f"{type(error).__name__}: {error}"
            self.say(f"fichier mal formé ({found})", f"malformed file ({found})", UNKNOWN)
        return None


def report(verdict: Verdict, french: str, english: str, broken: Iterable[str]) -> None:
    """Say the first of what is broken, and how many more."""
    found = list(broken)
    for text in found[:10]:
        verdict.say(f"{french} {text}", f"{english} {text}", REFUTED)
    if len(found) > 10:
        verdict.say(f"… et {len(found) - 10} autres", f"… and {len(found) - 10} more", REFUTED)
