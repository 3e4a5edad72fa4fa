"""Decisions of reviewers that were undone"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reviews") as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("batch", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_reviews_batch"), ["batch"])
    with op.batch_alter_table("returns") as batch_op:
        batch_op.add_column(sa.Column("taken_back_at", models.base.Instant(timezone=True), nullable=True))
    with op.batch_alter_table("paper_claims") as batch_op:
        batch_op.add_column(sa.Column("denial", sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("paper_claims") as batch_op:
        batch_op.drop_column("denial")
    with op.batch_alter_table("returns") as batch_op:
        batch_op.drop_column("taken_back_at")
    with op.batch_alter_table("reviews") as batch_op:
        batch_op.drop_index(op.f("ix_reviews_batch"))
        batch_op.drop_column("batch")
        batch_op.drop_column("reason")
