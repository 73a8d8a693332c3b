"""Codes that differ by capital letters only: a slip of the hand, and one file instead of two on many disks."""

from collections.abc import Iterator

from scenarios.checks.finding import OTHER, Finding
from scenarios.checks.references import SOURCES
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import quoted

_HOLDERS = ("pool", "partner")
"""Looked at together, as what may hold a budget."""


def check(index: Index) -> Iterator[Finding]:
    """Yield each code, or name that codes refer to, already written with other capital letters, once per spelling."""
    for sources in (*(found for target, found in SOURCES.items() if target not in _HOLDERS), (("envelopes", "code"),)):
        first: dict[str, tuple[str, tuple[str, int]]] = {}
        told: set[str] = set()
        for table, column in sources:
            for row, line in enumerate(getattr(index.scenario, table)):
                code = getattr(line, column)
                if code is None:
                    continue
                known, place = first.setdefault(code.casefold(), (code, (table, row)))
                if known != code and code not in told:
                    told.add(code)
                    yield _finding((table, row, column), code, known, place)


def _finding(at: tuple[str, int, str], code: str, known: str, place: tuple[str, int]) -> Finding:
    same = place[0] == at[0]
    other = OTHER if same else _("dans la table « {table} »").format(table=place[0])
    return Finding(
        *at,
        _("{code}, qui ne diffère que par les majuscules de {known}, écrit {other}").format(
            code=quoted([code]), known=quoted([known]), other=other
        ),
        _("des codes qui diffèrent autrement que par les majuscules"),
        _("Écrivez le même code partout si c'est le même ; sinon donnez-lui un autre code."),
        place[1] if same else None,
    )
