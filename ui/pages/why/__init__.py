"""*Pourquoi*: why these amounts, what would have to change, what one more euro would give."""

from ui.pages.why.page import show

__all__ = ["show"]
