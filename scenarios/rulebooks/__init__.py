"""The law as dated data: rulebooks with sources, and the rules in force for each operation of a scenario."""

from scenarios.rulebooks.book import DatedValue, Entry, Horizon, Rulebook, SourceReference
from scenarios.rulebooks.law import NO_RULEBOOKS, BookUsed, Law, LawLine, in_force, law_hash, law_of, listing
from scenarios.rulebooks.reading import read_rulebook
from scenarios.rulebooks.record import law_record
from scenarios.rulebooks.shelf import BOOKS, TEMPLATE, books, find_book, find_entry, taken_from, version
from scenarios.rulebooks.versions import NotInForceError, Version, version_on

__all__ = [
    "BOOKS", "NO_RULEBOOKS", "TEMPLATE", "BookUsed", "DatedValue", "Entry", "Horizon", "Law", "LawLine",
    "NotInForceError", "Rulebook", "SourceReference", "Version", "books", "find_book", "find_entry", "in_force",
    "law_hash", "law_of", "law_record", "listing", "read_rulebook", "taken_from", "version", "version_on",
]  # fmt: skip
