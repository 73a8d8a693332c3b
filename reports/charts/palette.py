"""Colours that people who see few of them tell apart, and the patterns that say the same without any colour.

Colours: Okabe and Ito, "Color universal design" (2008), without yellow and black, which a bad projector loses.
"""

from typing import Any

INK, LIGHT = "#14181f", "#f3f5f7"
"""Texts on a light page, and on a dark one."""

GREY = "#8a929c"

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9")
PATTERNS = ("", "/", "x", ".", "\\", "-", "+", "|")

UP, DOWN = COLOURS[0], COLOURS[4]
"""More and less: their signs are always written too."""

SCALE = ((0.0, "#f2f6fa"), (0.5, "#5b9bd0"), (1.0, "#0b3a6f"))
"""From nothing to the whole."""


def face(rank: int) -> dict[str, Any]:
    """Return the marker of the series of this rank: no two of the first 24 have the same colour and pattern."""
    pattern = PATTERNS[rank % len(PATTERNS)]
    return {
        "color": COLOURS[rank % len(COLOURS)], "line": {"color": INK, "width": 0.5},
        "pattern": {"shape": pattern, "fgcolor": INK, "size": 7, "solidity": 0.25},
    }  # fmt: skip


def veil(colour: str) -> str:
    """Return a colour through which others are seen."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.4)"
