"""Reading a rulebook from its YAML file: what is wrong is told with the file and the line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios.formats import disk, yaml_text
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.tree import Mapping, line_of, unknown_advice
from scenarios.language import N_, _
from scenarios.rulebooks.book import DatedValue, Entry, Horizon, Rulebook, SourceReference
from scenarios.rulebooks.faults import faults
from scenarios.wording import closest, quoted, shown

_MEMORY = N_("Une valeur de mémoire ne se charge pas : écrivez « values: [] » et « to_fill: oui ».")
_FIELDS: dict[str, type[Any]] = {
    "entries": Entry,
    "values": DatedValue,
    "reference": SourceReference,
    "horizon": Horizon,
}


def read_rulebook(path: Path) -> Rulebook:
    """Read and check one rulebook. Raises ScenarioError with everything wrong in the file."""
    problems: list[Problem] = []
    text = disk.read_text(path, path.name, problems)
    root = None if text is None else yaml_text.parse(text, path.name, problems)
    if isinstance(root, Mapping):
        book = _understood(root, path.name, problems)
        if book is not None and not problems:
            return book
    elif not problems:
        advice = _("Commencez le recueil par « code: … » ; voyez le modèle.")
        problems.append(Problem(path.name, 1, None, shown(root), _("les champs d'un recueil de règles"), advice))
    raise ScenarioError(sorted(problems, key=lambda problem: problem.row or 0))


def _understood(root: Mapping, file: str, problems: list[Problem]) -> Rulebook | None:
    try:
        book = Rulebook.model_validate(root)
    except ValidationError as error:
        problems.extend(_problem(root, file, details) for details in error.errors(include_url=False))
        return None
    for fault in faults(book):
        line, name = line_of(root, fault.place), _last_name(fault.place)
        problems.append(Problem(file, line, name, fault.found, fault.expected, fault.advice))
    return book


def _problem(root: Mapping, file: str, details: Any) -> Problem:
    place = tuple(details["loc"])
    kind, value, name = details["type"], details["input"], _last_name(place)
    found, advice = shown(value), _("Corrigez cette valeur.")
    context = details.get("ctx", {})
    if kind == "missing":
        found, expected = _("rien"), _("« {name} »").format(name=name)
        advice = _("Remplissez « {name} ».").format(name=name)
    elif kind == "extra_forbidden":
        found, expected = shown(name), _("un champ connu")
        advice = unknown_advice(str(name), tuple(_known(place[:-1])))
    elif kind == "enum":
        words = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ",").split(",")]
        expected = _("l'un des mots {words}").format(words=quoted(words))
        near = closest(str(value), words)
        advice = _("Écrivez « {near} » si c'est ce que vous vouliez dire.").format(near=near) if near else advice
        if name == "mark":
            advice = _(_MEMORY)
    elif kind == "quantity":
        expected = _(str(context["expected"]))
    else:
        expected = _EXPECTED.get(kind, N_("une valeur de la forme attendue"))
        expected = _(expected)
    return Problem(file, line_of(root, place), name, found, expected, advice)


_EXPECTED = {
    "string_too_long": N_("un texte plus court"),
    "string_too_short": N_("un texte non vide"),
    "string_pattern_mismatch": N_("un code sans espace ni accent, 24 caractères au plus pour une entrée"),
    "tuple_type": N_("une liste"),
    "model_type": N_("un groupe de champs"),
    "model_attributes_type": N_("un groupe de champs"),
    "string_type": N_("un texte"),
}


def _known(place: tuple[int | str, ...]) -> Iterator[str]:
    """Yield the names of the fields that may stand at a place of a rulebook."""
    names = [part for part in place if isinstance(part, str)]
    model = _FIELDS[names[-1]] if names else Rulebook
    for name, field in model.model_fields.items():
        yield field.alias or name


def _last_name(place: tuple[int | str, ...]) -> str | None:
    names = [part for part in place if isinstance(part, str)]
    return names[-1] if names else None
