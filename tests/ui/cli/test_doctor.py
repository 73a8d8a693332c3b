"""``allocator doctor``."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scenarios.store import VARIABLE
from ui.cli import doctor


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def states(ended: Any) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for check in ended.document()["checks"]:
        found.setdefault(check["name"], []).append(check["fit"])
    return found


def test_a_machine_in_order(allocator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 1)
    ended = allocator("doctor")
    assert ended.code == 0, ended.out
    assert "en ordre : moteur highs" in ended.out
    ended = allocator("doctor", "--json")
    assert (ended.code, ended.document()["status"]) == (0, "done")
    assert states(ended) == {
        "settings": [True], "engine": [True] * 3, "store": [True], "disk": [True], "clock": [True],
    }  # fmt: skip


@pytest.mark.parametrize(("least", "fit"), [(0, True), (1 << 62, False)])
def test_a_disk_without_room(least: int, fit: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", least)
    assert [check.fit for check in doctor.disk()] == [fit]


@pytest.mark.parametrize(
    ("first", "fit"), [(datetime(2000, 1, 1, tzinfo=UTC), True), (datetime.max.replace(tzinfo=UTC), False)]
)
def test_a_clock_of_another_time(first: datetime, fit: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FIRST_DAY", first)
    assert [check.fit for check in doctor.clock()] == [fit]


def test_an_engine_that_fails_and_one_that_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    allocate = doctor.allocate

    def allocated(scenario: Any, engine_name: str) -> Any:
        if engine_name == "ortools":
            raise RuntimeError("absent")
        return allocate(scenario, engine_name="highs") if engine_name == "highs" else _Other()

    monkeypatch.setattr(doctor, "allocate", allocated)
    assert [(check.fit, check.sentence.split(" : ")[-1]) for check in doctor.engines()] == [
        (True, "moteur highs"), (False, "absent"), (False, "il ne donne pas les centimes des autres"),
    ]  # fmt: skip


class _Other:
    commitments = ()


def test_a_store_that_cannot_be_opened(own_store: Path) -> None:
    own_store.mkdir()
    (check,) = doctor.store()
    assert not check.fit


def test_a_wrong_setting(allocator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_WORKERS", "beaucoup")
    ended = allocator("doctor", "--json")
    assert (ended.code, ended.document()["status"], states(ended)["settings"]) == (1, "no", [False])
