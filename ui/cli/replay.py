"""``allocator replay``: solve an archived scenario again under its own law, and compare cent by cent."""

import typer

from allocator.archive.differences import Difference, part_name
from allocator.archive.opened import opened
from allocator.archive.replay import replay
from allocator.archive.report import text
from allocator.archive.verdict import EXIT_CODES
from scenarios.language import N_, _
from ui.cli.archive_argument import ArchivePath, emit_verdicts
from ui.cli.console import results, say, steps
from ui.cli.scenario_argument import Json
from ui.words import stage

NAME = "replay"
SUMMARY = N_("Refait le calcul d'une archive sous le droit qu'elle porte, et dit si les centimes sont les mêmes.")


def run(archive: ArchivePath, in_json: Json = False) -> None:
    """Print the verdict and what differs. Exits with 0 conforme, 1 non conforme, 2 non vérifiable."""
    with steps() as tell:
        sealed = opened(archive)
        found = replay(sealed, lambda name: tell(stage(name)))
    if in_json:
        emit_verdicts(archive, (found.verdict,), differences=[vars(line) for line in found.differences])
    else:
        say(results(), text(archive.name, sealed.info, (found.verdict,)))
        for line in found.differences:
            say(results(), _difference(line))
    raise typer.Exit(EXIT_CODES[found.verdict.state])


def _difference(line: Difference) -> str:
    sentence = _("Depuis le scellement, {part} : {what}, {sealed} puis {now}")
    return sentence.format(part=part_name(line.part), what=line.what, sealed=line.sealed, now=line.now)
