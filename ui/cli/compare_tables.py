"""A comparison of two laws printed for people: totals, texts responsible, who wins and who loses."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from allocator.reform import Change, Comparison, FundingChange, LawChange, PartnerChange, Side
from scenarios.language import _
from scenarios.rulebooks import LawLine
from scenarios.rulebooks.versions import period_text
from scenarios.wording import listed
from ui.cli.wide_tables import add_amounts, add_words, labelled, show
from ui.words import figure, version

_INDENT = (0, 0, 0, 2)


def print_comparison(console: Console, found: Comparison) -> None:
    """Print the whole comparison, at the width of the console."""
    scenario = found.before.scenario
    console.rule(_("Comparaison · {title}").format(title=scenario.title))
    console.print(_side(_("Avant"), found.before))
    console.print(_side(_("Après"), found.after))
    if found.empty:
        console.print(_("Les deux droits disent la même chose et donnent la même répartition, au centime."))
        return
    _print_law(console, found.law)
    if not found.cells:
        console.print("\n" + _("Aucun montant ne change."))
        return
    console.print("\n" + _("Montants en {currency}.").format(currency=scenario.currency))
    _print_funding(console, _("Ensemble"), (found.total,))
    gains = _("gagne : reçoit plus d'aides des autres partenaires que le maître d'ouvrage")
    _print_funding(console, _("Opérations ({gains})").format(gains=gains), found.operations)
    _print_funding(console, _("Communes ({gains})").format(gains=gains), found.communes)
    _print_partners(console, found.partners)
    _print_cells(console, found)


def outcome(gain: int) -> str:
    """Say in one word who wins and who loses."""
    if gain == 0:
        return _("égal")
    return _("gagne") if gain > 0 else _("perd")


def _side(name: str, side: Side) -> str:
    return _("{name} : {code}, droit du {day} (empreinte {law}).").format(
        name=name, code=side.scenario.code, day=side.reference_date, law=version(side.law_hash)
    )


def _print_law(console: Console, law: Sequence[LawChange]) -> None:
    console.print("\n" + _("Règles qui changent, et texte responsable"), style="bold")
    if not law:
        console.print(Padding(_("Aucune règle ne change."), _INDENT))
    for change in law:
        text = change.responsible
        partner = f" ({text.partner})" if text.partner else ""
        console.print(f"{text.entry}{partner} · {text.sentence}")
        for line in (
            text.status,
            _("avant : {line}").format(line=_line(change.before)),
            _("après : {line}").format(line=_line(change.after)),
            _("texte responsable : {text}, {days}").format(text=text.reference, days=_days(text)),
            _("opérations : {codes}").format(codes=listed(change.operations)),
        ):
            console.print(Padding(line, _INDENT))


def _line(line: LawLine | None) -> str:
    return _("ne s'applique pas") if line is None else f"{line.value}, {_days(line)}, {line.reference}, {line.mark}"


def _days(line: LawLine) -> str:
    return "" if line.version is None else period_text(line.version, line.until)


def _print_funding(console: Console, title: str, lines: Sequence[FundingChange]) -> None:
    table = _table(title)
    for line in lines:
        amounts = ((_("financé"), line.funded), (_("aides"), line.aid), (_("part propre"), line.own))
        _add(table, line.code, line.label, amounts, outcome(line.gain))
    show(console, table)


def _print_partners(console: Console, lines: Sequence[PartnerChange]) -> None:
    table = _table(_("Partenaires (gagne : apporte moins)"))
    for line in lines:
        amounts = ((_("engagé"), line.committed), (_("aides"), line.aid), (_("part propre"), line.own))
        _add(table, line.code, line.label, amounts, outcome(line.gain))
    show(console, table)


def _print_cells(console: Console, found: Comparison) -> None:
    table = _table(_("Qui finance quoi, là où le montant change"))
    labels = {partner.code: partner.label for partner in found.before.scenario.partners}
    for cell in found.cells:
        _add(table, cell.operation, labels[cell.partner], ((_("engagé"), cell.committed),), "")
    show(console, table)


def _add(table: Table, code: str, label: str, amounts: Sequence[tuple[str, Change]], outcome_word: str) -> None:
    changes = [change for _name, change in amounts]
    columns = (
        [name for name, _change in amounts],
        [_figure(change.before) for change in changes],
        [_figure(change.after) for change in changes],
        [_difference(change) for change in changes],
    )
    table.add_row(code, label, *map("\n".join, columns), outcome_word, end_section=len(amounts) > 1)


def _figure(cents: int) -> str:
    return figure(cents, decimals=True)


def _difference(change: Change) -> str:
    return f"{'+' if change.difference > 0 else ''}{_figure(change.difference)}"


def _table(title: str) -> Table:
    table = labelled(title)
    add_words(table)
    add_amounts(table, _("Avant"), _("Après"), _("Écart"))
    add_words(table)
    return table
