"""The tables of surveys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# What people were asked must stay what they were asked: a published version refuses every change.
_KEEP = {
    "sqlite": (
        """CREATE TRIGGER survey_version_stays BEFORE UPDATE ON survey_version
        BEGIN SELECT RAISE(ABORT, 'a published survey version never changes'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION survey_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a published survey version never changes'; END $$""",
        """CREATE TRIGGER survey_version_stays BEFORE UPDATE ON survey_version
        FOR EACH ROW EXECUTE FUNCTION survey_version_stays()""",
    ),
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "survey",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("metric", sa.String(length=32), nullable=False),
        sa.Column("score_min", sa.Integer(), nullable=False),
        sa.Column("score_max", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("key", name=op.f("uq_survey_key")),
    )
    op.create_table(
        "survey_day_total",
        sa.Column("survey_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("score_sum", sa.Integer(), nullable=False),
        sa.Column("promoters", sa.Integer(), nullable=False),
        sa.Column("passives", sa.Integer(), nullable=False),
        sa.Column("detractors", sa.Integer(), nullable=False),
        sa.Column("tops", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("mixed", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_day_total_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "day", "language", "channel", "slot", name=op.f("pk_survey_day_total")),
    )
    op.create_table(
        "survey_theme_total",
        sa.Column("survey_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_theme_total_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "day", "language", "theme", "slot", name=op.f("pk_survey_theme_total")),
    )
    op.create_table(
        "survey_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("survey_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_version_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_version")),
        sa.UniqueConstraint("survey_id", "content_hash", name=op.f("uq_survey_version_survey_id_content_hash")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_survey_version_survey_id_number")),
    )
    op.create_table(
        "survey_invitation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("purchase_id", BIG, nullable=True),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("why_not", sa.String(length=32), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_survey_invitation_customer_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_survey_invitation_purchase_id")),
        sa.ForeignKeyConstraint(["version_id"], ["survey_version.id"], name=op.f("fk_survey_invitation_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("purchase_id", name=op.f("uq_survey_invitation_purchase_id")),
        sa.UniqueConstraint("token", name=op.f("uq_survey_invitation_token")),
    )
    op.create_index(
        "ix_survey_invitation_customer_id_sent_at", "survey_invitation", ["customer_id", "sent_at"], unique=False
    )
    op.create_index("ix_survey_invitation_state_due_at", "survey_invitation", ["state", "due_at"], unique=False)
    op.create_index("ix_survey_invitation_state_id", "survey_invitation", ["state", "id"], unique=False)
    op.create_table(
        "survey_response",
        sa.Column("id", BIG, nullable=False),
        sa.Column("invitation_id", BIG, nullable=True),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("customer_id", BIG, nullable=False),
        sa.Column("purchase_id", BIG, nullable=True),
        sa.Column("product_id", BIG, nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("score_max", sa.Integer(), nullable=False),
        sa.Column("score_band", sa.String(length=12), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("may_contact", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=12), nullable=True),
        sa.Column("polarity", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("subjectivity", sa.Double(), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("text_language", sa.String(length=12), nullable=False),
        sa.Column("urgency", JSON, nullable=False),
        sa.Column("themes", JSON, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND score_max", name=op.f("ck_survey_response_score")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_survey_response_customer_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["survey_invitation.id"], name=op.f("fk_survey_response_invitation_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_survey_response_product_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_survey_response_purchase_id")),
        sa.ForeignKeyConstraint(["version_id"], ["survey_version.id"], name=op.f("fk_survey_response_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_survey_response_invitation_id")),
        sa.UniqueConstraint("source_hash", name=op.f("uq_survey_response_source_hash")),
    )
    op.create_index(
        "ix_survey_response_customer_id_submitted_at",
        "survey_response",
        ["customer_id", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_survey_response_label_submitted_at", "survey_response", ["label", "submitted_at", "id"], unique=False
    )
    op.create_index(
        "ix_survey_response_language_submitted_at", "survey_response", ["language", "submitted_at", "id"], unique=False
    )
    op.create_index(
        "ix_survey_response_product_id_submitted_at",
        "survey_response",
        ["product_id", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_survey_response_score_band_submitted_at",
        "survey_response",
        ["score_band", "submitted_at", "id"],
        unique=False,
    )
    op.create_index("ix_survey_response_submitted_at_id", "survey_response", ["submitted_at", "id"], unique=False)
    op.create_table(
        "survey_answer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("response_id", BIG, nullable=False),
        sa.Column("question_key", sa.String(length=60), nullable=False),
        sa.Column("option_id", sa.String(length=60), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("missing_reason", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_response.id"], name=op.f("fk_survey_answer_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
    )
    op.create_index("ix_survey_answer_response_id", "survey_answer", ["response_id"], unique=False)
    for statement in _KEEP[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("survey_answer")
    op.drop_table("survey_response")
    op.drop_table("survey_invitation")
    op.drop_table("survey_version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION survey_version_stays()")
    op.drop_table("survey_theme_total")
    op.drop_table("survey_day_total")
    op.drop_table("survey")
