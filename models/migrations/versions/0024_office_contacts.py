"""Telephone numbers of standing bodies"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["units.id"], name=op.f("fk_office_contacts_authority_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_contacts")),
    )
    with op.batch_alter_table("office_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_contacts_authority_id"), ["authority_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("office_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_contacts_authority_id"))

    op.drop_table("office_contacts")
