"""``allocator import``: read a workbook, show what it changes in a scenario, and write the scenario."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.comparison.documents import RowChange, compare_documents
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.formats import read, write
from scenarios.formats.financing_table import ImportedTable, Left, read_table
from scenarios.language import N_, _
from ui.cli.compare_documents import row_content
from ui.cli.compare_inputs import print_inputs
from ui.cli.console import results, say, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import ANSWER_IS_NO, DONE
from ui.cli.scenario_argument import Json

NAME = "import"
SUMMARY = N_("Lit un classeur et en écrit le scénario, sans rien écrire s'il reste une erreur.")


def run(
    file: Annotated[Path, typer.Argument(metavar=N_("CLASSEUR"), help=N_("Classeur Excel (.xlsx) à lire."))],
    out: Annotated[
        Path,
        typer.Option(metavar="SCENARIO", help=N_("Scénario à écrire : dossier, .yaml, .json ou .xlsx (obligatoire).")),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar=N_("CORRESPONDANCE"),
            help=N_("Fichier .yaml qui dit ce que sont les colonnes : CLASSEUR est alors un tableau de financement."),
        ),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=N_("Montre ce qui changerait dans SCENARIO, et n'écrit rien."))
    ] = False,
    in_json: Json = False,
) -> int:
    """Write the scenario, or show what would change. Raises what ``ui.cli.failures`` turns into exit codes."""
    with steps() as tell:
        tell(_("Lecture de {path}").format(path=file.name))
        table = None if mapping is None else read_table(file, mapping)
        scenario = read(file) if table is None else table.scenario
        found = compare_documents(read(out), scenario) if preview and out.exists() else None
    if preview:
        changes = found is None or bool(found)
        _tell(scenario, found, table, in_json=in_json, written=None)
        return ANSWER_IS_NO if changes else DONE
    out.parent.mkdir(parents=True, exist_ok=True)
    write(scenario, out)
    _tell(scenario, found, table, in_json=in_json, written=out)
    return DONE


def _tell(
    scenario: Scenario, found: Sequence[RowChange] | None, table: ImportedTable | None, *, in_json: bool,
    written: Path | None,
) -> None:  # fmt: skip
    """Print what was read, what changes where it was compared, and what was written."""
    rows = {name: len(getattr(scenario, name)) for name in tables() if name != HEADER}
    if in_json:
        changes = None if found is None else [row_content(row) for row in found]
        content: dict[str, Any] = {"scenario": scenario_header(scenario), "rows": rows, "inputs": changes}
        left_out = None if table is None else [{**vars(line), "why": str(line.why)} for line in table.left_out]
        emit("done", **content, left_out=left_out, files=[str(written)] if written else [])
        return
    console = results()
    if table is not None:
        say(console, "\n".join(_left_out(table)))
    if written is not None:
        filled = ", ".join(f"{tables()[name].title} {count}" for name, count in rows.items() if count)
        say(console, _("{label} : {value}").format(label=f"{scenario.title} ({scenario.code})", value=f"{filled}."))
        say(console, _("Écrit : {path}").format(path=written))
    elif found is None:
        say(console, _("Rien n'existe à cet endroit : tout le scénario serait ajouté. Rien n'est écrit."))
    elif not found:
        say(console, _("Le classeur et le scénario sont identiques."))
    else:
        print_inputs(console, found)
        say(console, "\n" + _("Rien n'est écrit : relancez sans --preview pour remplacer le scénario."))


_WHY = {
    Left.COMMENT: N_("ligne {row} : titre ou commentaire, « {text} »"),
    Left.TOTAL: N_("ligne {row} : total vérifié, « {text} »"),
}


def _left_out(table: ImportedTable) -> list[str]:
    """Say how many operations were read, and every line of the table that is none."""
    head = _("{count} opérations lues ; lignes laissées de côté : {left}.")
    lines = [head.format(count=table.operations, left=len(table.left_out))]
    return lines + [f"  {_(_WHY[line.why]).format(row=line.row, text=line.text)}" for line in table.left_out]
