"""The application served on a free port of this machine with a store of its own, and Debian's browser to look at it.

What the browser tests, the pictures of the guide and the bench of sessions share.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright

APP = Path(__file__).parent.parent / "app.py"
CHROMIUM = shutil.which("chromium")
"""Where the browser is; None when it is not installed."""

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""What the browser is started with: no window, nothing fetched by itself."""

PATIENCE = 180.0
"""Seconds a server has to answer: a busy machine is slow, a broken one does not answer at all."""


@dataclass(frozen=True)
class Served:
    """A server that runs: its address, its process and what it writes."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """Kill the server at once, as a power cut would; the processes it started are left to themselves."""
        self.process.kill()
        self.process.wait()

    def running(self) -> list[int]:
        """Return the server and the processes it started that still run, zombies apart (Linux)."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                state, _parent, group = status.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
                if int(group) == self.process.pid and state != "Z":
                    found.append(int(status.parent.name))
        return found

    def memory(self) -> int:
        """Return the bytes of memory that the server and the processes it started hold (Linux)."""
        pages = 0
        for pid in self.running():
            with suppress(OSError):
                pages += int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def processor(self) -> float:
        """Return the processor seconds that the server and the processes it started have taken (Linux)."""
        ticks = 0
        for pid in self.running():
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(store: Path) -> Iterator[Served]:
    """Serve the application on a store until the block ends. Raises RuntimeError when it does not start."""
    port = _free_port()
    log = store.with_suffix(".log")
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", APP, "--server.headless=true", f"--server.port={port}"],
            cwd=APP.parent, env={**os.environ, "ALLOCATOR_STORE": str(store), "PYTHONPATH": str(APP.parent)},
            stdout=written, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    found = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        _await_health(found)
        yield found
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def browser_of(playwright: Playwright) -> Browser:
    """Start the browser, without a window; it fetches nothing by itself."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _await_health(server: Served) -> None:
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline and server.process.poll() is None:
        with suppress(URLError, OSError), urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:  # noqa: S310 - ours
            if answer.status == 200:
                return
        sleep(0.2)
    raise RuntimeError(f"the application did not start: {server.log.read_text(encoding='utf-8')[-2000:]}")
