"""An index of the duties that are owed: whether one is left is asked with each hand-in."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

OWED = sa.text("standing IS NULL OR standing = 'RETURNED'")


def upgrade() -> None:
    op.create_index(
        "ix_duties_owed", "duties", ["plan_code", "code", "year", "turn"], sqlite_where=OWED, postgresql_where=OWED
    )


def downgrade() -> None:
    op.drop_index("ix_duties_owed", table_name="duties")
