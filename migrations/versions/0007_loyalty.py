"""The tables of loyalty."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# The ledger is append-only. Demo data alone may go again; whether an entry is demo cannot be changed either.
SQLITE_GUARDS = (
    """
    CREATE TRIGGER loyalty_entry_no_update BEFORE UPDATE ON loyalty_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TRIGGER loyalty_entry_no_delete BEFORE DELETE ON loyalty_entry WHEN NOT OLD.is_demo
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
)
POSTGRESQL_GUARDS = (
    """
    CREATE FUNCTION loyalty_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
    """,
    """
    CREATE TRIGGER loyalty_entry_no_update BEFORE UPDATE ON loyalty_entry
    FOR EACH ROW EXECUTE FUNCTION loyalty_entry_refuse()
    """,
    """
    CREATE TRIGGER loyalty_entry_no_delete BEFORE DELETE ON loyalty_entry
    FOR EACH ROW WHEN (NOT OLD.is_demo) EXECUTE FUNCTION loyalty_entry_refuse()
    """,
    """
    CREATE TRIGGER loyalty_entry_no_truncate BEFORE TRUNCATE ON loyalty_entry
    FOR EACH STATEMENT EXECUTE FUNCTION loyalty_entry_refuse()
    """,
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "loyalty_reward",
        sa.Column("id", BIG, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("name_zh", sa.String(length=120), nullable=False),
        sa.Column("note_en", sa.String(length=300), nullable=False),
        sa.Column("note_zh", sa.String(length=300), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_loyalty_reward_price")),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_loyalty_reward_stock")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loyalty_reward")),
        sa.UniqueConstraint("public_id", name=op.f("uq_loyalty_reward_public_id")),
    )
    op.create_index("ix_loyalty_reward_is_active_price", "loyalty_reward", ["is_active", "price", "id"], unique=False)
    op.create_table(
        "loyalty_account",
        sa.Column("customer_id", BIG, autoincrement=False, nullable=False),
        sa.Column("balance", BIG, nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_loyalty_account_balance")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_loyalty_account_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_loyalty_account")),
    )
    op.create_table(
        "loyalty_entry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("points", BIG, nullable=False),
        sa.Column("balance_after", BIG, nullable=False),
        sa.Column("counter", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("about_en", sa.String(length=200), nullable=False),
        sa.Column("about_zh", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("reverses_id", BIG, nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("balance_after >= 0", name=op.f("ck_loyalty_entry_balance_after")),
        sa.CheckConstraint("points <> 0", name=op.f("ck_loyalty_entry_points")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["loyalty_account.customer_id"], name=op.f("fk_loyalty_entry_customer_id")
        ),
        sa.ForeignKeyConstraint(["reverses_id"], ["loyalty_entry.id"], name=op.f("fk_loyalty_entry_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loyalty_entry")),
        sa.UniqueConstraint("customer_id", "key", name=op.f("uq_loyalty_entry_customer_id_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_loyalty_entry_reverses_id")),
    )
    op.create_index("ix_loyalty_entry_customer_id_id", "loyalty_entry", ["customer_id", "id"], unique=False)
    op.create_table(
        "loyalty_voucher",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("reward_id", BIG, nullable=False),
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("name_zh", sa.String(length=120), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_loyalty_voucher_customer_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["loyalty_entry.id"], name=op.f("fk_loyalty_voucher_entry_id")),
        sa.ForeignKeyConstraint(["reward_id"], ["loyalty_reward.id"], name=op.f("fk_loyalty_voucher_reward_id")),
        sa.ForeignKeyConstraint(
            ["used_by"], ["identity_staff.id"], name=op.f("fk_loyalty_voucher_used_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loyalty_voucher")),
        sa.UniqueConstraint("code", name=op.f("uq_loyalty_voucher_code")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_loyalty_voucher_entry_id")),
    )
    op.create_index("ix_loyalty_voucher_customer_id_id", "loyalty_voucher", ["customer_id", "id"], unique=False)
    op.create_index(op.f("ix_loyalty_voucher_reward_id"), "loyalty_voucher", ["reward_id"], unique=False)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for guard in SQLITE_GUARDS if is_sqlite else POSTGRESQL_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("loyalty_voucher")
    op.drop_table("loyalty_entry")
    op.drop_table("loyalty_account")
    op.drop_table("loyalty_reward")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION loyalty_entry_refuse()")
