"""Successions settled on their day"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("successions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", models.base.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("successions", schema=None) as batch_op:
        batch_op.drop_column("settled_at")
