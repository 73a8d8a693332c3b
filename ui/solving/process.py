"""One worker process, seen from the application: started, given a task, listened to, killed and replaced."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator

from ui.solving.messages import Done, Failure, Message
from ui.solving.tasks import Task


class WorkerLostError(Exception):
    """The process ended before it answered."""


class WorkerProcess:
    """A process that computes one task at a time."""

    def __init__(self) -> None:
        self._ended = False
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        # Our own interpreter and our own module: no word of the command comes from outside.
        self._process = subprocess.Popen(  # nosec B603
            [sys.executable, "-m", "ui.solving.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def answers(self, task: Task[object], language: str) -> Iterator[Message]:
        """Give what the process says of a task, the last message being Done or Failure. Raises WorkerLostError."""
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:
            raise RuntimeError("a worker is started with both pipes")
        try:
            target.write(pickle.dumps((language, task)))
            target.flush()
            while True:
                message = pickle.load(source)  # noqa: S301 - written by the process started above  # nosec B301
                yield message
                if isinstance(message, Done | Failure):
                    return
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.kill()
            raise WorkerLostError(str(self._process.wait())) from error

    @property
    def alive(self) -> bool:
        """Tell whether the process is still there, and was not seen to end."""
        return not self._ended and self._process.poll() is None

    def kill(self) -> None:
        """End the process at once, whatever it does; its reader gets WorkerLostError."""
        self._ended = True
        self._process.kill()

    def close(self) -> None:
        """End the process and give back its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdout, self._process.stdin):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:  # what was left to write has no reader any more
                    continue
