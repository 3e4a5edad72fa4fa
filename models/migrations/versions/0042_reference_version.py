"""A version of what changes rarely, which the database raises with each change."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_TABLES = ("units", "clusters", "memberships", "successions", "unit_names", "plans", "set_dates")
_RAISE = "UPDATE reference_version SET number = number + 1"
_CHANGES = ("INSERT", "UPDATE", "DELETE")


def upgrade() -> None:
    version = op.create_table(
        "reference_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_version")),
    )
    op.bulk_insert(version, [{"id": 1, "number": 1}])
    if op.get_bind().dialect.name == "sqlite":
        for table in _TABLES:
            for change in _CHANGES:
                op.execute(
                    f"CREATE TRIGGER {table}_{change.lower()}_raises_version AFTER {change} ON {table} BEGIN {_RAISE}; END"
                )
        return
    # A transaction raises it once: with each row, PostgreSQL would go through all earlier states of the one row.
    op.execute(
        "CREATE FUNCTION raise_reference_version() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "UPDATE reference_version SET number = txid_current() WHERE number <> txid_current(); RETURN NULL; END $$"
    )
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_raises_version AFTER {' OR '.join(_CHANGES)} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION raise_reference_version()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in _TABLES:
            for change in _CHANGES:
                op.execute(f"DROP TRIGGER {table}_{change.lower()}_raises_version")
    else:
        for table in _TABLES:
            op.execute(f"DROP TRIGGER {table}_raises_version ON {table}")
        op.execute("DROP FUNCTION raise_reference_version()")
    op.drop_table("reference_version")
