"""A mapping: what each column of somebody's financing table is for a scenario. Written once, used again."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from scenarios.document import Presence
from scenarios.document.quantities import Code, Label, Text, Whole, Year, split_cell
from scenarios.formats import disk, yaml_text
from scenarios.formats.financing_table.numbers import UNITS
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.tree import Mapping, line_of, unknown_advice
from scenarios.language import N_, _
from scenarios.wording import quoted, shown

TOTALS = ("total", "sous-total", "sous total", "ensemble", "somme")
FILLED = ("eligibilities", "references", "locks")


def _rows(value: Any) -> Any:
    """Read « 4 » or « 4-5 » as the first and the last row of titles."""
    first, _dash, last = value.partition("-") if isinstance(value, str) else (value, "", "")
    if isinstance(value, str) and first.strip().isdecimal() and (not _dash or last.strip().isdecimal()):
        rows = int(first), int(last or first)
        if 0 < rows[0] <= rows[1] <= rows[0] + 9:
            return rows
    raise PydanticCustomError("quantity", "", {"expected": N_("une ligne ou deux, comme 4 ou 4-5")})


def _words(value: Any) -> Any:
    return {key: text for key, text in value.items() if text is not None} if isinstance(value, dict) else value


class _Part(BaseModel):
    """One part of a mapping: unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TablePart(_Part):
    """Where the table stands, and how it writes."""

    sheet: str | None = None
    header_rows: Annotated[tuple[int, int], BeforeValidator(_rows)]
    unit: Literal["€", "k€", "M€"] = "€"
    totals: tuple[str, ...] = TOTALS

    @property
    def scale(self) -> int:
        """What amounts that do not tell their unit are counted in, in euros."""
        return UNITS[self.unit]


class FromColumn(_Part):
    """A column of the table; ``words`` gives, for what it writes, what the scenario writes."""

    column: str
    words: Annotated[dict[str, str], BeforeValidator(_words)] = Field(default_factory=dict)


class PartnerPart(_Part):
    """The columns of one partner: its grant, the rate beside it, its loan, its payments by year.

    ``fills`` names the tables that its grants fill; without any, they only count in the checks.
    """

    partner: Code
    grant: str | None = None
    rate: str | None = None
    loan: str | None = None
    loan_label: Label = "Prêt"
    years: dict[Year, str] = Field(default_factory=dict)
    presence: Presence = Presence.OPTIONAL
    fills: Annotated[tuple[Literal["eligibilities", "references", "locks"], ...], BeforeValidator(split_cell)] = (
        "eligibilities", "references",
    )  # fmt: skip
    author: Label | None = None
    reason: Label | None = None
    provenance: Text = ""


class TableMapping(_Part):
    """The whole mapping. ``scenario`` holds, as in a scenario file, all that the table does not say."""

    mapping_version: Annotated[Whole, Field(le=1)] = 1
    table: TablePart
    operations: dict[str, str | FromColumn]
    partners: tuple[PartnerPart, ...] = ()
    total: str | None = None
    scenario: dict[str, Any]


def read_mapping(path: Path) -> tuple[TableMapping, Mapping]:
    """Return a mapping, and its tree with the lines of its file. Raises ScenarioError and OSError."""
    problems: list[Problem] = []
    text = disk.read_text(path, path.name, problems)
    root = None if text is None else yaml_text.parse(text, path.name, problems)
    if not isinstance(root, Mapping):
        if not problems:
            advice = _("Commencez par « table: » ; voyez docs/tableau-financement.md.")
            problems.append(Problem(path.name, 1, None, shown(root), _("les champs d'une correspondance"), advice))
        raise ScenarioError(problems)
    try:
        mapping = TableMapping.model_validate(root)
    except ValidationError as error:
        problems += [_problem(root, path.name, details) for details in error.errors(include_url=False)]
        mapping = None
    if mapping is None or problems:
        raise ScenarioError(sorted(dict.fromkeys(problems), key=lambda problem: problem.row or 0))
    return mapping, root


_PARTS: dict[str, type[BaseModel]] = {"table": TablePart, "partners": PartnerPart, "operations": FromColumn}
_EXPECTED = {
    "string_type": N_("un texte"),
    "model_type": N_("un groupe de champs"),
    "dict_type": N_("un groupe de champs"),
    "tuple_type": N_("une liste"),
    "string_pattern_mismatch": N_("un code sans espace ni accent"),
    "string_too_short": N_("un texte non vide"),
    "less_than_equal": N_("la version 1, la seule que ce programme lit"),
}


def _problem(root: Mapping, file: str, details: Any) -> Problem:
    place = tuple(part for part in details["loc"] if part not in {"str", "FromColumn"})
    names = [part for part in place if isinstance(part, str)]
    name = names[-1] if names else None
    kind, context = details["type"], details.get("ctx", {})
    found, advice = shown(details["input"]), _("Corrigez cette valeur ; voyez docs/tableau-financement.md.")
    if kind == "missing":
        found, expected = _("rien"), _("« {name} »").format(name=name)
        advice = _("Remplissez « {name} ».").format(name=name)
    elif kind == "extra_forbidden":
        model = _PARTS.get(names[0], TableMapping) if len(names) > 1 else TableMapping
        found, expected = shown(name), _("un champ connu")
        advice = unknown_advice(str(name), tuple(model.model_fields))
    elif kind in {"literal_error", "enum"}:
        words = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ",").split(",")]
        expected = _("l'un des mots {words}").format(words=quoted(words))
    elif kind == "quantity":
        expected = _(str(context["expected"]))
    else:
        expected = _(_EXPECTED.get(kind, N_("une valeur de la forme attendue")))
    return Problem(file, line_of(root, place), name, found, expected, advice)
