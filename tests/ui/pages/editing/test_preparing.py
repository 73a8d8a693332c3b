"""*Partenaires et budgets*, *Communes*, *Règles*, *Priorités*."""

import pytest

from scenarios import library
from scenarios.changes import CellChanged, RowAdded, RowRemoved
from scenarios.document import GoalKind
from scenarios.formats import read
from scenarios.store import Store
from tests.ui.pages.editing.conftest import (
    NAME,
    Opens,
    committed,
    draft,
    field,
    grid,
    place,
    press,
    shown,
    tables,
    texts,
    typed,
)
from ui.desk.desk import Desk
from ui.desk.goal_prices import ask_goal_price
from ui.desk.versions import current
from ui.pages import session
from ui.roles import Role, User
from ui.solving import shared


def test_a_budget_is_cut_and_committed(opens: Opens, store: Store) -> None:
    page = opens("partenaires")
    typed(page, {place(page, holder="ETAT", year="2027"): {"commitment": "1 350 000"}})
    assert draft(store).changes == (CellChanged("budgets", ("ETAT", "2027"), "commitment", "1500000", "1350000"),)
    committed(page, "Gel de 10 %")
    assert store.head(NAME).reason == "Gel de 10 %"


def test_a_partner_is_added_with_its_words_chosen(opens: Opens, store: Store) -> None:
    page = opens("partenaires", table="partners")
    row = {"code": "CDC", "label": "Banque des Territoires", "kind": "cdc", "commitment_limited": "non",
           "payment_limited": "non", "carry_over": "non"}  # fmt: skip
    typed(page, added=[row])
    assert not page.error
    committed(page)
    assert "CDC" in {line.code for line in store.scenario_of(store.head(NAME).id).partners}


def test_a_commune_is_changed(opens: Opens, store: Store) -> None:
    page = opens("communes", colonnes="toutes")
    typed(page, {0: {"population": "12 345"}})
    (change,) = draft(store).changes
    assert isinstance(change, CellChanged)
    assert (change.column, change.after) == ("population", "12345")


def test_a_rule_is_added_by_the_form_of_its_kind(opens: Opens, store: Store) -> None:
    page = opens("regles")
    field(page, "Genre de règle").select("minimum_ticket")
    shown(page.run())
    assert not [one for one in page.text_input if one.label.startswith("Taux")]
    field(page, "Code de la règle *").input("TICKET")
    field(page, "La règle en une phrase *").input("Rien, ou 10 000 €")
    field(page, "Montant (amount) *").input("10 000")
    field(page, "Texte, article, ou décision qui la fonde *").input("Vote")
    field(page, "Code *").select("REGION")
    field(page, "Le comité peut-il décider de la changer ? *").select("oui")
    field(page, "Degré de certitude de la valeur *").select("agreed")
    press(page, "Préparer l'ajout de cette ligne")
    assert not page.error, texts(page.error) + tables(page)
    (added,) = draft(store).changes
    assert isinstance(added, RowAdded)
    assert dict(added.cells)["amount"] == "10000"


def test_every_legal_value_is_read_with_its_source_and_its_days(opens: Opens, store: Store) -> None:
    store.create("droit", read(library.find("droit-demo")), "Camille", "Exemple")
    page = opens("regles", scenario="droit", vue="droit")
    said = tables(page)
    assert "cgct-part-propre" in said
    assert "CGCT, art. L.1111-10 III" in said
    assert "du 20" in said or "à partir du" in said
    assert not [one for one in page.dataframe if one.proto.editing_mode]
    used = opens("regles", scenario="droit", table="rulebooks")
    assert grid(used).value["rulebook"].tolist()[0] == "cgct-part-propre"


def test_a_scenario_without_rulebook_says_how_to_employ_one(opens: Opens) -> None:
    assert "n'emploie aucun recueil" in texts(opens("regles", vue="droit").info)


def test_goals_are_moved_added_and_removed_as_staged_edits(opens: Opens, store: Store) -> None:
    page = opens("priorites")
    assert "**1. financer le plus de points de priorité**" in texts(page.markdown)
    page.button(key="down-priority_value").click()
    shown(page.run())
    assert "**1. rester au plus près du plan ou de la clé de référence**" in texts(page.markdown)
    assert draft(store).changes == (
        CellChanged("goals", (), "order", "priority_value|reference_closeness", "reference_closeness|priority_value"),
    )
    field(page, "Un objectif de plus").select(GoalKind.EARLIEST_START)
    shown(page.run())
    press(page, "Ajouter en dernier")
    page.button(key="out-reference_closeness").click()
    shown(page.run())
    assert [type(change) for change in draft(store).changes[1:]] == [RowAdded, RowRemoved]
    press(page, "Annuler")
    committed(page, "Ordre voté")
    head = store.scenario_of(store.head(NAME).id)
    assert [goal.kind for goal in head.goals] == ["reference_closeness", "priority_value", "earliest_start"]


def test_a_loss_admitted_is_typed_in_the_table_of_goals(opens: Opens, store: Store) -> None:
    page = opens("priorites", colonnes="toutes")
    typed(page, {0: {"tolerance_rate": "5 %"}})
    assert draft(store).changes == (CellChanged("goals", ("priority_value",), "tolerance_rate", None, "0.05"),)
    assert "5 % de ce qu'il atteint" in texts(page.caption)


def test_the_price_of_a_goal_is_what_the_others_gain_without_it(opens: Opens, store: Store) -> None:
    page = opens("priorites")
    press(page, "Calculer ce que coûte l'objectif 1")
    for _turn in range(60):
        if "Arrêter le calcul" not in [button.label for button in page.button]:
            break
        shown(page.run())
    said = texts(page.text)
    desk = Desk(store, shared.queue(), User("Camille", frozenset(Role)), "tab")
    ticket = ask_goal_price(desk, current(desk, NAME), GoalKind.PRIORITY_VALUE)
    assert ticket.wait(120)
    price = ticket.result
    assert price.plan
    for sentence in (*price.goals, *price.plan):
        assert sentence.replace("\u202f", " ") in said


def test_who_may_not_edit_reads_priorities(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "user", lambda: User("Camille", frozenset({Role.MEMBER})))
    page = opens("priorites")
    assert "Monter" not in [button.label for button in page.button]
    assert "Calculer ce que coûte l'objectif 1" in [button.label for button in page.button]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("partenaires", "Partners and budgets"),
        ("communes", "Communes"),
        ("regles", "Rules"),
        ("priorites", "Priorities"),
    ],
)
def test_every_page_speaks_english(opens: Opens, url: str, title: str) -> None:
    page = opens(url, lang="en")
    assert [one.value for one in page.title] == [title]
