"""A template filled from a plan: each figure to the cent, nothing else touched, every fault told."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from allocator.allocation import Allocation
from reports.templates.figures import FIGURES
from reports.templates.template import Template
from scenarios.document import Scenario
from scenarios.formats import ScenarioError
from tests.reports.templates.conftest import name

Write = Callable[..., Path]
PAGE = Path(__file__).parents[3] / "docs" / "modeles.md"


@pytest.fixture
def filled(template: Write, scenario: Scenario, allocation: Allocation) -> Callable[..., Workbook]:
    def fill(*changes: Callable[[Workbook], None]) -> Workbook:
        path = template(*changes)
        return load_workbook(BytesIO(Template(path, scenario).filled(scenario, allocation)))

    return fill


def column(sheet: Any, letter: str, first: int, last: int) -> list[Any]:
    return [sheet[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_every_request_is_filled_to_the_cent(filled: Callable[..., Workbook], allocation: Allocation) -> None:
    sheet = filled()["Délibération"]
    brought = {
        code: sum(line.amount for line in allocation.commitments if (line.operation, line.partner) == (code, "REGION"))
        for code in ("A-AME", "A-EQP", "A-OPA", "A-PLA", "B-EQP")
    }
    assert sheet["B3"].value == "Atelier : deux projets écrits à la main"
    assert round(sheet["B4"].value * 100) == sum(brought.values()) == 22_345_678 + 40_000_000 + 5_000_000 + 50_000_000
    assert sheet["B5"].value.isoformat() == "2026-01-15T00:00:00"
    assert column(sheet, "A", 8, 13) == [*brought, None]
    assert [round(value * 100) for value in column(sheet, "C", 8, 12)] == list(brought.values())
    assert sheet["B9"].value == "+1 école"
    assert sheet["D9"].value == pytest.approx(40 / 230)
    assert [cell.value for cell in sheet[18]][1:5] == ["2026", "2027", "2028", "2029"]
    paid = [
        sum(p.amount for p in allocation.payments if (p.partner, p.year) == ("REGION", y)) for y in range(2026, 2030)
    ]
    assert [round(cell.value * 100) for cell in sheet[19][1:5]] == paid
    assert (sheet["B20"].value, sheet["B21"].value) == (500_000, 300_000)


def test_nothing_else_is_touched(filled: Callable[..., Workbook], template: Write) -> None:
    before, after = load_workbook(template()), filled()
    assert after.sheetnames == before.sheetnames
    targets = {"B3", "B4", "B5", "B20", "B21", *(f"{letter}{row}" for letter in "ABCD" for row in range(8, 13))}
    targets |= {f"{letter}{row}" for letter in "BCDE" for row in (18, 19)}
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                if sheet.title != "Délibération" or cell.coordinate not in targets:
                    assert other.value == cell.value, cell.coordinate
                assert (other.font.b, other.font.sz) == (cell.font.b, cell.font.sz)
                assert other.number_format == cell.number_format or cell.coordinate == "B5"
    sheet = after["Délibération"]
    assert sheet["A7"].comment.text == "à relire"
    assert (
        sheet.data_validations.dataValidation[0].sqref
        == before["Délibération"].data_validations.dataValidation[0].sqref
    )
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
    assert set(after.defined_names) == set(before.defined_names)
    assert sheet["B6"].value == "=B4*2"


def test_texts_of_the_scenario_stay_text(filled: Callable[..., Workbook]) -> None:
    def change(book: Workbook) -> None:
        book["Correspondance"].append(("Délibération!F20", "intitulé", "A-DEM"))

    cell = filled(change)["Délibération"]["F20"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://exemple.fr";"cliquez")', "s")


def test_the_same_bytes_each_time(template: Write, scenario: Scenario, allocation: Allocation) -> None:
    path = template()
    contents = [Template(path, scenario).filled(scenario, allocation) for _time in range(2)]
    assert contents[0] == contents[1]
    assert b"2026-01-15T00:00:00Z" in zipfile.ZipFile(BytesIO(contents[0])).read("docProps/core.xml")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.word)
def test_every_figure_can_be_asked_and_is_documented(figure: Any, filled: Callable[..., Workbook]) -> None:
    def change(book: Workbook) -> None:
        book["Correspondance"].append(("Délibération!F20", figure.word, "A-EQP", "VILLE-A", "P1", 2027))

    assert filled(change)["Délibération"]["F20"].value is not None
    assert f"| `{figure.word}` |" in PAGE.read_text(encoding="utf-8")


def ask(*cells: Any) -> Callable[[Workbook], None]:
    return lambda book: book["Correspondance"].append(cells)


def named(word: str, cell: str = "$F$9") -> Callable[[Workbook], None]:
    return lambda book: name(book, word, cell)


FAULTS = [
    ("donnée inconnue", ask("Délibération!F9", "engagment"), "« engagment »", "Écrivez « engagement »"),
    ("code inconnu", ask("Délibération!F9", "engagement", None, "REGOIN"), "« REGOIN »", "Écrivez « REGION »"),
    ("opération inconnue", ask("Délibération!F9", "coût", "ZZZ"), "« ZZZ »", "docs/modeles.md"),
    ("filtre oublié", ask("Délibération!F9", "intitulé"), "rien", "Complétez"),
    ("cellule illisible", ask("F9", "titre"), "« F9 »", "Feuil1!C5"),
    ("feuille inconnue", ask("Feuil9!A1", "titre"), "« Feuil9!A1 »", "Feuil1!C5"),
    ("plusieurs cellules", ask("Délibération!A1:B2", "titre"), "« Délibération!A1:B2 »", "une seule cellule"),
    ("liste inconnue", ask("Délibération!F9", "titre", None, None, None, None, "lignes"), "« lignes »", "Choisissez"),
    ("sens inconnu", ask("Délibération!F9", "titre", None, None, None, None, "années", "haut"), "« haut »", "un sens"),
    ("année illisible", ask("Délibération!F9", "paiement", None, None, None, "bientôt"), "« bientôt »", "en quatre"),
    ("nom inconnu", named("plan.engagment"), "« engagment »", "Écrivez « engagement »"),
    ("nom de code inconnu", named("plan.engagement.REGOIN"), "le code « REGOIN », qui désigne 0", "Correspondance"),
    ("nom sans cellule", named("plan.coût", "$A$1:$B$2"), "« 'Délibération'!$A$1:$B$2 »", "une seule"),
    ("titres absents", lambda book: book["Correspondance"].delete_rows(1), "pas de colonne", "première ligne"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "found", "advice"), [pytest.param(*fault[1:], id=fault[0]) for fault in FAULTS])
def test_a_faulty_request_is_told(change: Any, found: str, advice: str, template: Write, scenario: Scenario) -> None:
    with pytest.raises(ScenarioError) as refusal:
        Template(template(change), scenario)
    (problem,) = [problem for problem in refusal.value.problems if problem.found.startswith(found)]
    assert problem.file == "region.xlsx"
    assert advice in problem.advice


def put_total(book: Workbook) -> None:
    book["Délibération"]["A11"] = "Total"


OVERWRITTEN = [
    ("formule", ask("Délibération!B6", "titre"), "B6", "une formule"),
    ("cellule fusionnée", ask("Délibération!C1", "titre"), "C1", "une cellule fusionnée"),
    ("deux demandes", ask("Délibération!B4", "titre"), "B4", "une cellule déjà remplie"),
    ("liste trop longue", put_total, "A11", "une cellule qui n'est pas vide"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "cell", "found"), [pytest.param(*case[1:], id=case[0]) for case in OVERWRITTEN])
def test_nothing_of_the_template_is_overwritten(
    change: Any, cell: str, found: str, template: Write, scenario: Scenario, allocation: Allocation
) -> None:
    checked = Template(template(change), scenario)
    with pytest.raises(ScenarioError) as refusal:
        checked.filled(scenario, allocation)
    (problem,) = refusal.value.problems
    assert (problem.sheet, problem.cell) == ("Délibération", cell)
    assert problem.found.startswith(found)


def test_a_template_that_asks_nothing_is_refused(tmp_path: Path, scenario: Scenario) -> None:
    Workbook().save(tmp_path / "vide.xlsx")
    with pytest.raises(ScenarioError, match="aucune cellule à remplir"):
        Template(tmp_path / "vide.xlsx", scenario)


def test_what_would_be_lost_is_refused(template: Write, scenario: Scenario) -> None:
    def chart(book: Workbook) -> None:
        book["Annexe"].add_chart(BarChart(), "D4")

    with pytest.raises(ScenarioError, match="des graphiques, des dessins"):
        Template(template(chart), scenario)


@pytest.mark.parametrize(
    ("part", "content", "found"),
    [
        ("xl/vbaProject.bin", b"x", "un classeur qui contient des macros"),
        ("xl/ctrlProps/ctrlProp1.xml", b"<a/>", "un classeur avec des graphiques"),
        ("xl/comments9.xml", b'<comments><comment ref="A1:XFD1048576"/></comments>', "un fichier illisible ou abîmé"),
    ],
)
def test_hostile_or_fragile_templates_are_refused(
    part: str, content: bytes, found: str, template: Write, scenario: Scenario
) -> None:
    path = template()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, content)
    with pytest.raises(ScenarioError, match=found):
        Template(path, scenario)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_formulas_of_the_template_follow_the_plan(
    template: Write, scenario: Scenario, allocation: Allocation, tmp_path: Path
) -> None:
    (tmp_path / "rempli.xlsx").write_bytes(Template(template(), scenario).filled(scenario, allocation))
    command = [
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
        "--outdir", str(tmp_path / "ouvert"), str(tmp_path / "rempli.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = load_workbook(tmp_path / "ouvert" / "rempli.xlsx", data_only=True)["Délibération"]
    assert sheet["B6"].value == pytest.approx(2 * sheet["B4"].value)
    assert sheet["B4"].value > 0
