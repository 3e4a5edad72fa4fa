"""Updates know their chat, how often they were begun, and whether they have acted"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chat", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("digest", sa.String(length=16), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("acted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_arrivals_chat"), ["chat"], unique=False)
        batch_op.drop_column("begun_again")
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.alter_column("digest", server_default=None)
        batch_op.alter_column("attempts", server_default=None)
        batch_op.alter_column("acted", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begun_again", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_index(batch_op.f("ix_arrivals_chat"))
        batch_op.drop_column("acted")
        batch_op.drop_column("attempts")
        batch_op.drop_column("chat")
        batch_op.drop_column("digest")
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.alter_column("begun_again", server_default=None)
