"""*Répartition*: the answer first, then who pays what, and why."""

from ui.pages.allocation.page import show

__all__ = ["show"]
