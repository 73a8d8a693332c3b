"""The replay: same cents, or what differs and why."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from allocator.archive import migrations
from allocator.archive.differences import Part
from allocator.archive.opened import opened
from allocator.archive.payload import Sealing
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.replay import Replay, replay
from allocator.archive.seal import Place, compute, seal
from allocator.archive.verdict import State
from scenarios import library
from tests.allocator.archive.attacker import Change, edited, one_cent_moved, rewritten

Seal = Callable[..., Path]


def replayed(path: Path) -> Replay:
    return replay(opened(path), lambda _: None)


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seal a scenario whose rules come from rulebooks."""
    path = tmp_path_factory.mktemp("droit") / "a.zip"
    seal(
        compute(library.find("droit-demo"), lambda _: None),
        {},
        Sealing(),
        Place(path),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    return path


def test_the_same_cents(sealed: Seal) -> None:
    found = replayed(sealed())
    assert (found.verdict.state, found.differences) == (State.CONFORMING, ())
    assert "sont les mêmes, au centime" in found.verdict.reasons[0]


def test_the_same_cents_under_the_law_of_the_archive(lawful: Path) -> None:
    found = replayed(lawful)
    assert (found.verdict.state, found.differences) == (State.CONFORMING, ())


def test_one_cent_moved(sealed: Seal) -> None:
    path = sealed()
    found = replayed(rewritten(path, edited(path, "allocation.json", one_cent_moved)))
    assert found.verdict.state is State.NOT_CONFORMING
    assert "engagements : 4 lignes ne sont pas les mêmes" in found.verdict.reasons[0]
    assert found.verdict.reasons[-1] == (
        "données, règles, code et solveur sont les mêmes : le plan archivé n'est pas celui du calcul"
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda values: values["goals"][0].update(value="1/1"), "les objectifs n'atteignent pas les mêmes valeurs"),
        (lambda values: values.update(tie_break="0.0"), "la règle de départage n'est pas la même : 0.0, puis 1.0"),
        (
            lambda values: values["rounding"].append(
                {"operation": "ECOLE", "partner": "VILLE", "start": 2027, "exact": "1/3", "amount": 0}
            ),
            "arrondis : 1 lignes ne sont pas les mêmes, dont ECOLE VILLE 2027 1/3 (0 c)",
        ),
    ],
    ids=["goal", "tie-break", "rounding"],
)
def test_what_the_plan_is_said_to_reach(sealed: Seal, change: Change, reason: str) -> None:
    path = sealed()
    found = replayed(rewritten(path, edited(path, "allocation.json", change)))
    assert found.verdict.state is State.NOT_CONFORMING
    assert any(reason in line for line in found.verdict.reasons)


def test_other_data(sealed: Seal) -> None:
    """A label changed in the documents received: the fingerprint says so, though every cent is the same."""
    path = sealed()
    operations = opened(path).files["received/operations.csv"].decode()
    changed = operations.replace("Étude urbaine", "Étude", 1)
    assert changed != operations
    found = replayed(rewritten(path, {"received/operations.csv": changed.encode()}))
    assert found.verdict.state is State.NOT_CONFORMING
    assert found.verdict.reasons[-1].startswith("ce qui n'est plus le même : les données")
    assert Part.DATA in {line.part for line in found.differences}


def test_another_rate_in_a_rulebook_of_the_archive(lawful: Path) -> None:
    archive = opened(lawful)
    name = "rulebooks/cgct-part-propre.yaml"
    text = archive.files[name].decode()
    changed = text.replace("value: 0.20", "value: 0.45")
    assert changed != text
    found = replayed(rewritten(lawful, {name: changed.encode()}))
    rules = {line.what for line in found.differences if line.part is Part.RULES}
    assert {"empreinte du droit", "empreinte des règles en vigueur"} <= rules
    assert found.verdict.state is State.NOT_CONFORMING
    assert "les règles" in found.verdict.reasons[-1]


def test_the_rulebooks_shipped_today_are_not_used(
    lawful: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("allocator.archive.differences.BOOKS", tmp_path)
    found = replayed(lawful)
    assert found.verdict.state is State.CONFORMING
    assert {line.part for line in found.differences} == {Part.RULES}
    assert not any(line.used for line in found.differences)


@pytest.mark.parametrize(
    ("name", "part"),
    [("sources", Part.CODE), ("python", Part.CODE), ("comite-des-financeurs", Part.CODE), ("highspy", Part.SOLVER)],
)
def test_other_software_that_gives_the_same_cents(sealed: Seal, name: str, part: Part) -> None:
    path = sealed()

    def change(values: Any) -> None:
        values[name] = "autre"

    found = replayed(rewritten(path, edited(path, "software.json", change)))
    assert found.verdict.state is State.CONFORMING
    assert [(line.part, line.what, line.sealed) for line in found.differences] == [(part, name, "autre")]


def test_another_version_of_the_solver(sealed: Seal) -> None:
    path = sealed()

    def change(values: Any) -> None:
        values["engine"]["version"] = "0.0"
        one_cent_moved(values)

    found = replayed(rewritten(path, edited(path, "allocation.json", change)))
    assert found.verdict.reasons[-1] == "ce qui n'est plus le même : le solveur"


def test_an_engine_this_program_does_not_have(sealed: Seal) -> None:
    path = sealed()
    found = replayed(
        rewritten(path, edited(path, "allocation.json", lambda values: values["engine"].update(name="autre")))
    )
    assert (found.verdict.state, found.verdict.reasons) == (
        State.UNVERIFIABLE,
        ("le moteur « autre » est inconnu ici",),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"received/scenario.yaml": None},
        {"received/scenario.yaml": b"\xff"},
        {"received/sous/dossier.csv": b"x"},
        {"allocation.json": None},
        {"allocation.json": b"{}"},
        {"software.json": b"[" * 100_000},
    ],
    ids=["missing", "not text", "folder", "no plan", "empty plan", "endless"],
)
def test_an_archive_that_cannot_be_read_back(sealed: Seal, changes: dict[str, bytes | None]) -> None:
    assert replayed(rewritten(sealed(), changes)).verdict.state is State.UNVERIFIABLE


def test_a_program_without_any_plan(sealed: Seal) -> None:
    """Every operation mandatory: the budgets cannot fund them all."""
    path = sealed()
    table = opened(path).files["received/operations.csv"].decode().replace(",non,", ",oui,")
    found = replayed(rewritten(path, {"received/operations.csv": table.encode()}))
    assert found.verdict.state is State.NOT_CONFORMING
    assert found.verdict.reasons[0].startswith("le calcul refait ne trouve aucun plan")


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_format_of_another_time(sealed: Seal, version: object) -> None:
    """The attacker's helper keeps the rest of the record: only the version is unknown."""
    path = sealed()
    faux = rewritten(path, edited(path, "archive.json", lambda values: values.update(format_version=version)))
    with pytest.raises(ArchiveUnusableError, match="ce programme lit les formats 1 à 1"):
        _ = opened(faux).files
    assert replayed(faux).verdict.state is State.UNVERIFIABLE


def test_a_former_format_is_brought_to_the_present_one(sealed: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the plan had once been called otherwise: steps follow one another, and the sealed bytes stay."""
    path = sealed()
    allocation = opened(path).files["allocation.json"]
    old = rewritten(path, {"allocation.json": None, "plan.json": allocation})
    monkeypatch.setattr(migrations, "FORMAT_VERSION", 3)
    steps = {
        1: lambda files: {**files, "plan2.json": files["plan.json"]},
        2: lambda files: {**files, "allocation.json": files["plan2.json"]},
    }
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    assert replayed(old).verdict.state is State.CONFORMING
    assert "data/plan2.json" not in opened(old).sealed


def test_a_program_that_is_not_the_one_solved(sealed: Seal) -> None:
    """The cents are right, the program is not: with the same data, rules, code and solver there is only one."""
    path = sealed()

    def change(values: Any) -> None:
        values["rows"]["limit"][0] += 1

    found = replayed(rewritten(path, edited(path, "program.json", change)))
    assert found.verdict.state is State.NOT_CONFORMING
    assert [(line.part, line.what) for line in found.differences] == [(Part.CODE, "empreinte du programme")]
