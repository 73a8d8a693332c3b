"""A small dossier to work on: the complete scenario, and changes of its budgets."""

from sqlalchemy import create_engine, make_url, text

from scenarios.changes import CellChanged, Change
from scenarios.store import Store, Version
from tests.scenarios.changes.edits import COMPLETE

NAME = "Région 2027"


def created(store: Store, name: str = NAME) -> Version:
    return store.create(name, COMPLETE, "Anne", "Premier envoi")


def cell(rank: int, after: str, column: str = "provenance", before: str | None = None) -> Change:
    """Change the provenance of a budget, from what the complete scenario holds unless said."""
    budget = COMPLETE.budgets[rank]
    before = before if before is not None else (str(getattr(budget, column)) or None)
    return CellChanged("budgets", (budget.holder, str(budget.year)), column, before, after)


def provenances(store: Store, version: Version) -> list[str]:
    return [budget.provenance for budget in store.scenario_of(version.id).budgets]


def altered(url: str, *statements: str) -> None:
    """Change a database behind the store's back, as its administrator could."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg") if "postgresql" in url else url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()
