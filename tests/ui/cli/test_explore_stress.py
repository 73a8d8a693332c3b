"""``allocator explore SCENARIO stress`` on the shipped scenarios: what is printed, kept, resumed and refused."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

Allocator = Callable[..., Any]
PAGE = Path(__file__).parents[3] / "docs" / "explorer.md"
HERE = ("--workers", "1")
HALVED = """\
title: L'État à moitié
draws: 4
seed: 1
withdrawals:
- {partner: ETAT, probability: 1, cut: 1/2}
"""


def test_half_of_the_state(allocator: Allocator, tmp_path: Path) -> None:
    """ECOLE is lost in every draw (see tests/allocator/exploration/test_trial.py for the figures by hand)."""
    spec = tmp_path / "aleas.yaml"
    spec.write_text(HALVED, encoding="utf-8")
    ended = allocator("explore", "tutoriel", "stress", "--spec", spec, "--robust", "VILLE", *HERE)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == "4 tirages, « L'État à moitié », graine 1."
    rows = {row[0]: row[1:] for row in (re.split(r"\s*│\s*", line)[1:-1] for line in lines if line.startswith("│"))}
    assert rows["ECOLE"] == ["financée", "0 %", "0 % à 60,3 %", "0 %"]
    assert rows["PLACE"] == ["financée en partie", "0 %", "0 % à 60,3 %", "100 %"]
    assert rows["COPRO"] == ["financée", "100 %", "39,7 % à 100 %", "100 %"]
    assert "Sans État, ne sont plus entièrement financées : ECOLE (40 points)." in lines
    assert lines[-5:] == [
        (
            "Pour que chaque opération entièrement financée le reste dans 90 % des tirages, les budgets de Ville "
            "(maître d'ouvrage) devraient augmenter de 32,1 % :"
        ),
        "- 2027 : 304 950 € à engager",
        "- 2028 : 160 500 € à engager",
        "- 2029 : 128 400 € à engager",
        "3 tirages recalculés en entier et vérifiés au centime (0, 1, 2) : mêmes opérations financées.",
    ]


def test_the_example_of_the_guide(allocator: Allocator, tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    spec = tmp_path / "aleas.yaml"
    spec.write_text(example, encoding="utf-8")
    ended = allocator("explore", "tutoriel", "stress", "--spec", spec, "--draws", "5", "--json", *HERE)
    assert ended.code == 0
    found = ended.document()
    assert found["draws"] == 5
    assert found["spec"]["overruns"][0]["natures"] == ["EQP"]
    assert found["verified"] == {"different": [], "ranks": [0, 1, 3]}
    assert found["robust"] is None


def test_the_workbook_holds_what_is_printed(allocator: Allocator, tmp_path: Path) -> None:
    spec, wanted = tmp_path / "aleas.yaml", tmp_path / "nouveau" / "epreuve.xlsx"
    spec.write_text(HALVED, encoding="utf-8")
    arguments = ("explore", "tutoriel", "stress", "--spec", spec, "--robust", "VILLE", *HERE)
    assert allocator(*arguments, "--workbook", wanted).code == 0
    book = load_workbook(wanted, data_only=True)
    assert book["Contrôles"]["C4"].value == "CONFORME"
    shares = {row[0]: row[8] for row in book["Opérations"].iter_rows(min_row=5, values_only=True)}
    assert (shares["ECOLE"], shares["PLACE"], shares["COPRO"]) == (0, 0, 1)
    safer = [row[1:4:2] for row in book["Budget sûr"].iter_rows(min_row=10, max_row=12, values_only=True)]
    assert safer == [(2027, 304_950), (2028, 160_500), (2029, 128_400)]
    first = wanted.read_bytes()
    assert allocator(*arguments, "--workbook", wanted).code == 0
    assert wanted.read_bytes() == first


@pytest.mark.long
def test_a_region_with_whole_operations(allocator: Allocator) -> None:
    ended = allocator("explore", "region-demo", "stress", "--draws", "2", "--verify", "0", "--json", *HERE)
    assert ended.code == 0
    found = ended.document()
    assert len(found["operations"]) == 60
    assert all(one["whole"] + one["part"] <= 2 for one in found["operations"])
    assert found["critical"][0]["value"] >= found["critical"][-1]["value"]


def test_the_illustrative_laws_say_so(allocator: Allocator) -> None:
    ended = allocator("explore", "tutoriel", "stress", "--draws", "2", "--seed", "3", "--verify", "0", *HERE)
    assert ended.out.startswith("2 tirages, « Aléas illustratifs », graine 3. Illustratif : aucune de ces lois")
    assert "Aucun tirage n'a été recalculé en entier." in ended.out
    assert "Tirage 2 sur 2" in ended.err


def test_a_killed_run_goes_on(allocator: Allocator, tmp_path: Path) -> None:
    kept = tmp_path / "tirages.jsonl"
    arguments = ("explore", "tutoriel", "stress", "--draws", "60", "--verify", "0", "--json", *HERE)
    command = [sys.executable, "-m", "allocator", *arguments, "--results", str(kept)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (kept.exists() and kept.read_bytes().count(b"\n") > 10) and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    before = kept.read_bytes()
    assert before.count(b"\n") > 10
    resumed = allocator(*arguments, "--results", kept)
    assert kept.read_bytes().startswith(before[: before.rfind(b"\n") + 1])
    assert kept.read_bytes().count(b"\n") == 61
    assert resumed.document() == allocator(*arguments).document()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--robust", "ANAH"), 2, "« ANAH » n'a pas de budget limité"),
        (("--target", "beaucoup"), 2, "« beaucoup » n'est pas un taux"),
        (("--spec", "absent.yaml"), 2, "introuvable"),
        (("--cluster", "nulle-part"), 2, "Aucun ordonnanceur Dask ne répond à l'adresse nulle-part"),
        (("--draws", "0"), 2, ""),
    ],
)
def test_what_cannot_be_done_is_said(
    allocator: Allocator, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    monkeypatch.setattr("allocator.exploration.workers.ANSWER_WITHIN", "0.5s")
    ended = allocator("explore", "tutoriel", "stress", *arguments)
    assert ended.code == code
    assert sentence in ended.err


def test_a_scenario_without_a_plan(allocator: Allocator, infeasible: Path) -> None:
    ended = allocator("explore", infeasible, "stress", "--draws", "2", *HERE)
    assert ended.code == 1
    assert "ne peuvent pas être toutes financées" in ended.err


def test_the_help_is_in_french(allocator: Allocator) -> None:
    ended = allocator("explore", "--help")
    assert ended.code == 0
    assert "Utilisation : allocator explore SCENARIO COMMANDE" in ended.out
    assert (
        "Utilisation : allocator explore SCENARIO stress [options]"
        in allocator("explore", "tutoriel", "stress", "--help").out
    )
