"""A comparison in words and tables, for the command line and the pages: sides, inputs, law, who wins and who loses."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from allocator.comparison.change import Change, FundingChange, PartnerChange, YearChange
from allocator.comparison.documents import Edit, RowChange, RowState
from allocator.comparison.plans import GoalChange
from allocator.comparison.sides import Comparison, LawChange, Side
from allocator.reform import beyond_law
from allocator.words import percent
from reports.charts.table import Cell, Column, Table, Unit, table_of
from reports.layout.pair import Pair
from scenarios.dictionary import tables
from scenarios.language import N_, _
from scenarios.rulebooks import LawLine
from scenarios.rulebooks.versions import period_text
from scenarios.wording import listed, quoted
from ui.words import goal_reached, version

STATES = {RowState.ADDED: N_("ajouté"), RowState.REMOVED: N_("retiré"), RowState.CHANGED: N_("changé")}
NAMED = 5
"""Winners or losers named in one sentence; the others are counted."""


def side_sentence(name: str, side: Side) -> str:
    """Name one side: its scenario, its law, its version."""
    return _("{name} : {code}, droit du {day}, version {plan} (empreinte du droit {law}).").format(
        name=name,
        code=side.scenario.code,
        day=side.reference_date,
        plan=version(side.allocation.fingerprint),
        law=version(side.law_hash),
    )


def basis_sentence(found: Comparison) -> str:
    """Say whether only the law differs, and so what differences may be put down to it."""
    if beyond_law(found.before.scenario, found.after.scenario):
        return _("Les données diffèrent : aucun écart n'est attribué au droit seul.")
    if found.same_outcome:
        return _("Les deux droits disent la même chose et donnent la même répartition, au centime.")
    return _("Seul le droit diffère : chaque écart vient des règles qui changent.")


def currencies_sentence(before: str, after: str) -> str:
    """Say that amounts in two currencies are not compared."""
    sentence = _("Un scénario est en {before}, l'autre en {after} : leurs montants ne se comparent pas.")
    return sentence.format(before=before, after=after)


def gain_sentence() -> str:
    """Say what winning and losing mean."""
    return _("Gagne : reçoit plus d'aides des autres partenaires que le maître d'ouvrage. Perd : le contraire.")


def outcome(gain: int) -> str:
    """Say in one word who wins and who loses."""
    if gain == 0:
        return _("égal")
    return _("gagne") if gain > 0 else _("perd")


def row_text(row: RowChange) -> str:
    """Say one row that differs, in files' own words; of a row added or withdrawn, only its key."""
    key = " · ".join(filter(None, row.key))
    if row.state is not RowState.CHANGED:
        return _("{key} : {state}").format(key=key, state=_(STATES[row.state]))
    edits = _(" ; ").join(map(_edit, row.edits))
    return _("{key} : {edits}").format(key=key, edits=edits) if key else edits


def law_heading(change: LawChange) -> str:
    """Name an entry that does not say the same."""
    text = change.responsible
    partner = f" ({text.partner})" if text.partner else ""
    return f"{text.entry}{partner} · {text.sentence}"


def law_lines(change: LawChange) -> tuple[str, ...]:
    """Say both values of an entry, the text responsible, and the operations concerned."""
    text = change.responsible
    return (
        text.status,
        _("avant : {line}").format(line=_law_line(change.before)),
        _("après : {line}").format(line=_law_line(change.after)),
        _("texte responsable : {text}, {days}").format(text=text.reference, days=_days(text)),
        _("opérations : {codes}").format(codes=listed(change.operations)),
    )


def goal_lines(goals: Sequence[GoalChange], currency: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say what each goal reaches on both sides, and the members of a goal of equality whose rate changes."""
    for goal in goals:
        sides = (
            _("rien") if value is None else goal_reached(goal.kind, value, currency)
            for value in (goal.before, goal.after)
        )
        members = tuple(
            _("{label} : {value}").format(label=member.member, value=_rates(member.before, member.after))
            for member in goal.members
        )
        yield " → ".join(sides), members


def winners(lines: Sequence[FundingChange | PartnerChange]) -> Iterator[str]:
    """Name those who win, then those who lose, the largest moves first."""
    for won, sentence in ((True, N_("Gagnent : {names}.")), (False, N_("Perdent : {names}."))):
        found = sorted(
            (line for line in lines if line.gain and (line.gain > 0) is won),
            key=lambda line: (-abs(line.gain), line.code),
        )
        if found:
            names = ", ".join(f"{line.label} ({line.code})" for line in found[:NAMED])
            more = len(found) - NAMED
            yield _(sentence).format(
                names=names if more <= 0 else _("{names} et {count} autres").format(names=names, count=more)
            )


def inputs_table(pair: Pair, inputs: Iterable[RowChange]) -> Table:
    """Return every cell that differs in the documents, with the values of files."""
    columns = tuple(Column(name) for name in (
        _("Table"), _("Ligne"), _("État"), _("Colonne"), _("Avant"), _("Après"),
    ))  # fmt: skip
    rows = (
        (_(tables()[row.table].meaning), " · ".join(filter(None, row.key)), _(STATES[row.state]), edit.column,
         edit.before, edit.after)
        for row in inputs
        for edit in row.edits
    )  # fmt: skip
    return table_of(_("Données qui changent"), columns, rows, *pair.sides)


def funding_table(title: str, lines: Sequence[FundingChange | PartnerChange], pair: Pair) -> Table:
    """Return what is funded of each line (or committed by it), aids, own share, on both sides; and who wins."""
    first = _("engagé") if lines and isinstance(lines[0], PartnerChange) else _("financé")
    names = (first, _("aides"), _("part propre"))
    columns = (Column(_("Code")), Column(_("Intitulé")), *_sides(names), Column(_("Gagne ou perd")))
    rows = ((line.code, line.label, *_cells(_whole(line), line.aid, line.own), outcome(line.gain)) for line in lines)
    return table_of(title, columns, rows, *pair.sides)


def years_table(title: str, lines: Sequence[YearChange], pair: Pair) -> Table:
    """Return what is committed and paid each year, on both sides."""
    columns = (Column(_("Année"), Unit.YEAR), *_sides((_("engagé"), _("payé"))))
    rows = ((line.year, *_cells(line.committed, line.paid)) for line in lines)
    return table_of(title, columns, rows, *pair.sides)


def _whole(line: FundingChange | PartnerChange) -> Change:
    return line.committed if isinstance(line, PartnerChange) else line.funded


def _sides(names: Iterable[str]) -> list[Column]:
    return [Column(f"{name}, {side}", Unit.AMOUNT) for name in names for side in (_("avant"), _("après"), _("écart"))]


def _cells(*changes: Change) -> list[Cell]:
    return [cents for change in changes for cents in (change.before, change.after, change.difference)]


def _rates(*rates: Fraction | None) -> str:
    return " → ".join(_("rien") if rate is None else percent(rate) for rate in rates)


def _edit(edit: Edit) -> str:
    before, after = (_("rien") if value is None else quoted([str(value)]) for value in (edit.before, edit.after))
    return _("{column} {before} → {after}").format(column=edit.column, before=before, after=after)


def _law_line(line: LawLine | None) -> str:
    return _("ne s'applique pas") if line is None else f"{line.value}, {_days(line)}, {line.reference}, {line.mark}"


def _days(line: LawLine) -> str:
    return "" if line.version is None else period_text(line.version, line.until)
