"""What is accepted: each way to write a value, and the small freedoms of each format."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scenarios.document import Scenario
from scenarios.formats import ScenarioError, read, write

COMPLETE = Path(__file__).parent / "complete"


def spoiled(spoil: Any, file: str, before: str, after: str) -> Scenario:
    return read(spoil([{"file": file, "before": before, "after": after}]))


def test_values_are_exact(complete: Path) -> None:
    scenario = read(complete)
    operation = scenario.operations[0]
    assert operation.code == "0010"
    assert operation.commune == "01004"
    assert operation.cost == 63_932_580
    assert operation.to_fund == 63_832_579
    assert operation.mandatory is True
    assert operation.divisible is False
    assert [line.share for line in scenario.profiles] == [1, Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)]
    assert scenario.envelopes[0].natures == ("DEM", "AME")
    assert scenario.eligibilities[1].eligible_base is None
    assert scenario.title == "Un scénario d'essai : toutes les tables, « montants illustratifs »"


@pytest.mark.parametrize(
    ("text", "rate"), [("0.25", "1/4"), ("25 %", "1/4"), ("12.5%", "1/8"), ("2/6", "1/3"), ("1", 1)]
)
def test_rates_may_be_written_in_three_ways(spoil: Any, text: str, rate: Any) -> None:
    scenario = spoiled(spoil, "rules.csv", "80 %", text)
    assert getattr(scenario.rules[0], "rate", None) == Fraction(rate)


@pytest.mark.parametrize(("text", "flag"), [("oui", True), ("true", True), ("non", False), ("false", False)])
def test_flags_may_be_written_in_french_or_as_yaml_does(spoil: Any, text: str, flag: bool) -> None:
    assert spoiled(spoil, "pools.csv", "oui,non,oui", f"oui,non,{text}").pools[0].carry_over is flag


def test_json_numbers_never_become_floating_point(tmp_path: Path, complete: Path) -> None:
    path = tmp_path / "s.json"
    write(read(complete), path)
    text = path.read_text(encoding="utf-8")
    bare = text.replace('"639325.80"', "639325.8000").replace('"0.2"', "0.20").replace('"2026"', "2026")
    bare = bare.replace('"oui"', "true").replace('"non"', "false").replace('"unit": "logements"', '"unit": null', 1)
    assert bare.count("true") > 1
    path.write_text(bare, encoding="utf-8")
    expected = read(complete)
    first = expected.operations[0].model_copy(update={"unit": ""})
    assert read(path) == expected.model_copy(update={"operations": (first, *expected.operations[1:])})


@pytest.mark.parametrize("name", ["s.yaml", "s.yml", "s.json"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path, complete: Path, name: str) -> None:
    path = tmp_path / name
    write(read(complete), path)
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert read(path) == read(complete)


def test_csv_may_come_from_a_spreadsheet(spoil: Any, complete: Path) -> None:
    folder = spoil(
        [{"file": "loans.csv", "content": "label,amount,operation,partner\r\n\r\nPrêt,50000.0,REQ-1,CDC\r\n"}]
    )
    (folder / "notes.txt").write_text("rien", encoding="utf-8")
    content = (folder / "loans.csv").read_bytes()
    (folder / "loans.csv").write_bytes(b"\xef\xbb\xbf" + content)
    loan = read(folder).loans[0]
    assert (loan.amount, loan.label) == (5_000_000, "Prêt")
    assert read(folder).model_copy(update={"loans": ()}) == read(complete).model_copy(update={"loans": ()})


def test_an_optional_table_with_a_header_only_is_empty(spoil: Any) -> None:
    folder = spoil([{"file": "loans.csv", "content": "operation,partner,amount,label\n"}])
    assert read(folder).loans == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [("absent.yaml", "aucun fichier à cet endroit"), ("absent", "aucun fichier à cet endroit")],
)
def test_a_path_without_document_is_told(tmp_path: Path, name: str, found: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        read(tmp_path / name)
    problem = refusal.value.problems[0]
    assert (problem.file, problem.found) == (str(tmp_path / name), found)


@pytest.mark.parametrize("use", [read, lambda path: write(read(COMPLETE), path)], ids=["read", "write"])
def test_another_suffix_is_refused(tmp_path: Path, use: Callable[[Path], Any]) -> None:
    path = tmp_path / "scenario.ods"
    path.touch()
    with pytest.raises(ScenarioError, match=r"un fichier « \.ods »") as refusal:
        use(path)
    assert refusal.value.problems[0].expected == "un fichier .yaml, .json ou .xlsx, ou un dossier"


def test_yaml_and_json_hold_the_same_words(tmp_path: Path, complete: Path) -> None:
    write(read(complete), tmp_path / "s.json")
    values = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert values["operations"][0]["cost_excl_vat"] == "639325.80"
    (tmp_path / "s.yaml").write_text((tmp_path / "s.json").read_text(encoding="utf-8"), encoding="utf-8")
    assert read(tmp_path / "s.yaml") == read(complete)
