"""The program as a file: another solver reads it and finds the same value, names are codes, numbers are exact."""

from pathlib import Path

import highspy
import pytest

from allocator.compilation import Compilation, compile_scenario
from allocator.model_file import write_model
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.library import find


@pytest.fixture(scope="module", params=["tutoriel", "region-demo"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Give two scenarios; in raw cents, HiGHS called -1001 optimal on the second one, whose optimum is -3441."""
    return read(find(request.param))


@pytest.fixture(scope="module")
def compilation(scenario: Scenario) -> Compilation:
    return compile_scenario(scenario)


@pytest.mark.parametrize("suffix", ["mps", "lp"])
def test_another_reader_finds_the_same_value(
    scenario: Scenario, compilation: Compilation, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"programme.{suffix}"
    write_model(compilation, path)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
    highs.setOptionValue("threads", 1)  # another number in one process makes the next runs fail
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.run()
    # The LP format gives rows without entries a column of their own.
    assert highs.getNumCol() - compilation.program.shape[1] == (suffix == "lp" and scenario.code == "region-demo")
    expected = float(allocate(scenario).goals[0].value)
    assert -highs.getInfo().objective_function_value == pytest.approx(expected, rel=1e-9)


def test_names_are_codes_and_never_collide(compilation: Compilation, tmp_path: Path) -> None:
    path = tmp_path / "programme.lp"
    write_model(compilation, path)
    text = path.read_text(encoding="ascii")
    operation = compilation.layout.frame.operations[0]
    assert f"share#{operation.code.replace('-', '~')}#{operation.earliest_start}" in text
    names = compilation.program.column_ids() + compilation.program.row_ids()
    assert len(set(names)) == len(names)


def test_an_unknown_format_is_refused(compilation: Compilation, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mps, lp"):
        write_model(compilation, tmp_path / "programme.xml")
    assert list(tmp_path.iterdir()) == []
