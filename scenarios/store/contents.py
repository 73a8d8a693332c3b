"""Scenarios kept by fingerprint."""

import json
import zlib
from functools import lru_cache

from sqlalchemy import Connection, insert, select

from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats.text import document
from scenarios.language import _
from scenarios.store.refusals import UnusableStoreError
from scenarios.store.schema import contents

_MOST_REMEMBERED = 32


def keep(connection: Connection, scenario: Scenario) -> str:
    """Keep a scenario, unless it is there already; return its fingerprint."""
    name = fingerprint(scenario)
    known = select(contents.c.fingerprint).where(contents.c.fingerprint == name)
    if connection.execute(known).first() is None:
        packed = zlib.compress(json.dumps(document(scenario), ensure_ascii=False).encode())
        connection.execute(insert(contents).values(fingerprint=name, title=scenario.title, document=packed))
    return name


def scenario_named(connection: Connection, name: str) -> Scenario:
    """Return the scenario of a fingerprint that versions name. Raises UnusableStoreError when it was altered."""
    return understood(name, connection.execute(select(contents.c.document).filter_by(fingerprint=name)).scalar_one())


@lru_cache(_MOST_REMEMBERED)
def understood(name: str, packed: bytes) -> Scenario:
    """Read a kept scenario. Raises UnusableStoreError when it is not the one of that fingerprint."""
    try:
        scenario = Scenario.model_validate(json.loads(zlib.decompress(packed)))
        intact = fingerprint(scenario) == name
    except (zlib.error, ValueError, TypeError):
        intact = False
    if not intact:
        sentence = _("Le scénario d'empreinte {name} n'est plus celui qui a été enregistré : reprenez une sauvegarde.")
        raise UnusableStoreError(sentence.format(name=name))
    return scenario
