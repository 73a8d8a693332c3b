"""The application as a member uses it: open an example, read the answer first, ask why, change the language."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from scenarios import library
from scenarios.changes import CellChanged
from scenarios.document import Scenario
from scenarios.document.quantities import cents_to_text
from scenarios.formats import json_text, read
from scenarios.formats.problems import ScenarioError
from scenarios.formats.text import document
from scenarios.store import RefusedError, Store, open_store
from ui.desk.desk import Desk
from ui.desk.dossiers import import_document
from ui.desk.views import View
from ui.pages import session
from ui.roles import Role, User
from ui.solving import shared
from ui.solving.limits import limits
from ui.solving.queue import Queue
from ui.solving.tasks import Call, Task
from ui.solving.ticket import Ticket

T = TypeVar("T")

APPLICATION = str(Path(__file__).parents[3] / "app.py")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setattr(session, "store", lambda: opened)
    yield opened
    st.cache_resource.clear()


@pytest.fixture
def application(store: Store) -> AppTest:
    assert store.dossiers() == ()
    return AppTest.from_file(APPLICATION, default_timeout=120).run()


def press(application: AppTest, label: str) -> AppTest:
    next(button for button in application.button if button.label == label).click()
    return application.run()


def texts(elements: object) -> str:
    return "\n".join(element.value for element in elements).replace("\u202f", " ")


def labels(application: AppTest) -> list[str]:
    return [button.label for button in application.button]


def parameter(application: AppTest, name: str) -> str:
    found = application.query_params[name]
    return found if isinstance(found, str) else found[0]


def settled(application: AppTest) -> AppTest:
    """Run the page again until its calculation is over, as the browser does."""
    for _turn in range(60):
        if not [button for button in application.button if button.label == "Arrêter le calcul"]:
            return application
        application.run()
    raise AssertionError("the calculation does not end")


def opened(application: AppTest, name: str = "tutoriel") -> AppTest:
    application.selectbox[0].select(name).run()
    return settled(press(application, "Ouvrir cet exemple"))


def cut(scenario: Scenario) -> CellChanged:
    """Return the change that cuts the first commitment budget by half."""
    line = next(line for line in scenario.budgets if line.commitment)
    before, after = (cents_to_text(cents) for cents in (line.commitment or 0, (line.commitment or 0) // 2))
    return CellChanged("budgets", (line.holder, str(line.year)), "commitment", before, after)


def test_an_empty_store_proposes_the_regional_example(application: AppTest) -> None:
    assert not application.exception
    assert "Commencez par l'exemple régional" in texts(application.markdown)
    assert "Ouvrir l'exemple régional" in [button.label for button in application.button]


def test_the_answer_comes_first_then_the_matrix(application: AppTest) -> None:
    opened(application)
    assert not application.exception
    assert parameter(application, "scenario") == "tutoriel"
    assert [metric.label for metric in application.metric] == [
        "Coût total", "Financé", "Reste à financer", "Opérations non financées",
    ]  # fmt: skip
    assert "**Confirmé**" in texts(application.markdown)
    assert "Toutes les règles sont respectées au centime" in texts(application.text)
    assert application.dataframe[0].value["Opération"].iloc[0] == "GYMNASE"
    assert application.dataframe[0].value["Opération"].iloc[-1] == "Budget restant"


def test_the_plan_is_kept_and_the_card_says_its_figures(application: AppTest, store: Store) -> None:
    opened(application)
    assert [dossier.name for dossier in store.dossiers()] == ["tutoriel"]
    again = AppTest.from_file(APPLICATION, default_timeout=120).run()
    assert not again.exception
    assert [metric.label for metric in again.metric] == ["Coût total", "Part financée", "Opérations écartées", "Statut"]
    assert again.metric[1].value.endswith("%")
    assert "par Poste local" in texts(again.text)


def test_the_law_and_the_version_stand_in_the_header(application: AppTest) -> None:
    opened(application, "droit-demo")
    assert not application.exception
    header = texts(application.caption)
    assert "version 1 (" in header
    assert "Droit : 4 recueils, empreinte " in header
    assert "valable jusqu'au 2018-09-30." in header
    table = application.dataframe[0].value.set_index("Opération")
    assert table.loc["MEDIA", "État, budget général"] == 300_000


def test_a_commit_says_what_it_changes(application: AppTest, store: Store) -> None:
    opened(application)
    head = store.head("tutoriel")
    store.commit("tutoriel", head.id, (cut(store.scenario_of(head.id)),), "Camille", "Budget réduit")
    settled(application.run())
    assert not application.exception
    assert "Ce qui change depuis la version 1" in [heading.value for heading in application.subheader]
    assert "version 2 (" in texts(application.caption)
    assert any(metric.delta for metric in application.metric)
    assert "• " in texts(application.text)


@pytest.mark.parametrize(("view", "column"), [("partenaire", "Aides"), ("commune", "Commune"), ("annee", "Nature")])
def test_a_view_chosen_is_shown_and_stands_in_the_address(application: AppTest, view: str, column: str) -> None:
    opened(application)
    application.button_group[1].set_value(View(view)).run()
    assert not application.exception
    assert parameter(application, "vue") == view
    assert column in application.dataframe[0].value.columns


def test_english_is_spoken_on_the_whole_page(application: AppTest) -> None:
    opened(application)
    application.session_state["lang"] = "en"
    application.run()
    assert not application.exception
    assert application.metric[0].label == "Total cost"
    assert parameter(application, "lang") == "en"


def test_who_may_not_export_sees_no_workbooks(application: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "user", lambda: User("Camille", frozenset({Role.MEMBER})))
    opened(application)
    assert not application.exception
    assert "Préparer les classeurs" not in [button.label for button in application.button]
    assert "Défaire la dernière version" not in [button.label for button in application.button]


def test_workbooks_are_prepared_then_downloaded(application: AppTest) -> None:
    opened(application)
    settled(press(application, "Préparer les classeurs"))
    assert not application.exception
    assert "Télécharger les classeurs" in [button.label for button in application.get("download_button")]


def test_a_scenario_of_another_application_says_where_to_go(application: AppTest) -> None:
    opened(application)
    application.query_params["scenario"] = "inconnu"
    application.run()
    assert not application.exception
    assert "Aucun dossier « inconnu »." in texts(application.error)
    assert not application.metric


def test_a_former_version_is_read_and_not_undone(application: AppTest, store: Store) -> None:
    opened(application)
    head = store.head("tutoriel")
    store.commit("tutoriel", head.id, (cut(store.scenario_of(head.id)),), "Camille", "Budget réduit")
    application.query_params["version"] = "1"
    application.run()
    assert not application.exception
    assert "Vous lisez une version ancienne" in texts(application.warning)
    assert "Défaire la dernière version" not in labels(application)
    settled(press(application, "Revenir à la dernière version"))
    assert "version 2 (" in texts(application.caption)
    assert "version" not in application.query_params


def test_undoing_makes_a_version_whose_plan_is_known(application: AppTest, store: Store) -> None:
    opened(application)
    before = [metric.value for metric in application.metric]
    head = store.head("tutoriel")
    store.commit("tutoriel", head.id, (cut(store.scenario_of(head.id)),), "Camille", "Budget réduit")
    settled(application.run())
    assert [metric.value for metric in application.metric] != before
    settled(press(application, "Défaire la dernière version"))
    assert not application.exception
    assert [metric.value for metric in application.metric] == before
    assert [version.number for version in store.history("tutoriel")] == [1, 2, 3]


def test_a_scenario_without_plan_says_why_in_words(application: AppTest, store: Store) -> None:
    scenario = read(library.find("tutoriel"))
    operations = tuple(line.model_copy(update={"mandatory": True}) for line in scenario.operations)
    store.create("impossible", scenario.model_copy(update={"operations": operations}), "Camille", "Essai")
    application.run()
    settled(press(application, "Ouvrir"))
    assert not application.exception
    assert "Aucune répartition ne respecte toutes les règles." in texts(application.warning)
    assert "Les opérations obligatoires ne peuvent pas être toutes financées" in texts(application.text)
    assert "Relancer le calcul" in labels(application)
    assert not application.metric


class Slow(Queue):
    """A queue whose calculations never end by themselves."""

    def submit(self, owner: str, task: Task[T]) -> Ticket[T]:  # noqa: ARG002 - whatever is asked
        return cast("Ticket[T]", super().submit(owner, Call(time.sleep, (600,))))


def test_while_it_is_calculated_the_former_figures_are_said_stale_and_it_can_be_stopped(
    application: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(application)
    head = store.head("tutoriel")
    store.commit("tutoriel", head.id, (cut(store.scenario_of(head.id)),), "Camille", "Budget réduit")
    slow = Slow(1, limits())
    monkeypatch.setattr(shared, "queue", lambda: slow)
    application.run()
    assert not application.exception
    assert "**Chiffres périmés** : ils sont ceux de la version 1" in texts(application.warning)
    assert "**Confirmé**" not in texts(application.markdown)
    press(application, "Arrêter le calcul")
    application.run()
    assert "Calcul arrêté à votre demande." in texts(application.info)
    assert "Relancer le calcul" in labels(application)
    slow.close()


def test_a_file_is_imported_and_every_error_told(store: Store) -> None:
    desk = Desk(store, shared.queue(), User("Camille", frozenset(Role)), "tab")
    content = json_text.render(document(read(library.find("tutoriel")))).encode()
    assert import_document(desk, "reçu.json", content).dossier == "tutoriel"
    with pytest.raises(RefusedError, match="existe déjà"):
        import_document(desk, "reçu.json", content)
    assert import_document(desk, "reçu.json", content, "copie").number == 1
    with pytest.raises(ScenarioError):
        import_document(desk, "reçu.json", b"{}", "vide")
    assert [dossier.name for dossier in store.dossiers()] == ["copie", "tutoriel"]


def test_the_application_serves_this_machine_only_and_reports_nothing() -> None:
    settings = (Path(APPLICATION).parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert 'address = "127.0.0.1"' in settings
    assert "gatherUsageStats = false" in settings


def test_modules_are_never_reloaded_under_a_scenario_already_read() -> None:
    """Rules of a module loaded anew are not those of a scenario read before: every rule was ignored, in silence."""
    settings = (Path(APPLICATION).parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert 'fileWatcherType = "none"' in settings
