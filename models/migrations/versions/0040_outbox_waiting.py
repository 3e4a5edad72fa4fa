"""An index of the messages that wait, by kind: what answers a person is found among any number of reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waiting = sa.text("done_at IS NULL")
    op.create_index("ix_outbox_waiting", "outbox", ["kind", "due_at"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_index("ix_outbox_waiting", table_name="outbox")
