"""There is something to aim at."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document import GoalKind
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import quoted


def check(index: Index) -> Iterator[Finding]:
    """Yield an empty list of goals, and a closeness to a reference that is not given."""
    if not index.scenario.goals:
        yield Finding(
            "goals", None, None, _("aucun objectif"),
            _("un objectif au moins : {kinds}").format(kinds=quoted(GoalKind)),
            _("Ajoutez l'objectif que le comité place en premier."),
        )  # fmt: skip
    for row, goal in enumerate(index.scenario.goals):
        if goal.kind is GoalKind.REFERENCE_CLOSENESS and not index.scenario.references:
            yield Finding(
                "goals", row, "kind", _("« {kind} », sans plan ni clé de référence").format(kind=goal.kind),
                _("une ligne au moins dans la table « references »"),
                _("Donnez le plan de référence, ou supprimez cet objectif."),
            )  # fmt: skip
