"""Words by which a unit calls an indicator, learned from its corrections."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_synonyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_code", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("learned_at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_figure_synonyms_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_synonyms")),
        sa.UniqueConstraint("unit_id", "plan_code", "words", name=op.f("uq_figure_synonyms_unit_id_plan_code_words")),
    )


def downgrade() -> None:
    op.drop_table("figure_synonyms")
