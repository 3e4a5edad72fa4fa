"""Reminders sent: a row stands for all the steps that were said together, and is found by its duty."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_BY_DUTY, _BY_PERSON = "uq_reminded_duty_id_person_id_step", "uq_reminded_person_id_duty_id_step"


def upgrade() -> None:
    op.add_column("reminded", sa.Column("last_step", sa.Integer(), nullable=True))
    op.execute("UPDATE reminded SET last_step = step")
    with op.batch_alter_table("reminded", schema=None) as batch_op:
        batch_op.alter_column("last_step", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(_BY_PERSON, type_="unique")
        batch_op.create_unique_constraint(_BY_DUTY, ["duty_id", "person_id", "step"])


def downgrade() -> None:
    with op.batch_alter_table("reminded", schema=None) as batch_op:
        batch_op.drop_constraint(_BY_DUTY, type_="unique")
        batch_op.create_unique_constraint(_BY_PERSON, ["person_id", "duty_id", "step"])
        batch_op.drop_column("last_step")
