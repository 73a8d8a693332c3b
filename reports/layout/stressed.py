"""A stress test whole: the plan, what was drawn, what was found. What the stress workbook shows."""

from dataclasses import dataclass
from fractions import Fraction

from allocator.exploration.robust_budget import RobustBudget
from allocator.exploration.spec import StressSpec
from allocator.exploration.stress import Stressed
from reports.layout.figures import Figures


@dataclass(frozen=True)
class StressTest:
    """``target``: share of the draws where a plan should hold. ``safer``: None when no safer budget was looked for."""

    figures: Figures
    spec: StressSpec
    found: Stressed
    target: Fraction
    safer: RobustBudget | None
