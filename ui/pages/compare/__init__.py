"""*Comparer*: two or more versions side by side: inputs, rules, results, who wins and who loses."""

from ui.pages.compare.page import show

__all__ = ["show"]
