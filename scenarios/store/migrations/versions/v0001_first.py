"""Dossiers and their versions, drafts, allocations, comments, archives, and the log.

What is written once stays: the database itself refuses to change or remove it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_HASH, _NAME, _TIME = sa.String(64), sa.String(300), sa.String(40)
_WRITTEN_ONCE = ("contents", "versions", "allocations", "comments", "archives", "log")


def upgrade() -> None:
    """Create the tables, then what keeps lines as they were written."""
    _dossiers()
    _beside()
    _log()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'written once'; END $$"
        )
        for table in _WRITTEN_ONCE:
            op.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION written_once()"
            )
        return
    for table in _WRITTEN_ONCE:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'written once'); END"
            )


def _dossiers() -> None:
    op.create_table(
        "contents",
        sa.Column("fingerprint", _HASH, primary_key=True),
        sa.Column("title", _NAME, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "dossiers", sa.Column("name", _NAME, primary_key=True), sa.Column("status", sa.String(20), nullable=False)
    )
    op.create_table(
        "versions",
        sa.Column("id", _HASH, primary_key=True),
        sa.Column("dossier", _NAME, sa.ForeignKey("dossiers.name"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("parent", _HASH, sa.ForeignKey("versions.id"), unique=True),
        sa.Column("base", _HASH, sa.ForeignKey("versions.id")),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("target", _HASH, sa.ForeignKey("versions.id")),
        sa.Column("fingerprint", _HASH, sa.ForeignKey("contents.fingerprint"), nullable=False),
        sa.Column("author", _NAME, nullable=False),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.UniqueConstraint("dossier", "number"),
    )
    op.create_table(
        "drafts",
        sa.Column("dossier", _NAME, sa.ForeignKey("dossiers.name"), primary_key=True),
        sa.Column("user", _NAME, primary_key=True),
        sa.Column("base", _HASH, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("steps", sa.Text, nullable=False),
        sa.Column("undone", sa.Text, nullable=False),
    )


def _beside() -> None:
    op.create_table(
        "allocations",
        sa.Column("fingerprint", _HASH, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "comments",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("version", _HASH, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("place_table", _NAME),
        sa.Column("place_key", sa.Text),
        sa.Column("author", _NAME, nullable=False),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "archives",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("version", _HASH, sa.ForeignKey("versions.id"), nullable=False),
        sa.Column("digest", _HASH, nullable=False, unique=True),
        sa.Column("name", _NAME, nullable=False),
        sa.Column("author", _NAME, nullable=False),
        sa.Column("time", _TIME, nullable=False),
    )


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("author", _NAME, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("dossier", _NAME, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", _HASH, nullable=False),
        sa.Column("hash", _HASH, nullable=False, unique=True),
    )
