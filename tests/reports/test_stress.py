"""The stress workbook: what was found, formulas that LibreOffice recalculates, a verdict that follows every change.

The results are laid down here: the workbook only shows them. The last test takes a computed stress test from the
command line.
"""

import shutil
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from allocator.exploration.critical import PartnerLoss
from allocator.exploration.odds import Odds
from allocator.exploration.robust_budget import RobustBudget
from allocator.exploration.sample import Verified
from allocator.exploration.spec import Delay, Overrun, StressSpec, Withdrawal
from allocator.exploration.stress import Stressed
from reports import stress
from reports.layout.figures import Figures
from reports.layout.stressed import StressTest
from scenarios.document import Budget
from scenarios.language import speaking
from tests.reports.by_hand import same_values, set_cell, verdict_of

ODDS, LOSSES, SAFER, DRAWS = "Opérations", "Sans un partenaire", "Budget sûr", "Tirages"
COUNTED, TOTALS, WITHOUT, AGAIN, LOST, BUDGET = (
    "Tirages, opération par opération", "Tirages, totaux", "Tirages sans plan", "Tirages recalculés",
    "Retraits d'un partenaire", "Budget sûr",
)  # fmt: skip

SPEC = StressSpec(
    title="=Aléas du centre", description="illustratif", draws=20, seed=7,
    overruns=(
        Overrun(natures=("EQP",), low=Fraction(19, 20), likely=Fraction(1), high=Fraction(13, 10),
            correlation=Fraction(3, 10)),
    ),
    withdrawals=(
        Withdrawal(partner="REGION", probability=Fraction(1, 10), cut=Fraction(1, 2), from_year=2028),
        Withdrawal(probability=Fraction(1, 20), cut=Fraction(1)),
    ),
    delays=(Delay(operations=("A-AME", "A-RLG"), probability=Fraction(1, 5), years=1),),
)  # fmt: skip

FOUND = Stressed(
    odds=(
        Odds("A-AME", "1", 0, 17, 20), Odds("A-COM", "0", 0, 0, 20), Odds("A-DEM", "2", 18, 0, 20),
        Odds("A-EQP", "2", 13, 0, 20), Odds("A-OPA", "2", 18, 0, 20), Odds("A-PLA", "2", 17, 0, 20),
        Odds("A-RLG", "1", 0, 18, 20), Odds("B-EQP", "2", 9, 4, 20),
    ),
    draws=20,
    without_plan=2,
    critical=(
        PartnerLoss("OPH", (), 0, no_plan=True), PartnerLoss("REGION", ("A-EQP", "B-EQP"), 20, no_plan=False),
        PartnerLoss("DEPT", ("A-EQP",), 10, no_plan=False), PartnerLoss("ANAH", (), 0, no_plan=False),
    ),
    verified=Verified((0, 6, 13), ()),
)  # fmt: skip

THIRD = RobustBudget(
    "REGION", Fraction(9, 10), Fraction(1, 3),
    tuple(Budget(holder="REGION", year=year, commitment=23_333_333, payment=21_666_666) for year in range(2026, 2030)),
    ((Fraction(0), False), (Fraction(333, 1000), False), (Fraction(1, 3), True), (Fraction(1), True)),
)  # fmt: skip
"""A third of 700 000.00 and of 650 000.00 is no whole number of cents: each budget grows to the cent below."""


@pytest.fixture(scope="module")
def test_of(scenario, allocation):
    return StressTest(Figures(scenario, allocation), SPEC, FOUND, Fraction(9, 10), THIRD)


@pytest.fixture(scope="module")
def path(test_of, tmp_path_factory):
    path = tmp_path_factory.mktemp("epreuve") / "epreuve.xlsx"
    stress.write(test_of, path)
    return path


def lines(path, sheet, first=5):
    rows = load_workbook(path, data_only=True)[sheet].iter_rows(min_row=first, values_only=True)
    return [row for row in rows if row[0] is not None]


def test_the_least_sure_come_first_with_their_share_and_interval(path):
    found = {row[0]: row[3:] for row in lines(path, ODDS)}
    assert [*found] == ["A-COM", "A-AME", "A-RLG", "B-EQP", "A-EQP", "A-PLA", "A-DEM", "A-OPA", "Total"]
    assert found["B-EQP"][:5] == (10, "financée", 9, 4, 7)
    assert found["B-EQP"][5] == 0.45
    assert found["B-EQP"][6:8] == pytest.approx((0.230578, 0.684722), abs=1e-6)  # tables of Clopper and Pearson
    assert found["B-EQP"][8] == 0.65
    assert found["A-COM"][5:8] == pytest.approx((0, 0, 1 - 0.025 ** (1 / 20)))
    assert found["Total"][2:5] == (75, 39, 46)


def test_only_what_the_plan_funds_whole_is_held_to_the_target(path):
    assert {row[0]: row[14] for row in lines(path, ODDS)} == {
        "A-COM": None, "A-AME": None, "A-RLG": None, "B-EQP": "non", "A-EQP": "non", "A-PLA": "non", "A-DEM": "oui",
        "A-OPA": "oui", "Total": None,
    }  # fmt: skip


def test_the_critical_partner_comes_first(path):
    rows = lines(path, LOSSES)
    assert [row[1:6] for row in rows[:4]] == [
        ("OPH", "Office public de l'habitat d'exemple", 0, 0,
         "non : opérations obligatoires et montants arrêtés ne tiennent plus"),
        ("REGION", "Région d'exemple", 2, 20, "oui"), ("DEPT", "Département d'exemple", 1, 10, "oui"),
        ("ANAH", "Anah", 0, 0, "oui"),
    ]  # fmt: skip
    assert [row[1:5] for row in rows[5:]] == [
        ("REGION", "+1 école", "A-EQP", 10), ("REGION", "Gymnase", "B-EQP", 10), ("DEPT", "+1 école", "A-EQP", 10),
    ]  # fmt: skip


def test_budgets_grow_year_by_year_and_every_try_is_told(path):
    rows = lines(path, SAFER, first=1)
    assert rows[1][0].startswith("Pour que chaque opération entièrement financée le reste dans 90\u202f% des tirages")
    assert rows[6] == ("Budget d'engagement (AE/AP)", 2026, 700_000, 233_333.33, 933_333.33)
    assert rows[10] == ("Total", None, 2_800_000, 933_333.32, 3_733_333.32)
    assert rows[11] == ("Budget de paiement (CP)", 2026, 650_000, 216_666.66, 866_666.66)
    assert [row[:2] for row in rows[18:]] == [(0, "non"), (0.333, "non"), (pytest.approx(1 / 3), "oui"), (1, "oui")]


def test_laws_and_draws_are_told_as_text(path):
    book = load_workbook(path)
    assert (book[DRAWS]["B4"].value, book[DRAWS]["B4"].data_type) == ("=Aléas du centre", "s")
    assert [book[DRAWS].cell(row, 2).value for row in (7, 8, 9, 10)] == [7, 20, 20, 2]
    rows = [row for row in load_workbook(path, data_only=True)["Lois"].iter_rows(values_only=True) if row[0] == 1]
    assert rows[0][1:] == ("EQP", "toutes", 0.95, 1, 1.3, 0.3)
    assert rows[1][1:6] == ("REGION", "Région d'exemple", 0.1, 0.5, 2028)
    assert rows[2][1:5] == ("toutes", "A-AME, A-RLG", 0.2, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rate": Fraction(0), "added": ()}, "Avec les budgets actuels de Région d'exemple"),
        ({"rate": None, "added": ()}, "Même en doublant les budgets de Région d'exemple"),
    ],
)
def test_no_increase_or_none_that_is_enough(test_of, tmp_path, changes, sentence):
    stress.write(replace(test_of, safer=replace(THIRD, **changes)), tmp_path / "e.xlsx")
    rows = lines(tmp_path / "e.xlsx", SAFER, first=1)
    assert rows[1][0].startswith(sentence)
    assert [row[1] for row in rows[-4:]] == ["non", "non", "oui", "oui"]
    assert load_workbook(tmp_path / "e.xlsx", data_only=True)["Contrôles"]["C4"].value == "CONFORME"


def test_no_sheet_when_no_budget_was_looked_for_and_nothing_lost_or_recomputed(test_of, tmp_path):
    calm = replace(
        FOUND, critical=(PartnerLoss("ANAH", (), 0, no_plan=False),), verified=Verified((), ()), without_plan=0
    )
    spec = StressSpec(title="Rien", draws=20, seed=0)
    stress.write(replace(test_of, spec=spec, found=calm, safer=None), tmp_path / "e.xlsx")
    book = load_workbook(tmp_path / "e.xlsx", data_only=True)
    assert book.sheetnames == ["Lisez-moi", ODDS, LOSSES, DRAWS, "Lois", "Contrôles", "Valeurs archivées"]
    assert [row[1] for row in book["Lois"].iter_rows(values_only=True)].count("aucun de ces aléas") == 3
    assert book["Contrôles"]["C4"].value == "CONFORME"


def test_a_draw_computed_again_otherwise_is_said_wrong(test_of, tmp_path):
    other = replace(FOUND, verified=Verified((0, 6, 13), (6,)))
    stress.write(replace(test_of, found=other), tmp_path / "e.xlsx")
    assert verdict_of(tmp_path / "e.xlsx") == ("NON CONFORME", {AGAIN})


def test_same_bytes_and_english_words(test_of, path, tmp_path):
    stress.write(test_of, tmp_path / "encore.xlsx")
    assert (tmp_path / "encore.xlsx").read_bytes() == path.read_bytes()
    with speaking("en"):
        stress.write(test_of, tmp_path / "en.xlsx")
    assert load_workbook(tmp_path / "en.xlsx").sheetnames[1:5] == [
        "Operations", "Without a partner", "Safe budget", "Draws"
    ]  # fmt: skip


def _draws(row, value):
    """Change made by hand on the sheet of draws, which has one value a line."""

    def change(book):
        assert book[DRAWS].cell(row, 2).value not in {value, None}
        book[DRAWS].cell(row, 2).value = value

    return change


def _lost(book):
    sheet = book[LOSSES]
    row = next(row for row in range(10, sheet.max_row) if sheet.cell(row, 2).value == "REGION")
    sheet.cell(row, 2).value = "DEPT"


def _constant(code, texts, value):
    return set_cell("Valeurs archivées", (texts, *code), "Valeur archivée", value)


WHOLE, NOT = "Tirages où elle est financée en entier", "pas du tout"


def _moved(book):
    set_cell(ODDS, ("A-EQP",), WHOLE, 12)(book)
    set_cell(ODDS, ("A-EQP",), NOT, 8)(book)


CHANGES = {
    "un tirage de trop": (set_cell(ODDS, ("A-EQP",), WHOLE, 14), {COUNTED, TOTALS}),
    "un tirage déplacé": (_moved, {TOTALS}),
    "tirages demandés": (_draws(8, 21), {COUNTED}),
    "tirages sans plan": (_draws(10, 3), {WITHOUT}),
    "tirage recalculé": (_draws(18, "autre"), {AGAIN}),
    "points d'une opération": (set_cell(ODDS, ("B-EQP",), "Points", 11), {LOST}),
    "opération perdue": (_lost, {LOST}),
    "total archivé": (_constant((), "Tirages où une opération est financée en partie", 38), {TOTALS}),
    "budget ajouté": (set_cell(SAFER, ("Budget de paiement (CP)", 2028), "À ajouter", 216_666.67), {BUDGET}),
    "budget ajouté, archivé": (_constant(("REGION",), "Budget d'engagement (AE/AP)", 933_333.33), {BUDGET}),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_recalculated_values_are_the_stored_ones_and_a_change_by_hand_turns_the_verdict(path, recalculate):
    books = {"intact": load_workbook(path)}
    for name, (change, _families) in CHANGES.items():
        books[name] = load_workbook(path)
        change(books[name])
    recalculated = recalculate(books)
    same_values(path, recalculated["intact"], at_least=120)
    verdicts = {name: verdict_of(file) for name, file in recalculated.items()}
    assert verdicts.pop("intact") == ("CONFORME", set())
    assert verdicts == {name: ("NON CONFORME", families) for name, (_change, families) in CHANGES.items()}
