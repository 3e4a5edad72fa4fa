"""Attachments, orphan files and corrections are called what they are"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("attachments", "piece", "requirement"),
    ("returns", "mend_by", "correct_by"),
    ("returned_items", "mended_at", "corrected_at"),
)
_DIALOGS = (
    ("PapersSG:", "AttachmentsSG:"),
    ("PaperClaimsSG:", "HardCopyClaimsSG:"),
    ("ComingChangesSG:", "ScheduledSuccessionsSG:"),
)
"""Names of screens, as the states of open dialogs hold them."""
_TABLES = (("papers", "attachments", ("submission_id", "sha256")), ("loose_files", "orphan_files", ("at",)))


def upgrade() -> None:
    for old, new, indexed in _TABLES:
        _rename_table(old, new, indexed)
    for table, old, new in _COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for old, new in _DIALOGS:
        _rename_screen(old, new)


def downgrade() -> None:
    for old, new in _DIALOGS:
        _rename_screen(new, old)
    for table, old, new in _COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    for old, new, indexed in _TABLES:
        _rename_table(new, old, indexed)


def _rename_table(old: str, new: str, indexed: tuple[str, ...]) -> None:
    """Rename a table without touching its rows; its indexes carry its name, so they are made anew."""
    for column in indexed:
        op.drop_index(f"ix_{old}_{column}", table_name=old)
    op.rename_table(old, new)
    for column in indexed:
        op.create_index(f"ix_{new}_{column}", new, [column])


def _rename_screen(old: str, new: str) -> None:
    """Rename a group of screens in open dialogs, so that who is in one goes on after the upgrade."""
    rename = sa.text("UPDATE conversations SET data = replace(data, :old, :new)")
    op.execute(rename.bindparams(old=f'"{old}', new=f'"{new}'))
