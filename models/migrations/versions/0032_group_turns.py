"""Groups: their topic, their next turn and mentions; boards: cheered once, pins looked after; weekly mutes."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("group_chats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("busy_until", models.base.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("mentions_officers", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pin_checked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("shown_at", models.base.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("is_cheered", sa.Boolean(), server_default=sa.false(), nullable=False))
    # A board that is not pinned is finished or past: it must not be cheered when its days are next counted anew.
    op.execute(sa.text("UPDATE boards SET is_cheered = NOT is_pinned"))
    op.create_table(
        "weekly_mutes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("plan_code", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_weekly_mutes_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "plan_code", "code", "year", "turn", name=op.f("pk_weekly_mutes")),
    )


def downgrade() -> None:
    op.drop_table("weekly_mutes")
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.drop_column("is_cheered")
        batch_op.drop_column("shown_at")
        batch_op.drop_column("pin_checked_on")
    with op.batch_alter_table("group_chats", schema=None) as batch_op:
        batch_op.drop_column("mentions_officers")
        batch_op.drop_column("busy_until")
        batch_op.drop_column("thread_id")
