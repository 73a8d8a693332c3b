"""The rules that change between two laws, printed with the text responsible of each."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding

from allocator.comparison.sides import LawChange
from scenarios.language import _
from ui.compared import law_heading, law_lines

_INDENT = (0, 0, 0, 2)


def print_law_changes(console: Console, law: Sequence[LawChange]) -> None:
    """Print every entry that does not say the same: both values, the text responsible, the operations concerned."""
    console.print("\n" + _("Règles qui changent, et texte responsable"), style="bold")
    if not law:
        console.print(Padding(_("Aucune règle ne change."), _INDENT))
    for change in law:
        console.print(law_heading(change))
        for line in law_lines(change):
            console.print(Padding(line, _INDENT))
