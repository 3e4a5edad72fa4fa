"""Duties: the period in their name, the hour of their last day; plans: days of events; dossiers: counts and posting."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would build the tables anew, and other tables and triggers refer to them.
    op.add_column("duties", sa.Column("term", sa.String(length=60), nullable=True))
    op.add_column("duties", sa.Column("last_second", sa.Time(), nullable=True))
    op.add_column("plan_changes", sa.Column("old_second", sa.Time(), nullable=True))
    op.add_column("plan_changes", sa.Column("new_second", sa.Time(), nullable=True))
    op.add_column("plans", sa.Column("events", sa.JSON(), nullable=True))
    op.add_column("nominations", sa.Column("counts", sa.JSON(), nullable=True))
    op.add_column("nominations", sa.Column("posted_from", sa.Date(), nullable=True))
    op.add_column("nominations", sa.Column("posted_through", sa.Date(), nullable=True))
    op.add_column("submissions", sa.Column("late_reason", sa.String(length=1000), nullable=True))


def downgrade() -> None:
    op.drop_column("submissions", "late_reason")
    op.drop_column("nominations", "posted_through")
    op.drop_column("nominations", "posted_from")
    op.drop_column("nominations", "counts")
    op.drop_column("plans", "events")
    op.drop_column("plan_changes", "new_second")
    op.drop_column("plan_changes", "old_second")
    op.drop_column("duties", "last_second")
    op.drop_column("duties", "term")
