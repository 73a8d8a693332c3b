"""The file of a figure opens alone, and says nothing a user typed as markup."""

from dataclasses import replace

import pytest

from reports.charts.chart import Chart, shown
from reports.charts.palette import COLOURS, PATTERNS, face
from reports.charts.who_pays import Towards, chart
from reports.layout.figures import Figures
from scenarios.language import speaking


@pytest.fixture(scope="module")
def drawn(figures: Figures) -> Chart:
    return chart(figures, Towards.PROJECT)


def test_the_file_needs_no_network(drawn: Chart) -> None:
    page = drawn.html().decode()
    assert page.startswith('<!doctype html><html lang="fr">')
    assert "<script src=" not in page
    assert "Plotly.newPlot" in page


def test_titles_are_text(drawn: Chart) -> None:
    page = replace(drawn, title="<b>Titre</b>").html().decode()
    assert "<h1>&lt;b&gt;Titre&lt;/b&gt;</h1>" in page


def test_numbers_follow_the_language(figures: Figures, drawn: Chart) -> None:
    assert drawn.figure.layout.separators == ",\u202f"
    with speaking("en"):
        assert chart(figures, Towards.PROJECT).figure.layout.separators == ".,"


def test_long_labels_are_cut_and_marks_of_layout_are_text() -> None:
    assert shown("a" * 40) == "a" * 33 + "…"
    assert shown("<a href='x'>&") == "&lt;a href='x'&gt;&amp;"


def test_the_first_faces_are_all_different() -> None:
    faces = {(face(rank)["color"], face(rank)["pattern"]["shape"]) for rank in range(24)}
    assert len(faces) == 24
    assert len(set(COLOURS)) == 6
    assert len(set(PATTERNS)) == 8
