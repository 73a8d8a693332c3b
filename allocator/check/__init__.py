"""The exact checker: an allocation is believed only once it is verified here, straight from the scenario.

It shares no code with the linear program and knows no solver and no table library; integers and exact fractions only.
One module per rule family, each with a ``check(scope, ledger)``.
"""

from allocator.check.verdict import require, verify
from allocator.check.violation import AllocationRefused, Violation

__all__ = ["AllocationRefused", "Violation", "require", "verify"]
