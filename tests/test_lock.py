"""The environment is the same everywhere: every dependency is pinned with its hashes, and no host is named."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {canonical(re.split(r"[<>=!~\[ ]", requirement)[0]) for requirement in wanted}
    pinned = {canonical(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)}
    assert names <= pinned
    assert "setuptools" in pinned, "the project itself is installed without network"


def test_every_pin_has_a_hash() -> None:
    pins = re.findall(r"^[A-Za-z0-9._-]+==\S+ \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", LOCK, re.MULTILINE)
    assert len(pins) == len(re.findall(r"==", LOCK))


def test_no_host_is_named() -> None:
    assert "//" not in LOCK
