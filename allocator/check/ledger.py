"""The lines of an allocation indexed by operation, for the checks to read.

Lines that name an unknown operation or partner are left to ``totals``, which refuses them; lines given twice are
added up here and refused there too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from allocator.allocation import Allocation
from allocator.check.scope import Scope


class Launched(NamedTuple):
    """A funded part of an operation: its start year, its cents, and the cents of each partner that brings some."""

    start: int
    funded: int
    amounts: Mapping[str, int]


class Ledger:
    """An allocation indexed by code. Raises TypeError when an amount is not a plain Python integer.

    Other integer types overflow silently in exact products; other numbers are not exact.
    """

    def __init__(self, scope: Scope, allocation: Allocation) -> None:
        _refuse_inexact(allocation)
        self.allocation = allocation
        self._scope = scope
        self.funded: dict[str, dict[int, int]] = {code: {} for code in scope.operations}
        self.amounts: dict[tuple[str, int], dict[str, int]] = {}
        self.payments: dict[tuple[str, str, int], dict[int, int]] = {}
        self._read_launches()
        self._read_commitments()
        self._read_payments()

    def _read_launches(self) -> None:
        for line in self.allocation.launches:
            if line.operation in self.funded:
                starts = self.funded[line.operation]
                starts[line.start] = starts.get(line.start, 0) + line.funded

    def _read_commitments(self) -> None:
        for line in self.allocation.commitments:
            if line.operation in self._scope.operations and line.partner in self._scope.partners:
                amounts = self.amounts.setdefault((line.operation, line.start), {})
                amounts[line.partner] = amounts.get(line.partner, 0) + line.amount

    def _read_payments(self) -> None:
        for line in self.allocation.payments:
            if line.operation in self._scope.operations and line.partner in self._scope.partners:
                years = self.payments.setdefault((line.operation, line.partner, line.start), {})
                years[line.year] = years.get(line.year, 0) + line.amount

    @cached_property
    def launches(self) -> dict[str, list[Launched]]:
        """Funded parts of each operation, by start year; none when it has nothing to fund (``selection`` says so)."""
        return {
            code: [
                Launched(start, funded, self.amounts.get((code, start), {}))
                for start, funded in sorted(starts.items())
                if self._scope.to_fund[code]
            ]
            for code, starts in self.funded.items()
        }

    @cached_property
    def whole(self) -> dict[tuple[str, str], int]:
        """Cents each partner brings to each operation, all launches together."""
        whole: dict[tuple[str, str], int] = defaultdict(int)
        for (operation, _start), amounts in self.amounts.items():
            for partner, amount in amounts.items():
                whole[operation, partner] += amount
        return whole


def _refuse_inexact(allocation: Allocation) -> None:
    amounts: Iterator[object] = (
        amount
        for lines in (
            (line.funded for line in allocation.launches),
            (line.amount for line in allocation.commitments),
            (line.amount for line in allocation.payments),
        )
        for amount in lines
    )
    for amount in amounts:
        if type(amount) is not int:
            raise TypeError(f"an allocation holds integer cents, not {type(amount).__name__}: {amount!r}")
