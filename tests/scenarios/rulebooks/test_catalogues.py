"""The catalogue of natures and the observed structure: complete, and never a rule."""

from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest

from scenarios.document import PartnerKind
from scenarios.document.index import Index
from scenarios.rulebooks import books, find_entry
from scenarios.rulebooks.natures import FAMILIES, Family, natures
from scenarios.rulebooks.plausibility import observed, source, unusual_shares
from scenarios.rulebooks.words import Caps, EntryBase, EntryKind, Force, Holds, SourceMark, Unit, word

ANRU = ("ING", "RLG", "DEM", "RCD", "RHA", "AME", "REC", "REQ", "RES", "RCO", "ACC", "EQP", "ECO", "AUT")


def test_every_nature_of_the_anru_is_there_with_its_family() -> None:
    assert tuple(natures()) == (*ANRU, "RHI", "THIRORI")
    assert {nature.family for nature in natures().values()} == set(Family) == set(FAMILIES)


@pytest.mark.parametrize("code", [code for code in natures() if natures()[code].entries])
def test_the_entries_of_a_nature_concern_it(code: str) -> None:
    for name in natures()[code].entries:
        assert code in find_entry(name)[1].natures


def test_every_entry_of_the_rulebooks_names_natures_of_the_catalogue() -> None:
    named = {nature for book in books().values() for entry in book.entries for nature in entry.natures}
    assert named <= set(natures())


def test_the_observed_structure_is_that_of_the_senate() -> None:
    sums = {row.label: sum(row.weights.values()) for row in observed()}
    assert list(sums.values()) == [98, 99, 100, 101, 100, 100, 99, 99, 98, 99, 96, 88, 97]
    assert next(row for row in observed() if row.natures == ("DEM",)).share(PartnerKind.ANRU) == Fraction(82, 98)
    assert source().startswith("Sénat, rapport r05-456")
    assert {nature for row in observed() for nature in row.natures} <= set(natures())


def test_words_spelt_alike_in_two_lists_keep_their_own_meaning() -> None:
    lists: tuple[type[StrEnum], ...] = (EntryKind, Unit, EntryBase, Caps, Holds, Force, SourceMark)
    assert all(word(member) for words in lists for member in words)
    assert [word(member) for member in (Unit.NONE, EntryBase.NONE, Caps.NONE)] == [
        "sans valeur", "sans assiette", "ne plafonne rien",
    ]  # fmt: skip
    assert [word(member) for member in (EntryBase.GRANT, Caps.GRANT)] == ["subvention prévue", "plafonne l'aide"]


def test_far_from_what_was_observed_is_told_and_near_is_not(changed: Any) -> None:
    index = Index(changed())
    # 38/98 for the ANRU on public facilities: the school has none of it, and 60 % from the State, among « autres ».
    amounts = {("ECOLE", "ETAT"): 60_000_000, ("ECOLE", "REGION"): 15_000_000, ("ECOLE", "VILLE"): 25_000_000}
    found = unusual_shares(index, amounts, Fraction(1, 4))
    assert [(line.operation, line.kind, line.share, line.observed) for line in found] == [
        ("ECOLE", PartnerKind.OTHER, Fraction(60, 100), Fraction(4, 98)),
        ("ECOLE", PartnerKind.ANRU, Fraction(0), Fraction(38, 98)),
    ]
    exact = Fraction(38, 98)
    assert PartnerKind.ANRU not in {line.kind for line in unusual_shares(index, amounts, exact)}
    assert PartnerKind.ANRU in {line.kind for line in unusual_shares(index, amounts, exact - Fraction(1, 10**6))}


def test_natures_never_observed_and_operations_without_money_are_passed_over(changed: Any) -> None:
    index = Index(changed(operations={"ECOLE": {"nature": "AUT"}}))
    assert unusual_shares(index, {("ECOLE", "ETAT"): 100}, Fraction(0)) == []
    assert unusual_shares(Index(changed()), {("ECOLE", "ETAT"): 0}, Fraction(0)) == []
