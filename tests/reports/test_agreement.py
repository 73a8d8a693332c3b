"""The agreement of one project: values to the cent, text that stays text, same bytes, readable pages."""

import re
import zipfile
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.formula import Tokenizer

from allocator.check import verify
from reports import agreement
from scenarios.checks import findings
from scenarios.document import Decision, DecisionStatus

SHEETS = [
    "Lisez-moi", "Partenaires", "Opérations", "Assiettes et prêts", "Règles appliquées", "Plan de financement",
    "Échéancier AE", "Échéancier CP", "Versements", "Synthèse par partenaire", "Synthèse par opération", "Équité",
    "Contrôles",
    "Valeurs archivées", "Journal", "Signatures",
]  # fmt: skip
YEAR_SHEETS = {"Échéancier AE": 4, "Échéancier CP": 4, "Synthèse par partenaire": 4, "Synthèse par opération": 4}


@pytest.fixture(scope="module")
def path(scenario, allocation, tmp_path_factory):
    path = tmp_path_factory.mktemp("convention") / "P1.xlsx"
    agreement.write(scenario, allocation, "P1", path)
    return path


@pytest.fixture(scope="module")
def values(path):
    return load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def formulas(path):
    return load_workbook(path)


def _cents(value):
    """Read a cell as integer cents; an amount that is not a whole number of cents fails."""
    if value is None:
        return 0
    cents = round(value * 100)
    assert abs(value * 100 - cents) < 1e-4
    return cents


def _columns(sheet, row):
    return {cell.value: cell.column for cell in sheet[row] if cell.value is not None}


def _rows(sheet, first):
    return {sheet.cell(row, 1).value: row for row in range(first, sheet.max_row + 1)}


def test_the_plan_written_by_hand_is_a_correct_plan(scenario, allocation):
    assert findings(scenario) == []
    assert verify(scenario, allocation) == ()


def test_sheets_come_in_the_order_of_a_signature_file(values):
    assert values.sheetnames == SHEETS


def test_financing_table_holds_the_allocation_to_the_cent(values, scenario, allocation):
    sheet = values["Plan de financement"]
    codes, rows, heads = _columns(sheet, 4), _rows(sheet, 6), _columns(sheet, 5)
    expected = defaultdict(int)
    for line in allocation.commitments:
        if line.operation.startswith("A-"):
            expected[line.operation, line.partner] += line.amount
    found = {
        (operation, partner): _cents(sheet.cell(row, column).value)
        for operation, row in rows.items()
        for partner, column in codes.items()
        if operation != "Total"
    }
    assert {pair: amount for pair, amount in found.items() if amount} == expected
    assert list(codes) == ["VILLE-A", "AGGLO", "DEPT", "REGION", "OPH", "ANAH", "ANRU"]
    for operation in (line for line in scenario.operations if line.project == "P1"):
        row = rows[operation.code]
        funded = sum(amount for (code, _partner), amount in expected.items() if code == operation.code)
        assert _cents(sheet.cell(row, heads["À financer"]).value) == operation.to_fund
        assert _cents(sheet.cell(row, heads["Total financé"]).value) == funded
        assert _cents(sheet.cell(row, heads["Reste à financer"]).value) == operation.to_fund - funded
        own = expected[operation.code, operation.owner]
        assert _cents(sheet.cell(row, heads["dont part du maître d'ouvrage"]).value) == own


def test_shares_and_launch_years_stand_beside_the_amounts(values):
    sheet = values["Plan de financement"]
    rows, codes, heads = _rows(sheet, 6), _columns(sheet, 4), _columns(sheet, 5)
    assert sheet.cell(rows["A-EQP"], codes["ANRU"] + 1).value == pytest.approx(600_000 / 2_300_000, abs=1e-15)
    assert sheet.cell(rows["A-EQP"], heads["Année de lancement"]).value == 2027
    assert sheet.cell(rows["A-AME"], heads["Année de lancement"]).value == "2026, 2027"
    assert sheet.cell(rows["A-COM"], heads["État"]).value == "non financé"
    loans = heads["Prêts (compris dans la part du maître d'ouvrage)"]
    assert _cents(sheet.cell(rows["A-EQP"], loans).value) == 50_000_000


def test_vat_base_and_rate_of_the_lead_funder_and_loans_by_lender(values, formulas):
    sheet = values["Plan de financement"]
    rows, heads = _rows(sheet, 6), _columns(sheet, 5)
    found = {
        code: [sheet.cell(rows[code], heads[head]).value for head in (
            "Famille", "TVA", "Assiette de l'ANRU, avant plafond", "Taux de l'ANRU sur son assiette",
            "Règle du taux",
        )]
        for code in ("A-DEM", "A-EQP", "A-RLG", "A-OPA")
    }  # fmt: skip
    assert found["A-EQP"] == ["programmes immobiliers", 0.2, 2_000_000, 0.3, "ANRU-TIERS"]
    assert found["A-DEM"][0] == "aménagement"
    assert found["A-DEM"][1:4] == pytest.approx([10_000_000 / 100_000_001, 1_000_000.01, 70_000_000 / 100_000_001])
    assert found["A-RLG"] == ["ingénierie", None, "forfait", None, "ANRU-RLG"], (
        "a flat aid has no base, one cost gives no VAT"
    )
    assert found["A-OPA"][2:] == [None, None, None], "ANRU has no rate there"
    lent = heads["dont prêts : Caisse des Dépôts, Banque des Territoires"]
    assert _cents(sheet.cell(rows["A-EQP"], lent).value) == 50_000_000
    rate = formulas["Plan de financement"].cell(rows["A-EQP"], heads["Taux de l'ANRU sur son assiette"]).value
    assert rate.startswith("=")


def test_the_last_decision_on_the_line_is_its_state(scenario, allocation, tmp_path):
    decision = Decision(
        operation="A-EQP", status=DecisionStatus.IN_PRINCIPLE, day=date(2026, 2, 1), author="Comité", reference="DAS-7"
    )
    agreement.write(scenario.model_copy(update={"decisions": (decision,)}), allocation, "P1", tmp_path / "P1.xlsx")
    journal = load_workbook(tmp_path / "P1.xlsx")["Journal"]
    texts = {cell.value for row in journal.iter_rows() for cell in row}
    assert {"toute la ligne", "accord de principe", "Comité ; DAS-7"} <= texts
    sheet = load_workbook(tmp_path / "P1.xlsx")["Plan de financement"]
    rows, heads = _rows(sheet, 6), _columns(sheet, 5)
    line = [
        sheet.cell(rows["A-EQP"], heads[head]).value for head in ("État", "Date de la décision", "N° de la décision")
    ]
    line[1] = line[1].date()
    assert line == ["accord de principe", date(2026, 2, 1), "DAS-7"]


def test_instalments_come_from_rates_left_to_fill_without_rulebook(values):
    sheet = values["Versements"]
    lines = {row[0].value: [cell.value for cell in row[1:9]] for row in sheet.iter_rows(min_row=5)}
    region = lines["Région d'exemple (REGION)"]
    assert [round(value * 100) for value in region[:3]] == [87_345_678, 0, 87_345_678]
    assert region[3:5] == [None, None]
    assert [round(value * 100) for value in region[5:]] == [0, 0, 87_345_678]
    own = lines["Agglomération d'exemple (AGGLO)"]
    assert [round(value * 100) for value in own[:3]] == [47_654_334, 47_654_323, 11]
    assert not sheet.cell(5, 5).protection.locked


@pytest.mark.parametrize(("name", "lines"), [("Échéancier AE", "commitments"), ("Échéancier CP", "payments")])
def test_schedules_hold_the_allocation_to_the_cent(values, allocation, name, lines):
    sheet = values[name]
    years = {year: column for year, column in _columns(sheet, 4).items() if isinstance(year, int)}
    expected = defaultdict(int)
    for line in getattr(allocation, lines):
        if line.operation.startswith("A-"):
            year = line.start if lines == "commitments" else line.year
            expected[line.operation, line.partner, year] += line.amount
    found = {
        (sheet.cell(row, 1).value, sheet.cell(row, 3).value, year): _cents(sheet.cell(row, column).value)
        for row in range(5, sheet.max_row)
        for year, column in years.items()
    }
    assert {key: amount for key, amount in found.items() if amount} == expected


def test_the_verdict_is_stored_and_shown_first(values):
    assert values["Contrôles"]["C4"].value == "CONFORME"
    assert values["Lisez-moi"]["B4"].value == "CONFORME"
    assert values.defined_names["verdict"].attr_text == "'Contrôles'!$C$4"


def test_a_wrong_plan_is_written_with_its_verdict(scenario, allocation, tmp_path):
    wrong = [
        replace(line, amount=line.amount + 1) if line.partner == "ANRU" else line for line in allocation.commitments
    ]
    agreement.write(scenario, replace(allocation, commitments=tuple(wrong)), "P1", tmp_path / "faux.xlsx")
    assert load_workbook(tmp_path / "faux.xlsx", data_only=True)["Contrôles"]["C4"].value == "NON CONFORME"


def test_every_formula_has_its_value_and_no_constant(values, formulas):
    seen = 0
    for sheet in formulas:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type != "f":
                    continue
                seen += 1
                assert values[sheet.title][cell.coordinate].value is not None, (sheet.title, cell.coordinate)
                numbers = [
                    item.value
                    for item in Tokenizer(cell.value).items
                    if item.type == "OPERAND" and item.subtype == "NUMBER"
                ]
                assert not numbers, (sheet.title, cell.coordinate, cell.value)
    assert seen > 500


def test_every_rate_and_ceiling_of_the_controls_names_its_rule_and_reads_its_cell(formulas):
    sheet = formulas["Contrôles"]
    families = {
        "Taux maximaux", "Taux minimaux", "Montants maximaux", "Forfaits", "Plafonds d'aides publiques",
        "Part minimale du maître d'ouvrage",
    }  # fmt: skip
    first = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "N°") + 1
    lines = [row for row in range(first, sheet.max_row + 1) if sheet.cell(row, 2).value in families]
    assert {sheet.cell(row, 2).value for row in lines} == families
    rules = _rows(formulas["Règles appliquées"], 5)
    for row in lines:
        limit = sheet.cell(row, 9).value
        cited = re.findall(r"'Règles appliquées'!\$?[A-Z]+\$?(\d+)", limit)
        assert cited, limit
        assert {int(number) for number in cited} == {rules[sheet.cell(row, 3).value]}


def test_text_of_the_scenario_never_becomes_a_formula(formulas, path):
    labels = {'=HYPERLINK("http://exemple.fr";"cliquez")', "+1 école", "@Espaces publics", "@Ville A"}
    seen = set()
    for sheet in formulas:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value in labels:
                    seen.add(cell.value)
                    assert cell.data_type == "s"
    assert seen == labels
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert not re.search(r"<f>[^<]*HYPERLINK", archive.read(name).decode())


def test_same_bytes_twice_and_whatever_the_order_of_the_rows(scenario, allocation, path, tmp_path):
    agreement.write(scenario, allocation, "P1", tmp_path / "encore.xlsx")
    assert (tmp_path / "encore.xlsx").read_bytes() == path.read_bytes()
    tables = {
        name: tuple(reversed(getattr(scenario, name)))
        for name in type(scenario).model_fields
        if isinstance(getattr(scenario, name), tuple) and name != "goals"
    }
    agreement.write(scenario.model_copy(update=tables), allocation, "P1", tmp_path / "mêlé.xlsx")
    assert (tmp_path / "mêlé.xlsx").read_bytes() == path.read_bytes()


def test_the_only_date_inside_is_the_reference_date(path):
    with zipfile.ZipFile(path) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}T[\d:]+Z", core)) == {"2026-01-15T00:00:00Z"}


def test_years_stand_in_the_same_columns_everywhere(values, scenario):
    for name, row in YEAR_SHEETS.items():
        columns = _columns(values[name], row)
        assert [columns[year] for year in scenario.years] == [6, 7, 8, 9], name


def test_every_page_prints_on_landscape_a4_with_its_footer(formulas, allocation):
    for sheet in formulas:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.print_area, sheet.title
        assert allocation.fingerprint[:12] in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.right.text
        assert "&N" in sheet.oddFooter.right.text
    for name in SHEETS[5:9]:
        assert formulas[name].freeze_panes, name
        assert formulas[name].print_title_rows, name


def test_a_sheet_without_line_prints_as_wide_as_its_columns(scenario, allocation, tmp_path):
    """Titles ran over the cells on their right, which were not printed."""
    bare = scenario.model_copy(update={"loans": (), "eligibilities": tuple(
        line.model_copy(update={"eligible_base": None}) for line in scenario.eligibilities
    ), "rules": tuple(rule for rule in scenario.rules if rule.code != "ANAH-CD")})  # fmt: skip
    agreement.write(bare, allocation, "P1", tmp_path / "P1.xlsx")
    assert load_workbook(tmp_path / "P1.xlsx")["Assiettes et prêts"].print_area.endswith("$A$1:$F$8")


@pytest.mark.parametrize(("currency", "unit"), [("EUR", "€"), ("USD", "USD")])
def test_amounts_show_the_currency_of_the_scenario(scenario, allocation, tmp_path, currency, unit):
    agreement.write(scenario.model_copy(update={"currency": currency}), allocation, "P1", tmp_path / "m.xlsx")
    sheet = load_workbook(tmp_path / "m.xlsx")["Plan de financement"]
    heads = _columns(sheet, 5)
    assert sheet.cell(6, heads["À financer"]).number_format.startswith(f'[$-40C]#,##0.00 "{unit}"')


def test_the_journal_tells_decisions_and_roundings(values):
    texts = [cell.value for cells in values["Journal"].iter_rows() for cell in cells if cell.value is not None]
    assert {"Engagement signé", "Refus voté", "Assemblée départementale d'exemple"} <= set(texts)
    assert "1300013/300" in texts


def test_each_partner_that_commits_has_a_place_to_sign(values):
    texts = {cell.value for cells in values["Signatures"].iter_rows() for cell in cells}
    assert {"@Ville A", "Agglomération d'exemple", "Office public de l'habitat d'exemple", "ANRU"} <= texts
    assert "Ville B" not in texts


def test_the_holder_of_the_project_signs_even_without_commitment(scenario, allocation, tmp_path):
    projects = tuple(project.model_copy(update={"holder": "BANQUE"}) for project in scenario.projects)
    held = scenario.model_copy(update={"projects": projects})
    agreement.write(held, allocation, "P1", tmp_path / "P1.xlsx")
    sheet = load_workbook(tmp_path / "P1.xlsx", data_only=True)["Signatures"]
    assert (sheet["A5"].value, sheet["B5"].value) == ("Banque de prêts", "porteur du projet, sans engagement")


def test_a_failure_leaves_the_former_file_and_nothing_else(scenario, allocation, tmp_path, monkeypatch):
    path = tmp_path / "convention.xlsx"
    path.write_bytes(b"ancienne")

    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr("reports.sheets.readme.write", fail)
    with pytest.raises(RuntimeError):
        agreement.write(scenario, allocation, "P1", path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["convention.xlsx"]
    assert path.read_bytes() == b"ancienne"


def test_an_unknown_project_is_refused(scenario, allocation, tmp_path):
    with pytest.raises(ValueError, match="P9"):
        agreement.write(scenario, allocation, "P9", tmp_path / "p9.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_project_to_which_nobody_commits_is_refused(scenario, allocation, tmp_path):
    kept = tuple(line for line in allocation.commitments if line.operation != "B-EQP")
    launches = tuple(line for line in allocation.launches if line.operation != "B-EQP")
    with pytest.raises(ValueError, match="nothing to sign"):
        agreement.write(scenario, replace(allocation, commitments=kept, launches=launches), "P2", tmp_path / "p2.xlsx")
