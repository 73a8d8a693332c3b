"""A PostgreSQL server of one's own: a temporary folder, a free port, nobody else's data."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

_ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root: root starts it as this user, which its package makes."""


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None when it is not installed."""
    found = shutil.which("pg_ctl")
    folders = (
        [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    )
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    port: int

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the account that owns the server."""
        where = programs()
        assert where is not None
        command = [str(where / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", _ACCOUNT, "--", *command]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        # Durability against a power cut is PostgreSQL's own affair: no test pulls the plug.
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop at once, as a crash would."""
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.folder / "data"))

    def empty(self, name: str) -> str:
        """Make a schema with nothing in it, as good as a database and made at once; return its URL."""
        place = f"postgresql://{_ACCOUNT}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(place) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        return f"{place}?options=-csearch_path%3D{name}"


@contextmanager
def server() -> Iterator[Server]:
    """Run a server, gone with its data at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            running = Server(folder, probe.getsockname()[1])
        running.run("initdb", "-D", str(folder / "data"), "-U", _ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync")
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
