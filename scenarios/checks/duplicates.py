"""Codes and lines that must be written once are written once."""

from collections.abc import Hashable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from scenarios.checks.finding import OTHER, Finding
from scenarios.document import Scenario
from scenarios.document.index import Index
from scenarios.document.keys import UNIQUE
from scenarios.language import N_, _
from scenarios.wording import quoted

_LISTS = (
    "partners", "natures", "territories", "programmes", "projects", "operations", "owner_kinds", "counts",
    "counterparts", "reserved_natures", "reserved_territories",
)  # fmt: skip
_ADVICE = N_("Supprimez l'une des deux lignes, ou corrigez ce qui devait les distinguer.")


def check(index: Index) -> Iterator[Finding]:
    """Yield repeated lines, purses of the same name, and values repeated inside a list."""
    scenario = index.scenario
    for table, columns in UNIQUE.items():
        yield from _repeated(table, columns, getattr(scenario, table))
    yield from _pools_named_as_partners(scenario)
    for table in ("goals", "rules", "rulebooks", "envelopes"):
        for row, line in enumerate(getattr(scenario, table)):
            yield from _repeated_in_lists(table, row, line)


def _repeated(table: str, columns: tuple[str, ...], lines: Iterable[Any]) -> Iterator[Finding]:
    key = attrgetter(*columns)
    first: dict[Hashable, int] = {}
    for row, line in enumerate(lines):
        name = key(line)
        if first.setdefault(name, row) == row:
            continue
        words = [str(value) for value in (name if isinstance(name, tuple) else (name,)) if value is not None]
        yield Finding(
            table, row, columns[0], _("{names}, déjà écrit {other}").format(names=quoted(words), other=OTHER),
            _("une seule ligne pour les mêmes valeurs de {columns}").format(columns=quoted(columns)), _(_ADVICE),
            first[name],
        )  # fmt: skip


def _pools_named_as_partners(scenario: Scenario) -> Iterator[Finding]:
    partners = {partner.code for partner in scenario.partners}
    for row, pool in enumerate(scenario.pools):
        if pool.code in partners:
            yield Finding(
                "pools", row, "code", _("« {code} », qui est aussi un partenaire").format(code=pool.code),
                _("un code que n'emploie aucun partenaire"), _("Donnez un autre code au fonds commun."),
            )  # fmt: skip


def _repeated_in_lists(table: str, row: int, line: Any) -> Iterator[Finding]:
    for column in _LISTS:
        values = [str(value) for value in getattr(line, column, ())]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            yield Finding(
                table, row, column, _("{values} plusieurs fois").format(values=quoted(twice)),
                _("chaque valeur une seule fois"), _("Supprimez les répétitions."),
            )  # fmt: skip
