"""An amount before and after, and what an operation, a partner or a group of them gains or loses. Integer cents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """An amount on each side, in cents."""

    before: int = 0
    after: int = 0

    @property
    def difference(self) -> int:
        """What the second side adds, negative for what it takes away."""
        return self.after - self.before

    def __add__(self, other: "Change") -> "Change":
        return Change(self.before + other.before, self.after + other.after)

    def __sub__(self, other: "Change") -> "Change":
        return Change(self.before - other.before, self.after - other.after)


@dataclass(frozen=True)
class FundingChange:
    """What an operation, or the operations of a group, receive: ``own`` is the share of the owners themselves."""

    code: str
    label: str
    funded: Change
    own: Change

    @property
    def aid(self) -> Change:
        """What partners other than the owner bring."""
        return self.funded - self.own

    @property
    def gain(self) -> int:
        """Positive when more aid comes, or as much aid for more funded; negative for the contrary; else zero."""
        return self.aid.difference or self.funded.difference

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.funded.difference or self.own.difference)


@dataclass(frozen=True)
class PartnerChange:
    """What a partner commits; ``own`` is the part that goes to the operations it owns."""

    code: str
    label: str
    committed: Change
    own: Change

    @property
    def aid(self) -> Change:
        """What it brings to the operations of others."""
        return self.committed - self.own

    @property
    def gain(self) -> int:
        """Positive when the partner commits less."""
        return -self.committed.difference

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.committed.difference or self.own.difference)


@dataclass(frozen=True)
class CellChange:
    """What one partner commits to one operation."""

    operation: str
    partner: str
    committed: Change

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.committed.difference)


@dataclass(frozen=True)
class LineChange:
    """One line of an amendment: what one partner commits (year of start) and pays to one operation in one year."""

    operation: str
    partner: str
    year: int
    committed: Change
    paid: Change

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.committed.difference or self.paid.difference)


@dataclass(frozen=True)
class YearChange:
    """What all partners commit and pay in one year."""

    year: int
    committed: Change
    paid: Change

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.committed.difference or self.paid.difference)
