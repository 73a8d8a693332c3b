"""A worker process: ``python -m ui.solving.worker`` reads tasks, writes messages, and leaves when its reader leaves.

It is started by its own name, not by ``multiprocessing``: that one would run the page being shown again in the child.
"""

import os
import pickle
import sys
import traceback
from collections.abc import Callable
from queue import Empty, Queue
from threading import Thread
from typing import Any, BinaryIO

from scenarios.language import _, speaking
from ui.cli.failures import ANSWER_IS_NO, CRASH, UNUSABLE, exit_code, sentence
from ui.solving.bench import Bench
from ui.solving.messages import Done, Failure, Kind, Message
from ui.solving.tasks import Task

IDLE = 0.3
"""Seconds without a task before previews are prepared: a task that follows at once does not wait for them."""


def main() -> None:
    """Answer tasks until there are no more to read: the process then ends at once."""
    target = _own_output()
    tasks: Queue[tuple[str, Task[object]]] = Queue()
    Thread(target=_read, args=(sys.stdin.buffer, tasks), daemon=True).start()
    bench = Bench()

    def say(message: Message) -> None:
        target.write(pickle.dumps(message))
        target.flush()

    while True:
        try:
            asked = tasks.get(timeout=IDLE if bench.waiting else None)
        except Empty:
            bench.prepare()
            continue
        language, task = asked
        with speaking(language):
            _answer(bench, task, say)


def _answer(bench: Bench, task: Task[object], say: Callable[[Message], None]) -> None:
    try:
        say(Done(task.run(bench, say)))
    except BrokenPipeError:
        raise SystemExit(0) from None  # nobody reads any more
    except Exception as error:  # noqa: BLE001 - whatever happens, the page gets a sentence and the worker stays
        say(_failure(error))


def _failure(error: Exception) -> Failure:
    code = exit_code(error)
    if code is not None:
        return Failure(_KINDS[code], sentence(error), traceback.format_exc() if code == CRASH else "")
    text = _(
        "Le calcul s'est arrêté sur une erreur du programme ({name}). Rien n'a été modifié. "
        "Relancez-le ; si l'erreur revient, transmettez le journal du serveur."
    ).format(name=type(error).__name__)
    return Failure(Kind.BROKEN, text, traceback.format_exc())


_KINDS = {ANSWER_IS_NO: Kind.NO_PLAN, UNUSABLE: Kind.UNUSABLE, CRASH: Kind.BROKEN}


def _own_output() -> BinaryIO:
    """Keep standard output for messages: whatever engines print goes to the errors."""
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return os.fdopen(kept, "wb")


def _read(source: BinaryIO, tasks: "Queue[Any]") -> None:
    while True:
        try:
            tasks.put(pickle.load(source))  # noqa: S301 - written by the application  # nosec B301
        except (EOFError, pickle.UnpicklingError):
            # Nobody writes any more, maybe in the middle of a task: a server killed leaves no process behind, even
            # while a calculation runs.
            os._exit(0)


if __name__ == "__main__":
    main()
