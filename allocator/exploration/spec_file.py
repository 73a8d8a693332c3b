"""Reading the document of a stress test: what is wrong is told with the file, the line, what is found and expected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from allocator.exploration.spec import FORMAT_VERSION, Delay, Overrun, StressSpec, Withdrawal
from scenarios.document import Scenario
from scenarios.document.index import Index
from scenarios.document.quantities import LABEL, RATIO, TEXT
from scenarios.formats import disk, yaml_text
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.tree import Mapping, line_of, unknown_advice
from scenarios.language import _
from scenarios.wording import shown

_TABLES: dict[str, type[Any]] = {"overruns": Overrun, "withdrawals": Withdrawal, "delays": Delay}
Place = tuple[int | str, ...]


def read_spec(path: Path, scenario: Scenario) -> StressSpec:
    """Read a spec (YAML) and check it against the scenario it is for. Raises ScenarioError, OSError."""
    problems: list[Problem] = []
    text = disk.read_text(path, path.name, problems)
    root = None if text is None else yaml_text.parse(text, path.name, problems)
    if isinstance(root, Mapping) and not problems:
        problems.extend(_version(root, path.name))
        try:
            spec = StressSpec.model_validate(root)
        except ValidationError as error:
            problems.extend(_problem(root, path.name, details) for details in error.errors(include_url=False))
        else:
            found = faults(spec, scenario)
            problems.extend(
                Problem(path.name, line_of(root, place), str(place[-1]), what, expected, advice)
                for place, what, expected, advice in found
            )
            if not problems:
                return spec
    elif not problems:
        expected = _("les champs d'un document d'aléas")
        advice = _("Commencez par « title: … » ; voyez docs/explorer.md.")
        problems.append(Problem(path.name, 1, None, shown(root), expected, advice))
    raise ScenarioError(sorted(problems, key=lambda problem: problem.row or 0))


def _version(root: Mapping, file: str) -> Iterator[Problem]:
    version = root.pop("format_version", str(FORMAT_VERSION))
    if version != str(FORMAT_VERSION):
        expected = _("la version {version}, la seule que ce programme lit").format(version=FORMAT_VERSION)
        line = root.lines["format_version"]
        yield Problem(file, line, "format_version", shown(version), expected, _("Écrivez 1."))


def _problem(root: Mapping, file: str, details: Any) -> Problem:
    place: Place = tuple(details["loc"])
    name, kind = str(place[-1]), details["type"]
    if kind == "missing":
        found, expected = _("rien"), _("« {name} »").format(name=name)
        advice = _("Remplissez « {name} ».").format(name=name)
    elif kind == "extra_forbidden":
        tables = [part for part in place[:-1] if isinstance(part, str)]
        model = _TABLES[tables[0]] if tables else StressSpec
        found, expected, advice = shown(name), _("un champ connu"), unknown_advice(name, tuple(model.model_fields))
    else:
        found, advice = shown(details["input"]), _("Corrigez cette valeur.")
        known = {"quantity": details.get("ctx", {}).get("expected", ""), "string_too_long": TEXT.expected}
        expected = _(known.get(kind, LABEL.expected if name == "title" else "")) or _("une valeur de la forme attendue")
    return Problem(file, line_of(root, place), name, found, expected, advice)


Fault = tuple[Place, str, str, str]
"""A place of the document, what is found there, what is expected, what to do."""


def faults(spec: StressSpec, scenario: Scenario) -> Iterator[Fault]:
    """Give what a spec asks of a scenario that has no such thing."""
    if not spec.draws:
        yield ("draws",), "0", _("au moins un tirage"), _("Écrivez le nombre de tirages, comme 1000.")
    for row, overrun in enumerate(spec.overruns):
        yield from _unknown(("overruns", row), overrun, scenario)
        yield from _factors(("overruns", row), overrun, scenario)
    for row, delay in enumerate(spec.delays):
        yield from _unknown(("delays", row), delay, scenario)
    for row, withdrawal in enumerate(spec.withdrawals):
        yield from _withdrawal(("withdrawals", row), withdrawal, scenario)


def _unknown(place: Place, line: Overrun | Delay, scenario: Scenario) -> Iterator[Fault]:
    known = {
        "natures": {operation.nature for operation in scenario.operations},
        "operations": {operation.code for operation in scenario.operations},
    }
    for name, codes in known.items():
        for code in getattr(line, name):
            if code not in codes:
                expected = _("un code que le scénario emploie")
                yield (*place, name), shown(code), expected, _("Corrigez ce code, ou retirez-le.")


def _factors(place: Place, line: Overrun, scenario: Scenario) -> Iterator[Fault]:
    if not line.low <= line.likely <= line.high:
        expected = _("« low » ≤ « likely » ≤ « high »")
        yield (*place, "likely"), shown(line.likely), expected, _("Mettez les trois facteurs dans l'ordre.")
    for operation in scenario.operations:
        covered = not line.natures or operation.nature in line.natures
        covered = covered and (not line.operations or operation.code in line.operations)
        if covered and operation.cost * line.low <= operation.receipts:
            expected = _("un coût qui reste au-dessus des recettes de « {code} »").format(code=operation.code)
            yield (
                (*place, "low"),
                shown(line.low),
                expected,
                _("Augmentez « low » ({kind}).").format(kind=_(RATIO.expected)),
            )
            return


def _withdrawal(place: Place, line: Withdrawal, scenario: Scenario) -> Iterator[Fault]:
    index = Index(scenario)
    if line.from_year is not None and line.from_year not in scenario.years:
        expected = _("une année de {first} à {last}").format(first=scenario.first_year, last=scenario.last_year)
        yield (*place, "from_year"), str(line.from_year), expected, _("Corrigez l'année.")
    if line.partner is None:
        return
    if line.partner not in index.holders:
        expected = _("un partenaire ou un fonds commun du scénario")
        yield (*place, "partner"), shown(line.partner), expected, _("Corrigez ce code.")
    elif (line.cut < 1 or line.from_year is not None) and line.partner not in index.budgets:
        expected = _("un partenaire dont un budget est limité : sans limite, il n'y a rien à baisser")
        advice = _("Écrivez « cut: 1 » sans « from_year » pour un retrait complet, ou donnez-lui des budgets.")
        yield (*place, "partner"), shown(line.partner), expected, advice
