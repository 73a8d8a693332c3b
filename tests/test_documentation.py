"""The documentation says what is: links lead somewhere, commands and JSON keys are those of the program."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from allocator.allocation import Allocation
from reports.layout.budget_lines import BudgetYear
from scenarios import library
from ui.cli import explore
from ui.cli.failures import ANSWER_IS_NO, CRASH, DONE, INTERRUPTED, PIPE_CLOSED, UNUSABLE
from ui.cli.main import app
from ui.plan import Totals

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMAND_LINE = (ROOT / "docs" / "ligne-de-commande.md").read_text(encoding="utf-8")


def links(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            yield link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"} <= set(links(index))


def test_every_command_has_its_line() -> None:
    documented = set(re.findall(r"^\| `(\w+) (?:SCENARIO|CLASSEUR|ARCHIVE|\[--json\]`)", COMMAND_LINE, re.MULTILINE))
    assert documented == {*(command.name for command in app.registered_commands), explore.NAME}


def test_every_exit_code_has_its_line() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMAND_LINE, re.MULTILINE)}
    assert documented == {DONE, ANSWER_IS_NO, UNUSABLE, CRASH, INTERRUPTED, PIPE_CLOSED}


@pytest.mark.parametrize("record", [Allocation, Totals, BudgetYear], ids=lambda record: record.__name__)
def test_every_key_of_the_json_documents_is_explained(record: type) -> None:
    words = set(re.findall(r"`(\w+)`", COMMAND_LINE))
    assert {field.name for field in fields(record)} <= words


def test_every_shipped_scenario_is_presented() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", index, re.MULTILINE)) == set(library.names())
