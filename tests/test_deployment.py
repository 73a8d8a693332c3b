"""The page on deployment: its back-up and restore commands do what it says, its unit and its site hold together."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from scenarios import library
from scenarios.changes import CellChanged
from scenarios.formats import read
from scenarios.store import Store, open_store
from tests.scenarios.store.postgresql import Server, programs, server

PAGE = (Path(__file__).parents[1] / "docs" / "deploiement.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)


def filled(store: Store) -> None:
    """Keep a dossier of two versions."""
    scenario = read(library.find("tutoriel"))
    first = store.create("Séance", scenario, "Anne", "Reçu")
    operation = scenario.operations[0]
    change = CellChanged("operations", (operation.code,), "label", operation.label, "Autre nom")
    store.commit("Séance", first.id, [change], "Bruno", "Nom exact")


def run(script: str, folder: Path, place: str, path: str = "") -> None:
    """Run the commands of the page as a shell does, ``allocator`` being the program under test."""
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    command = tools / "allocator"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m allocator "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {
        **os.environ, "PATH": os.pathsep.join([str(tools), *filter(None, [path]), os.environ["PATH"]]),
        "ALLOCATOR_STORE": place, "SAUVEGARDE": str(folder / "sauvegarde"),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }  # fmt: skip
    done = subprocess.run(["/bin/sh", "-e", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_has_two_drills_of_two_commands() -> None:
    assert len(COMMANDS) == 4
    assert all("$SAUVEGARDE" in command for command in COMMANDS)
    assert all("allocator doctor" in command for command in COMMANDS[1::2])


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="il manque sqlite3")
def test_a_store_of_one_file_is_backed_up_and_restored(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    drill(COMMANDS[0], COMMANDS[1], tmp_path, str(place))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Server]:
    if programs() is None:
        pytest.skip("il manque PostgreSQL")
    with server() as running:
        yield running


def test_a_store_of_a_server_is_backed_up_and_restored(postgresql: Server, tmp_path: Path) -> None:
    postgresql.run("createdb", "-h", "127.0.0.1", "-p", str(postgresql.port), "-U", "postgres", "comite")
    place = f"postgresql://postgres@127.0.0.1:{postgresql.port}/comite"
    assert make_url(place).database == "comite"
    drill(COMMANDS[2], COMMANDS[3], tmp_path, place, str(programs()))


def drill(back_up: str, restore: str, folder: Path, place: str, path: str = "") -> None:
    """Back up a store in use, spoil what it holds, restore it, and find everything again."""
    with open_store(place) as store:
        filled(store)
        kept = store.log(), store.history("Séance")
        run(back_up, folder, place, path)
        store.create("Après la sauvegarde", read(library.find("tutoriel")), "Chloé", "À perdre")
    run(restore, folder, place, path)
    with open_store(place) as store:
        assert (store.log(), store.history("Séance")) == kept
        assert store.verify_log() == ()
        assert [dossier.name for dossier in store.dossiers()] == ["Séance"]


def test_nginx_lets_through_what_the_program_reads() -> None:
    assert f"client_max_body_size {re.findall(r'maxUploadSize ([0-9]+)', PAGE)[0]}m;" in PAGE
    assert re.findall(r"--server\.port (\d+)", PAGE)[0] in re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+)", PAGE)
