"""The data dictionary says what the models say, and the page says what the dictionary says."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

from scenarios.choices import CHOICES
from scenarios.dictionary import HEADER, tables
from scenarios.dictionary_page import EXAMPLE, page
from scenarios.document import Operation, RuleRecord, Scenario
from scenarios.document.rule import Rule
from scenarios.formats import read

PAGE = Path(__file__).parents[2] / "docs" / "format.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page() + "\n", "python -m scenarios.dictionary > docs/format.md"


def test_the_command_prints_the_page() -> None:
    command = [sys.executable, "-m", "scenarios.dictionary"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert printed.stdout == page() + "\n"


def test_the_example_of_the_page_is_a_valid_scenario(tmp_path: Path) -> None:
    (tmp_path / "exemple.yaml").write_text(EXAMPLE, encoding="utf-8")
    scenario = read(tmp_path / "exemple.yaml")
    assert [operation.to_fund for operation in scenario.operations] == [63_932_580, 24_000_000]
    assert f"```yaml\n{EXAMPLE}```" in page()


def test_every_field_of_the_document_is_described() -> None:
    fields = set(Scenario.model_fields)
    known = tables()
    assert {column.name for column in known[HEADER].columns} | set(known) - {HEADER} == fields
    assert [column.name for column in known["operations"].columns] == list(Operation.model_fields)
    models = get_args(get_args(Rule)[0])
    names = {name for model in models for name in model.model_fields}
    assert {column.name for column in known["rules"].columns} == names
    assert all(column.meaning for table in known.values() for column in table.columns)


def test_columns_of_some_rules_only_name_them() -> None:
    rules = tables()["rules"]
    shared = [column.name for column in rules.columns if not column.kinds]
    assert set(shared) == {*RuleRecord.model_fields, "kind"}
    amount = rules.column("amount_per_unit")
    assert amount is not None
    assert (amount.kinds, amount.needed_by, amount.required) == (("amount_ceiling", "flat_aid"), ("flat_aid",), False)
    rate = rules.column("rate")
    assert rate is not None
    assert (rate.required, rate.needed_by) == (False, tuple(kind for kind in rate.kinds if kind != "sanction"))
    last_day = rules.column("last_day")
    assert last_day is not None
    assert last_day.required
    assert rules.column("rates") is None


def test_every_word_of_a_closed_list_is_explained() -> None:
    words = {word for table in tables().values() for column in table.columns for word in column.values}
    assert words == {str(word) for word in CHOICES}


def expected(table: str, name: str) -> str:
    column = tables()[table].column(name)
    assert column is not None
    return column.expected


def test_what_a_column_expects_is_said_in_french() -> None:
    assert expected("operations", "units") == "un nombre entier de 0 à 999 999 999"
    assert expected("eligibilities", "presence") == "l'un des mots « required », « optional »"
    assert expected(HEADER, "format_version") == "1"
    listed = "une liste, « a|b » dans un CSV et « [a, b] » ailleurs, dont chaque élément est un code de 1 à 40 lettres"
    assert expected("envelopes", "natures").startswith(listed)
