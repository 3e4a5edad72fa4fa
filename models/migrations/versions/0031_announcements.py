"""Announcements, their files and who has read them"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience_kind",
            sa.Enum("ALL", "CLUSTER", "UNIT_KIND", "DUTY", name="audiencekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("audience_target", sa.String(length=60), nullable=False),
        sa.Column("audience_name", sa.String(length=300), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asked_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("queued_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["units.id"], name=op.f("fk_announcements_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_announcements_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_announcements_fingerprint")),
    )
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcements_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcements_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcements_queued_at"), ["queued_at"], unique=False)

    op.create_table(
        "announcement_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("known_as", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_files_announcement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_files")),
    )
    with op.batch_alter_table("announcement_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_files_announcement_id"), ["announcement_id"], unique=False)

    op.create_table(
        "announcement_recipients",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("read_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_recipients_announcement_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_announcement_recipients_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_announcement_recipients_unit_id")),
        sa.PrimaryKeyConstraint("announcement_id", "person_id", "unit_id", name=op.f("pk_announcement_recipients")),
    )
    with op.batch_alter_table("announcement_recipients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_recipients_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parts_sent", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("parts_sent")

    with op.batch_alter_table("announcement_recipients", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_recipients_person_id"))

    op.drop_table("announcement_recipients")
    with op.batch_alter_table("announcement_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_files_announcement_id"))

    op.drop_table("announcement_files")
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcements_queued_at"))
        batch_op.drop_index(batch_op.f("ix_announcements_authority_id"))
        batch_op.drop_index(batch_op.f("ix_announcements_at"))

    op.drop_table("announcements")
