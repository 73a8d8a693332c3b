"""The application as a member uses it: choose a scenario, calculate, read, download."""

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scenarios import library
from scenarios.formats import read
from ui.pages import allocation, shipped
from ui.received import resolved

APPLICATION = str(Path(__file__).parents[3] / "app.py")


@pytest.fixture
def application() -> AppTest:
    return AppTest.from_file(APPLICATION, default_timeout=120).run()


def press(application: AppTest, label: str) -> AppTest:
    next(button for button in application.button if button.label == label).click()
    return application.run()


def texts(elements: object) -> str:
    return "\n".join(element.value for element in elements).replace("\u202f", " ")


def test_home_shows_every_shipped_scenario(application: AppTest) -> None:
    assert not application.exception
    assert [heading.value for heading in application.subheader] == [
        read(library.find(name)).title for name in library.names()
    ]
    assert "6 884 000,50 €" in texts(application.metric)


def test_opening_a_scenario_calculates_nothing_by_itself(application: AppTest) -> None:
    press(application, "Ouvrir « tutoriel »")
    assert not application.exception
    assert application.query_params["scenario"] == "tutoriel"
    assert "La répartition n'est pas encore calculée." in texts(application.info)
    assert not application.metric


def test_the_answer_then_the_matrix_then_the_workbooks(application: AppTest) -> None:
    press(application, "Ouvrir « tutoriel »")
    press(application, "Calculer la répartition")
    assert not application.exception
    assert [metric.label for metric in application.metric] == [
        "Coût total", "Financé", "Reste à financer", "Opérations non financées",
    ]  # fmt: skip
    assert "Toutes les règles sont respectées au centime" in texts(application.markdown)
    assert application.dataframe[0].value["Opération"].iloc[0] == "GYMNASE"
    press(application, "Préparer les classeurs")
    assert not application.exception
    assert len(application.get("download_button")) == 1


def test_the_law_stands_under_the_title_and_its_rules_apply(application: AppTest) -> None:
    press(application, "Ouvrir « droit-demo »")
    assert "Droit : 4 recueils, empreinte " in texts(application.caption)
    assert "valable jusqu'au 2018-09-30." in texts(application.caption)
    press(application, "Calculer la répartition")
    assert not application.exception
    assert "Ce plan est une proposition" in texts(application.markdown)
    table = application.dataframe[0].value.set_index("Opération")
    assert table.loc["MEDIA", "État, budget général"] == 300_000


def test_another_scenario_does_not_show_the_plan_of_the_first(application: AppTest) -> None:
    press(application, "Ouvrir « tutoriel »")
    press(application, "Calculer la répartition")
    application.selectbox[0].select("region-demo").run()
    assert not application.exception
    assert application.query_params["scenario"] == "region-demo"
    assert not application.metric


def test_an_impossible_mandatory_set_is_said_in_words(application: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = read(library.find("tutoriel"))
    operations = tuple(operation.model_copy(update={"mandatory": True}) for operation in scenario.operations)
    received = resolved(scenario.model_copy(update={"operations": operations}))
    monkeypatch.setattr(shipped, "scenario", lambda _name: received)
    press(application, "Ouvrir « tutoriel »")
    press(application, "Calculer la répartition")
    assert not application.exception
    assert "Les opérations obligatoires ne peuvent pas être toutes financées" in texts(application.text)
    assert not application.metric


def test_the_zip_holds_every_workbook_and_is_the_same_twice() -> None:
    scenario = read(library.find("tutoriel"))
    plan = allocation.Plan(scenario, allocation.allocate(scenario))
    said: list[str] = []
    content = allocation.zipped_workbooks(plan, said.append)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert any(name.startswith("convention_CENTRE_") for name in names)
    assert len(said) == len(names)
    assert content == allocation.zipped_workbooks(plan, said.append)


def test_the_application_serves_this_machine_only_and_reports_nothing() -> None:
    settings = (Path(APPLICATION).parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert 'address = "127.0.0.1"' in settings
    assert "gatherUsageStats = false" in settings


def test_modules_are_never_reloaded_under_a_scenario_already_read() -> None:
    """Rules of a module loaded anew are not those of a scenario read before: every rule was ignored, in silence."""
    settings = (Path(APPLICATION).parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert 'fileWatcherType = "none"' in settings
