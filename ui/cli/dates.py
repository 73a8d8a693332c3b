"""Days written on the command line."""

from datetime import date

from scenarios.language import _
from ui.cli.failures import CommandError


def day(text: str) -> date:
    """Read a day. Raises CommandError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("« {text} » n'est pas une date : année, mois, jour, comme 2018-10-01.")
        raise CommandError(sentence.format(text=text)) from None
