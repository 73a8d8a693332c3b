"""The plan of a version: the one the store keeps, else one asked from the queue and kept once it is verified."""

import json
from dataclasses import dataclass
from functools import lru_cache

from allocator.allocation import Allocation
from allocator.allocation_files import AllocationUnreadable, document, understood
from allocator.check import verify
from scenarios.store import Store
from ui.desk.desk import Desk
from ui.desk.versions import Current, parent, received
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Decide
from ui.solving.ticket import Ticket

ARRANGED = 32
"""Plans kept arranged in memory by one server."""


@dataclass(frozen=True)
class Stale:
    """The plan of a former version, shown greyed while that of the current one is not known."""

    version: Current
    plan: Plan


def known(desk: Desk, opened: Current) -> Plan | None:
    """Return the plan of a version when the store keeps it; None when it is still to be calculated.

    What the store gives is verified again: a plan that breaks a rule, or that cannot be read, is not known.
    """
    desk.require(Action.READ)
    text = desk.store.allocation(opened.fingerprint)
    return None if text is None else _believed(desk.store, opened.version.id, text)


def ask(desk: Desk, opened: Current) -> Ticket[Allocation]:
    """Ask for the plan of a version, and return at once: a preview may come first, then the decisive plan."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Decide(opened.dossier, opened.scenario))


def keep(desk: Desk, opened: Current, allocation: Allocation) -> Plan:
    """Keep a plan just decided, and return it. Raises AllocationRefused when it breaks a rule of the version."""
    desk.require(Action.CALCULATE)
    text = json.dumps(document(allocation), ensure_ascii=False, sort_keys=True)
    plan = _believed(desk.store, opened.version.id, text)
    if plan is None:
        raise ValueError(f"{opened.dossier}: the plan is not that of version {opened.version.number}")
    desk.store.keep_allocation(opened.fingerprint, text)
    return plan


def last_known(desk: Desk, opened: Current) -> Stale | None:
    """Return the plan of the nearest version before this one whose plan the store keeps."""
    desk.require(Action.READ)
    before = parent(desk, opened)
    while before is not None:
        plan = known(desk, before)
        if plan is not None:
            return Stale(before, plan)
        before = parent(desk, before)
    return None


@lru_cache(maxsize=ARRANGED)
def _believed(store: Store, version_id: str, text: str) -> Plan | None:
    """Return the plan that a text holds, None when it is not one of this version or breaks one of its rules."""
    opened, expected = received(store, version_id)
    try:
        allocation = understood(json.loads(text), version_id)
    except (AllocationUnreadable, ValueError):
        return None
    if allocation.fingerprint != expected or verify(opened.scenario, allocation):
        return None
    return Plan(opened.scenario, allocation, opened.law)
