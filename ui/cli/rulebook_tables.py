"""Rulebooks printed for people: the list, one rulebook over time or on a day, and what differs."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from scenarios.language import _
from scenarios.rulebooks import DatedValue, Entry, Rulebook
from scenarios.rulebooks.differences import EntryDifference, values_on
from scenarios.rulebooks.formula import properties, value_text
from scenarios.rulebooks.versions import book_horizon_text, horizon_text, period_text
from scenarios.rulebooks.words import word

_INDENT = (0, 0, 0, 2)


def print_list(console: Console, shelf: Sequence[Rulebook]) -> None:
    """Print one line per rulebook."""
    table = _table()
    table.add_column(_("Code"), no_wrap=True)
    table.add_column(_("Recueil"))
    table.add_column(_("Financeur"), max_width=12)
    table.add_column(_("Horizon"), max_width=13)
    table.add_column(_("Entrées"), justify="right")
    table.add_column(_("À remplir"), justify="right", max_width=7)
    for book in shelf:
        horizon, to_fill = book_horizon_text(book.horizon), sum(entry.to_fill for entry in book.entries)
        table.add_row(book.code, book.title, book.funder, horizon, str(len(book.entries)), str(to_fill))
    console.print(table)


def print_book(console: Console, book: Rulebook, day: date | None) -> None:
    """Print every entry of a rulebook with its values, all of them or those in force on a day."""
    console.rule(f"{book.title} ({book.code})")
    console.print(_("Financeur : {name}. Horizon : {days}.").format(
        name=book.funder, days=book_horizon_text(book.horizon)
    ))  # fmt: skip
    if day is not None:
        console.print(_("Valeurs en vigueur le {day}.").format(day=day))
    if book.note:
        console.print(book.note)
    for entry in book.entries:
        _print_entry(console, book, entry, day)


def print_differences(
    console: Console, titles: Iterable[str], names: tuple[str, str], found: Sequence[EntryDifference]
) -> None:
    """Print the entries whose values differ, side by side, and the texts responsible."""
    for title in titles:
        console.print(title, style="bold")
    console.print(_("Avant : {before} ; après : {after}.").format(before=names[0], after=names[1]))
    if not found:
        console.print(_("Aucune valeur ne change."))
    for difference in found:
        entry = difference.after or difference.before
        if entry is None:
            continue
        console.print()
        console.print(_names(difference), style="bold")
        table = _table()
        for heading in ("", _("Période"), _("Valeur"), _("Source")):
            table.add_column(heading, overflow="fold")
        _add_side(table, _("avant"), difference.before, difference.values_before)
        _add_side(table, _("après"), difference.after, difference.values_after)
        console.print(table)
        texts = _(" ; ").join(dict.fromkeys(str(value.reference) for value in difference.responsible))
        if texts:
            console.print(_("Texte responsable : {texts}").format(texts=texts))


def _names(found: EntryDifference) -> str:
    entries = dict.fromkeys(entry for entry in (found.before, found.after) if entry is not None)
    return "\n".join(f"{entry.id} · {entry.sentence}" for entry in entries)


def _add_side(table: Table, side: str, entry: Entry | None, values: Iterable[DatedValue]) -> None:
    if entry is None:
        table.add_row(side, "", _("aucune entrée"), "")
        return
    rows = [(_period(value), value_text(entry, value), _source(value)) for value in values]
    for row in rows or [("", _("à remplir") if entry.to_fill else _("aucune valeur"), "")]:
        table.add_row(side, *row)


def _print_entry(console: Console, book: Rulebook, entry: Entry, day: date | None) -> None:
    console.print()
    console.print(f"{entry.id} · {entry.sentence}", style="bold")
    for line in properties(entry):
        console.print(Padding(line, _INDENT))
    values = entry.values if day is None else values_on(book, entry, day)
    if values:
        console.print(_values(entry, values))
    elif entry.to_fill:
        console.print(Padding(_("À remplir : aucune source n'en donne la valeur."), _INDENT))
    else:
        sentence = _("Aucune valeur le {day} ; horizon : {horizon}.")
        console.print(Padding(sentence.format(day=day, horizon=horizon_text(book, entry)), _INDENT))


def _values(entry: Entry, values: Iterable[DatedValue]) -> Table:
    table = _table()
    table.add_column(_("Du"), no_wrap=True)
    table.add_column(_("Au"), no_wrap=True)
    for heading in (_("Valeur"), _("Source"), _("Note")):
        table.add_column(heading, overflow="fold")
    for value in values:
        end = "" if value.end is None else str(value.end)
        table.add_row(str(value.start), end, value_text(entry, value), _source(value), value.note)
    return table


def _period(value: DatedValue) -> str:
    return period_text(value.start, value.end)


def _source(value: DatedValue) -> str:
    reference = value.reference
    lines = [f"{reference} ({word(value.mark)})"]
    if reference.read_in:
        lines.append(_("lu dans : {page}").format(page=reference.read_in))
    if reference.link:
        lines.append(reference.link)
    if reference.consulted is not None:
        lines.append(_("consulté le {day}").format(day=reference.consulted))
    return "\n".join(lines)


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
