"""Bad input through the commands: refused with a name, a place and what to do, code 2, nothing written."""

import contextlib
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scenarios import library
from scenarios.formats import read, write
from tests.hostile.fuzzing import Ended, command
from tests.hostile.mutations import unzipped, zipped
from ui.cli.main import run

Change = Callable[[bytes], bytes]
SHEET_NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITY_BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst xmlns="%s"><si><t>&c;</t></si></sst>"""
    % SHEET_NAMESPACE
)
ALIAS_BOMB = "".join(f"a{rank}: &a{rank} [{', '.join([f'*a{rank - 1}'] * 9)}]\n" for rank in range(1, 30))


class Case(NamedTuple):
    """A scenario spoilt in one way: the file it comes in, the change of its bytes, and what the message holds."""

    name: str
    suffix: str
    change: Change
    told: tuple[str, ...]


def text(before: str, after: str) -> Change:
    def change(content: bytes) -> bytes:
        source = content.decode()
        assert source.count(before) >= 1, before
        return source.replace(before, after, 1).encode()

    return change


def encoded(codec: str) -> Change:
    return lambda content: content.decode().encode(codec)


def part(name: str, content: bytes) -> Change:
    return lambda book: zipped({**unzipped(book), name: content})


def macros(book: bytes) -> bytes:
    parts = unzipped(book)
    types = parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    return zipped({**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": b"x"})


def amount(found: str) -> Change:
    return text("cost_excl_vat: 2400000", f"cost_excl_vat: {found}")


DATE = "une date de 1900 à 2200"
EUROS = "un montant en euros, de 0 à 50 milliards"
CASES = [
    Case("bombe de renvois", ".yaml", lambda text: ALIAS_BOMB.encode() + text, ("le renvoi « *a", "toutes lettres")),
    Case("clé en double", ".yaml", text("currency: EUR", "currency: EUR\ncurrency: USD"), ("écrit deux fois",)),
    Case("objet Python", ".yaml", text("currency: EUR", "currency: !!python/name:os.system EUR"), ("la marque «",)),
    Case("emboîtement", ".yaml", lambda content: content + b"x: " + b"[" * 5000, ("un document YAML bien formé",)),
    Case("emboîtement JSON", ".json", lambda _content: b"[" * 100_000, ("emboîtés sans fin",)),
    Case("clé en double JSON", ".json", text('"currency"', '"currency": "USD", "currency"'), ("écrit deux fois",)),
    *(
        Case(f"montant {found[:12]}", ".yaml", amount(found), (EUROS, "cost_excl_vat", "point décimal"))
        for found in ("1e308", "1.0e+308", ".nan", ".inf", "-.inf", "NaN", "Infinity", "9" * 400, "-1", "0x1F", "1_000")
    ),
    *(
        Case(f"date {found}", ".yaml", text("reference_date: 2026-12-01", f"reference_date: {found}"), (DATE, "existe"))
        for found in ("0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "01/01/2026")
    ),
    Case("année hors limites", ".yaml", text("last_year: 2029", "last_year: 2101"), ("une année de 1990 à 2100",)),
    Case("UTF-16", ".yaml", encoded("utf-16"), ("du texte UTF-16", "Enregistrez le fichier avec le codage UTF-8")),
    Case("UTF-16 sans marque", ".json", encoded("utf-16-le"), ("du texte UTF-16", "du texte UTF-8")),
    Case("Windows", ".yaml", encoded("cp1252"), ("du texte UTF-8", "ligne ")),
    Case("deux codages", ".yaml", lambda text: text + "# é\n".encode("cp1252"), ("du texte UTF-8", "ligne")),
    Case(
        "lettre cyrillique", ".yaml", text("owner: VILLE", "owner: VILL\u0415"),
        ("« VILL\u0415 »", "Le caractère n° 5, « \u0415 » (U+0415), est une lettre cyrillique : tapez « E »."),
    ),
    Case("lettre grecque", ".yaml", text("owner: VILLE", "owner: V\u0399LLE"), ("lettre grecque : tapez « I »",)),
    Case("caractère invisible", ".yaml", text("owner: VILLE", "owner: VI\u200bLLE"), ("U+200B", "invisible")),
    Case("tiret long", ".yaml", text("owner: VILLE", "owner: VI\u2013LLE"), ("n'est pas un tiret simple",)),
    Case("accent", ".yaml", text("owner: VILLE", "owner: VÌLLE"), ("Écrivez « I » à la place de « Ì »",)),
    Case("espace", ".yaml", text("owner: VILLE", "owner: ' VILLE'"), ("Supprimez les espaces au début",)),
    Case("sens d'écriture", ".yaml", text("committee: ", "committee: a\u202eb "), ("\\u202e", "marque invisible")),
    Case("bombe d'entités", ".xlsx", part("xl/sharedStrings.xml", ENTITY_BOMB), ("un fichier illisible ou abîmé",)),
    Case("bombe zip", ".xlsx", part("xl/media/a.bin", bytes(260_000_000)), ("trop grand", "250 Mo")),
    Case("chemin qui sort", ".xlsx", part("xl/../../../etc/cron", b"x"), ("sort du classeur", "Ne l'ouvrez pas")),
    Case("macros", ".xlsx", macros, ("un classeur qui contient des macros", "retire les macros")),
]  # fmt: skip


def spoilt(case: Case, folder: Path) -> Path:
    path = folder / f"recu{case.suffix}"
    write(read(library.find("tutoriel")), path)
    path.write_bytes(case.change(path.read_bytes()))
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_refused_gently_and_nothing_is_written(case: Case, tmp_path: Path) -> None:
    path = spoilt(case, tmp_path)
    start = time.process_time()
    asked: list[tuple[Any, ...]] = [("export", path, "--format", "csv", "--out", tmp_path / "sortie")]
    if case.suffix == ".xlsx":
        asked.append(("import", path, "--out", tmp_path / "sortie.yaml"))
    for arguments in asked:
        ended = command(tmp_path, *arguments)
        assert (ended.code, ended.faults(), ended.written) == (2, [], frozenset()), ended.said
        for words in (*case.told, path.name, "trouvé : ", "attendu : ", "à faire : "):
            assert words in ended.said
    assert time.process_time() - start < 10


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    path = spoilt(Case("", ".yaml", encoded("utf-8-sig"), ()), tmp_path)
    assert read(path) == read(library.find("tutoriel"))


@pytest.fixture
def french(tmp_path: Path) -> Path:
    """Write the tutorial in a folder, its budgets as a French spreadsheet saves them."""
    folder = tmp_path / "recu"
    write(read(library.find("tutoriel")), folder)
    table = folder / "budgets.csv"
    lines = table.read_text(encoding="utf-8").replace(",", ";").replace("1500000", "1 500 000,00")
    assert "1 500 000,00" in lines
    table.write_text(lines, encoding="utf-8")
    return folder


def test_semicolons_and_decimal_commas_are_read_and_explained(french: Path, tmp_path: Path) -> None:
    assert read(french) == read(library.find("tutoriel"))
    ended = command(tmp_path, "check", french)
    assert ended.code == 0
    assert "budgets.csv : des points-virgules séparent les colonnes" in ended.said
    assert "virgule décimale" in ended.said
    assert "points-virgules" not in command(tmp_path, "check", library.find("tutoriel")).said


def test_a_comma_in_a_table_with_commas_is_not_guessed(tmp_path: Path) -> None:
    folder = tmp_path / "recu"
    write(read(library.find("tutoriel")), folder)
    table = folder / "budgets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1500000", '"1500000,00"'), encoding="utf-8")
    ended = command(tmp_path, "check", folder)
    assert ended.code == 2
    assert "Écrivez un point à la place de la virgule décimale." in ended.said


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("code: ANAH", "code: Region", "« REGION », qui ne diffère que par les majuscules de « Region »"),
        ("nature: EQP", "nature: Rco", "qui ne diffère que par les majuscules de"),
    ],
)
def test_codes_that_differ_by_capital_letters_only(before: str, after: str, told: str, tmp_path: Path) -> None:
    ended = command(tmp_path, "check", spoilt(Case("", ".yaml", text(before, after), ()), tmp_path))
    assert ended.code == 2
    assert told in ended.said
    assert "sinon donnez-lui un autre code" in ended.said


FORMULAS = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "'=1", "''+1", "<script>alert(1)</script>", "'simple")


@pytest.mark.parametrize("suffix", ["", ".xlsx", ".yaml", ".json"])
@pytest.mark.parametrize("label", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text(label: str, suffix: str, tmp_path: Path) -> None:
    scenario = read(library.find("tutoriel"))
    operations = (scenario.operations[0].model_copy(update={"label": label}), *scenario.operations[1:])
    scenario = scenario.model_copy(update={"operations": operations})
    path = tmp_path / f"s{suffix}"
    write(scenario, path)
    assert read(path) == scenario
    if suffix == "":
        lines = (path / "operations.csv").read_text(encoding="utf-8")
        assert not [cell for line in lines.splitlines() for cell in line.split(",") if cell.startswith(tuple("=+-@"))]
    if suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            assert not [name for name in book.namelist() if "sheets/" in name and b"<f>" in book.read(name)]


def huge(path: Path, head: bytes = b"") -> Path:
    """Write a file of 500 MB that takes no place on the disk."""
    with path.open("wb") as target:
        target.write(head)
        target.truncate(500_000_000)
    return path


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("gros.yaml", ("check", "gros.yaml")),
        ("gros.json", ("solve", "gros.json", "--out", "plan")),
        ("gros.xlsx", ("import", "gros.xlsx", "--out", "sorti.yaml")),
        ("gros.yaml", ("archive", "gros.yaml", "--out", "a.zip")),
        ("gros.zip", ("verify", "gros.zip")),
        ("gros.zip", ("replay", "gros.zip")),
        ("gros.yaml", ("import", "recu.xlsx", "--mapping", "gros.yaml", "--out", "sorti.yaml")),
        ("gros.xlsx", ("agreements", "tutoriel", "--template", "gros.xlsx", "--out", "classeurs")),
        ("gros.yaml", ("explore", "tutoriel", "stress", "--spec", "gros.yaml")),
    ],
)
def test_a_file_of_500_megabytes_is_refused_by_its_size(name: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    huge(tmp_path / name)
    if "recu.xlsx" in arguments:
        write(read(library.find("tutoriel")), tmp_path / "recu.xlsx")
    (before, _peak), start = _memory(), time.process_time()
    ended = _command_beside(tmp_path, *arguments)
    assert time.process_time() - start < 5
    assert ended.code == 2, ended.said
    assert "500 Mo" in ended.said
    assert "Mo au plus" in ended.said
    assert _memory()[0] - before < 100_000
    assert {path.name for path in tmp_path.iterdir()} <= {name, "recu.xlsx"}


def test_a_huge_table_of_a_folder_and_a_huge_plan_are_refused(tmp_path: Path) -> None:
    write(read(library.find("tutoriel")), tmp_path / "recu")
    huge(tmp_path / "recu" / "operations.csv")
    assert "operations.csv" in _command_beside(tmp_path, "check", "recu").said
    (tmp_path / "plan").mkdir()
    write(read(library.find("tutoriel")), tmp_path / "plan" / "scenario.json")
    huge(tmp_path / "plan" / "allocation.json")
    ended = _command_beside(tmp_path, "compare", "plan", "tutoriel")
    assert (ended.code, "500 Mo" in ended.said) == (2, True)


@pytest.mark.parametrize(("size", "code"), [(999_999, 0), (1_000_000, 0), (1_000_001, 2)])
def test_the_limit_is_set_by_the_environment(
    size: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOCATOR_LARGEST_DOCUMENT_MB", "1")
    path = tmp_path / "recu.yaml"
    write(read(library.find("tutoriel")), path)
    content = path.read_bytes()
    path.write_bytes(content + b"#" * (size - len(content)))
    ended = command(tmp_path, "check", path)
    assert ended.code == code
    assert ("ALLOCATOR_LARGEST_DOCUMENT_MB" in ended.said) is (code == 2)


def _command_beside(folder: Path, *arguments: str) -> Ended:
    """Run one command without looking at the content of the huge files around it."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.chdir(folder):
        code = run(arguments)
    assert "Traceback" not in said.getvalue()
    return Ended(code, said.getvalue(), frozenset())


def _memory() -> tuple[int, int]:
    """Return the memory of this process and its peak, in kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    values = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return int(values["VmRSS"]), int(values["VmHWM"])
