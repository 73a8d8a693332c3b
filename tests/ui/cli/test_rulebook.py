"""``allocator rulebook``: list, show, diff."""

from collections.abc import Callable
from typing import Any

import pytest

from scenarios.rulebooks import books

Allocator = Callable[..., Any]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_without_a_word_it_lists_its_commands(allocator: Allocator) -> None:
    ended = allocator("rulebook", "--help")
    assert ended.code == 0
    assert all(f"  {name} " in ended.out for name in ("list", "show", "diff"))
    assert "Affiche cette aide." in ended.out


@pytest.fixture(autouse=True)
def hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def test_the_list_has_every_rulebook(allocator: Allocator) -> None:
    ended = allocator("rulebook", "list")
    assert ended.code == 0
    assert all(f" {code} " in ended.out for code in books())
    assert max(map(len, ended.out.splitlines())) <= 100


def test_the_list_counts_what_is_to_fill(allocator: Allocator) -> None:
    document = allocator("rulebook", "list", "--json").document()
    assert document["status"] == "done"
    shelf = {line["code"]: line for line in document["rulebooks"]}
    assert list(shelf) == sorted(books())
    assert (shelf["ue-feder"]["entries"], shelf["ue-feder"]["to_fill"]) == (3, 3)
    assert (shelf["ue-de-minimis"]["from"], shelf["ue-de-minimis"]["to"]) == ("2014-01-01", "2030-12-31")
    assert (shelf["etat-fctva"]["funder"], shelf["etat-fctva"]["to"]) == ("État", None)


def test_every_value_over_time_with_its_source(allocator: Allocator) -> None:
    ended = allocator("rulebook", "show", "etat-subventions")
    assert ended.code == 0
    text = flat(ended.out)
    lines = [line for line in ended.out.splitlines() if line.startswith((" 2000-01-01", " 2018-10-01"))]
    first, second = lines[:2]
    assert first.split()[:3] == ["2000-01-01", "2018-09-30", "0.8"]
    assert second.split()[:2] == ["2018-10-01", "1"]
    assert "Décret 99-1060" in first
    assert "Décret 2018-514" in second
    assert "appliquée par la répartition ; s'impose au comité" in text
    assert "seuil compris ; plafonne l'aide" in text
    assert max(map(len, ended.out.splitlines())) <= 100


@pytest.mark.parametrize(("day", "values"), [("2018-09-30", ["4/5"]), ("2018-10-01", ["1/1"]), ("1999-12-31", [])])
def test_only_the_version_of_the_day(allocator: Allocator, day: str, values: list[str]) -> None:
    document = allocator("rulebook", "show", "etat-subventions", "--date", day, "--json").document()
    entry = {entry["id"]: entry for entry in document["entries"]}["STATE-CAP"]
    assert [value["value"] for value in entry["values"]] == values
    assert document["date"] == day


def test_a_day_without_value_says_the_horizon(allocator: Allocator) -> None:
    ended = allocator("rulebook", "show", "anru-npnru", "--date", "2018-07-02")
    text = flat(ended.out)
    assert "Aucune valeur le 2018-07-02 ; horizon : du 2015-08-14 au 2018-07-01." in text
    assert "À remplir : aucune source n'en donne la valeur." in text
    assert "classes à remplir : 2, 3, 4, 5" in text


def test_amounts_are_cents_and_classes_are_told(allocator: Allocator) -> None:
    document = allocator("rulebook", "show", "anru-npnru", "--json").document()
    entries = {entry["id"]: entry for entry in document["entries"]}
    assert entries["ANRU-ING-CDP"]["values"][0]["value"] == 11_500_000
    assert [(value["class"], value["value"]) for value in entries["ANRU-CLASS"]["values"]] == [(1, "1/10"), (6, "7/10")]
    assert entries["ANRU-DEM"]["to_fill"] is True
    assert entries["ANRU-DEM"]["values"] == []


def test_two_days_of_a_rulebook(allocator: Allocator) -> None:
    ended = allocator("rulebook", "diff", "etat-subventions", "2018-09-30", "2018-10-01")
    assert ended.code == 0
    assert "Texte responsable : Décret 2018-514, art. 10" in ended.out
    document = allocator("rulebook", "diff", "etat-subventions", "2018-09-30", "2018-10-01", "--json").document()
    difference = {line["before"]["id"]: line for line in document["differences"]}["STATE-CAP"]
    assert [difference[side]["values"][0]["value"] for side in ("before", "after")] == ["4/5", "1/1"]
    assert [(text["title"], text["article"]) for text in difference["responsible"]] == [("Décret 2018-514", "art. 10")]


def test_two_days_of_the_same_law(allocator: Allocator) -> None:
    ended = allocator("rulebook", "diff", "etat-fctva", "2015-01-01", "2020-06-30")
    assert ended.out.endswith("Aucune valeur ne change.\n")


def test_a_value_that_ends_names_the_text_that_ends(allocator: Allocator) -> None:
    document = allocator("rulebook", "diff", "anru-npnru", "2018-07-01", "2018-07-02", "--json").document()
    found = {line["before"]["id"]: line for line in document["differences"]}
    assert sorted(found) == ["ANRU-BONUS", "ANRU-CLASS"]
    assert found["ANRU-BONUS"]["after"]["values"] == []
    assert "VJSV1518867A" in found["ANRU-BONUS"]["responsible"][0]["title"]


def test_two_rulebooks(allocator: Allocator) -> None:
    document = allocator("rulebook", "diff", "etat-subventions", "etat-detr", "--json").document()
    found = [[side and side["id"] for side in (line["before"], line["after"])] for line in document["differences"]]
    assert ["STATE-CAP", "DETR-CAP"] in found
    assert [None, "DETR-MIN"] in found
    assert "aucune entrée" in allocator("rulebook", "diff", "etat-subventions", "etat-detr").out


def test_a_rulebook_and_itself(allocator: Allocator) -> None:
    for code in books():
        assert allocator("rulebook", "diff", code, code, "--json").document()["differences"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "etat"], "Le recueil « etat » n'existe pas. Recueils : action-logement, anah, anru-npnru,"),
        (["diff", "anah", "etat"], "Le recueil « etat » n'existe pas. Recueils : action-logement, anah, anru-npnru,"),
        (["show", "anah", "--date", "hier"], "« hier » n'est pas une date"),
        (["diff", "anah", "2018-01-01"], "Il manque le second jour de la comparaison."),
        (["shw"], "La commande « shw » n'existe pas. Commandes : list, show, diff."),
    ],
)
def test_what_cannot_be_used_ends_with_2(allocator: Allocator, arguments: list[str], sentence: str) -> None:
    ended = allocator("rulebook", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert sentence in ended.err
