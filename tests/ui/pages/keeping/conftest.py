"""The pages of what is kept, on the same tutorial as those of the decision."""

from collections.abc import Callable

import pytest

from scenarios.store import Store
from tests.ui.pages.deciding.conftest import kept, opens, store, tutorial
from ui.desk.desk import Desk
from ui.roles import Role, User
from ui.solving import shared

__all__ = ["kept", "opens", "store", "tutorial"]

Desks = Callable[..., Desk]


@pytest.fixture
def desks(store: Store) -> Desks:
    """Make the desk of somebody who has some roles; all of them when none is given."""
    return lambda *roles: Desk(store, shared.queue(), User("Camille", frozenset(roles or Role)), "tab")
