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


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "delivery_parcel",
        sa.Column("number", BIG, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("customer_id", BIG, nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.String(length=2000), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_delivery_parcel")),
        sa.UniqueConstraint("id", name=op.f("uq_delivery_parcel_id")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_parcel_key")),
    )
    op.create_index("ix_delivery_parcel_lane_number", "delivery_parcel", ["lane", "number"], unique=False)
    op.create_index("ix_delivery_parcel_state_next_at", "delivery_parcel", ["state", "next_at"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("delivery_parcel")
