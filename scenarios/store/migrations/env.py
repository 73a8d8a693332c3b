"""Run by Alembic: the migrations take place in the transaction of the connection that the store gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
