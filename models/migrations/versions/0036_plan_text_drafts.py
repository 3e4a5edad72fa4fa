"""Drafts of plans read from their text."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_text_drafts",
        sa.Column("authority_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["units.id"], name=op.f("fk_plan_text_drafts_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_plan_text_drafts_by")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_plan_text_drafts")),
    )


def downgrade() -> None:
    op.drop_table("plan_text_drafts")
