"""``allocator archive``: find the allocation of a scenario and seal it, with all that proves it, in one file."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from allocator.allocation import Allocation
from allocator.archive.payload import Sealing
from allocator.archive.seal import Place, compute, now, seal
from allocator.archive.signature import read_private_key
from allocator.archive.understood import Understood
from reports.agreements import write_all
from scenarios import library
from scenarios.language import LANGUAGES, N_, _, speaking
from ui.cli.console import results, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.scenario_argument import Json, ScenarioName
from ui.words import stage

NAME = "archive"
SUMMARY = N_(
    "Calcule la répartition et la scelle dans une archive qu'un auditeur vérifie sans faire confiance à personne."
)


def run(
    scenario: ScenarioName,
    out: Annotated[Path, typer.Option(metavar=N_("FICHIER"), help=N_("Archive à écrire (.zip, obligatoire)."))],
    journal: Annotated[
        Path | None,
        typer.Option(metavar=N_("FICHIER"), help=N_("Journal du comité, fait au besoin, où l'archive s'inscrit.")),
    ] = None,
    sign: Annotated[
        Path | None,
        typer.Option(metavar=N_("CLÉ"), help=N_("Clé privée Ed25519 (PEM) qui signe l'archive.")),
    ] = None,
    author: Annotated[str, typer.Option(metavar=N_("NOM"), help=N_("Qui scelle."))] = "",
    reason: Annotated[str, typer.Option(metavar=N_("TEXTE"), help=N_("Pourquoi."))] = "",
    in_json: Json = False,
) -> None:
    """Write the archive. Raises what ``ui.cli.failures`` turns into exit codes."""
    place = Place(out, journal, None if sign is None else read_private_key(sign))
    place.require_free()
    with steps() as tell:
        tell(_("Lecture du scénario"))
        computed = compute(library.find(scenario), lambda name: tell(stage(name)))
        tell(_("Classeurs"))
        exports = workbooks(computed.understood, computed.decision.allocation)
        tell(_("Scellement"))
        sealed = seal(computed, exports, Sealing(author, reason), place, now())
    if in_json:
        emit("done", scenario=scenario_header(computed.understood.scenario), archive=str(out), sha256=sealed)
        return
    results().print(_("Archive écrite : {path}").format(path=out))
    results().print(_("Empreinte (SHA-256) : {digest}").format(digest=sealed))


def workbooks(understood: Understood, allocation: Allocation) -> dict[str, bytes]:
    """Return every workbook of a plan by file name, in French: what is sealed does not depend on who seals."""
    with speaking(LANGUAGES[0]), tempfile.TemporaryDirectory() as folder:
        paths = write_all(understood.scenario, allocation, Path(folder), lambda _sentence: None, understood.law)
        return {path.name: path.read_bytes() for path in paths}
