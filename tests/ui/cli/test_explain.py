"""``allocator explain`` and ``allocator unlock`` on the tutorial: what is printed is read as a whole."""

from collections.abc import Callable
from typing import Any

import pytest

Allocator = Callable[..., Any]


def test_why_the_square_of_the_tutorial(allocator: Allocator) -> None:
    ended = allocator("explain", "tutoriel", "--operation", "PLACE")
    assert ended.code == 0
    sentences = ended.out.split("┏")[0].splitlines()
    assert sentences == [
        (
            "État apporte 433 333,30 € à « Réaménagement de la place du marché, par tranches » "
            "(PLACE), soit ≈ 28,89 % de son montant à financer."
        ),
        "Ce partenaire ne peut pas apporter plus : le budget d'engagement 2028 de « État » (433 333,30 €).",
        (
            "Région apporte 300 000 € à « Réaménagement de la place du marché, par tranches » "
            "(PLACE), soit 20 % de son montant à financer."
        ),
        (
            "Ce partenaire ne peut pas apporter plus : le budget d'engagement 2028 de « Région » (300 000 €) ; le "
            "montant arrêté de Région pour PLACE : exactement 300 000 € (Région, commission permanente (exemple) : "
            "Subvention votée pour la première tranche)."
        ),
        (
            "Ville (maître d'ouvrage) apporte 500 000 € à « Réaménagement de la place du marché, par tranches » "
            "(PLACE), soit ≈ 33,33 % de son montant à financer."
        ),
        (
            "Ce partenaire ne peut pas apporter plus : "
            "le budget d'engagement 2028 de « Ville (maître d'ouvrage) » (500 000 €)."
        ),
        "Personne d'autre n'aurait pu payer davantage sans rien coûter aux objectifs.",
        (
            "Ne peuvent rien apporter à « Réaménagement de la place du marché, par tranches » (PLACE), faute d'y être "
            "éligibles : « Agence nationale de l'habitat », « Syndicat de copropriétaires (maître d'ouvrage privé) »."
        ),
    ]
    assert "- « Réaménagement de la place du marché, par tranches » (PLACE) doit être entièrement financée" in ended.out


def test_a_rate_is_said_with_what_it_applies_to(allocator: Allocator) -> None:
    ended = allocator("explain", "tutoriel", "--operation", "ECOLE")
    assert (
        "« Équipements : l'État apporte au plus 60 % du coût HT » (Exemple du tutoriel), "
        "pour ECOLE : 60 % de 2 400 000 €"
    ) in ended.out


def test_one_more_euro_of_an_envelope(allocator: Allocator) -> None:
    ended = allocator("explain", "tutoriel", "--partner", "ETAT")
    assert (
        "1 € de plus dans l'enveloppe « Enveloppe de l'État pour les équipements publics, 2027-2029 » (2 000 000 €) : "
        "aucun objectif ne change."
    ) in ended.out


def test_one_more_euro_of_the_city(allocator: Allocator) -> None:
    ended = allocator("explain", "tutoriel", "--partner", "VILLE", "--rule", "MO-20")
    assert (
        "1 € de plus dans le budget d'engagement 2028 de « Ville (maître d'ouvrage) » (500 000 €) : points de priorité "
        "financés : 0,00002. « Réaménagement de la place du marché, par tranches » (PLACE) reçoit 1 € de plus."
    ) in ended.out
    assert (
        "Sans « Une collectivité maître d'ouvrage garde au moins 20 % du financement public » "
        "(CGCT, art. L.1111-10 III) : aucun objectif ne change."
    ) in ended.out


def test_what_would_fund_the_square(allocator: Allocator) -> None:
    ended = allocator("unlock", "tutoriel", "--operation", "PLACE")
    assert ended.code == 0
    assert ended.out.splitlines()[-8:-6] == [
        "Option 1, 266 666,70 € en tout :",
        "- augmenter de 266 666,70 € le budget d'engagement 2028 de « Ville (maître d'ouvrage) » (500 000 €)",
    ]


def test_json(allocator: Allocator) -> None:
    explained = allocator("explain", "tutoriel", "--operation", "PLACE", "--json").document()
    assert [(line["partner"], line["amount"]) for line in explained["amounts"]] == [
        ("ETAT", 43_333_330), ("REGION", 30_000_000), ("VILLE", 50_000_000),
    ]  # fmt: skip
    unlocked = allocator("unlock", "tutoriel", "--operation", "PLACE", "--json").document()
    assert unlocked["options"][0] == {
        "cost": 26_666_670,
        "changes": [{"kind": "commitment_budget", "codes": ["VILLE", "2028"], "cents": 26_666_670}],
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("explain", "tutoriel"), "Que faut-il expliquer ?"),
        (("explain", "tutoriel", "--operation", "X"), "L'opération « X » n'existe pas."),
        (("explain", "tutoriel", "--partner", "X"), "Le partenaire « X » n'existe pas."),
        (("explain", "tutoriel", "--rule", "X"), "La règle « X » n'existe pas."),
        (("unlock", "tutoriel"), "Ce scénario a un plan"),
        (("unlock", "tutoriel", "--operation", "ECOLE"), "est déjà entièrement financée."),
    ],
)
def test_what_cannot_be_explained_is_said(allocator: Allocator, arguments: tuple[str, ...], sentence: str) -> None:
    ended = allocator(*arguments)
    assert ended.code == 2
    assert sentence in ended.err


def test_no_name_of_the_computation_is_shown(allocator: Allocator) -> None:
    for arguments in (
        ("explain", "tutoriel", "--operation", "GYMNASE"),
        ("unlock", "tutoriel", "--operation", "GYMNASE"),
    ):
        out = allocator(*arguments).out.lower()
        assert not any(word in out for word in ("commit|", "rate_ceiling", "highs", "simplex", "variable", "dual"))
