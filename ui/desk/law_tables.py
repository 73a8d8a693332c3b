"""The law that a version employs, as tables: rulebooks with their horizon, and every value with its source."""

from collections.abc import Iterable, Sequence

from reports.charts.table import Column, Table
from scenarios.language import _
from scenarios.rulebooks import LawLine
from scenarios.rulebooks.versions import period_text
from ui.desk.versions import Current
from ui.words import version


def books_table(opened: Current) -> Table:
    """Return the rulebooks employed, the days about which each says something, and how many values it gives."""
    counts = {book.code: sum(line.rulebook == book.code for line in opened.law.lines) for book in opened.law.books}
    rows = [(book.code, book.title, book.horizon, str(counts[book.code])) for book in opened.law.books]
    return _table(opened, _("Recueils employés"), (_("Code"), _("Recueil"), _("Horizon"), _("Entrées")), rows)


def values_table(opened: Current) -> Table:
    """Return each value employed: what it says, its value, its days, its source, and the operations it concerns."""
    columns = (
        _("Règle"), _("Ce qu'elle dit"), _("Valeur"), _("En vigueur"), _("Source"), _("Lu dans"), _("Adresse"),
        _("Degré de certitude"), _("Portée"), _("Partenaire"), _("Opérations"), _("Note"),
    )  # fmt: skip
    return _table(opened, _("Valeurs du droit employé"), columns, map(_line, opened.law.lines))


def _line(line: LawLine) -> tuple[str, ...]:
    days = "" if line.version is None else period_text(line.version, line.until)
    return (
        line.rule or line.entry, line.sentence, line.value, days, line.reference, line.read_in, line.link, line.mark,
        line.status, line.partner, ", ".join(line.operations), line.note,
    )  # fmt: skip


def _table(opened: Current, title: str, names: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Table:
    scenario = opened.document
    stamp = f"{scenario.code} · {version(opened.fingerprint)} · {version(opened.law.digest)}"
    columns = tuple(map(Column, names))
    return Table(title, columns, tuple(rows), scenario.currency, scenario.reference_date, stamp)
