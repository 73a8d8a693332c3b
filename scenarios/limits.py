"""How large a file may be before it is read: settings of the machine, each a variable of the environment.

A file is refused by its size, before a single byte is read; what it becomes once decompressed is limited too.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.language import N_, _

MEGA = 1_000_000
_MOST_MEGA = 100_000


@dataclass(frozen=True)
class SizeLimit:
    """A size no file of one sort may exceed. ``variable``: of the environment; ``default``: in megabytes."""

    variable: str
    default: int
    meaning: str

    def refusal(self, environment: Mapping[str, str] = os.environ) -> str:
        """Say what is wrong with the value the environment gives; empty when nothing is."""
        text = environment.get(self.variable, "")
        if not text or (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _MOST_MEGA and len(text) < 9):
            return ""
        return _("un nombre entier de mégaoctets, de 1 à {most}").format(most=_MOST_MEGA)

    @property
    def mega(self) -> int:
        """The limit in megabytes; the default one when the environment gives none that can be used."""
        text = os.environ.get(self.variable, "")
        return self.default if not text or self.refusal() else int(text)

    @property
    def bytes(self) -> int:
        """The limit in bytes."""
        return self.mega * MEGA

    def exceeded(self, path: Path) -> int | None:
        """Return the size of a file too large, in megabytes rounded up; None for any other. Raises OSError."""
        size = path.stat().st_size
        return -(-size // MEGA) if size > self.bytes else None

    @property
    def advice(self) -> str:
        """How the limit is moved."""
        return _("Réduisez le fichier ; l'administrateur peut aussi élargir la limite ({variable}).").format(
            variable=self.variable
        )


DOCUMENT = SizeLimit(
    "ALLOCATOR_LARGEST_DOCUMENT_MB", 50, N_("taille permise d'un document reçu (scénario, table, classeur), en Mo")
)
ARCHIVE = SizeLimit("ALLOCATOR_LARGEST_ARCHIVE_MB", 250, N_("taille permise d'une archive ou d'un plan reçu, en Mo"))
UNPACKED = 5
"""A workbook or an archive may be this many times larger once decompressed than its limit allows packed."""
