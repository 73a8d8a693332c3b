"""Where the benches write: tables on the standard output, progress beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.stopwatch import Announce

WIDTH = 100
"""Width of the tables when the output is not a terminal."""


def results() -> Console:
    """Return the console of the tables."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=WIDTH)


@contextmanager
def steps() -> Iterator[Announce]:
    """Show each step as it starts: a moving line on a terminal, one line each elsewhere."""
    console = Console(stderr=True, markup=False, highlight=False)
    if not console.is_terminal:
        yield lambda text: console.print(f"… {text}", soft_wrap=True)
        return
    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda text: progress.update(task, description=text)


def decimal(value: float, places: int) -> str:
    """Write a number the French way, with a decimal comma and narrow spaces between thousands."""
    return f"{value:,.{places}f}".replace(",", "\u202f").replace(".", ",")
