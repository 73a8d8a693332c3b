"""Print every kind of workbook and keep pictures of it: all pages in ``out/pictures``, a few sheets in the guide.

Needs LibreOffice and poppler. The scenario is the tutorial, completed with what shows every sheet; all is illustrative.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from PIL import Image, ImageChops

from scenarios.document import Decision, DecisionStatus, Scenario
from scenarios.formats import read, write
from scenarios.library import find

PAGES = Path("out/pictures")
GUIDE = Path("docs/images")
SCREEN = 96
"""Dots per inch of the pictures."""

FOOTER = 0.93
"""Part of the height of a page above its footer."""

HEIGHT, COLOURS = 720, 64
"""Largest height of a picture of the guide, in pixels; colours enough for a sober table."""

SHOWN: dict[str, tuple[str, str]] = {
    "classeur-plan": ("convention", "Plan de financement (2)"),
    "classeur-controles": ("convention", "Contrôles"),
    "classeur-opah": ("convention", "Convention OPAH"),
    "classeur-deliberation": ("financeur_REGION", "Délibération"),
    "classeur-releve": ("releve", "Lignes"),
    "classeur-comparaison": ("comparaison", "Par opération"),
    "classeur-avenant": ("avenant", "Articles"),
    "classeur-epreuve": ("epreuve", "Opérations"),
    "classeur-budget-sur": ("epreuve", "Budget sûr"),
    "classeur-audit": ("audit", "Rapport d'audit"),
    "classeur-scenario": ("scenario", "Opérations"),
    "classeur-modele": ("modele", "Délibération"),
}
"""Pictures of the guide: which workbook, which sheet, and which of its pages when it is not the first."""

HAZARDS = """\
title: Coûts en dérive, budget de l'État en baisse
description: illustratif
draws: 200
seed: 1
overruns:
- {natures: [EQP], low: 0.98, likely: 1, high: 1.08}
withdrawals:
- {partner: ETAT, probability: 15 %, cut: 50 %}
"""

REQUESTS = (
    ("cellule", "donnée", "financeur", "liste", "sens"),
    ("Délibération!B3", "titre", None, None, None),
    ("Délibération!B4", "engagement", "REGION", None, None),
    ("Délibération!A7", "code opération", "REGION", "opérations", "bas"),
    ("Délibération!B7", "intitulé", "REGION", "opérations", "bas"),
    ("Délibération!C7", "engagement", "REGION", "opérations", "bas"),
)


def main() -> None:
    """Write the workbooks, print them, and keep the pictures."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for former in PAGES.iterdir():
        former.unlink()
    with tempfile.TemporaryDirectory() as folder:
        books = sorted(_workbooks(Path(folder)))
        prints = _printed(books, Path(folder))
        for path in prints:
            _run("pdftoppm", "-r", str(SCREEN), "-png", path, PAGES / path.stem)
        for name, (book, sheet) in SHOWN.items():
            _keep(name, next(path for path in prints if path.name.startswith(book)), sheet)
    sys.stdout.write(f"{len(books)} classeurs, {len(list(PAGES.iterdir()))} pages dans {PAGES}\n")


def _workbooks(folder: Path) -> Iterator[Path]:
    """Have the program write one workbook of each kind, by its commands; give their paths."""
    first, second, hazards = folder / "premier.yaml", folder / "second.yaml", folder / "aleas.yaml"
    scenario = completed(read(find("tutoriel")))
    write(scenario, first)
    write(richer(scenario), second)
    hazards.write_text(HAZARDS, encoding="utf-8")
    template, out = folder / "deliberation.xlsx", folder / "classeurs"
    form().save(template)
    _allocator("agreements", first, "--out", out, "--template", template)
    _allocator("compare", first, second, "--out", out, "--effect", "2027-03-01")
    arguments = ("--spec", hazards, "--robust", "VILLE", "--target", "90 %", "--workers", "1")
    _allocator("explore", first, "stress", *arguments, "--workbook", out / "epreuve.xlsx")
    _allocator("export", first, "--format", "xlsx", "--out", out / "scenario.xlsx")
    _allocator("archive", first, "--out", folder / "archive.zip")
    _allocator("verify", folder / "archive.zip", "--report", out / "audit.xlsx")
    yield from out.glob("*.xlsx")


def completed(scenario: Scenario) -> Scenario:
    """Return the tutorial with a housing programme, accounts and decisions: all illustrative."""
    partners = tuple(
        line.model_copy(update={"received_account": "1322"} if line.code == "REGION" else {"paid_account": "204142"})
        if line.code in {"REGION", "VILLE"} else line
        for line in scenario.partners
    )  # fmt: skip
    projects = tuple(line.model_copy(update={"programme": "OPAH-RU"}) for line in scenario.projects)
    decided = {"day": date(2027, 1, 20), "author": "Conseil régional (illustratif)"}
    decisions = (
        Decision(operation="ECOLE", partner="REGION", status=DecisionStatus.VOTED, reference="2027-08", **decided),
        Decision(operation="PLACE", partner="REGION", status=DecisionStatus.IN_PRINCIPLE, **decided),
        Decision(operation="GYMNASE", status=DecisionStatus.POSTPONED, reason="Étude attendue", **decided),
    )
    changes = {"partners": partners, "projects": projects, "decisions": decisions}
    return scenario.model_copy(update=changes)


def richer(scenario: Scenario) -> Scenario:
    """Return the same committee when the State has more to commit in 2028: the plan to compare and to amend."""
    budgets = tuple(
        line.model_copy(update={"commitment": 55_000_000}) if (line.holder, line.year) == ("ETAT", 2028) else line
        for line in scenario.budgets
    )
    return scenario.model_copy(update={"budgets": budgets})


def form() -> Workbook:
    """Return a partner's own workbook to be filled."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Délibération"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet["A1"], sheet["A3"], sheet["A4"] = "Conseil régional : projet de délibération", "Programme", "Engagement total"
    sheet["A6"], sheet["B6"], sheet["C6"] = "Code", "Opération", "Subvention"
    for column, width in zip("ABC", (18, 58, 20), strict=True):
        sheet.column_dimensions[column].width = width
    for row in (4, *range(7, 15)):
        sheet[f"{'B' if row == 4 else 'C'}{row}"].number_format = '#,##0.00 "€"'
    requests = book.create_sheet("Correspondance")
    for line in REQUESTS:
        requests.append(line)
    return book


def _printed(books: list[Path], folder: Path) -> list[Path]:
    """Print workbooks to PDF with LibreOffice, all in one call."""
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "pdf", *books)
    return [folder / "pdf" / f"{path.stem}.pdf" for path in books]


def _keep(name: str, path: Path, sheet: str) -> None:
    """Keep a page of a sheet, without its margins and footer, as a small picture of the guide."""
    texts = _run("pdftotext", "-layout", path, "-").split("\f")
    title, _mark, rank = sheet.removesuffix(")").partition(" (")
    # A footer names its sheet; a partner's own workbook has no footer, and its first page is the one shown.
    pages = [number for number, text in enumerate(texts, start=1) if title in text.rstrip()[-200:]] or [1]
    page = pages[int(rank or 1) - 1]
    _run("pdftoppm", "-r", str(SCREEN), "-png", "-singlefile", "-f", str(page), "-l", str(page), path, GUIDE / name)
    with Image.open(GUIDE / f"{name}.png") as whole:
        body = whole.convert("RGB").crop((0, 0, whole.width, int(whole.height * FOOTER)))
    box = ImageChops.invert(body).getbbox() or (0, 0, *body.size)
    left, top, right, bottom = box[0] - 8, max(0, box[1] - 8), box[2] + 8, min(box[3] + 8, box[1] + HEIGHT)
    body.crop((max(0, left), top, right, bottom)).quantize(COLOURS).save(GUIDE / f"{name}.png", optimize=True)


def _allocator(*arguments: object) -> None:
    """Run a command of the program."""
    _run(sys.executable, "-m", "allocator", *arguments)


def _run(*command: object) -> str:
    """Run a program and return what it printed."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
