"""The tables of delivery."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PENDING = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "delivery_endpoint",
        sa.Column("id", BIG, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secrets", JSON, nullable=False),
        sa.Column("types", JSON, nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("why_off", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_endpoint")),
    )
    op.create_table(
        "delivery_tick",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job", "due_at", name=op.f("pk_delivery_tick")),
    )
    op.create_table(
        "delivery_parcel",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", BIG, nullable=True),
        sa.Column("endpoint_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["endpoint_id"], ["delivery_endpoint.id"], name=op.f("fk_delivery_parcel_endpoint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_parcel")),
        sa.UniqueConstraint("key", "endpoint_id", name=op.f("uq_delivery_parcel_key_endpoint_id")),
    )
    op.create_index("ix_delivery_parcel_customer_id", "delivery_parcel", ["customer_id"])
    op.create_index("ix_delivery_parcel_state_id", "delivery_parcel", ["state", "id"])
    for name, columns in (
        ("ix_delivery_parcel_due", ["next_at"]),
        ("ix_delivery_parcel_turn", ["stream", "id"]),
    ):
        op.create_index(name, "delivery_parcel", columns, sqlite_where=PENDING, postgresql_where=PENDING)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("delivery_parcel")
    op.drop_table("delivery_tick")
    op.drop_table("delivery_endpoint")
