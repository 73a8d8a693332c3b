"""*Comparer*: what differs between versions, in sentences, in a waterfall and in tables; the workbook."""

import io
import zipfile

import pytest

from allocator.allocation import Allocation
from scenarios.changes import CellChanged
from scenarios.document import Scenario
from scenarios.document.quantities import cents_to_text
from scenarios.store import Store, UnknownError
from tests.ui.pages.deciding.conftest import Opens, press, texts
from ui.desk.comparing import ask_comparison_workbooks, open_place, places
from ui.desk.desk import Desk
from ui.desk.plans import known
from ui.desk.versions import current
from ui.roles import NotAllowedError, Role, User
from ui.solving import shared

PREPARE = "Préparer la comparaison et les avenants (Excel)"


def cut(scenario: Scenario) -> CellChanged:
    """Return the change that cuts the first commitment budget to nothing."""
    line = next(line for line in scenario.budgets if line.commitment)
    before = cents_to_text(line.commitment or 0)
    return CellChanged("budgets", (line.holder, str(line.year)), "commitment", before, "0")


@pytest.fixture
def two(store: Store, tutorial: Scenario) -> Store:
    store.commit("tutoriel", store.head("tutoriel").id, (cut(tutorial),), "Camille", "Budget retiré")
    return store


def test_one_version_alone_says_what_to_do(opens: Opens) -> None:
    assert "Choisissez au moins deux versions" in texts(opens("comparer").info)


def test_the_version_before_is_compared_with_the_one_opened(opens: Opens, two: Store) -> None:
    page = opens("comparer")
    assert two.head("tutoriel").number == 2
    assert page.multiselect[0].value == ["tutoriel@1", "tutoriel@2"]
    said = texts(page.text)
    assert "Avant : tutoriel, droit du 2026-12-01" in said
    assert "Les données diffèrent : aucun écart n'est attribué au droit seul." in said
    assert "De version 1 à version 2" in texts(page.subheader)
    assert len(page.get("plotly_chart")) == 1
    inputs = page.dataframe[-1].value
    assert list(inputs["Colonne"]) == ["commitment"]
    assert list(inputs["Après"]) == ["0"]


@pytest.mark.parametrize("reading", ["partenaire", "operation", "commune", "projet", "annee"])
def test_each_reading_has_its_waterfall_and_its_table(opens: Opens, two: Store, reading: str) -> None:
    page = opens("comparer", lecture=reading)
    assert two.head("tutoriel").number == 2
    assert page.selectbox(key="choice-lecture").value == reading
    assert len(page.get("plotly_chart")) == 1
    names = [column for frame in page.dataframe for column in frame.value.columns]
    assert {"engagé, avant", "financé, avant"} & set(names)


def test_winners_and_losers_are_named(opens: Opens, two: Store) -> None:
    assert two.head("tutoriel").number == 2
    said = texts(opens("comparer", lecture="operation").text)
    assert "Perdent : " in said


def test_three_versions_show_all_their_figures(opens: Opens, two: Store) -> None:
    head = two.head("tutoriel")
    two.commit("tutoriel", head.id, (CellChanged("", (), "title", head_title(two), "Autre"),), "Camille", "Titre")
    page = opens("comparer", avec=["tutoriel@1", "tutoriel@2", "tutoriel@3"])
    assert list(page.dataframe[0].value["Version"]) == ["version 1", "version 2", "version 3"]
    assert "Comparer en détail la première version avec" in [box.label for box in page.selectbox]
    assert list(page.dataframe[1].value.columns)[2:] == ["version 1", "version 2", "version 3"]


def head_title(store: Store) -> str:
    return store.scenario_of(store.head("tutoriel").id).title


def test_a_version_and_itself_have_the_same_cents(opens: Opens, store: Store, tutorial: Scenario) -> None:
    change = CellChanged("", (), "title", tutorial.title, "Autre titre")
    store.commit("tutoriel", store.head("tutoriel").id, (change,), "Camille", "Titre")
    page = opens("comparer")
    assert "• Aucun montant ne change." in texts(page.text)
    assert PREPARE not in [button.label for button in page.button]


def test_two_currencies_are_not_compared(opens: Opens, store: Store, tutorial: Scenario) -> None:
    change = CellChanged("", (), "currency", tutorial.currency, "USD")
    store.commit("tutoriel", store.head("tutoriel").id, (change,), "Camille", "Dollars")
    page = opens("comparer")
    assert "leurs montants ne se comparent pas" in texts(page.warning)


def test_the_workbooks_are_prepared(opens: Opens, two: Store) -> None:
    assert two.head("tutoriel").number == 2
    page = press(opens("comparer"), PREPARE)
    assert "Télécharger la comparaison et les avenants" in [one.label for one in page.get("download_button")]


def test_the_zip_holds_the_comparison_and_the_amendments(two: Store, tutorial: Scenario) -> None:
    desk = Desk(two, shared.queue(), User("Camille", frozenset(Role)), "tab")
    before = known(desk, current(desk, "tutoriel", 1))
    assert before is not None
    assert isinstance(before.allocation, Allocation)
    empty = Allocation(
        tutorial.code, before.allocation.fingerprint, (), (), (), (), before.allocation.tie_break, unique=False,
        engine=before.allocation.engine,
    )  # fmt: skip
    ticket = ask_comparison_workbooks(desk, before, type(before)(tutorial, empty))
    assert ticket.wait(60)
    names = zipfile.ZipFile(io.BytesIO(ticket.result)).namelist()
    assert names[0].startswith("comparaison_")
    assert any(name.startswith("avenant_") for name in names)


def test_a_member_compares_but_does_not_take_workbooks(two: Store) -> None:
    member = Desk(two, shared.queue(), User("Alix", frozenset({Role.MEMBER})), "tab")
    opened = current(member, "tutoriel", 1)
    assert set(places(member, opened)) == {"tutoriel@2", "tutoriel@1"}
    plan = known(member, opened)
    assert plan is not None
    with pytest.raises(NotAllowedError):
        ask_comparison_workbooks(member, plan, plan)


def test_versions_of_two_dossiers_are_called_by_both(opens: Opens, store: Store, tutorial: Scenario) -> None:
    store.create("autre", tutorial, "Camille", "Copie")
    page = opens("comparer", avec=["tutoriel@1", "autre@1"])
    assert "De tutoriel, version 1 à autre, version 1" in texts(page.subheader)
    assert "• Aucun montant ne change." in texts(page.text)


def test_a_place_that_names_nothing_is_refused(two: Store) -> None:
    desk = Desk(two, shared.queue(), User("Camille", frozenset(Role)), "tab")
    for place in ("tutoriel", "tutoriel@x", "tutoriel@9", "inconnu@1"):
        with pytest.raises(UnknownError):
            open_place(desk, place)


def test_in_english(opens: Opens, two: Store) -> None:
    assert two.head("tutoriel").number == 2
    page = opens("comparer", lang="en")
    assert page.title[0].value == "Compare"
    assert "Before: tutoriel" in texts(page.text)
