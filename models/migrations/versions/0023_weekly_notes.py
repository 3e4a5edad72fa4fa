"""What each reader of the weekly list was told last"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weekly_notes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=10), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_weekly_notes_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_weekly_notes")),
    )


def downgrade() -> None:
    op.drop_table("weekly_notes")
