"""A derogation names one operation or one project."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield derogations that name both an operation and a project, or neither."""
    for row, line in enumerate(index.scenario.derogations):
        if (line.operation is None) == (line.project is None):
            yield Finding(
                "derogations", row, "operation",
                _("ni opération ni projet") if line.operation is None else _("une opération et un projet"),
                _("une opération ou un projet, l'un des deux"),
                _("Remplissez « operation » ou « project », pas les deux ; au besoin, écrivez deux lignes."),
            )  # fmt: skip
