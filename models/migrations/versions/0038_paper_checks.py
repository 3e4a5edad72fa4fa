"""What the checks of a paper found, and why its sender keeps it all the same."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite would build the table anew, and other tables refer to it.
    op.add_column("attachments", sa.Column("findings", sa.JSON(), nullable=True))
    op.add_column("attachments", sa.Column("kept_reason", sa.String(length=300), nullable=True))
    op.add_column("attachments", sa.Column("kept_by", sa.Integer(), nullable=True))
    op.add_column("attachments", sa.Column("kept_at", models.base.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("kept_at", "kept_by", "kept_reason", "findings"):
        op.drop_column("attachments", name)
