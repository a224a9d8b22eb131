"""The tables of lifecycle."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# The log is never changed, and loses nothing but what was made for show. An event that waits for its number is never
# changed either, and may go only once it stands in the log.
ON_SQLITE = (
    """CREATE TRIGGER lifecycle_event_stays BEFORE UPDATE ON lifecycle_event
    BEGIN SELECT RAISE(ABORT, 'the stage-event log is append-only'); END""",
    """CREATE TRIGGER lifecycle_event_is_kept BEFORE DELETE ON lifecycle_event WHEN NOT OLD.is_demo
    BEGIN SELECT RAISE(ABORT, 'the stage-event log is append-only'); END""",
    """CREATE TRIGGER lifecycle_pending_stays BEFORE UPDATE ON lifecycle_pending
    BEGIN SELECT RAISE(ABORT, 'a stage event does not change'); END""",
    """CREATE TRIGGER lifecycle_pending_is_kept BEFORE DELETE ON lifecycle_pending
    WHEN NOT OLD.is_demo AND NOT EXISTS (SELECT 1 FROM lifecycle_event WHERE event_id = OLD.event_id)
    BEGIN SELECT RAISE(ABORT, 'a stage event without a number cannot be removed'); END""",
)
ON_POSTGRESQL = (
    """CREATE FUNCTION lifecycle_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_OP = 'DELETE' AND OLD.is_demo THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'the stage-event log is append-only';
    END $$""",
    """CREATE FUNCTION lifecycle_pending_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_OP = 'DELETE' AND (OLD.is_demo OR EXISTS (SELECT 1 FROM lifecycle_event WHERE event_id = OLD.event_id)) THEN
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'a stage event without a number does not change and cannot be removed';
    END $$""",
    """CREATE FUNCTION lifecycle_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'the stage-event log is append-only';
    END $$""",
    """CREATE TRIGGER lifecycle_event_stays BEFORE UPDATE OR DELETE ON lifecycle_event
    FOR EACH ROW EXECUTE FUNCTION lifecycle_event_stays()""",
    """CREATE TRIGGER lifecycle_pending_stays BEFORE UPDATE OR DELETE ON lifecycle_pending
    FOR EACH ROW EXECUTE FUNCTION lifecycle_pending_stays()""",
    """CREATE TRIGGER lifecycle_event_is_kept BEFORE TRUNCATE ON lifecycle_event
    FOR EACH STATEMENT EXECUTE FUNCTION lifecycle_is_kept()""",
    """CREATE TRIGGER lifecycle_pending_is_kept BEFORE TRUNCATE ON lifecycle_pending
    FOR EACH STATEMENT EXECUTE FUNCTION lifecycle_is_kept()""",
)


def upgrade() -> None:
    """Make the tables, and the triggers that keep the log."""
    op.create_table(
        "lifecycle_counter",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.Column("n", BIG, nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_lifecycle_counter")),
    )
    op.create_table(
        "lifecycle_event",
        sa.Column("sequence", BIG, autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequenced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_lifecycle_event")),
        sa.UniqueConstraint("customer_id", "revision", name=op.f("uq_lifecycle_event_customer_id_revision")),
        sa.UniqueConstraint("event_id", name=op.f("uq_lifecycle_event_event_id")),
    )
    op.create_index(
        "ix_lifecycle_event_customer_occurred",
        "lifecycle_event",
        ["customer_id", "occurred_at", "revision"],
        unique=False,
    )
    op.create_index("ix_lifecycle_event_sequenced", "lifecycle_event", ["sequenced_at", "sequence"], unique=False)
    op.create_index("ix_lifecycle_event_type_sequence", "lifecycle_event", ["type", "sequence"], unique=False)
    op.create_table(
        "lifecycle_pending",
        sa.Column("id", BIG, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_pending")),
        sa.UniqueConstraint("event_id", name=op.f("uq_lifecycle_pending_event_id")),
    )
    op.create_index(op.f("ix_lifecycle_pending_customer_id"), "lifecycle_pending", ["customer_id"], unique=False)
    op.create_table(
        "lifecycle_standing",
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage", sa.String(length=32), nullable=True),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("side_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("band", sa.String(length=32), nullable=False),
        sa.Column("health", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("step_why", JSON, nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("last_score", sa.Integer(), nullable=True),
        sa.Column("last_score_max", sa.Integer(), nullable=False),
        sa.Column("last_label", sa.String(length=16), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", BIG, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("reached", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_lifecycle_standing_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_lifecycle_standing")),
    )
    op.create_index(
        "ix_lifecycle_standing_band", "lifecycle_standing", ["band", "changed_at", "customer_id"], unique=False
    )
    op.create_index("ix_lifecycle_standing_changed", "lifecycle_standing", ["changed_at", "customer_id"], unique=False)
    op.create_index(op.f("ix_lifecycle_standing_look_at"), "lifecycle_standing", ["look_at"], unique=False)
    op.create_index(
        "ix_lifecycle_standing_side", "lifecycle_standing", ["side", "changed_at", "customer_id"], unique=False
    )
    op.create_index(
        "ix_lifecycle_standing_stage", "lifecycle_standing", ["stage", "changed_at", "customer_id"], unique=False
    )
    op.create_index(
        "ix_lifecycle_standing_urgency", "lifecycle_standing", ["urgency", "health", "customer_id"], unique=False
    )

    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("lifecycle_standing")
    op.drop_table("lifecycle_pending")
    op.drop_table("lifecycle_event")
    op.drop_table("lifecycle_counter")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("lifecycle_event_stays", "lifecycle_pending_stays", "lifecycle_is_kept"):
            op.execute(f"DROP FUNCTION {name}()")
