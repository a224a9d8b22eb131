"""What the firm says of itself: its name, its language, its time zone. One row, read at most every ten seconds."""

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from sqlalchemy import String, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from app.kit import clock
from app.kit.db import Model, UtcDateTime, after_commit, db, upsert

_FRESH_SECONDS = 10.0
_CHANGEABLE = ("name_en", "name_zh", "locale", "timezone", "has_demo")


class Site(Model):
    """The firm behind this installation. `set_up_at` is empty until the first administrator has been through /setup."""

    __tablename__ = "kit_site"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name_en: Mapped[str] = mapped_column(String(120), default="Revisit")
    name_zh: Mapped[str] = mapped_column(String(120), default="回访")
    locale: Mapped[str] = mapped_column(String(20), default="zh_Hans")
    timezone: Mapped[str] = mapped_column(String(64), default="Asia/Shanghai")
    has_demo: Mapped[bool] = mapped_column(default=False)
    set_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    def name(self, locale: str) -> str:
        """Return the firm's name in the reader's language."""
        return self.name_zh if locale.startswith("zh") else self.name_en

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and clocks are read."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """Return the moment on the firm's own clock."""
        return moment.astimezone(self.zone)


def site() -> Site:
    """Return the firm, at most ten seconds old."""
    kept = current_app.extensions["revisit.site"]
    if kept.get("until", 0.0) < time.monotonic():
        try:
            kept["row"] = _read()
        except (OperationalError, InterfaceError):  # the page that says so needs a name too
            return kept.get("row") or Site()
        kept["until"] = time.monotonic() + _FRESH_SECONDS
    found: Site = kept["row"]
    return found


def _read() -> Site:
    columns = Site.__table__.columns
    with db.session.no_autoflush:
        row = db.session.execute(select(*columns)).mappings().first()
    return Site(**row) if row else Site()


def change(**values: Any) -> None:
    """Change what the firm says of itself, in the open transaction."""
    row = {"id": 1, **_values(site()), **values}
    saved = upsert(Site).values(**row)
    db.session.execute(saved.on_conflict_do_update(index_elements=["id"], set_=row))
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # werkzeug's proxy
    after_commit(lambda: forget_in(app))


def claim_set_up() -> bool:
    """Return True for the one caller that sets the product up."""
    db.session.execute(upsert(Site).values(id=1, **_values(Site())).on_conflict_do_nothing())
    first = update(Site).where(Site.id == 1, Site.set_up_at.is_(None)).values(set_up_at=clock.now())
    return db.session.execute(first.returning(Site.id)).first() is not None


def _values(row: Site) -> dict[str, Any]:
    return {column: getattr(row, column) for column in _CHANGEABLE}


def forget_in(app: Flask) -> None:
    """Read the row anew at the next look, because it was changed."""
    app.extensions["revisit.site"].clear()


def today() -> datetime:
    """Return the present moment on the firm's own clock."""
    return site().local(clock.now())


def init_app(app: Flask) -> None:
    """Keep a place for the row."""
    app.extensions["revisit.site"] = {}
