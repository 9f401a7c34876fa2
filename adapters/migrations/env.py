"""What Alembic runs around the steps."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
