"""Mark the duties that were entered as reports of past periods"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("duties", sa.Column("past", sa.String(length=40), nullable=True))
    # Until now only the standing body could enter them: accepted at once, without a receipt.
    op.execute(
        "UPDATE duties SET past = 'STANDING_BODY' WHERE id IN (SELECT duty_id FROM submissions "
        "WHERE slot = 0 AND state = 'ACCEPTED' AND submitted_at IS NOT NULL "
        "AND id NOT IN (SELECT submission_id FROM receipts)) "
        "AND id NOT IN (SELECT duty_id FROM submissions WHERE slot <> 0)"
    )


def downgrade() -> None:
    op.drop_column("duties", "past")
