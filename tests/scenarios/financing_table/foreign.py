"""A published case written as a finance office would: merged titles, French figures, sections, dirty totals."""

from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from openpyxl import Workbook

from scenarios.document import Scenario
from scenarios.formats import write

FIRST_ROW = 6


class Style(NamedTuple):
    """How a table writes its amounts, and the unit that its mapping tells."""

    name: str
    unit: str


STYLES = (
    Style("euros en texte", "€"), Style("nombres", "€"), Style("millions en texte", "€"),
    Style("nombres en k€", "k€"), Style("nombres en M€", "M€"), Style("format en k€", "€"),
)  # fmt: skip


def grouped(cents: int) -> str:
    """Write an amount with narrow spaces and a decimal comma, like 1 234 567,89."""
    return f"{Decimal(cents) / 100:,.2f}".replace(",", "\u202f").replace(".", ",")


def millions(cents: int) -> str:
    """Write an amount in millions, like 12,3 M€, with all its decimals."""
    return f"{(Decimal(cents) / 100_000_000).normalize():f}".replace(".", ",") + "\u00a0M€"


def put(sheet: Any, row: int, column: int, cents: int, style: Style) -> None:
    """Write an amount in the manner of a style."""
    cell = sheet.cell(row, column)
    exact = Decimal(cents) / 100
    if style.name == "euros en texte":
        cell.value = f"{grouped(cents)} €"
    elif style.name == "millions en texte":
        cell.value = millions(cents)
    elif style.name == "format en k€":
        cell.value, cell.number_format = float(exact / 1000), '#,##0.0 "k€"'
    else:
        cell.value = float(exact / {"€": 1, "k€": 1000, "M€": 1_000_000}[style.unit])


def grants(scenario: Scenario) -> list[str]:
    """Partners whose amounts the reference plan gives."""
    return list(dict.fromkeys(line.partner for line in scenario.references if line.amount is not None))


def rates(scenario: Scenario) -> list[str]:
    """Partners whose shares the reference key gives."""
    return list(dict.fromkeys(line.partner for line in scenario.references if line.share is not None))


def heads(scenario: Scenario) -> list[tuple[str, str]]:
    """Titles on two lines: group, then column."""
    partners = {partner.code: partner.label for partner in scenario.partners}
    return [
        ("N°", ""), ("Opération", ""), ("Commune", ""), ("Maître\nd'ouvrage", ""), ("Démarrage", ""), ("Fin", ""),
        ("Coût prévisionnel", ""), ("Observations", ""),
        *(("Subventions", partners[code]) for code in grants(scenario)),
        *(("Taux cible", partners[code]) for code in rates(scenario)),
        *(("Prêts", partners[code]) for code in dict.fromkeys(loan.partner for loan in scenario.loans)),
    ]  # fmt: skip


def table(scenario: Scenario, path: Path, style: Style) -> None:
    """Write the operations, references and loans of a scenario as a foreign workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Maquette financière"
    book.create_sheet("Notes")["A1"] = "Document de travail"
    titles = heads(scenario)
    sheet["A1"] = f"Plan de financement : {scenario.title}"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(titles))
    _titles(sheet, titles)
    sheet["A6"] = "Axe 1 : opérations du programme"
    sheet.merge_cells("A6:H6")
    row = FIRST_ROW + 1
    sums: dict[int, int] = {}
    for operation in scenario.operations:
        _operation(sheet, row, scenario, operation, style, sums)
        row += 1
    row += 1
    sheet.cell(row, 2).value = "TOTAL GÉNÉRAL"
    for column, cents in sums.items():
        put(sheet, row, column, cents, style)
    sheet.cell(row + 1, 2).value = "Source : document publié"
    book.save(path)


def _titles(sheet: Any, titles: list[tuple[str, str]]) -> None:
    first = 0
    for column, (group, title) in enumerate(titles, start=1):
        sheet.cell(5, column).value = title or None
        if column > 1 and titles[column - 2][0] == group:
            continue
        sheet.cell(4, column).value = group
        first = column
        last = max(rank for rank, (other, _title) in enumerate(titles, start=1) if other == group)
        if not title:
            sheet.merge_cells(start_row=4, start_column=first, end_row=5, end_column=first)
        elif last > first:
            sheet.merge_cells(start_row=4, start_column=first, end_row=4, end_column=last)


def _operation(sheet: Any, row: int, scenario: Scenario, operation: Any, style: Style, sums: dict[int, int]) -> None:
    partners = {partner.code: partner.label for partner in scenario.partners}
    communes = {commune.code: commune.label for commune in scenario.communes}
    titles = heads(scenario)
    for column, text in enumerate(
        (
            operation.code, operation.label, communes[operation.commune], partners[operation.owner],
            f"01/03/{operation.earliest_start}", f"S2 {operation.latest_start}",
        ),
        start=1,
    ):  # fmt: skip
        sheet.cell(row, column).value = text
    _sum(sheet, row, 7, operation.cost, style, sums)
    for line in scenario.references:
        if line.operation == operation.code and line.amount is not None:
            _sum(sheet, row, titles.index(("Subventions", partners[line.partner])) + 1, line.amount, style, sums)
        elif line.operation == operation.code and line.share is not None:
            cell = sheet.cell(row, titles.index(("Taux cible", partners[line.partner])) + 1)
            cell.value = f"{float(line.share) * 100:g} %".replace(".", ",")
    for loan in scenario.loans:
        if loan.operation == operation.code:
            _sum(sheet, row, titles.index(("Prêts", partners[loan.partner])) + 1, loan.amount, style, sums)
    for column in range(9, len(titles) + 1):
        if sheet.cell(row, column).value is None:
            sheet.cell(row, column).value = "–"


def _sum(sheet: Any, row: int, column: int, cents: int, style: Style, sums: dict[int, int]) -> None:
    put(sheet, row, column, cents, style)
    sums[column] = sums.get(column, 0) + cents


def mapping(scenario: Scenario, path: Path, style: Style, place: Path) -> None:
    """Write the mapping of such a table; all that the table does not say comes from the scenario itself."""
    write(scenario, place / "tout.json")
    rest = yaml.safe_load((place / "tout.json").read_text(encoding="utf-8"))
    operations = rest.pop("operations")
    partners = {line.code: line.label for line in scenario.partners}
    entries: list[dict[str, Any]] = []
    for code in grants(scenario):
        lines = [line for line in scenario.references if line.partner == code and line.amount is not None]
        title = f"Subventions / {partners[code]}"
        entries.append({"partner": code, "grant": title, "fills": ["references"], "provenance": lines[0].provenance})
        open_to = [line for line in scenario.eligibilities if line.partner == code]
        if {line.operation for line in open_to} == {line.operation for line in lines}:
            entries.append({"partner": code, "grant": title, "fills": ["eligibilities"], "presence": "required"})
            rest["eligibilities"] = [line for line in rest["eligibilities"] if line["partner"] != code]
    for code in rates(scenario):
        (source,) = {line.provenance for line in scenario.references if line.partner == code and line.share}
        title = f"Taux cible / {partners[code]}"
        entries.append({"partner": code, "rate": title, "fills": ["references"], "provenance": source})
    for loan in scenario.loans:
        title = f"Prêts / {partners[loan.partner]}"
        entries.append(
            {
                "partner": loan.partner,
                "loan": title,
                "loan_label": loan.label,
                "provenance": loan.provenance,
                "fills": [],
            }
        )
    rest.pop("references", None)
    rest.pop("loans", None)
    document = {
        "table": {"sheet": "Maquette financière", "header_rows": "4-5", "unit": style.unit},
        "operations": _columns(scenario, operations),
        "partners": entries,
        "scenario": rest,
    }
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _columns(scenario: Scenario, operations: list[dict[str, str]]) -> dict[str, Any]:
    communes = {commune.label: commune.code for commune in scenario.communes}
    owners = {partner.label: partner.code for partner in scenario.partners}
    first = operations[0]
    found: dict[str, Any] = {
        "code": {"column": "N°"},
        "label": {"column": "opération"},
        "commune": {"column": "Commune", "words": communes},
        "owner": {"column": "Maître d'ouvrage", "words": owners},
        "earliest_start": {"column": "E"},
        "latest_start": {"column": "Fin"},
        f"cost_{first['cost_basis']}": {"column": "Coût prévisionnel"},
    }
    for name in dict.fromkeys(name for line in operations for name in line):
        if name in found:
            continue
        values = {line["code"]: line.get(name, "") for line in operations}
        same = len(set(values.values())) == 1
        found[name] = next(iter(values.values())) if same else {"column": "N°", "words": values}
    return found
