"""The tables of support."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

UNSOLVED = sa.text("state IN ('open', 'waiting')")
MAY_FALL_DUE = sa.text("state = 'open' AND late_at IS NULL")
RESOLVED = sa.text("state = 'resolved'")
APPEND_ONLY = ("support_change", "support_message", "support_note")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "support_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_counter")),
    )
    op.create_table(
        "support_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("windows", JSON, nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_support_day")),
    )
    op.create_table(
        "support_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", JSON, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_hours")),
    )
    op.create_table(
        "support_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("product_id", BIG, nullable=True),
        sa.Column("response_id", BIG, nullable=True),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("score_max", sa.Integer(), nullable=False),
        sa.Column("mood", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("spans", JSON, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_reply_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_ids", JSON, nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("rank BETWEEN 0 AND 4", name=op.f("ck_support_request_rank")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_support_request_customer_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["identity_staff.id"], name=op.f("fk_support_request_owner_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_support_request_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_request")),
        sa.UniqueConstraint("number", name=op.f("uq_support_request_number")),
        sa.UniqueConstraint("response_id", name=op.f("uq_support_request_response_id")),
    )
    op.create_index("ix_support_request_customer_id_id", "support_request", ["customer_id", "id"], unique=False)
    op.create_index(
        "ix_support_request_due",
        "support_request",
        ["due_at"],
        unique=False,
        sqlite_where=MAY_FALL_DUE,
        postgresql_where=MAY_FALL_DUE,
    )
    op.create_index(
        "ix_support_request_owner",
        "support_request",
        ["owner_id", "rank", "due_at", "id"],
        unique=False,
        sqlite_where=UNSOLVED,
        postgresql_where=UNSOLVED,
    )
    op.create_index(
        "ix_support_request_product",
        "support_request",
        ["product_id", "rank", "due_at", "id"],
        unique=False,
        sqlite_where=UNSOLVED,
        postgresql_where=UNSOLVED,
    )
    op.create_index(
        "ix_support_request_queue",
        "support_request",
        ["rank", "due_at", "id"],
        unique=False,
        sqlite_where=UNSOLVED,
        postgresql_where=UNSOLVED,
    )
    op.create_index(
        "ix_support_request_resolved",
        "support_request",
        ["resolved_at", "id"],
        unique=False,
        sqlite_where=RESOLVED,
        postgresql_where=RESOLVED,
    )
    op.create_table(
        "support_change",
        sa.Column("id", BIG, nullable=False),
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", BIG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["support_request.id"], name=op.f("fk_support_change_request_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["identity_staff.id"], name=op.f("fk_support_change_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_change")),
    )
    op.create_index("ix_support_change_request_id_id", "support_change", ["request_id", "id"], unique=False)
    op.create_table(
        "support_message",
        sa.Column("id", BIG, nullable=False),
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("staff_id", BIG, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verdict", JSON, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["support_request.id"], name=op.f("fk_support_message_request_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["identity_staff.id"], name=op.f("fk_support_message_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_message")),
    )
    op.create_index("ix_support_message_request_id_id", "support_message", ["request_id", "id"], unique=False)
    op.create_table(
        "support_note",
        sa.Column("id", BIG, nullable=False),
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("staff_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["support_request.id"], name=op.f("fk_support_note_request_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["identity_staff.id"], name=op.f("fk_support_note_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_note")),
    )
    op.create_index("ix_support_note_request_id_id", "support_note", ["request_id", "id"], unique=False)
    for table in APPEND_ONLY:
        _refuse_updates(table)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("support_note")
    op.drop_table("support_message")
    op.drop_table("support_change")
    op.drop_table("support_request")
    op.drop_table("support_hours")
    op.drop_table("support_day")
    op.drop_table("support_counter")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION support_refuse_update()")


def _refuse_updates(table: str) -> None:
    """What was said or happened is never rewritten; a whole request may be erased."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION support_refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION support_refuse_update()"
    )
