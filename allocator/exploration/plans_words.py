"""Alternatives and frontiers in the committee's words."""

from allocator.exploration.alternatives import Alternative, Named
from allocator.exploration.frontier import Frontier
from scenarios.language import N_, _

_NAMES = {
    Named.CLOSEST: N_("le plus proche du vote précédent"),
    Named.EQUAL_EFFORT: N_("l'effort le plus égal entre partenaires"),
    Named.EQUAL_BURDEN: N_("la charge la plus égale entre communes"),
    Named.EQUAL_COVERAGE: N_("la couverture la plus égale des territoires"),
    Named.FEWEST: N_("le moins de conventions"),
    Named.EARLIEST: N_("le plus tôt"),
}


def named(names: tuple[Named, ...]) -> str:
    """Say the names of a plan."""
    return ", ".join(_(_NAMES[name]) for name in names)


def gains(found: Alternative) -> tuple[str, str]:
    """Name the operations that receive more than in the plan, and those that receive less."""
    more = [one.code for one in found.changes.operations if one.funded.difference > 0]
    less = [one.code for one in found.changes.operations if one.funded.difference < 0]
    return _listed(more), _listed(less)


def partners(found: Alternative) -> tuple[str, str]:
    """Name the partners that bring more than in the plan, and those that bring less."""
    more = [one.code for one in found.changes.partners if one.committed.difference > 0]
    less = [one.code for one in found.changes.partners if one.committed.difference < 0]
    return _listed(more), _listed(less)


def exactness(found: Frontier) -> str:
    """Say what of the frontier is proven and what is only a sample."""
    if len(found.points) == 1:
        return _("Un même plan est le meilleur pour les deux objectifs : il n'y a rien à échanger.")
    if all(found.straight):
        return _("Entre deux points, la frontière est exactement la droite qui les joint.")
    if any(found.straight):
        return _(
            "Chaque point est exact. Là où c'est dit, la frontière est exactement la droite jusqu'au point suivant ; "
            "ailleurs, d'autres plans se trouvent entre les points."
        )
    return _("Chaque point est exact ; entre les points, d'autres plans peuvent se trouver.")


def _listed(codes: list[str]) -> str:
    shown = 5
    more = len(codes) - shown
    return ", ".join(codes[:shown]) + (_(" et {more} autres").format(more=more) if more > 0 else "")
