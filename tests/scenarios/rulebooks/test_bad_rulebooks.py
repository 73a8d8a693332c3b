"""A rulebook that cannot be relied on is refused, with the file and the line."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.formats import ScenarioError
from scenarios.rulebooks import BOOKS, TEMPLATE, read_rulebook
from scenarios.rulebooks.shelf import shelf

HERE = Path(__file__).parent
GOOD = HERE / "recueil.yaml"
CASES = [
    pytest.param(case, id=case["name"])
    for case in yaml.safe_load((HERE / "recueils-fautifs.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_says_what_is_wrong(case: dict[str, Any], tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    assert text.count(case["before"]) == 1
    (tmp_path / "recueil.yaml").write_text(text.replace(case["before"], case["after"]), encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        read_rulebook(tmp_path / "recueil.yaml")
    blocks = "\n\n".join(map(str, refusal.value.problems))
    assert blocks + "\n" == case["message"]
    assert all(problem.row and problem.advice.endswith(".") for problem in refusal.value.problems)


def test_the_good_rulebook_and_the_template_are_read() -> None:
    assert [entry.id for entry in read_rulebook(GOOD).entries] == ["ESSAI", "AUTRE"]
    template = read_rulebook(TEMPLATE)
    assert all(entry.to_fill for entry in template.entries)


@pytest.mark.parametrize("content", ["", "- code", "code: [", "texte", "code: a\nentries: x\nhorizon: y"])
def test_something_else_than_a_rulebook_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "recueil.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError):
        read_rulebook(tmp_path / "recueil.yaml")


def test_two_rulebooks_never_share_an_identifier(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    (tmp_path / "recueil.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "second.yaml").write_text(text.replace("code: recueil", "code: autre"), encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        shelf(tmp_path)
    assert [problem.found for problem in refusal.value.problems] == [
        "« autre »", "« ESSAI », déjà dans « recueil »", "« AUTRE », déjà dans « recueil »",
    ]  # fmt: skip


def test_a_copy_of_the_template_is_a_rulebook_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(BOOKS, tmp_path / "books")
    shutil.copy(TEMPLATE, tmp_path / "books" / "modele-collectivite.yaml")
    assert "modele-collectivite" in shelf(tmp_path / "books")
