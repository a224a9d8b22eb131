"""What identity remembers: staff, sessions, one-time links, passkeys and tokens. Secrets only as hashes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.identity.rules import Role
from app.kit.db import BigId, EnumText, Json, Model, UtcDateTime, created_at, primary_key


class Staff(Model):
    """A colleague. `totp_step` is the last accepted time step, so that a code works once."""

    __tablename__ = "identity_staff"

    id: Mapped[int] = primary_key()
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(EnumText(Role))
    locale: Mapped[str | None] = mapped_column(String(20), default=None)
    password_hash: Mapped[str | None] = mapped_column(Text, default=None)
    totp_secret: Mapped[str | None] = mapped_column(String(64), default=None)
    totp_step: Mapped[int] = mapped_column(BigId, default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created_at()


class SignInSession(Model):
    """One signed-in browser. Exactly one of `staff_id` and `customer_id` is set."""

    __tablename__ = "identity_session"
    __table_args__ = (
        Index("ix_identity_session_staff", "staff_id"),
        Index("ix_identity_session_customer", "customer_id"),
    )

    id: Mapped[int] = primary_key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("identity_staff.id", ondelete="CASCADE"), default=None)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), default=None)
    how: Mapped[str] = mapped_column(String(20))
    browser: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime] = created_at()
    seen_at: Mapped[datetime] = created_at()
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class SignInLink(Model):
    """A mailed or printed link that signs in once. Opening shows a button; only pressing it uses the link up."""

    __tablename__ = "identity_link"

    id: Mapped[int] = primary_key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("identity_staff.id", ondelete="CASCADE"), default=None)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), default=None)
    next_path: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    created_at: Mapped[datetime] = created_at()


class Passkey(Model):
    """A passkey of a colleague (WebAuthn credential)."""

    __tablename__ = "identity_passkey"

    id: Mapped[int] = primary_key()
    staff_id: Mapped[int] = mapped_column(ForeignKey("identity_staff.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigId, default=0)
    name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = created_at()


class ApiToken(Model):
    """A program's key: shown once, kept as a hash, limited by scopes and an end."""

    __tablename__ = "identity_token"

    id: Mapped[int] = primary_key()
    name: Mapped[str] = mapped_column(String(120))
    prefix: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    created_at: Mapped[datetime] = created_at()
