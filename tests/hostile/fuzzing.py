"""One malformed input through the command line, in this process: what must hold whatever the input is."""

import contextlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook

from allocator.archive.bag import bag
from allocator.archive.opened import opened
from allocator.archive.pack import packed
from scenarios import library
from scenarios.formats import read, write
from tests.hostile import mutations
from tests.scenarios.financing_table.conftest import EXAMPLE, fill
from ui.cli.main import run

CORPUS = Path(__file__).parents[1] / "allocator" / "archive" / "corpus"
COMPLETE = Path(__file__).parents[1] / "scenarios" / "complete"
SMALL = "tutoriel"
"""The scenario small enough to be calculated at each draw."""

NAMES = ("tutoriel", "droit-demo", "region-demo", "complet")


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code, what it printed, and the files that were not there before, by relative path."""

    code: int
    said: str
    written: frozenset[str]

    def faults(self) -> list[str]:
        """Say what must never happen."""
        found = []
        if self.code not in (0, 1, 2):
            found.append(f"exit code {self.code}")
        if "Traceback" in self.said:
            found.append("traceback")
        if self.code != 0 and self.written:
            found.append(f"written although refused: {sorted(self.written)}")
        if self.code == 2 and not self.said.strip():
            found.append("refused without a word")
        return found


def command(folder: Path, *arguments: str | Path) -> Ended:
    """Run one command in ``folder``; what stands in it before is not counted as written, unless it changed."""
    before = {path: path.read_bytes() for path in _files(folder)}
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.chdir(folder):
        code = run([str(argument) for argument in arguments])
    after = {path: path.read_bytes() for path in _files(folder)}
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    return Ended(code, said.getvalue(), frozenset(str(path.relative_to(folder)) for path in changed))


def _files(folder: Path) -> Iterator[Path]:
    for root, _folders, names in os.walk(folder):
        for name in names:
            yield Path(root) / name


@cache
def _sound(name: str, suffix: str) -> bytes:
    """Return a shipped scenario, or the one that fills every table, as one file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"s{suffix}"
        write(read(COMPLETE if name == "complet" else library.find(name)), path)
        return path.read_bytes()


def scenario(random: Random, folder: Path) -> Iterator[Ended]:
    """Damage a text scenario, or one file of a folder; check it, convert it, and calculate the small one."""
    name = random.choice(NAMES)
    place = folder / "recu"
    if random.random() < 0.4:
        write(read(COMPLETE if name == "complet" else library.find(name)), place)
        path = random.choice(sorted(place.iterdir()))
    else:
        suffix = random.choice([".yaml", ".json"])
        place = path = place.with_suffix(suffix)
        path.write_bytes(_sound(name, suffix))
    for _time in range(random.randint(1, 2)):
        path.write_bytes(random.choice(mutations.TEXT)(random, path.read_bytes() or b"\n"))
    yield command(folder, "check", place)
    yield command(folder, "export", place, "--format", random.choice(["csv", "xlsx"]), "--out", "sortie")
    if name == SMALL:
        yield command(folder, "solve", place, "--out", "plan")


def workbook(random: Random, folder: Path) -> Iterator[Ended]:
    """Damage a scenario workbook; check it and import it."""
    path = folder / "recu.xlsx"
    path.write_bytes(mutations.package(random, _sound(random.choice(NAMES), ".xlsx"), mutations.XML))
    yield command(folder, "check", path, "--json")
    yield command(folder, "import", path, "--out", random.choice(["sorti.yaml", "sorti", "sorti.xlsx"]))


def archive(random: Random, folder: Path) -> Iterator[Ended]:
    """Damage an archive, or its content before its manifests are made again; verify it and replay it."""
    sound = random.choice(sorted(CORPUS.glob("*.zip")))
    path = folder / "recue.zip"
    if random.random() < 0.5:
        path.write_bytes(mutations.package(random, sound.read_bytes(), mutations.TEXT))
    else:
        path.write_bytes(_sealed_again(random, sound))
    yield command(folder, "verify", path)
    yield command(folder, "replay", path, "--json")


def table(random: Random, folder: Path) -> Iterator[Ended]:
    """Damage a partner's financing table, or the mapping that reads it; import it."""
    book, mapping = folder / "tableau.xlsx", folder / "correspondance.yaml"
    sound = Workbook()
    fill(sound.worksheets[0])
    sound.save(book)
    mapping.write_bytes(EXAMPLE.read_bytes())
    if random.random() < 0.5:
        book.write_bytes(mutations.package(random, book.read_bytes(), mutations.XML))
    else:
        mapping.write_bytes(random.choice(mutations.TEXT)(random, mapping.read_bytes()))
    yield command(folder, "import", book, "--mapping", mapping, "--out", "sorti.yaml")


def plan(random: Random, folder: Path) -> Iterator[Ended]:
    """Damage one file of a plan already calculated, of a journal, or a signature; compare and verify."""
    for path, content in _solved().items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    shutil.copytree(CORPUS, folder / "archives")
    damaged = folder / random.choice([*_solved(), "archives/journal.txt", "archives/1-tutoriel.zip.sig"])
    content = damaged.read_bytes()
    if damaged.suffix == ".json" and random.random() < 0.5:
        damaged.write_bytes(_json_damaged(random, content))
    else:
        damaged.write_bytes(random.choice(mutations.TEXT)(random, content))
    yield command(folder, "compare", "plan", SMALL)
    yield command(folder, "verify", "archives/1-tutoriel.zip", "--journal", "archives/journal.txt", "--json")


@cache
def _solved() -> dict[str, bytes]:
    """Return the files of a plan."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if command(folder, "solve", SMALL, "--out", "plan").code != 0:
            raise RuntimeError("the small scenario has a plan")
        return {f"plan/{path.name}": path.read_bytes() for path in sorted((folder / "plan").iterdir())}


def _sealed_again(random: Random, sound: Path) -> bytes:
    """Return an archive whose manifests are right and whose content is not: what a forger sends."""
    archive = opened(sound)
    files = {name: content for name, content in archive.files.items() if random.random() < 0.995}
    for name in random.sample(sorted(files), 2):
        if name.endswith(".json"):
            files[name] = _json_damaged(random, files[name])
        elif random.random() < 0.5:
            files[name] = random.choice(mutations.TEXT)(random, files[name] or b"\n")
    info = {field: value for field, value in archive.info.items() if field != "Payload-Oxum"}
    return packed(bag(files, info, {}))


def _json_damaged(random: Random, content: bytes) -> bytes:
    """Replace one value of a JSON document by one of another kind, or lose it."""
    document = json.loads(content)
    node: Any = document
    while isinstance(node, dict | list) and node:
        key: Any = random.choice(sorted(node)) if isinstance(node, dict) else random.randrange(len(node))
        child = node[key]
        if not isinstance(child, dict | list) or not child or random.random() < 0.25:
            if random.random() < 0.2:
                del node[key]
            else:
                node[key] = random.choice(
                    [None, -1, 10**40, 1.5, "", "x", "1/0", True, [], {}, [[]], "é", 2**63, child]
                )
            break
        node = child
    return json.dumps(document).encode()


KINDS: dict[str, Callable[[Random, Path], Iterator[Ended]]] = {
    "scenario": scenario, "workbook": workbook, "archive": archive, "plan": plan, "table": table,
}  # fmt: skip


def faults(kind: str, seed: int) -> list[str]:
    """Draw one malformed input and return everything that must never happen, with the command's words."""
    with TemporaryDirectory() as folder:
        ends = KINDS[kind](Random(f"{kind} {seed}"), Path(folder))
        return [f"{fault}\n{ended.said[-3000:]}" for ended in ends for fault in ended.faults()]
