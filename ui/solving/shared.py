"""The queue of this server process: as many workers as the settings say, started with the first page."""

import atexit
from functools import cache

from ui.configuration import workers
from ui.solving.limits import limits
from ui.solving.queue import Queue


@cache
def queue() -> Queue:
    """Return the queue every session shares; its processes end with this one."""
    found = Queue(workers(), limits())
    atexit.register(found.close)
    return found
