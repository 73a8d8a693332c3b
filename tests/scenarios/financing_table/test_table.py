"""A foreign table read with its mapping, and every way it may be wrong, with the cell."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scenarios.formats import ScenarioError
from scenarios.formats.financing_table import Left, LeftOut, read_table
from scenarios.language import speaking
from tests.scenarios.financing_table.conftest import EXAMPLE

Table = Callable[..., Path]
Change = Callable[[Worksheet], None]


def put(**cells: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for cell, value in cells.items():
            sheet[cell].value = value

    return change


def formatted(cell: str, value: Any, number_format: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell].value = value
        sheet[cell].number_format = number_format

    return change


def test_the_table_is_read_to_the_cent(table: Table) -> None:
    found = read_table(table(), EXAMPLE)
    scenario = found.scenario
    assert [(o.code, o.label, o.nature, o.owner, o.cost, o.value, o.earliest_start) for o in scenario.operations] == [
        ("1", "Démolition de la barre A", "DEM", "OPH", 100_000_050, 3, 2026),
        ("2", "Démolition de la barre B", "DEM", "OPH", 50_000_000, 2, 2027),
        ("3", "École", "EQP", "VILLE", 120_000_000, 5, 2027),
    ]
    assert [operation.decision_date for operation in scenario.operations] == [date(2026, 6, 15), None, None]
    assert [(line.operation, line.partner, line.amount) for line in scenario.references] == [
        ("1", "ANRU", 40_000_020), ("1", "REGION", 10_000_000), ("2", "ANRU", 20_000_000), ("3", "REGION", 24_000_000),
    ]  # fmt: skip
    assert [(line.operation, line.partner) for line in scenario.eligibilities] == [
        (line.operation, line.partner) for line in scenario.references
    ]
    assert [(loan.operation, loan.amount, loan.label) for loan in scenario.loans] == [
        ("1", 20_000_000, "Prêt renouvellement urbain")
    ]


def test_a_scenario_does_not_depend_on_the_language_of_its_reader(table: Table, tmp_path: Path) -> None:
    """Bug: a loan without a label took the word of the language spoken, which changed the fingerprint."""
    mapping = tmp_path / "mapping.yaml"
    given = EXAMPLE.read_text(encoding="utf-8")
    mapping.write_text(re.sub(r",? *loan_label: [^,}\n]*", "", given), encoding="utf-8")
    assert "loan_label" in given
    assert "loan_label" not in mapping.read_text(encoding="utf-8")
    path = table()
    with speaking("en"):
        english = read_table(path, mapping).scenario
    assert english == read_table(path, mapping).scenario
    assert [loan.label for loan in english.loans] == ["Prêt"]


def test_every_line_left_out_is_told(table: Table) -> None:
    assert read_table(table(), EXAMPLE).left_out == (
        LeftOut(5, Left.COMMENT, "Axe 1 : habitat"),
        LeftOut(8, Left.TOTAL, "Sous-total habitat"),
        LeftOut(11, Left.TOTAL, "TOTAL"),
        LeftOut(12, Left.COMMENT, "Source : services de la métropole"),
    )


@pytest.mark.parametrize("number", ["3", 3])
def test_an_operation_whose_label_begins_like_a_total_is_an_operation(number: object, table: Table) -> None:
    found = read_table(table(put(A10=number, B10="Ensemble scolaire")), EXAMPLE)
    assert [operation.label for operation in found.scenario.operations][-1] == "Ensemble scolaire"


def test_a_stray_cell_far_below_is_a_comment(table: Table) -> None:
    """Every blank line down to the last row of the sheet was listed, a million of them."""
    found = read_table(table(put(B1048576="fin")), EXAMPLE)
    assert found.left_out[-1] == LeftOut(1_048_576, Left.COMMENT, "fin")
    assert len(found.left_out) == 5


def mapped(tmp_path: Path, *edits: tuple[str, str]) -> Path:
    """Return the mapping of the example after replacements, each of a text found once."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = tmp_path / "correspondance.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rate_alone_is_a_share_of_the_reference_key(table: Table, tmp_path: Path) -> None:
    mapping = mapped(
        tmp_path, ("grant: Financeurs / ANRU, rate: Financeurs / % ANRU", "rate: J"), ("total: Total\n", "")
    )
    scenario = read_table(table(), mapping).scenario
    shares = [(line.operation, line.share) for line in scenario.references if line.partner == "ANRU"]
    assert shares == [("1", Fraction(2, 5)), ("2", Fraction(2, 5))]


def test_grants_may_be_signed_amounts(table: Table, tmp_path: Path) -> None:
    signed = "grant: Financeurs / Région, fills: [eligibilities, locks], author: Région, reason: Vote, "
    mapping = mapped(tmp_path, ("grant: Financeurs / Région, ", signed))
    scenario = read_table(table(), mapping).scenario
    assert [(lock.operation, lock.amount, lock.author, lock.sense) for lock in scenario.locks] == [
        ("1", 10_000_000, "Région", "exactly"), ("3", 24_000_000, "Région", "exactly"),
    ]  # fmt: skip


def test_amounts_by_year_are_fixed_plans(table: Table, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(P3="Paiements", P4=2026, Q4=2027, P6="400 000,20 €", Q6="600 000,30 €", Q7=500_000, Q10="1 200 k€")(sheet)
        sheet.merge_cells("P3:Q3")

    years = "- {partner: OPH, fills: [], years: {2026: Paiements / 2026, 2027: Paiements / 2027}}\n- {partner: CDC"
    mapping = mapped(
        tmp_path, ("- {partner: CDC", years), ("  profile: COMPTANT\n", ""), ("total: Total\n", ""),
        (", rate: Financeurs / % ANRU, provenance", ", fills: [], provenance"),
        ("Région, provenance: Tableau d'essai}\n- {partner: VILLE", "Région, fills: []}\n- {partner: VILLE"),
    )  # fmt: skip
    scenario = read_table(table(change), mapping).scenario
    assert [(line.operation, line.partner, line.year, line.amount) for line in scenario.plans] == [
        ("1", "OPH", 2026, 40_000_020), ("1", "OPH", 2027, 60_000_030), ("2", "OPH", 2027, 50_000_000),
        ("3", "OPH", 2027, 120_000_000),
    ]  # fmt: skip


FAULTS: list[tuple[str, Change, str, str, str]] = [
    ("formule sans résultat", put(E6="=1+1"), "E6", "une formule dont le résultat n'est pas enregistré", "enregistrez"),
    ("formule dans un total", put(E11="=E8+E10"), "E11", "une formule dont le résultat n'est pas", "effacez ce total"),
    ("formule d'un financeur", put(K6="=2*3"), "K6", "une formule dont le résultat n'est pas enregistré", "collez"),
    ("erreur de calcul", put(E6="#DIV/0!"), "E6", "l'erreur « #DIV/0! »", "Écrivez un montant"),
    ("montant en lettres", put(K6="à définir"), "K6", "« à définir »", "Écrivez un montant"),
    ("unité inconnue", put(K6="100 kF"), "K6", "« 100 kF »", "Écrivez un montant"),
    ("milliers mal groupés", put(K6="1 00 000"), "K6", "« 1 00 000 »", "Écrivez un montant"),
    ("point ambigu", put(K6="100.000"), "K6", "« 100.000 »", "milliers ou des décimales"),
    ("virgule et point", put(K6="1,000.00"), "K6", "« 1,000.00 »", "Écrivez un montant"),
    ("fraction de centime", put(E7="500 000,005", N7=None), "E7", "« 500000.005 »", ""),
    ("montant négatif", put(O6="-5 €"), "O6", "« -5 »", ""),
    ("date à la place d'un montant", formatted("K6", date(2026, 1, 1), "dd/mm/yyyy"), "K6", "la date 01/01/2026", ""),
    ("taux sans signe", put(J6=40), "J6", "le nombre 40", "Écrivez un taux comme 40 %"),
    ("taux en lettres", put(J6="env. 40 %"), "J6", "« env. 40 % »", "Écrivez un taux comme 40 %"),
    ("taux qui contredit le montant", put(J6="41 %"), "J6", "un taux de 41.00%", "Corrigez le taux"),
    ("taux numérique qui contredit", put(J7=0.45), "J7", "un taux de 45.00%", "Corrigez le taux"),
    ("total de ligne faux", put(N6="1 000 000,51 €"), "N6", "un total de 1000000.51", "financeur oublié"),
    ("sous-total faux", put(E8=1_500_000.51), "E8", "un total de 1500000.51", "Corrigez le total"),
    ("total général faux", put(K11=340_001), "K11", "un total de 340001", "Corrigez le total"),
    ("total d'un prêt faux", put(O11=1), "O11", "un total de 1", "Corrigez le total"),
    ("nature inconnue", put(C6="Démol"), "C6", "« Démol »", ""),
    ("propriétaire inconnu", put(D10="Bailleur"), "D10", "« Bailleur »", ""),
    ("année illisible", put(G6="début 2026"), "G6", "« début 2026 »", "S1 2026"),
    ("année hors du scénario", put(G10="2035"), "G10", "2035", ""),
    ("date impossible", put(H6="31/02/2026"), "H6", "« 2026-02-31 »", "une date qui existe"),
    ("priorité à virgule", put(F6="2,5"), "F6", "« 2.5 »", "nombre entier"),
    ("coût absent", put(E7=None, E8=1_000_000.5, E11=2_200_000.5), "E7", "rien", ""),
    ("numéro en double", put(A10="1"), "A10", "« 1 », déjà écrit à la ligne 6", ""),
    ("montants fusionnés", lambda sheet: sheet.merge_cells("M6:M7"), "M7", "une cellule fusionnée avec M6", "Défusion"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "cell", "found", "advice"), [pytest.param(*fault[1:], id=fault[0]) for fault in FAULTS]
)
def test_a_fault_is_told_in_its_cell(change: Change, cell: str, found: str, advice: str, table: Table) -> None:
    with pytest.raises(ScenarioError) as refusal:
        read_table(table(change), EXAMPLE)
    told = [problem for problem in refusal.value.problems if problem.cell == cell]
    assert told, refusal.value
    assert (told[0].file, told[0].sheet) == ("tableau.xlsx", "Maquette")
    assert found in told[0].found
    assert advice in told[0].advice
    assert told[0].expected


def test_every_fault_is_told_at_once(table: Table) -> None:
    def change(sheet: Worksheet) -> None:
        put(E6="beaucoup", G7="un jour", J6="x", K11=1)(sheet)

    with pytest.raises(ScenarioError) as refusal:
        read_table(table(change), EXAMPLE)
    cells = [problem.cell for problem in refusal.value.problems]
    assert {"E6", "G7", "J6", "K11"} <= set(cells)
    assert cells == sorted(cells, key=lambda cell: int(cell[1:]))


def test_rates_are_checked_to_their_last_digit_shown(table: Table) -> None:
    """400 000,20 of 1 000 000,50 is 40,00 %: 40 % and 40,0 % agree, 40,1 % does not; 39,5 % shown as 40 % does."""
    for text in ("40 %", "40,0 %", "40,00 %", "40%"):
        read_table(table(put(J6=text)), EXAMPLE)
    for text in ("40,1 %", "39,9 %", "41 %"):
        with pytest.raises(ScenarioError, match="un taux de"):
            read_table(table(put(J6=text)), EXAMPLE)
    read_table(table(formatted("J6", 0.40, "0%")), EXAMPLE)
    read_table(table(formatted("J6", 0.404, "0%")), EXAMPLE)
    with pytest.raises(ScenarioError, match="un taux de"):
        read_table(table(formatted("J6", 0.404, "0.0%")), EXAMPLE)


MAPPINGS = [
    ("colonne inconnue", ("{column: Priorité}", "{column: Importance}"), 15, "qui n'est le titre d'aucune colonne"),
    ("feuille inconnue", ("sheet: Maquette", "sheet: Plan"), 3, "aucune feuille « Plan »"),
    ("champ inconnu", ("total: Total", "somme: Total"), 28, "« somme »"),
    ("champ de partenaire inconnu", ("loan: Prêt CDC", "pret: Prêt CDC"), 27, "« pret »"),
    ("colonne d'opération inconnue", ("  profile: COMPTANT", "  profil: COMPTANT"), 20, "« profil »"),
    ("titres illisibles", ("header_rows: 3-4", "header_rows: en haut"), 4, "« en haut »"),
    ("unité inconnue", ("header_rows: 3-4", "header_rows: 3-4\n  unit: kF"), 5, "« kF »"),
    ("table inconnue", ("grant: Financeurs / Office, fills: []", "grant: M, fills: [rules]"), 26, "« rules »"),
    ("opérations dans le reste", ("  communes:", "  operations: []\n  communes:"), 45, "la table « operations »"),
]


@pytest.mark.parametrize(("edit", "line", "found"), [pytest.param(*case[1:], id=case[0]) for case in MAPPINGS])
def test_a_mapping_is_refused_by_line(
    edit: tuple[str, str], line: int, found: str, table: Table, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        read_table(table(), mapped(tmp_path, edit))
    (problem,) = [problem for problem in refusal.value.problems if found in problem.found]
    assert (problem.file, problem.row) == ("correspondance.yaml", line)
    assert problem.advice.endswith((".", "».", "? Écrivez une virgule."))


def test_an_unknown_title_lists_those_that_were_read(table: Table, tmp_path: Path) -> None:
    mapping = mapped(tmp_path, ("{column: Priorité}", "{column: Importance}"))
    with pytest.raises(ScenarioError, match="« Coût HT », « Priorité »"):
        read_table(table(), mapping)


def test_a_title_that_two_columns_have_asks_for_the_whole_one(table: Table, tmp_path: Path) -> None:
    change = put(P3="Avances", P4="ANRU")
    mapping = mapped(tmp_path, ("grant: Financeurs / ANRU,", "grant: ANRU,"))
    with pytest.raises(ScenarioError, match="le titre des colonnes I, P"):
        read_table(table(change), mapping)


def test_titles_are_found_whatever_their_accents_and_lines(table: Table, tmp_path: Path) -> None:
    mapping = mapped(tmp_path, ("{column: Priorité}", "{column: PRIORITE}"), ("{column: Coût HT}", "{column: E}"))
    assert read_table(table(), mapping) == read_table(table(), EXAMPLE)


def test_what_the_mapping_lacks_is_told_with_its_line(table: Table, tmp_path: Path) -> None:
    mapping = mapped(tmp_path, ("  currency: EUR\n", ""))
    with pytest.raises(ScenarioError) as refusal:
        read_table(table(), mapping)
    (problem,) = refusal.value.problems
    assert (problem.file, problem.column, problem.found) == ("correspondance.yaml", "currency", "rien")


def test_hostile_workbooks_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "tableau.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(ScenarioError, match="un fichier illisible ou abîmé"):
        read_table(path, EXAMPLE)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_formulas_saved_by_libreoffice_are_read_by_their_value(table: Table, tmp_path: Path) -> None:
    path = table(put(E7="=250000*2", E11="=E8+E10*0+1200000", N7="=E7"))
    command = [
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
        "--outdir", str(tmp_path / "saved"), str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert read_table(tmp_path / "saved" / path.name, EXAMPLE).scenario == read_table(table(), EXAMPLE).scenario


def test_the_guide_shows_the_mapping_that_these_tests_use() -> None:
    page = Path(__file__).parents[3] / "docs" / "tableau-financement.md"
    assert f"```yaml\n{EXAMPLE.read_text(encoding='utf-8')}```" in page.read_text(encoding="utf-8")
