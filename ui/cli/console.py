"""Where the command line writes: results on the standard output, progress and errors beside it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import fill

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

PIPED_WIDTH = 100
"""Width of the tables when the output is not a terminal and COLUMNS is not set."""

Steps = Callable[[str], None]
"""Told, in business words, what is being done."""


def results() -> Console:
    """Return the console of results."""
    return _console(to_errors=False)


def messages() -> Console:
    """Return the console of progress and errors."""
    return _console(to_errors=True)


def say(console: Console, text: str) -> None:
    """Print sentences, wrapped at spaces only: amounts hold narrow spaces at which rich would cut them."""
    for line in text.splitlines():
        console.print(fill(line, console.width) if console.is_terminal else line, soft_wrap=True)


@contextmanager
def steps() -> Iterator[Steps]:
    """Show each step as it starts: a moving line on a terminal, one line each elsewhere."""
    console = messages()
    if not console.is_terminal:
        yield lambda text: console.print(f"… {text}")
        return
    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda text: progress.update(task, description=text)


def _console(*, to_errors: bool) -> Console:
    stream = sys.stderr if to_errors else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH
    # Codes and labels come from files: nothing in them is a style.
    return Console(stderr=to_errors, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)
