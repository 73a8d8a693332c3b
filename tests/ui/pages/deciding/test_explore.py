"""*Explorer*: other plans and how one is kept, the frontier, the stress test with its workbook and its cancellation."""

import io
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from allocator.exploration.alternatives import alternatives
from allocator.exploration.spec import ILLUSTRATIVE
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats.problems import ScenarioError
from scenarios.store import RefusedError, Store
from tests.ui.pages.deciding.conftest import Opens, ended, press, texts
from ui.desk.desk import Desk
from ui.desk.exploring import ask_alternatives, ask_stress, ask_stress_workbook, keep_alternative, received_spec
from ui.desk.plans import known
from ui.desk.versions import current
from ui.plan import Plan
from ui.roles import NotAllowedError, Role, User
from ui.solving import shared


@pytest.fixture
def officer(store: Store) -> Desk:
    return Desk(store, shared.queue(), User("Camille", frozenset({Role.OFFICER})), "tab")


@pytest.fixture
def plan(officer: Desk) -> Plan:
    found = known(officer, current(officer, "tutoriel"))
    assert found is not None
    return found


def test_other_plans_each_with_its_sentence_then_one_is_kept(opens: Opens, store: Store) -> None:
    page = opens("explorer")
    page.text_input(key="loss").set_value("25 %")
    page = press(page, "Chercher d'autres plans")
    titles = texts(page.subheader)
    assert "Le plus proche du vote précédent, le plus tôt" in titles
    assert "Le moins de conventions" in titles
    said = texts(page.text)
    assert "reçoivent plus : GYMNASE" in said
    assert "Le plan lui-même est déjà : la couverture la plus égale des territoires." in said
    place = [title.value for title in page.subheader].index("Le plus proche du vote précédent, le plus tôt")
    page.text_input(key=f"name-{place}").set_value("variante")
    page.text_input(key=f"reason-{place}").set_value("Demandé en séance")
    [button for button in page.button if button.label == "Garder ce plan"][place].click()
    page = ended(page.run())
    assert "Gardé comme le scénario « variante »." in texts(page.success)
    head = store.head("variante")
    assert (head.number, head.reason) == (1, "Demandé en séance")
    assert store.allocation(fingerprint(store.scenario_of(head.id))) is not None


def test_a_plan_kept_is_the_one_its_goals_give(officer: Desk, store: Store, tutorial: Scenario) -> None:
    one = alternatives(tutorial, allocate(tutorial), Fraction(1, 4)).found[0]
    keep_alternative(officer, current(officer, "tutoriel"), one, "variante", "Essai")
    kept = store.scenario_of(store.head("variante").id)
    again = allocate(kept)
    assert (again.commitments, again.payments) == (one.allocation.commitments, one.allocation.payments)
    with pytest.raises(RefusedError):
        keep_alternative(officer, current(officer, "tutoriel"), one, "variante", "Encore")


def test_a_loss_that_is_no_rate_is_said(opens: Opens) -> None:
    page = opens("explorer")
    page.text_input(key="loss").set_value("beaucoup").run()
    assert "« beaucoup » n'est pas un taux de 0 à 1, comme 1 % ou 0.01." in texts(page.error)


def test_a_frontier_is_drawn_with_its_points(opens: Opens) -> None:
    page = opens("explorer", question="frontiere")
    assert page.selectbox(key="choice-premier").value == "priority_value"
    assert page.selectbox(key="choice-second").value == "reference_closeness"
    page = press(page, "Tracer la frontière")
    assert len(page.get("plotly_chart")) == 1
    assert list(page.dataframe[0].value["Plan"])[:2] == ["A", "B"]


def test_the_same_goal_is_not_offered_twice(opens: Opens) -> None:
    page = opens("explorer", question="frontiere", premier="funded_cost", second="funded_cost")
    assert page.selectbox(key="choice-premier").value == "funded_cost"
    assert page.selectbox(key="choice-second").value != "funded_cost"


def test_a_stress_test_and_its_workbook(opens: Opens) -> None:
    page = opens("explorer", question="aleas")
    page.number_input(key="draws-100").set_value(5)
    page = press(page, "Mettre le plan à l'épreuve")
    assert "5 tirages, « Aléas illustratifs », graine 1." in texts(page.text)
    assert "Sans " in texts(page.text)
    assert list(page.dataframe[0].value.columns) == [
        "Opération", "Dans le plan", "Financée en entier", "Intervalle", "Au moins en partie",
    ]  # fmt: skip
    page = press(page, "Préparer le classeur de la mise à l'épreuve")
    labels = [button.label for button in page.get("download_button")]
    assert "Télécharger le classeur de la mise à l'épreuve" in labels


def test_a_safer_budget_is_looked_for(officer: Desk, plan: Plan) -> None:
    spec = ILLUSTRATIVE.model_copy(update={"draws": 3})
    ticket = ask_stress(officer, plan, spec, plan.scenario.budgets[0].holder, Fraction(9, 10))
    assert ticket.wait(120)
    assert ticket.result.safer is not None
    written = ask_stress_workbook(officer, ticket.result)
    assert written.wait(60)
    assert len(load_workbook(io.BytesIO(written.result)).sheetnames) > 5


def test_a_stress_test_can_be_stopped(officer: Desk, plan: Plan) -> None:
    ticket = ask_stress(officer, plan, ILLUSTRATIVE.model_copy(update={"draws": 100_000}), None, Fraction(1))
    assert not ticket.wait(1)
    ticket.cancel()
    assert ticket.words == "Calcul arrêté à votre demande."


def test_a_document_of_what_may_go_wrong_says_what_is_wrong(officer: Desk, plan: Plan) -> None:
    good = b"title: Essai\ndraws: 2\nseed: 3\n"
    assert received_spec(officer, "aleas.yaml", good, plan.scenario).draws == 2
    with pytest.raises(ScenarioError) as refused:
        received_spec(officer, "aleas.yaml", b"title: Essai\ndraws: 0\n", plan.scenario)
    assert "aleas.yaml" in str(refused.value)


def test_a_member_explores_but_does_not_keep(store: Store, plan: Plan, tutorial: Scenario) -> None:
    member = Desk(store, shared.queue(), User("Alix", frozenset({Role.MEMBER})), "tab")
    ask_alternatives(member, plan, Fraction(0)).cancel()
    one = alternatives(tutorial, allocate(tutorial), Fraction(1, 4)).found[0]
    with pytest.raises(NotAllowedError):
        keep_alternative(member, current(member, "tutoriel"), one, "variante", "Essai")


def test_in_english(opens: Opens) -> None:
    page = opens("explorer", lang="en")
    assert page.title[0].value == "Explore"
    assert "Look for other plans" in [button.label for button in page.button]
