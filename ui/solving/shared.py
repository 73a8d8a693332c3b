"""The queue of this server process: one worker per core, started with the first page."""

import atexit
import os
from functools import cache

from ui.solving.queue import Queue


@cache
def queue() -> Queue:
    """Return the queue every session shares; its processes end with this one."""
    found = Queue(len(os.sched_getaffinity(0)))
    atexit.register(found.close)
    return found
