"""``allocator solve``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocator import allocation_files
from allocator.check import verify
from allocator.engines import ENGINE_NAMES
from allocator.solve.infeasible import NoWholeCentsError
from scenarios import library
from scenarios.formats import read
from ui.cli import solve


def test_the_plan_is_printed_at_100_columns_in_a_pipe(allocator_process: Callable[..., Any]) -> None:
    ended = allocator_process("solve", "tutoriel")
    assert ended.code == 0
    assert "Opérations non financées" in ended.out
    assert "Toutes les règles sont respectées au centime" in ended.out
    assert max(map(len, ended.out.split("Objectifs")[0].splitlines())) == 100
    assert "Lecture du scénario" in ended.err
    assert "Vérification de toutes les règles" in ended.err


@pytest.mark.parametrize("engine", ENGINE_NAMES)
def test_json_is_alone_on_the_standard_output_whatever_the_engine(
    allocator_process: Callable[..., Any], engine: str
) -> None:
    document = allocator_process("solve", "tutoriel", "--json", "--engine", engine).document()
    reference = allocator_process("solve", "tutoriel", "--json").document()
    assert document["status"] == "done"
    assert document["allocation"]["engine"]["name"] == engine
    assert document["allocation"]["commitments"] == reference["allocation"]["commitments"]
    totals = document["totals"]
    assert totals["cost"] - totals["receipts"] == totals["funded"] + totals["missing"]
    assert sum(line["to_fund"] - line["funded"] for line in document["unfunded"]) == totals["missing"]
    assert document["files"] == []


def test_what_is_written_is_read_back_and_conforms(allocator: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    ended = allocator("solve", "tutoriel", "--out", folder)
    assert ended.code == 0
    assert "allocation.json" in ended.out
    allocation = allocation_files.read(folder)
    assert verify(read(library.find("tutoriel")), allocation) == ()
    assert sorted(path.name for path in folder.iterdir()) == [
        "allocation.json", "commitments.csv", "launches.csv", "law.json", "payments.csv", "scenario.json",
    ]  # fmt: skip


def test_an_impossible_mandatory_set_is_the_answer_no(allocator: Callable[..., Any], infeasible: Path) -> None:
    ended = allocator("solve", infeasible)
    assert ended.code == 1
    assert ended.out == ""
    assert "Les opérations obligatoires ne peuvent pas être toutes financées" in ended.err


def test_the_answer_no_is_a_json_document_too(allocator: Callable[..., Any], infeasible: Path) -> None:
    ended = allocator("solve", infeasible, "--json")
    assert ended.code == 1
    document = ended.document()
    assert document["status"] == "no"
    assert document["shortfalls"]
    assert all(line["at_most"] < line["to_fund"] for line in document["shortfalls"])


def test_rules_a_cent_apart_are_the_answer_no(allocator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def contradicted(*_: object) -> None:
        raise NoWholeCentsError(("R1", "R2"))

    monkeypatch.setattr(solve, "find_plan", contradicted)
    ended = allocator("solve", "tutoriel", "--json")
    assert ended.code == 1
    assert ended.document()["status"] == "no"
    assert ended.document()["rules"] == ["R1", "R2"]
    assert "pas en centimes entiers" in ended.err
