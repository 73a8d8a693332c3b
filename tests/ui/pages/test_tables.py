"""The tables of the screen: exact amounts, in the order a committee reads them."""

from decimal import Decimal

from ui.pages import tables
from ui.plan import Plan


def test_the_matrix_starts_with_what_is_not_funded_and_ends_with_what_budgets_have_left(plan: Plan) -> None:
    frame = tables.matrix(plan).data
    assert list(frame["Opération"]) == ["C-RIEN", "B-PARTIE", "A-PLEINE", "Budget restant"]
    assert list(frame["État"]) == ["non financée", "financée en partie", "financée", ""]
    assert list(frame.columns[4:]) == [
        "À financer", "Financé", "Reste à financer", "Nom de DEP", "Nom de REGION", "Nom de ANRU", "Maître d'ouvrage",
    ]  # fmt: skip
    assert frame["Nom de REGION"].iloc[-1] == Decimal(35_000)


def test_amounts_are_exact_in_euros_and_absent_is_not_zero(plan: Plan) -> None:
    frame = tables.matrix(plan).data
    assert frame["Reste à financer"].iloc[0] == Decimal("1234567.00")
    assert frame["Nom de DEP"].iloc[1] == Decimal("9999.99")
    assert frame["Nom de DEP"].iloc[2] is None
    assert frame["Maître d'ouvrage"].iloc[0] == 0


def test_amounts_are_shown_the_french_way(plan: Plan) -> None:
    shown = tables.matrix(plan).to_html().replace("\u202f", " ")
    assert "1 234 567,00" in shown
    assert "9 999,99" in shown
    assert "None" not in shown


def test_two_partners_of_the_same_name_are_told_apart(plan: Plan) -> None:
    partners = tuple(line.model_copy(update={"label": "Financé"}) for line in plan.scenario.partners)
    twin = Plan(plan.scenario.model_copy(update={"partners": partners}), plan.allocation)
    columns = list(tables.matrix(twin).data.columns)
    assert columns[7:10] == ["Financé (DEP)", "Financé (REGION)", "Financé (ANRU)"]
    assert len(set(columns)) == len(columns)


def test_budgets_say_what_is_left_each_year_and_at_the_end(plan: Plan) -> None:
    frame = tables.budgets(plan).data
    assert list(frame.columns) == ["Partenaire", "Nature", "2026", "2027", "Reste à la fin"]
    rows = {row[0]: tuple(row[1:]) for row in frame.itertuples(index=False)}
    assert rows["Fonds"] == ("engagements", Decimal(10_000), Decimal("15000.01"), Decimal("15000.01"))
    assert rows["Nom de REGION"] == ("engagements", Decimal(10_000), Decimal(25_000), Decimal(35_000))
    assert rows["Nom de VILLE"] == ("paiements", Decimal(18_000), Decimal("1999.99"), Decimal("19999.99"))
