"""The tables of the store, as the last migration leaves them. Times are texts of UTC, JSON is text."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()
_HASH, _NAME, _TIME = String(64), String(300), String(40)

contents = Table(
    "contents",
    METADATA,
    Column("fingerprint", _HASH, primary_key=True),
    Column("title", _NAME, nullable=False),
    Column("document", LargeBinary, nullable=False),
)
"""Scenarios by fingerprint, compressed: versions that say the same share one."""

dossiers = Table(
    "dossiers", METADATA, Column("name", _NAME, primary_key=True), Column("status", String(20), nullable=False)
)

versions = Table(
    "versions",
    METADATA,
    Column("id", _HASH, primary_key=True),
    Column("dossier", ForeignKey("dossiers.name"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", ForeignKey("versions.id"), unique=True),
    Column("base", ForeignKey("versions.id")),
    Column("act", String(20), nullable=False),
    Column("target", ForeignKey("versions.id")),
    Column("fingerprint", ForeignKey("contents.fingerprint"), nullable=False),
    Column("author", _NAME, nullable=False),
    Column("time", _TIME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changes", Text, nullable=False),
    UniqueConstraint("dossier", "number"),
)
"""``parent`` is unique: two versions never come after the same one, whatever the program does."""

drafts = Table(
    "drafts",
    METADATA,
    Column("dossier", ForeignKey("dossiers.name"), primary_key=True),
    Column("user", _NAME, primary_key=True),
    Column("base", ForeignKey("versions.id"), nullable=False),
    Column("steps", Text, nullable=False),
    Column("undone", Text, nullable=False),
)

allocations = Table(
    "allocations",
    METADATA,
    Column("fingerprint", _HASH, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("time", _TIME, nullable=False),
    Column("document", LargeBinary, nullable=False),
)
"""Every allocation kept for a scenario, from the first to the last: none replaces another."""

comments = Table(
    "comments",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("version", ForeignKey("versions.id"), nullable=False),
    Column("place_table", _NAME),
    Column("place_key", Text),
    Column("author", _NAME, nullable=False),
    Column("time", _TIME, nullable=False),
    Column("text", Text, nullable=False),
)

archives = Table(
    "archives",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("version", ForeignKey("versions.id"), nullable=False),
    Column("digest", _HASH, nullable=False, unique=True),
    Column("name", _NAME, nullable=False),
    Column("author", _NAME, nullable=False),
    Column("time", _TIME, nullable=False),
)

people = Table(
    "people",
    METADATA,
    Column("identity", _NAME, primary_key=True),
    Column("roles", Text, nullable=False),
    Column("partner", _NAME),
)
"""What each person is to the committee, now; the log tells who made it so, and when."""

log = Table(
    "log",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("time", _TIME, nullable=False),
    Column("author", _NAME, nullable=False),
    Column("act", String(20), nullable=False),
    Column("dossier", _NAME, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False, unique=True),
)
"""Who did what. Each line carries the hash of the one before it."""
