"""The tutorial, read once."""

import pytest

from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.library import find


@pytest.fixture(scope="session")
def tutorial() -> Scenario:
    return read(find("tutoriel"))
