"""A scenario from its documents to its rules, with everything it was understood from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from allocator.archive.intake import laid_out
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.rulebooks import BOOKS, Law, in_force, law_of, taken_from


@dataclass(frozen=True)
class Understood:
    """Documents as received, and what they say.

    ``name``: of the file or the folder received. ``document`` still names its rulebooks, ``scenario`` holds their
    rules. ``rulebooks``: the very bytes of those it employs, by file name.
    """

    name: str
    documents: Mapping[str, bytes]
    document: Scenario
    scenario: Scenario
    law: Law
    rulebooks: Mapping[str, bytes]


def understand(documents: Mapping[str, bytes], name: str = "", rulebooks: Path = BOOKS) -> Understood:
    """Read documents, and resolve their rulebooks from a folder. Raises ScenarioError, OSError.

    ``name``: a plain name for the file or the folder, told in messages.
    """
    with laid_out(documents, name) as place, taken_from(rulebooks):
        document = read(place)
        scenario, law = in_force(document), law_of(document)
    books = {f"{book.code}.yaml": (rulebooks / f"{book.code}.yaml").read_bytes() for book in law.books}
    return Understood(name, documents, document, scenario, law, books)
