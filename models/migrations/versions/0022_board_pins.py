"""Board pins: which boards the bot has pinned, so that finished ones are taken down."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_pinned", sa.Boolean(), server_default=sa.false(), nullable=False))
    # Until now every board was pinned when it was hung.
    op.execute(sa.text("UPDATE boards SET is_pinned = true WHERE message_id IS NOT NULL"))


def downgrade() -> None:
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.drop_column("is_pinned")
