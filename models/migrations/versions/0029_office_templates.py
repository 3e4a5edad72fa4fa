"""Word templates that offices set for their official papers"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_KINDS = (
    "COMPILED_REPORT",
    "LATE_LIST",
    "REMINDER",
    "CLUSTER_PLEDGE",
    "SUBMISSION_LETTER",
    "MINUTES",
    "DOSSIER_RECEIPT",
    "PLEDGE",
    "UNIT_REPORT",
)


def upgrade() -> None:
    op.create_table(
        "office_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*_KINDS, name="paperkind", native_enum=False, length=40), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["units.id"], name=op.f("fk_office_templates_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_office_templates_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_templates")),
        sa.UniqueConstraint("authority_id", "kind", name=op.f("uq_office_templates_authority_id_kind")),
    )


def downgrade() -> None:
    op.drop_table("office_templates")
