"""From which day each plan counts, and since when it asks nothing more"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plans") as batch:
        batch.add_column(sa.Column("counts_from", sa.Date(), nullable=True))
        batch.add_column(sa.Column("ended_at", models.base.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("plans") as batch:
        batch.drop_column("ended_at")
        batch.drop_column("counts_from")
