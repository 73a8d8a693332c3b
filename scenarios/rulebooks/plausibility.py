"""What funders were observed to bring, by nature: shares far from it deserve a look, and break no rule.

The table is the Senate's, on the PNRU projects known in mid-2006. Its rows do not always sum to 100: they are
weights, normalised here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scenarios.document import PartnerKind
from scenarios.document.index import Index


@dataclass(frozen=True)
class ObservedStructure:
    """Weights of each family of funders on one row of the table; families the table does not name are in OTHER."""

    label: str
    natures: tuple[str, ...]
    weights: dict[PartnerKind, int]

    def share(self, kind: PartnerKind) -> Fraction:
        """Return the observed share of a family, its weight over the sum of the row."""
        return Fraction(self.weights[kind], sum(self.weights.values()))


@dataclass(frozen=True)
class UnusualShare:
    """A family of funders whose share of an operation is far from what was observed for its nature."""

    operation: str
    row: str
    kind: PartnerKind
    share: Fraction
    observed: Fraction


@cache
def observed() -> tuple[ObservedStructure, ...]:
    """Return every row of the table, in its own order."""
    table = _table()
    kinds = [PartnerKind(column) for column in table["columns"]]
    return tuple(
        ObservedStructure(row["label"], tuple(row["natures"]), dict(zip(kinds, row["shares"], strict=True)))
        for row in table["rows"]
    )


def source() -> str:
    """Return where the table comes from, in French."""
    return str(_table()["source"])


def unusual_shares(index: Index, amounts: Mapping[tuple[str, str], int], gap: Fraction) -> list[UnusualShare]:
    """Return the shares that differ by more than ``gap`` (a share) from the observed ones, in order of operations.

    ``amounts`` holds cents by (operation, partner), owners included. Operations whose nature the table does not
    name, or that receive nothing, are passed over: nothing was observed for them.
    """
    rows = {nature: row for row in observed() for nature in row.natures}
    brought: dict[str, dict[PartnerKind, int]] = defaultdict(lambda: defaultdict(int))
    for (code, partner), amount in amounts.items():
        brought[code][index.partners[partner].kind] += amount
    return [
        unusual
        for operation in index.scenario.operations
        if operation.nature in rows and any(brought[operation.code].values())
        for unusual in _unusual(operation.code, rows[operation.nature], brought[operation.code], gap)
    ]


def _unusual(
    code: str, row: ObservedStructure, brought: Mapping[PartnerKind, int], gap: Fraction
) -> Iterator[UnusualShare]:
    by_column: dict[PartnerKind, int] = defaultdict(int)
    for kind, amount in brought.items():
        by_column[kind if kind in row.weights else PartnerKind.OTHER] += amount
    for kind in row.weights:
        share = Fraction(by_column[kind], sum(by_column.values()))
        if abs(share - row.share(kind)) > gap:
            yield UnusualShare(code, row.label, kind, share, row.share(kind))


@cache
def _table() -> dict[str, Any]:
    text = (Path(__file__).parent / "plausibility.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
