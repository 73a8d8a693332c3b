"""A committee of ten thousand operations: what it takes to check, write and read it. Printed, never asserted."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import pytest

from scenarios.document import Eligibility, Presence
from scenarios.fingerprint import fingerprint
from scenarios.formats import check, read, write
from scenarios.synthetic import committee

Result = TypeVar("Result")


@pytest.mark.long
def test_ten_thousand_operations_with_every_pair_eligible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = committee(10_000, partners=12, years=10)
    pairs = tuple(
        Eligibility(operation=operation.code, partner=partner.code, presence=Presence.OPTIONAL)
        for operation in drawn.operations
        for partner in drawn.partners
        if partner.code != operation.owner
    )
    scenario = drawn.model_copy(update={"eligibilities": pairs})

    def timed(what: str, work: Callable[[], Result]) -> Result:
        start = perf_counter()
        result = work()
        with capsys.disabled():
            print(f"\n{what}: {perf_counter() - start:.2f} s", end="")
        return result

    timed(f"check {len(pairs)} eligible pairs", lambda: check(scenario))
    mark = timed("fingerprint", lambda: fingerprint(scenario))
    for name in ("s", "s.json", "s.yaml"):
        timed(f"write {name}", lambda name=name: write(scenario, tmp_path / name))
        back = timed(f"read {name}", lambda name=name: read(tmp_path / name))
        assert back == scenario
        assert fingerprint(back) == mark
