"""When the standing body last telephoned a unit that the bot cannot write to"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_calls",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_unit_calls_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_calls_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_calls")),
    )


def downgrade() -> None:
    op.drop_table("unit_calls")
