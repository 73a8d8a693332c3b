"""The fingerprint of a scenario: the same document, whatever its format and the order of its rows."""

import hashlib
import json
from typing import Any

from scenarios.document import Scenario


def fingerprint(scenario: Scenario) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of the scenario.

    Canonical: cells as in files, values left to their default omitted, keys sorted, rows of each table sorted
    by their own canonical text. Goals keep their order, which has a meaning.
    """
    values = scenario.model_dump(mode="json", exclude_defaults=True)
    values["format_version"] = str(scenario.format_version)
    parts = [f"{_canonical(name)}:{_value(name, value)}" for name, value in sorted(values.items())]
    return hashlib.sha256(f"{{{','.join(parts)}}}".encode()).hexdigest()


def _value(name: str, value: Any) -> str:
    if not isinstance(value, list) or name == "goals":
        return _canonical(value)
    return f"[{','.join(sorted(map(_canonical, value)))}]"


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
