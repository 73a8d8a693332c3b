"""The class of a commune is one the ANRU publishes, with its year; points are added to a class only."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import quoted


def check(index: Index) -> Iterator[Finding]:
    """Yield classes that do not exist or have no year, and points without a class."""
    for row, commune in enumerate(index.scenario.communes):
        number = commune.anru_class
        if number is not None and not 1 <= number <= 6:
            yield Finding(
                "communes", row, "anru_class", quoted([str(number)]), _("une classe de 1 à 6"), _("Corrigez la classe.")
            )
        if number is not None and commune.anru_class_year is None:
            yield Finding(
                "communes", row, "anru_class_year", _("rien"), _("l'année de la classe de l'ANRU"),
                _("Écrivez l'année où l'ANRU a publié cette classe, et sa source dans « provenance »."),
            )  # fmt: skip
        for column in ("anru_class_year", "anru_bonus"):
            if number is None and getattr(commune, column) is not None:
                yield Finding(
                    "communes", row, column, _("« {column} » sans classe").format(column=column),
                    _("une classe dans « anru_class »"),
                    _("Écrivez la classe, ou videz « {column} ».").format(column=column),
                )  # fmt: skip
