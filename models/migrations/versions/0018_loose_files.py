"""Files on the shelf that go along with no request"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loose_files",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_loose_files")),
    )
    with op.batch_alter_table("loose_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loose_files_at"), ["at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("loose_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_loose_files_at"))

    op.drop_table("loose_files")
