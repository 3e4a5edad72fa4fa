"""Duties: their standing and first hour, which the database keeps with each change of a submission."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_STANDING = """CASE min(
    CASE state WHEN 'RETURNED' THEN 0 WHEN 'ACCEPTED' THEN 1 WHEN 'CORRECTING' THEN 1
      WHEN 'CHECKED' THEN 2 WHEN 'SUBMITTED' THEN 2 END
  ) WHEN 0 THEN 'RETURNED' WHEN 1 THEN 'ACCEPTED' WHEN 2 THEN 'HANDED_IN' END"""
_KEEP = f"""UPDATE duties SET
  standing = (SELECT {_STANDING} FROM submissions WHERE duty_id = duties.id),
  counts_from = (SELECT min(counts_from) FROM submissions WHERE duty_id = duties.id)"""  # noqa: S608 (no input)
_CHANGES = {"insert": "INSERT", "update": "UPDATE OF state, counts_from", "delete": "DELETE"}
# A draft stands for nothing; most rows begin as one.
_COUNTS = {"insert": "NEW.state <> 'DRAFT'", "update": "TRUE", "delete": "OLD.state <> 'DRAFT'"}


def upgrade() -> None:
    with op.batch_alter_table("duties", schema=None) as batch_op:
        standing = sa.Enum(
            "OWED", "DRAFTED", "RETURNED", "HANDED_IN", "ACCEPTED", name="standing", native_enum=False, length=40
        )
        batch_op.add_column(sa.Column("standing", standing, nullable=True))
        batch_op.add_column(sa.Column("counts_from", models.base.Instant(timezone=True), nullable=True))
    op.execute(_KEEP)
    if op.get_bind().dialect.name == "sqlite":
        for name, change in _CHANGES.items():
            row = "OLD" if name == "delete" else "NEW"
            op.execute(
                f"CREATE TRIGGER submissions_{name}_keeps_standing AFTER {change} ON submissions "
                f"WHEN {_COUNTS[name]} BEGIN {_KEEP} WHERE id = {row}.duty_id; END"
            )
        return
    op.execute(
        "CREATE FUNCTION keep_standing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{_KEEP} WHERE id = COALESCE(NEW.duty_id, OLD.duty_id); RETURN NULL; END $$"
    )
    for name, change in _CHANGES.items():
        op.execute(
            f"CREATE TRIGGER submissions_{name}_keeps_standing AFTER {change} ON submissions "
            f"FOR EACH ROW WHEN ({_COUNTS[name]}) EXECUTE FUNCTION keep_standing()"
        )


def downgrade() -> None:
    on_table = "" if op.get_bind().dialect.name == "sqlite" else " ON submissions"
    for name in _CHANGES:
        op.execute(f"DROP TRIGGER submissions_{name}_keeps_standing{on_table}")
    if on_table:
        op.execute("DROP FUNCTION keep_standing()")
    # Not in a batch: SQLite would build the table anew, and other tables refer to it.
    op.drop_column("duties", "counts_from")
    op.drop_column("duties", "standing")
