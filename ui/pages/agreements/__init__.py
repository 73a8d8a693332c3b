"""*Conventions*: what is signed, looked at before it is taken; a corrected scenario brought back; amendments."""

from ui.pages.agreements.page import show

__all__ = ["show"]
