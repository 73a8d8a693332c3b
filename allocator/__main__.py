"""``python -m allocator`` is the command ``allocator``.

The command line lives in the upper layer ``ui``, which this layer must not import: the command is found by the
name under which the project installed it.
"""

import sys
from importlib.metadata import entry_points


def main() -> None:
    """Run the installed command. Exits with 2 when the project is not installed in this environment."""
    commands = entry_points(group="console_scripts", name="allocator")
    if not commands:
        sys.exit("La commande « allocator » n'est pas installée : lancez « make run ».")
    next(iter(commands)).load()()


if __name__ == "__main__":
    main()
