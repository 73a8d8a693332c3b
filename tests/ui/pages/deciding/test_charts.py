"""*Répartition* shows the plan as pictures, one at a time, each with its table and its files."""

import pytest

from tests.ui.pages.deciding.conftest import Opens, ended, texts

FILES = {
    "Télécharger la figure (page HTML, hors réseau)", "Télécharger ce tableau (Excel)", "Télécharger ce tableau (CSV)",
}  # fmt: skip


@pytest.mark.parametrize("name", ["projets", "natures", "parts", "annees", "communes"])
def test_each_chart_has_its_table_and_its_files(opens: Opens, name: str) -> None:
    page = opens("repartition", graphique=name)
    assert page.selectbox(key="choice-graphique").value == name
    assert len(page.get("plotly_chart")) == 1
    assert {button.label for button in page.get("download_button")} >= FILES


def test_another_chart_is_chosen_and_stands_in_the_address(opens: Opens) -> None:
    page = opens("repartition")
    ended(page.selectbox(key="choice-graphique").select("communes").run())
    assert page.query_params["graphique"] in ("communes", ["communes"])
    assert "Charge des maîtres d'ouvrage, par commune" in texts(page.subheader)


def test_the_budget_of_one_partner(opens: Opens) -> None:
    page = opens("repartition", graphique="annees", budget="VILLE")
    assert any("Engagements et paiements de chaque année" in title.value for title in page.subheader)
    assert page.selectbox(key="choice-budget").value == "VILLE"
