"""Controls of the rules on several partners and operations: right on a right plan, wrong by a hair.

The scenario is the example of the page on reciprocity, where nearly every rule is met exactly: each agreement shows one
of its two operations, and counts the other elsewhere. LibreOffice recalculates the workbooks.
"""

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from allocator.solve.allocate import allocate
from reports import agreement, partner_summary
from scenarios.formats import read
from tests.reports.by_hand import set_cell, verdict_of

RULES = "Règles appliquées"

PAGE = Path(__file__).parents[2] / "docs" / "reciprocite-et-parts.md"

FAMILIES = {
    "Fonds de concours": {"CENTRE"}, "Engagements réciproques": {"CENTRE", "NORD"},
    "Parts réservées": {"CENTRE", "NORD"},
    "Parts maximales dans une priorité": {"CENTRE", "NORD"}, "Abondements X+X": {"NORD"},
    "Plafonds en équivalent-subvention": {"CENTRE", "NORD"}, "Capacités propres des maîtres d'ouvrage": {"CENTRE"},
    "Provisions pour aléas": {"CENTRE", "NORD"},
}  # fmt: skip
"""Agreements where each family plays."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ensemble")
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "exemple.yaml").write_text(example, encoding="utf-8")
    document = read(folder / "exemple.yaml")
    plan = allocate(document)
    for project in ("CENTRE", "NORD"):
        agreement.write(document, plan, project, folder / f"{project}.xlsx")
    partner_summary.write(document, plan, "REGION", folder / "REGION.xlsx")
    return folder


def controls_of(path):
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    rows = [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=12)]
    return [row for row in rows if isinstance(row[0], int)]


@pytest.mark.parametrize("project", ["CENTRE", "NORD"])
def test_every_family_is_controlled_where_it_plays_and_right(folder, project):
    lines = controls_of(folder / f"{project}.xlsx")
    assert {line[1] for line in lines if line[1] in FAMILIES} == {
        family for family, projects in FAMILIES.items() if project in projects
    }
    assert all("OK" in line for line in lines)


def test_what_counts_elsewhere_is_added(folder):
    for project, elsewhere in (("CENTRE", 750_000), ("NORD", 200_000)):
        sheet = load_workbook(folder / f"{project}.xlsx", data_only=True)["Totaux des règles"]
        lines = [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=5)]
        amounts = {line[2]: line[4] for line in lines if line[0] == "EQUIV"}
        assert amounts["hors de ce classeur"] == elsewhere
        assert amounts["Total"] == 950_000


def test_a_partner_alone_shows_its_provision(folder):
    lines = controls_of(folder / "REGION.xlsx")
    assert {line[1] for line in lines if line[1] in FAMILIES} == {"Provisions pour aléas"}
    assert all("OK" in line for line in lines)


def test_no_such_sheet_where_no_rule_bears_on_several_operations(scenario, allocation, tmp_path):
    agreement.write(scenario, allocation, "P1", tmp_path / "P1.xlsx")
    assert "Totaux des règles" not in load_workbook(tmp_path / "P1.xlsx").sheetnames


CHANGES = {
    "fonds de concours": ("CENTRE", set_cell(RULES, ("FC",), "Taux", 0.499999), {"Fonds de concours"}),
    "réciprocité": ("CENTRE", set_cell(RULES, ("MOITIE",), "Rapport", 0.499999), {"Engagements réciproques"}),
    "part réservée": ("NORD", set_cell(RULES, ("HABITAT",), "Taux", 0.78), {"Parts réservées"}),
    "priorité": ("NORD", set_cell(RULES, ("ENSEMBLE",), "Taux", 0.299999), {"Parts maximales dans une priorité"}),
    "équivalent": ("CENTRE", set_cell(RULES, ("EQUIV",), "Montant", 949_999.99), {"Plafonds en équivalent-subvention"}),
    "abondement": ("NORD", set_cell(RULES, ("POINTS",), "Taux", 0.149999), {"Abondements X+X"}),
    "capacité": (
        "CENTRE", set_cell(RULES, ("CAPACITE",), "Montant", 399_999.99), {"Capacités propres des maîtres d'ouvrage"}
    ),
    "capacité d'une année": (
        "CENTRE", set_cell(RULES, ("CAPACITE-26",), "Montant", 199_999.99), {"Capacités propres des maîtres d'ouvrage"}
    ),
    "provision": ("NORD", set_cell(RULES, ("PROVISION",), "Taux", 0.11), {"Provisions pour aléas"}),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_a_hair_turns_the_verdict(folder, recalculate):
    books = {project: load_workbook(folder / f"{project}.xlsx") for project in ("CENTRE", "NORD")}
    for name, (project, change, _families) in CHANGES.items():
        books[name] = load_workbook(folder / f"{project}.xlsx")
        change(books[name])
    verdicts = {name: verdict_of(path) for name, path in recalculate(books).items()}
    assert [verdicts.pop(project) for project in ("CENTRE", "NORD")] == [("CONFORME", set())] * 2
    assert verdicts == {name: ("NON CONFORME", families) for name, (_project, _change, families) in CHANGES.items()}
