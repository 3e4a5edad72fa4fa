"""Alembic's entry point; it always receives an open connection."""

from alembic import context

from models import unit_of_work  # noqa: F401 (brings every table into the metadata)
from models.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
