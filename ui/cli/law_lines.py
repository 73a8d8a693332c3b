"""The law a scenario employs, printed for people: rulebooks with their horizons, then every rule with its source."""

from rich.console import Console

from scenarios.document import Scenario
from scenarios.language import _
from scenarios.rulebooks import Law, LawLine
from ui.cli.console import say
from ui.words import law_sentence


def print_law(console: Console, scenario: Scenario, law: Law) -> None:
    """Print the rulebooks, the rules in force and the derogations; ``scenario`` is the scenario that carries them."""
    console.print("\n" + _("Droit en vigueur"), style="bold")
    say(console, law_sentence(law))
    say(console, _("Date de référence : {day}.").format(day=scenario.reference_date))
    say(console, _("Empreinte du droit : {digest}").format(digest=law.digest))
    for book in law.books:
        say(console, _("Recueil {code} ({horizon}) : {title}").format(**vars(book)))
    console.print()
    for line in law.lines:
        say(console, _described(line))
    if scenario.derogations:
        console.print("\n" + _("Dérogations"), style="bold")
    for derogation in scenario.derogations:
        sentence = _("{rule} levée pour {where} : {reason} ({author}, {reference})")
        say(console, sentence.format(where=derogation.operation or derogation.project, **vars(derogation)))
    console.print()


def _described(line: LawLine) -> str:
    """Write one rule in two lines: what it says and its value, then its source, its dates and what it applies to."""
    player = f", {line.partner}" if line.partner else ""
    said = _(" ; ").join([f"{line.sentence}. {line.value}", f"{line.status}."])
    first = _("{label} : {value}").format(label=f"{line.rule or line.entry}{player}", value=said)
    if line.version is None:
        return first
    source = f"{line.reference} ({line.mark})"
    dates = (
        _("du {start} au {end}").format(start=line.version, end=line.until)
        if line.until
        else _("à partir du {start}").format(start=line.version)
    )
    concerned = _("opérations : {codes}").format(codes=", ".join(line.operations))
    return f"{first}\n    {_(' ; ').join([source, dates, concerned])}."
