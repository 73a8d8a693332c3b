"""*Explorer*: other plans almost as good, what one goal costs another, what holds when things go wrong."""

from ui.pages.explore.page import show

__all__ = ["show"]
