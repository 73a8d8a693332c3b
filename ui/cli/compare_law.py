"""The rules that change between two laws, printed with the text responsible of each."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding

from allocator.comparison.sides import LawChange
from scenarios.language import _
from scenarios.rulebooks import LawLine
from scenarios.rulebooks.versions import period_text
from scenarios.wording import listed

_INDENT = (0, 0, 0, 2)


def print_law_changes(console: Console, law: Sequence[LawChange]) -> None:
    """Print every entry that does not say the same: both values, the text responsible, the operations concerned."""
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
