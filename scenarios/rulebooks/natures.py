"""The catalogue of natures of operation, with stable codes of our own, in four families."""

from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from scenarios.document.quantities import Code, Codes, Label
from scenarios.document.record import Record
from scenarios.document.rule_record import Kinds
from scenarios.language import N_


class Family(StrEnum):
    """Families of natures: the three of the ANRU, and private housing helped by the Anah."""

    ENGINEERING = "engineering"
    DEVELOPMENT = "development"
    BUILDINGS = "buildings"
    PRIVATE_HOUSING = "private_housing"


FAMILIES = {
    Family.ENGINEERING: N_("ingénierie"),
    Family.DEVELOPMENT: N_("aménagement"),
    Family.BUILDINGS: N_("programmes immobiliers"),
    Family.PRIVATE_HOUSING: N_("habitat privé"),
}


class Nature(Record):
    """One nature. ``base`` is empty when no source gives it; ``entries`` names rules of the rulebooks."""

    code: Code
    label: Label
    family: Family
    owners: Kinds = ()
    base: Code | None = None
    entries: Codes = ()


@cache
def natures() -> dict[str, Nature]:
    """Return the catalogue by code, in its own order."""
    text = (Path(__file__).parent / "natures.yaml").read_text(encoding="utf-8")
    found = [Nature.model_validate(row) for row in yaml.safe_load(text)["natures"]]
    return {nature.code: nature for nature in found}
