"""The chat of each conversation, so that the conversations of a chat are read, and erased, together."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("chat", sa.BigInteger(), nullable=True))
    conversations = sa.table("conversations", sa.column("key"), sa.column("chat"))
    connection = op.get_bind()
    keys = connection.scalars(sa.select(conversations.c.key)).all()
    chats = [{"of": key, "chat": int(key.split(":")[2])} for key in keys if _names_a_chat(key)]
    if chats:
        set_chat = sa.update(conversations).where(conversations.c.key == sa.bindparam("of"))
        connection.execute(set_chat.values(chat=sa.bindparam("chat")), chats)
    op.create_index("ix_conversations_chat", "conversations", ["chat", "used_at"])


def downgrade() -> None:
    op.drop_index("ix_conversations_chat", table_name="conversations")
    op.drop_column("conversations", "chat")


def _names_a_chat(key: str) -> bool:
    """Whether the key is fsm:<bot>:<chat>:…"""
    parts = key.split(":")
    return len(parts) > 2 and parts[2].lstrip("-").isdigit()
