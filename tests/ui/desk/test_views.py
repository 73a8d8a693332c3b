"""The plan read by operation, partner, commune and year: the sums a person would make by hand."""

from reports.charts.table import Table, Unit
from scenarios.document import Lock, LockSense
from ui.desk.views import View, budgets, by_commune, by_partner, by_year, matrix, table
from ui.plan import Plan


def names(found: Table, *units: Unit) -> tuple[str, ...]:
    return tuple(column.name for column in found.columns if column.unit in (units or Unit))


def test_the_matrix_starts_with_what_is_not_funded_and_ends_with_what_budgets_have_left(plan: Plan) -> None:
    found = matrix(plan)
    assert [row[0] for row in found.rows] == ["C-RIEN", "B-PARTIE", "A-PLEINE", "Budget restant"]
    assert [row[3] for row in found.rows] == ["non financée", "financée en partie", "financée", ""]
    assert names(found, Unit.AMOUNT) == (
        "À financer", "Financé", "Reste à financer", "Nom de DEP", "Nom de REGION", "Nom de ANRU", "Maître d'ouvrage",
    )  # fmt: skip
    assert found.rows[-1][names(found).index("Nom de REGION")] == 35_000_00
    assert found.codes == ("C-RIEN", "B-PARTIE", "A-PLEINE", None)


def test_absent_is_not_zero(plan: Plan) -> None:
    found = matrix(plan)
    department, owner = (names(found).index(name) for name in ("Nom de DEP", "Maître d'ouvrage"))
    assert [row[department] for row in found.rows[:3]] == [None, 9_999_99, None]
    assert found.rows[0][owner] == 0
    written = list(found.written())
    assert [row[department] for row in written[:3]] == ["", "9\u202f999,99", ""]
    assert written[0][owner] == "0,00"


def test_settled_amounts_are_named_with_their_sense(plan: Plan) -> None:
    locks = (
        Lock(operation="A-PLEINE", partner="REGION", sense=LockSense.EXACTLY, amount=1, author="A", reason="R"),
        Lock(operation="A-PLEINE", partner="ANRU", sense=LockSense.AT_MOST, amount=1, author="A", reason="R"),
        Lock(operation="B-PARTIE", partner="DEP", sense=LockSense.AT_LEAST, amount=1, author="A", reason="R"),
    )
    found = matrix(Plan(plan.scenario.model_copy(update={"locks": locks}), plan.allocation))
    column = names(found).index("Arrêté")
    assert [row[column] for row in found.rows] == ["", "DEP ≥", "ANRU ≤, REGION =", ""]


def test_two_partners_of_the_same_name_are_told_apart(plan: Plan) -> None:
    partners = tuple(line.model_copy(update={"label": "Financé"}) for line in plan.scenario.partners)
    columns = names(matrix(Plan(plan.scenario.model_copy(update={"partners": partners}), plan.allocation)))
    assert columns[8:11] == ("Financé (DEP)", "Financé (REGION)", "Financé (ANRU)")
    assert len(set(columns)) == len(columns)


def test_budgets_say_what_is_left_each_year_and_at_the_end(plan: Plan) -> None:
    found = budgets(plan)
    assert names(found) == ("Partenaire", "Nature", "2026", "2027", "Reste à la fin")
    rows = {row[0]: row[1:] for row in found.rows}
    assert rows["Fonds"] == ("engagements", 10_000_00, 15_000_01, 15_000_01)
    assert rows["Nom de REGION"] == ("engagements", 10_000_00, 25_000_00, 35_000_00)
    assert rows["Nom de VILLE"] == ("paiements", 18_000_00, 1_999_99, 19_999_99)


def test_by_partner_tells_aid_from_what_a_partner_pays_of_its_own(plan: Plan) -> None:
    rows = {row[0]: row[2:] for row in by_partner(plan).rows}
    assert rows["REGION"] == (1, 30_000_00, 0, 30_000_00, 35_000_00)
    assert rows["VILLE"] == (0, 0, 40_000_01, 40_000_01, None)


def test_by_commune_adds_up_to_the_totals(plan: Plan) -> None:
    (row,) = by_commune(plan).rows
    assert row == ("C", "Commune", 3, 1_384_567_01, 120_000_00, 1_264_567_01, 40_000_01)


def test_by_year_tells_commitments_from_payments(plan: Plan) -> None:
    rows = {(row[0], row[2]): row[3:] for row in by_year(plan).rows}
    assert rows["VILLE", "engagements"] == (20_000_00, 20_000_01, 40_000_01)
    assert rows["VILLE", "paiements"] == (12_000_00, 28_000_01, 40_000_01)
    assert rows["DEP", "engagements"] == (None, 9_999_99, 9_999_99)


def test_every_view_has_names_all_different_and_a_code_for_each_row(plan: Plan) -> None:
    for view in View:
        found = table(plan, view)
        assert len(set(names(found))) == len(found.columns)
        assert len(found.codes) == len(found.rows)
        assert {len(row) for row in found.rows} == {len(found.columns)}
