"""The store of scenarios that several people share: versions never overwritten, drafts, journal, log."""

from scenarios.store.opening import VARIABLE, open_store, parsed
from scenarios.store.records import Act, Archived, Comment, Dossier, Draft, LogEntry, Person, Status, Version
from scenarios.store.refusals import ConflictError, RefusedError, StoreError, UnknownError, UnusableStoreError
from scenarios.store.store import Store

__all__ = [
    "VARIABLE", "Act", "Archived", "Comment", "ConflictError", "Dossier", "Draft", "LogEntry", "Person", "RefusedError",
    "Status", "Store", "StoreError", "UnknownError", "UnusableStoreError", "Version", "open_store", "parsed",
]  # fmt: skip
