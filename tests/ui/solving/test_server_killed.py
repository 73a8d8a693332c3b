"""A worker whose server is killed in the middle of a task ends by itself."""

import pickle
import subprocess
import sys


def test_a_task_cut_in_the_middle_ends_the_worker() -> None:
    """Bug: the worker waited for ever when only the beginning of a task had been written."""
    whole = pickle.dumps(list(range(100_000)))
    command = [sys.executable, "-m", "ui.solving.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as worker:
        worker.communicate(whole[:5_000], timeout=120)
    assert worker.returncode == 0
