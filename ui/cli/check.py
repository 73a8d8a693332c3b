"""``allocator check``: read a scenario and say whether it can be used, without calculating anything."""

from rich.table import Table

from allocator.words import money
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.language import N_, _
from scenarios.rulebooks import law_record
from ui.cli.console import results, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.law_lines import print_law
from ui.cli.scenario_argument import Json, ScenarioName, read_scenario
from ui.words import version

NAME = "check"
SUMMARY = N_("Vérifie qu'un scénario peut être employé ; sinon dit tout ce qu'il faut corriger.")


def run(scenario: ScenarioName, in_json: Json = False) -> None:
    """Print what the scenario holds. Raises ScenarioError, with every problem, when it cannot be used."""
    with steps() as tell:
        received = read_scenario(scenario, tell)
    document = received.document
    rows = {name: len(getattr(document, name)) for name in tables() if name != HEADER}
    to_fund = sum(operation.to_fund for operation in document.operations)
    header = scenario_header(received.scenario)
    if in_json:
        emit("done", scenario=header, rows=rows, to_fund=to_fund, law=law_record(received.scenario, received.law))
        return
    _print(document, header["fingerprint"], rows, to_fund)
    if received.law.lines:
        print_law(results(), received.scenario, received.law)
    results().print(_("Le scénario peut être employé."))


def _print(document: Scenario, fingerprint: str, rows: dict[str, int], to_fund: int) -> None:
    console = results()
    console.print(f"{document.title} ({document.code})", style="bold")
    console.print(
        _("Version {version}, {first}-{last}, montants en {currency}.").format(
            version=version(fingerprint), first=document.first_year, last=document.last_year, currency=document.currency
        )
    )
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for name, count in rows.items():
        if count:
            table.add_row(_(tables()[name].meaning), str(count))
    table.add_row(_("À financer"), money(to_fund, document.currency))
    console.print(table)
