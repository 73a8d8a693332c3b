"""*Pourquoi*: why an amount, what it would take and how it becomes an edit, one more euro, what is left out."""

import pytest

from scenarios.changes import CellChanged
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.store import Store
from tests.ui.pages.deciding.conftest import Opens, press, texts
from ui.desk.desk import Desk
from ui.desk.explaining import ask_next_euro, ask_operation, ask_partner
from ui.desk.unlocking import Way, ask_obstacles, ask_ways_out, ask_ways_to_fund, stage_way
from ui.desk.versions import current
from ui.roles import NotAllowedError, Role, User
from ui.solving import shared

ASK_WAYS = "Chercher les changements les moins coûteux qui la financeraient"


def test_an_operation_is_explained_and_its_code_stands_in_the_address(opens: Opens) -> None:
    page = opens("pourquoi", operation="GYMNASE")
    assert page.query_params["operation"] in ("GYMNASE", ["GYMNASE"])
    said = texts(page.text)
    assert "n'apporte rien à « " in said
    assert "Personne d'autre n'aurait pu payer davantage" in said or "Auraient pu payer davantage" in said
    assert list(page.dataframe[0].value.columns) == [
        "Opération", "Partenaire", "Apporte", "Au moins", "Au plus", "Ce qui limite",
    ]  # fmt: skip


def test_without_a_code_the_first_operation_not_funded_is_explained(opens: Opens) -> None:
    page = opens("pourquoi")
    assert page.selectbox(key="choice-operation").value == "GYMNASE"


def test_a_funded_operation_asks_nothing(opens: Opens, tutorial: Scenario) -> None:
    code = next(line.code for line in tutorial.operations if line.code != "GYMNASE")
    page = opens("pourquoi", operation=code)
    assert "apporte" in texts(page.text)


def test_what_it_would_take_becomes_a_version(opens: Opens, store: Store) -> None:
    page = press(opens("pourquoi", operation="GYMNASE"), ASK_WAYS)
    assert "Ces exigences ne peuvent pas être tenues ensemble" in texts(page.text)
    assert "**Option 1, " in texts(page.markdown)
    page.button(key="stage-0").click().run()
    assert not page.exception
    staged = store.draft("tutoriel", "Poste local").changes
    assert CellChanged("operations", ("GYMNASE",), "mandatory", "non", "oui") in staged
    assert len(staged) > 1
    page.text_input[-1].set_value("Le gymnase est prioritaire")
    press(page, "Enregistrer une version et recalculer le plan")
    head = store.head("tutoriel")
    assert (head.number, head.reason) == (2, "Le gymnase est prioritaire")
    assert head.changes == staged
    assert store.draft("tutoriel", "Poste local").changes == ()
    plan = store.allocation(fingerprint(store.scenario_of(head.id)))
    assert plan is not None
    assert '"GYMNASE"' in plan


def test_changes_without_a_reason_stay_staged(opens: Opens, store: Store) -> None:
    page = press(opens("pourquoi", operation="GYMNASE"), ASK_WAYS)
    page.button(key="stage-0").click().run()
    press(page, "Enregistrer une version et recalculer le plan")
    assert "Motif" in texts(page.error)
    assert store.head("tutoriel").number == 1
    assert store.draft("tutoriel", "Poste local").changes


def test_a_partner_is_explained_and_one_more_euro_is_counted(opens: Opens, tutorial: Scenario) -> None:
    holder = tutorial.budgets[0].holder
    page = opens("pourquoi", partenaire=holder)
    page = press(page, "Calculer ce que donnerait un euro de plus dans chacun de ses budgets")
    assert texts(page.text).count("1 € de plus dans le budget d'") >= 1


def test_the_price_of_a_rule(opens: Opens, tutorial: Scenario) -> None:
    code = min(rule.code for rule in tutorial.rules)
    page = press(opens("pourquoi", regle=code), "Calculer ce que coûte cette règle")
    assert "Sans « " in texts(page.text)


def test_what_is_left_out_is_drawn_then_explained(opens: Opens) -> None:
    page = opens("pourquoi", sujet="non-finance")
    assert set(page.dataframe[0].value["Raison"]) == {"Raison non calculée"}
    page = press(page, "Dire pourquoi, opération par opération")
    assert "Raison non calculée" not in set(page.dataframe[0].value["Raison"])


def test_a_scenario_without_a_plan_says_what_contradicts_itself(opens: Opens, store: Store) -> None:
    head = store.head("tutoriel")
    whole = [
        CellChanged("operations", (line.code,), "mandatory", "non", "oui")
        for line in store.scenario_of(head.id).operations
        if not line.mandatory
    ]
    store.commit("tutoriel", head.id, whole, "Camille", "Tout financer")
    page = opens("pourquoi")
    assert "Aucune répartition ne respecte toutes les règles." in texts(page.warning)
    page = press(page, "Chercher ce qui se contredit, et comment en sortir")
    assert "Ces exigences ne peuvent pas être tenues ensemble" in texts(page.text)


def test_in_english(opens: Opens) -> None:
    page = opens("pourquoi", operation="GYMNASE", lang="en")
    assert page.title[0].value == "Why"
    assert "Operation" in page.dataframe[0].value.columns


def test_an_old_version_is_explained_but_not_changed(opens: Opens, store: Store, tutorial: Scenario) -> None:
    head = store.head("tutoriel")
    change = CellChanged("", (), "title", tutorial.title, "Autre titre")
    store.commit("tutoriel", head.id, (change,), "Camille", "Titre")
    page = press(opens("pourquoi", operation="GYMNASE", version="1"), ASK_WAYS)
    assert "Préparer ces changements" not in [button.label for button in page.button]
    assert "Revenez à la dernière version" in texts(page.info)


@pytest.fixture
def reader(store: Store) -> Desk:
    return Desk(store, shared.queue(), User("Alix", frozenset({Role.MEMBER})), "tab")


def test_a_member_asks_but_does_not_stage(reader: Desk) -> None:
    opened = current(reader, "tutoriel")
    with pytest.raises(NotAllowedError):
        stage_way(reader, opened, Way("", (), ()), "GYMNASE")
    ask_operation(reader, opened, "GYMNASE").cancel()


def test_nobody_without_a_role_asks_anything(store: Store, reader: Desk) -> None:
    nobody = Desk(store, shared.queue(), User("Personne", frozenset()), "tab")
    opened = current(reader, "tutoriel")
    for ask in (ask_ways_out, ask_obstacles):
        with pytest.raises(NotAllowedError):
            ask(nobody, opened)
    for ask_code in (ask_operation, ask_partner, ask_ways_to_fund):
        with pytest.raises(NotAllowedError):
            ask_code(nobody, opened, "GYMNASE")
    with pytest.raises(NotAllowedError):
        ask_next_euro(nobody, opened, rule="R")
