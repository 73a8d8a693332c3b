"""Payment profiles pay the whole commitment."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.document.quantities import rate_to_text
from scenarios.language import _

MAX_MULTIPLE = 1_000_000
"""Largest common denominator of the shares: exact payments stay within 64-bit integers."""


def check(index: Index) -> Iterator[Finding]:
    """Yield the profiles whose shares do not sum exactly to one, on their first line, and shares too unlike."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    first: dict[str, int] = {}
    for row, line in enumerate(index.scenario.profiles):
        sums[line.profile] += line.share
        first.setdefault(line.profile, row)
    multiple = lcm(*(line.share.denominator for line in index.scenario.profiles))
    if multiple > MAX_MULTIPLE:
        yield Finding(
            "profiles", 0, "share",
            _("des parts dont le plus petit dénominateur commun est {multiple}").format(multiple=multiple),
            _("un dénominateur commun d'un million au plus, pour tous les profils ensemble"),
            _("Écrivez les parts avec moins de décimales, ou toutes en fractions simples comme « 1/7 »."),
        )  # fmt: skip
    for profile, total in sums.items():
        if total != 1:
            yield Finding(
                "profiles", first[profile], "share",
                _("des parts du profil « {profile} » dont la somme est {total}").format(
                    profile=profile, total=rate_to_text(total)
                ),
                _("des parts dont la somme est exactement 1"),
                _("Corrigez les parts ; écrivez les tiers « 1/3 » et non « 0.333 »."),
            )  # fmt: skip
