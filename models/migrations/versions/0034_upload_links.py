"""Links for uploads by the web page, and the files that are being uploaded by them."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.String(length=60), nullable=False),
        sa.Column("created_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("used_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_upload_links_attachment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_upload_links_person_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_upload_links_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_links")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_upload_links_fingerprint")),
    )
    with op.batch_alter_table("upload_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_links_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_links_person_id"), ["person_id"], unique=False)

    op.create_table(
        "uploading_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["upload_links.id"], name=op.f("fk_uploading_files_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploading_files")),
        sa.UniqueConstraint("key", name=op.f("uq_uploading_files_key")),
    )
    with op.batch_alter_table("uploading_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploading_files_link_id"), ["link_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("uploading_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_uploading_files_link_id"))

    op.drop_table("uploading_files")
    with op.batch_alter_table("upload_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_links_person_id"))
        batch_op.drop_index(batch_op.f("ix_upload_links_expires_at"))

    op.drop_table("upload_links")
