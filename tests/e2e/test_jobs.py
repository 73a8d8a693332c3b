"""Three jobs, each from the first page to the last file, with the keyboard only: a member, an officer, an auditor."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from build_tools.served import Served
from tests.e2e.keyboard import Keyboard
from tests.reports.by_hand import convert, verdict_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("jobs")]

CONFIRMED = "plan exact, vérifié au centime"


@pytest.fixture
def keys(page: Page, server: Served) -> Keyboard:
    """Give the keyboard, on the first page."""
    page.goto(server.url)
    page.get_by_role("heading", level=1, name="Comité des financeurs").wait_for()
    page.locator("[data-test-script-state='notRunning']").wait_for()
    return Keyboard(page)


def open_tutorial(page: Page, keys: Keyboard) -> None:
    """Open the tutorial from the first page, the first time as an example, then by its card."""
    if page.get_by_text("Tutoriel : cinq opérations").count():
        keys.button("Ouvrir")
    else:
        keys.unfold("Ouvrir un autre exemple")
        keys.choose("Exemple", "tutoriel")
        keys.button("Ouvrir cet exemple")
    page.get_by_text(CONFIRMED).first.wait_for()


def taken(page: Page, keys: Keyboard, button: str, folder: Path) -> Path:
    """Press a button that downloads, and return the file."""
    with page.expect_download() as awaited:
        keys.press(page.get_by_role("button", name=button).first)
    download: Download = awaited.value
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def given(page: Page, keys: Keyboard, path: Path) -> None:
    """Choose a file to send, from the keyboard."""
    with page.expect_file_chooser() as awaited:
        keys.press(page.get_by_test_id("stFileUploader").locator("button").first)
    awaited.value.set_files(path)


def test_a_member_explores_and_compares(page: Page, keys: Keyboard, folder: Path) -> None:
    open_tutorial(page, keys)
    keys.go("Préparer", "Partenaires et budgets")
    keys.choose("Table", "Budgets annuels")
    keys.unfold("Modifier une ligne par formulaire")
    keys.choose("Ligne", "ETAT · 2027")
    keys.write("Ce qui peut être engagé cette année-là (AE/AP)", "1 350 000")
    keys.button("Préparer cette modification")
    page.get_by_text("1 modification, non enregistrée.").wait_for()
    keys.write("Motif de ces modifications", "Budget de l'État ramené")
    keys.button("Enregistrer une version")
    page.get_by_text("Version 2 enregistrée.").wait_for()
    keys.go("Décider", "Répartition")
    page.get_by_text(CONFIRMED).first.wait_for()
    page.get_by_role("heading", name="Ce qui change depuis la version 1").wait_for()
    keys.go("Décider", "Comparer")
    page.get_by_role("heading", name=re.compile(r"^De .*version 1.* à .*version 2")).first.wait_for()
    page.get_by_role("heading", name="Données qui changent").wait_for()
    compared = taken(page, keys, "Télécharger ce tableau (Excel)", folder)
    assert load_workbook(compared).worksheets[0].max_row > 2
    keys.go("Décider", "Explorer")
    page.get_by_role("button", name="Chercher d'autres plans").wait_for()


@pytest.mark.office
def test_an_officer_exports_and_brings_a_corrected_workbook_back(page: Page, keys: Keyboard, folder: Path) -> None:
    open_tutorial(page, keys)
    keys.go("Garder", "Conventions")
    keys.button("Préparer ce classeur")
    agreement = taken(page, keys, "Télécharger convention_", folder)
    verdict, wrong = verdict_of(convert({"convention": load_workbook(agreement)}, folder)["convention"])
    assert not wrong, verdict
    keys.button("Préparer le classeur du scénario")
    scenario = taken(page, keys, "Télécharger scenario_", folder)
    book = load_workbook(scenario)
    sheet = book["Opérations"]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Construction d'un gymnase")
    place.value = "Construction d'un gymnase de quartier"
    book.save(scenario)
    given(page, keys, scenario)
    page.get_by_text("1 différence avec la version").wait_for()
    keys.write("Motif de la correction", "Intitulé exact")
    keys.button("Enregistrer ces différences")
    expect(page.get_by_text("Intitulé exact").first).to_be_visible()


def test_an_auditor_verifies_and_replays(page: Page, keys: Keyboard, folder: Path) -> None:
    open_tutorial(page, keys)
    keys.go("Garder", "Archives")
    keys.write("Motif du scellement", "Plan voté")
    keys.button("Sceller cette version")
    page.get_by_text("Cette version est scellée").wait_for()
    keys.choose("Archive à vérifier", ".zip")
    archive = taken(page, keys, "Télécharger l'archive", folder)
    keys.choose("Archive à vérifier", "Un fichier reçu")
    given(page, keys, archive)
    for light in ("Octets intacts", "Règles respectées", "Plan optimal prouvé", "Mêmes centimes au recalcul"):
        frame = page.locator("[data-testid=stVerticalBlock]").filter(has=page.get_by_text(light, exact=True)).last
        expect(frame).to_contain_text("Conforme", ignore_case=True, timeout=120_000)
    report = taken(page, keys, "Télécharger le rapport (texte)", folder).read_text(encoding="utf-8")
    assert "conforme" in report.lower()
    verifier = taken(page, keys, "Télécharger le vérificateur", folder)
    done = subprocess.run([sys.executable, "-I", verifier, archive], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
