"""The tables of customers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "customer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("may_mail", sa.Boolean(), nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("email", name=op.f("uq_customer_email")),
        sa.UniqueConstraint("external_id", name=op.f("uq_customer_external_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customer_public_id")),
    )
    op.create_index("ix_customer_name_id", "customer", ["name", "id"], unique=False)
    op.create_index("ix_customer_owner_id", "customer", ["owner_id", "id"], unique=False)
    op.create_table(
        "customers_import",
        sa.Column("id", BIG, nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("delimiter", sa.String(length=1), nullable=False),
        sa.Column("is_quoted", sa.Boolean(), nullable=False),
        sa.Column("header", JSON, nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("first_after", BIG, nullable=False),
        sa.Column("first_line", BIG, nullable=False),
        sa.Column("after", BIG, nullable=False),
        sa.Column("line", BIG, nullable=False),
        sa.Column("rows", BIG, nullable=False),
        sa.Column("total", BIG, nullable=True),
        sa.Column("added", BIG, nullable=False),
        sa.Column("known", BIG, nullable=False),
        sa.Column("refused", BIG, nullable=False),
        sa.Column("staff_id", BIG, nullable=True),
        sa.Column("is_for_worker", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_import_public_id")),
    )
    op.create_index("ix_customers_import_sha256_kind", "customers_import", ["sha256", "kind"], unique=False)
    op.create_index("ix_customers_import_state_id", "customers_import", ["state", "id"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sku", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("industry", sa.String(length=40), nullable=False),
        sa.Column("ask_after_days", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ask_after_days BETWEEN 0 AND 3650", name=op.f("ck_product_ask_after_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("sku", name=op.f("uq_product_sku")),
    )
    op.create_table(
        "customers_import_refusal",
        sa.Column("import_id", BIG, nullable=False),
        sa.Column("line", BIG, nullable=False),
        sa.Column("faults", JSON, nullable=False),
        sa.Column("cells", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["customers_import.id"],
            name=op.f("fk_customers_import_refusal_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_customers_import_refusal")),
    )
    op.create_table(
        "purchase",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_minor", BIG, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("purchased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_purchase_amount")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_quantity")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_purchase_customer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_purchase_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("reference", "product_id", name=op.f("uq_purchase_reference_product_id")),
    )
    op.create_index("ix_purchase_customer_id_purchased_at", "purchase", ["customer_id", "purchased_at"], unique=False)
    op.create_index(op.f("ix_purchase_product_id"), "purchase", ["product_id"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("purchase")
    op.drop_table("customers_import_refusal")
    op.drop_table("product")
    op.drop_table("customers_import")
    op.drop_table("customer")
