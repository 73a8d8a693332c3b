"""People: the roles of each and the partner each speaks for. Who changed them is in the log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of people."""
    op.create_table(
        "people",
        sa.Column("identity", sa.String(300), primary_key=True),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("partner", sa.String(300)),
    )
