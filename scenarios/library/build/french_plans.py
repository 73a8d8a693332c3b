"""The published French financing plans, read as they stand, with the page and the publisher of each.

Amounts are integer cents and rates exact fractions; an empty cell of the table stays absent. Nothing is filled in
here: what a plan does not publish is decided, and said, by the scenario that uses it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from scenarios.document.quantities import cents_to_text, parse_cents, parse_rate

SHIPPED = Path(__file__).parent.parent
_SOURCES = SHIPPED / "sources"

QUALITIES = {
    "exact": "à l'euro ou taux publié net",
    "arrondi": "arrondi par la source",
    "approx": "approximatif",
    "au_moins": "« au moins »",
    "au_plus": "« au plus »",
}
"""Word of the column ``amount_quality`` -> what it means, for the provenance."""


@dataclass(frozen=True)
class PublishedShare:
    """What one funder brings according to the source: an amount in cents, a rate of the cost, both, or neither."""

    funder: str
    family: str
    amount: int | None
    rate: Fraction | None
    quality: str

    @property
    def words(self) -> str:
        """Say the published figure in French."""
        figures = []
        if self.amount is not None:
            figures.append(euros(self.amount))
        if self.rate is not None:
            figures.append(f"{percent(self.rate)} du coût")
        quality = f", {QUALITIES[self.quality]}" if self.quality in QUALITIES else ""
        return f"{' ou '.join(figures) or 'part non chiffrée'} ({self.funder}{quality})"


@dataclass(frozen=True)
class PublishedPlan:
    """One operation of the table. Costs are in cents; ``unspecified`` is a cost whose VAT basis is not published."""

    case: str
    operation: str
    excl_vat: int | None
    incl_vat: int | None
    unspecified: int | None
    shares: tuple[PublishedShare, ...]
    publisher: str

    @property
    def source(self) -> str:
        """Case and publisher, as every provenance begins."""
        return f"{self.case} ({self.publisher})"


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Read a committed CSV table of ``scenarios/library/sources``."""
    with (_SOURCES / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def find_plan(case: str, beginning: str = "") -> PublishedPlan:
    """Return the plan of a case whose title starts with ``beginning``.

    Raises ValueError when no plan, or more than one, answers.
    """
    rows = [row for row in table("fr_plans.csv") if row["case_id"] == case and row["operation"].startswith(beginning)]
    titles = {row["operation"] for row in rows}
    if len(titles) != 1:
        raise ValueError(f"{case}: {len(titles)} plans start with {beginning!r}")
    first = rows[0]
    return PublishedPlan(
        case=case,
        operation=first["operation"],
        excl_vat=_cents(first["cost_ht"]),
        incl_vat=_cents(first["cost_ttc"]),
        unspecified=_cents(first["cost_nc"]),
        shares=tuple(_share(row) for row in rows if row["funder"]),
        publisher=_publishers()[case],
    )


@dataclass(frozen=True)
class ObservedStructure:
    """Share in percent of each family of funders for one nature, all projects of mid-2006 (Sénat, r05-456)."""

    nature: str
    percent: Mapping[str, int]

    @property
    def words(self) -> str:
        """Name the line and its source in French."""
        return f"structure observée mi-2006 (Sénat, rapport r05-456), ligne « {self.nature} »"


def observed_structure(row: str) -> ObservedStructure:
    """Return one line of the observed structure; ``row`` is its key in the table."""
    (found,) = (line for line in table("fr_structure_2006.csv") if line["row"] == row)
    shares = {name: int(value) for name, value in found.items() if name not in {"row", "nature"}}
    return ObservedStructure(found["nature"], shares)


def euros(cents: int) -> str:
    """Write cents in euros with spaces between thousands, as in ``1 730 000 €``."""
    whole, _, rest = cents_to_text(cents).partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{grouped},{rest} €" if rest else f"{grouped} €"


def percent(rate: Fraction) -> str:
    """Write a rate as ``39,5 %``; the rates of the table have three decimals at most."""
    tenths = rate * 1000
    if tenths.denominator != 1:
        raise ValueError(f"{rate} is not a whole number of tenths of a percent")
    whole, tenth = divmod(tenths.numerator, 10)
    return f"{whole},{tenth} %" if tenth else f"{whole} %"


def _share(row: Mapping[str, str]) -> PublishedShare:
    rate = parse_rate(row["rate"]) if row["rate"] else None
    return PublishedShare(row["funder"], row["funder_family"], _cents(row["amount_eur"]), rate, row["amount_quality"])


def _cents(cell: str) -> int | None:
    return parse_cents(cell) if cell else None


@cache
def _publishers() -> Mapping[str, str]:
    return {row["case_id"]: row["publisher"] for row in table("fr_sources_checks.csv")}
