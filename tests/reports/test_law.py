"""The law in the workbooks: rulebooks, hash, version dates, what is not applied, what texts lift."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from reports import agreement
from reports.agreements import write_all
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.library import find
from scenarios.rulebooks import in_force, law_of

Lines = dict[Any, list[Any]]


def day(*numbers: int) -> datetime:
    """Give a day as a workbook holds it: at midnight."""
    return datetime.combine(date(*numbers), time())


def lines(path: Path, sheet: str) -> Lines:
    """Rows of a sheet by the text of their first cell."""
    found: Lines = {}
    for row in load_workbook(path)[sheet].iter_rows(values_only=True):
        if row[0] is not None:
            found.setdefault(row[0], list(row[1:]))
    return found


@pytest.fixture(scope="module")
def document() -> Scenario:
    return read(find("droit-demo"))


@pytest.fixture(scope="module")
def plan(document: Scenario) -> Allocation:
    return allocate(in_force(document))


@pytest.fixture(scope="module")
def written(document: Scenario, plan: Allocation, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("droit")
    paths = write_all(in_force(document), plan, folder, lambda _text: None, law_of(document))
    return lambda name: next(path for path in paths if path.name.startswith(name))


@pytest.mark.parametrize("name", ["convention_CENTRE", "convention_QUARTIER", "financeur_ETAT", "financeur_VILLE"])
def test_every_workbook_says_its_law(document: Scenario, written: Callable[[str], Path], name: str) -> None:
    found = lines(written(name), "Lisez-moi")
    assert found["Date de référence du droit"][0] == "01/06/2017"
    assert found["Recueil etat-subventions"][0].endswith(
        "; horizon : à partir du 2000-01-01 ; versions : du 01/01/2000, du 01/10/2018"
    )
    assert {key for key in found if str(key).startswith("Recueil ")} == {
        f"Recueil {code}" for code in ("anah", "cgct-part-propre", "etat-detr", "etat-subventions")
    }
    assert found["Empreinte du droit (SHA-256)"][0] == law_of(document).digest
    assert found["Valeurs employées"][0] == "valable jusqu'au 2018-09-30"
    assert found["Statut du plan"][0] == "proposé"


def test_a_rule_shows_the_dates_of_its_version(written: Callable[[str], Path]) -> None:
    found = lines(written("convention_QUARTIER"), "Règles appliquées")
    from_to = {code: found[code][8:10] for code in ("STATE-CAP-1999", "STATE-CAP-2018")}
    assert from_to == {
        "STATE-CAP-1999": [day(2000, 1, 1), day(2018, 9, 30)],
        "STATE-CAP-2018": [day(2018, 10, 1), None],
    }
    assert found["STATE-CAP-1999"][5] == "Décret 99-1060, art. 10"


def test_what_is_not_applied_is_listed_and_says_so(written: Callable[[str], Path]) -> None:
    found = lines(written("convention_CENTRE"), "Règles appliquées")
    assert found["ANAH-INST"][1:7] == [
        "valeur de référence, non appliquée par la répartition", None, "0.7 (part de l'assiette)", "anah",
        "Règlement général de l'Anah (arrêté du 1er août 2014), art. 19", "lu dans le texte officiel",
    ]  # fmt: skip
    assert found["ANAH-INST"][7:10] == [4, day(2014, 8, 15), None]
    assert found["ANAH-XX"][1] == "entrée à remplir, non appliquée par la répartition"
    assert "MO-20-X" not in found
    assert lines(written("convention_QUARTIER"), "Règles appliquées")["MO-20-X"][1] == "règle levée par le texte"


def test_what_a_text_lifts_is_told_with_author_article_and_reason(written: Callable[[str], Path]) -> None:
    path = written("convention_QUARTIER")
    rows = [row[:7] for row in load_workbook(path)["Journal"].iter_rows(values_only=True) if row[0] == "MO-20"]
    assert [(row[2], row[3]) for row in rows] == [("opération", "CRECHE"), ("opération", "MEDIA")]
    reason = "La part minimale du maître d'ouvrage ne s'applique pas aux opérations d'une convention du NPNRU"
    assert {row[4:] for row in rows} == {("Loi", "Loi 2003-710, art. 9-3", reason)}


def test_without_rulebooks_the_workbook_says_so(scenario: Scenario, allocation: Allocation, tmp_path: Path) -> None:
    agreement.write(scenario, allocation, "P1", tmp_path / "p1.xlsx")
    found = lines(tmp_path / "p1.xlsx", "Lisez-moi")
    assert found["Règles"][0].endswith("aucun recueil")
    assert "Empreinte du droit (SHA-256)" not in found


def test_the_same_bytes_whatever_the_order_of_the_rulebooks(
    document: Scenario, plan: Allocation, written: Callable[[str], Path], tmp_path: Path
) -> None:
    turned = document.model_copy(update={"rulebooks": tuple(reversed(document.rulebooks))})
    for code in ("CENTRE", "QUARTIER"):
        path = tmp_path / f"{code}.xlsx"
        agreement.write(in_force(turned), plan, code, path, law_of(turned))
        assert path.read_bytes() == written(f"convention_{code}").read_bytes()
