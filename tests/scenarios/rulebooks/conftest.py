"""A school and a square, two operations whose law depends on the day, and ways to change that scenario."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scenarios.document import CostBasis, PartnerKind, RulebookUse, Scenario
from scenarios.formats import check, read

SCHOOL = Path(__file__).parent / "ecole.yaml"

Changed = Callable[..., Scenario]


@pytest.fixture
def changed() -> Changed:
    """Return a function that gives the school scenario another day, other rulebooks or other tables, and checks it.

    ``operations`` and ``communes`` hold the fields to change by code; ``tables`` replaces whole tables.
    """

    def change(
        day: date | None = None,
        uses: list[dict[str, Any]] | None = None,
        *,
        operations: dict[str, dict[str, Any]] | None = None,
        communes: dict[str, dict[str, Any]] | None = None,
        tables: dict[str, Any] | None = None,
    ) -> Scenario:
        scenario = read(SCHOOL)
        update = dict(tables or {})
        if day is not None:
            update["reference_date"] = day
        if uses is not None:
            update["rulebooks"] = tuple(RulebookUse(**use) for use in uses)
        for table, fields in (("operations", operations), ("communes", communes)):
            if fields is not None:
                update[table] = tuple(
                    line.model_copy(update=fields.get(line.code, {})) for line in getattr(scenario, table)
                )
        changed = scenario.model_copy(update=update)
        check(changed)
        return changed

    return change


@pytest.fixture
def as_anah(changed: Changed) -> Changed:
    """Return a function that gives the school scenario where the Anah stands in the place of the ANRU on the square.

    The square then has 10 lots in one building, and costs 500 000 euros without VAT, 550 000 with it.
    """

    def change(basis: str, uses: list[dict[str, Any]], square: dict[str, Any] | None = None) -> Scenario:
        partners = tuple(
            line.model_copy(update={"kind": PartnerKind.ANAH}) if line.code == "ANRU" else line
            for line in changed().partners
        )
        costs = {"cost_basis": CostBasis(basis), "cost_excl_vat": 50_000_000, "cost_incl_vat": 55_000_000}
        whole = {**costs, "units": 10, "buildings": 1, **(square or {})}
        return changed(date(2026, 12, 1), uses, operations={"PLACE": whole}, tables={"partners": partners})

    return change
