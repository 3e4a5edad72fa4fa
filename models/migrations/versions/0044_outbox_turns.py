"""The authority to whose units a message goes, and an index of those that wait: authorities take turns."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("authority_id", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_outbox_turns", "outbox", ["authority_id", "due_at", "id"], **_where("done_at IS NULL"))
    op.drop_index("ix_outbox_done_at", table_name="outbox")
    op.create_index("ix_outbox_done_at", "outbox", ["done_at"], **_where("done_at IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_outbox_done_at", table_name="outbox")
    op.create_index("ix_outbox_done_at", "outbox", ["done_at"])
    op.drop_index("ix_outbox_turns", table_name="outbox")
    op.drop_column("outbox", "authority_id")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
