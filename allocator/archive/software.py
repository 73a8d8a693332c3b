"""Which software computed a plan: versions of the libraries, and a hash of the program's own sources."""

import platform
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import allocator
from allocator.archive.bag import sha256

PRODUCT = "comite-des-financeurs"
LIBRARIES = ("highspy", "numpy", "ortools", "pulp", "pydantic", "python-flint", "pyyaml", "scipy", "xlsxwriter")
"""What takes part in a plan, its proof and its workbooks."""

LAYERS = ("scenarios", "allocator", "reports")
"""Sources that read, compute, check and write, as folders beside one another."""


def software() -> dict[str, str]:
    """Return versions by name, and ``sources``: the SHA-256 of every source that reads, computes, checks or writes."""
    return {
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        PRODUCT: _version(PRODUCT),
        **{name: _version(name) for name in LIBRARIES},
        "sources": _sources(),
    }


@cache
def _sources() -> str:
    """Hash the names and contents of the sources of every layer a plan depends on, and of the shipped rulebooks."""
    root = Path(allocator.__path__[0]).parent
    paths = [path for layer in LAYERS for kind in ("*.py", "books/*.yaml") for path in (root / layer).rglob(kind)]
    lines = [f"{sha256(path.read_bytes())}  {path.relative_to(root).as_posix()}\n" for path in sorted(paths)]
    return sha256("".join(lines).encode())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
