"""Settings: one frozen dataclass, and the only reader of the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message is the one sentence an operator reads."""


def _setting(help_text: str, *, secret: bool = False) -> dict[str, Any]:
    return {"help": help_text, "secret": secret}


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting with its default. A default is valid in production and fit to be public."""

    data_dir: Path = field(default=Path("var"), metadata=_setting("folder of everything kept on this machine"))
    database_url: str = field(
        default="", metadata=_setting("empty: SQLite in DATA_DIR; or postgresql://…", secret=True)
    )
    redis_url: str = field(
        default="", metadata=_setting("shared rate limits; needed for more than one web process", secret=True)
    )
    queue_url: str = field(
        default="", metadata=_setting("empty: SQLite in DATA_DIR; or postgresql://…, redis://…", secret=True)
    )
    broker_url: str = field(
        default="", metadata=_setting("message broker that also gets the stage events", secret=True)
    )
    smtp_url: str = field(
        default="",
        metadata=_setting("smtp[s]://user:password@host:port; empty: mails are kept, see /dev/mail", secret=True),
    )
    imap_url: str = field(default="", metadata=_setting("imap[s]://… inbox that becomes requests", secret=True))
    storage_url: str = field(default="", metadata=_setting("empty: files in DATA_DIR; or s3://…", secret=True))
    host: str = field(default="127.0.0.1", metadata=_setting("address that `up` listens on"))
    port: int = field(default=8000, metadata=_setting("port that `up` listens on"))
    demo: bool = field(default=True, metadata=_setting("1 or 0: whether `up` fills an empty database with demo data"))
    public_url: str = field(
        default="http://localhost:8000",
        metadata=_setting("address that customers open; links in mails begin with it"),
    )
    mail_from: str = field(default="Revisit 回访 <revisit@localhost>", metadata=_setting("sender of every mail"))
    secret_key: str = field(
        default="", metadata=_setting("signs cookies and links; empty: made once in DATA_DIR", secret=True)
    )
    outbound_allow: tuple[str, ...] = field(
        default=(), metadata=_setting("networks that webhooks may reach although private, comma separated")
    )
    rate_limit: bool = field(default=True, metadata=_setting("on or off (off only for load tests)"))
    trusted_proxies: int = field(default=0, metadata=_setting("how many proxies in front may set X-Forwarded-*"))
    web_processes: int = field(default=1, metadata=_setting("web processes; more than one needs REDIS_URL"))
    web_threads: int = field(default=8, metadata=_setting("threads in each web process"))
    workers: int = field(default=2, metadata=_setting("threads of the job worker"))
    log_format: str = field(default="text", metadata=_setting("text or json"))
    metrics_token: str = field(
        default="", metadata=_setting("bearer token for /metrics from elsewhere than loopback", secret=True)
    )
    testing: bool = False

    @property
    def is_embedded(self) -> bool:
        """True while mails stay on this machine: /dev/mail and /design exist only then."""
        return not self.smtp_url

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'revisit.db').resolve()}"
        return self.database_url.replace("postgres://", "postgresql://", 1)

    @property
    def queue(self) -> str:
        """The address of the job queue."""
        return self.queue_url or f"sqlite:///{(self.data_dir / 'queue.db').resolve()}"

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read the settings; raise `BadSetting` with one sentence that names what is wrong."""
        values = {
            f.name: _READERS.get(f.name, str)(environment[f.name.upper()].strip())
            for f in fields(cls)
            if f.name != "testing" and environment.get(f.name.upper(), "").strip()
        }
        config = cls(**values)
        if "public_url" not in values:
            config = config.but(public_url=f"http://{_own_name(config.host)}:{config.port}")
        config.data_dir.mkdir(parents=True, exist_ok=True)
        return config.with_secret_key()

    def with_secret_key(self) -> "Config":
        """Return the same settings with a key: the given one, or the one made once in the data folder."""
        if self.secret_key:
            return self
        path = self.data_dir / "secret_key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.but(secret_key=path.read_text())
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        return self.but(secret_key=path.read_text())

    def but(self, **changes: Any) -> "Config":
        """Return a copy with some settings changed."""
        return Config(**{f.name: getattr(self, f.name) for f in fields(self)} | changes)

    def table(self) -> list[dict[str, Any]]:
        """Return name, value and meaning of every setting; a secret shows only whether it is set."""
        return [
            {
                "name": f.name.upper(),
                "value": ("set" if getattr(self, f.name) else "")
                if f.metadata["secret"]
                else str(getattr(self, f.name)),
                "default": "" if f.default in ("", ()) else str(f.default),
                "meaning": f.metadata["help"],
            }
            for f in fields(self)
            if f.metadata
        ]


def _own_name(host: str) -> str:
    """Return under which name this machine reaches what listens on `host`."""
    # a passkey belongs to a name, never to a number: on this machine that name is localhost
    if host in {"127.0.0.1", "::1", "0.0.0.0", "::", ""}:  # noqa: S104  # compared only
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _address(name: str, *schemes: str) -> Any:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/") or "sqlite" in parts.scheme):
            raise BadSetting(f"{name} must be an address that begins with {' or '.join(s + '://' for s in schemes)}")
        return text

    return read


def _count(name: str, low: int, high: int) -> Any:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise BadSetting(f"{name} must be a whole number from {low} to {high}, not “{text}”")
        return int(text)

    return read


def _choice(name: str, **choices: Any) -> Any:
    def read(text: str) -> Any:
        if text.lower() not in choices:
            raise BadSetting(f"{name} must be one of {', '.join(choices)}, not “{text}”")
        return choices[text.lower()]

    return read


def _key(text: str) -> str:
    if len(text) < 32:
        raise BadSetting("SECRET_KEY must have at least 32 characters; leave it empty and one is made")
    return text


_READERS: dict[str, Any] = {
    "data_dir": Path,
    "database_url": _address("DATABASE_URL", "sqlite", "postgresql", "postgres", "postgresql+psycopg"),
    "redis_url": _address("REDIS_URL", "redis", "rediss"),
    "queue_url": _address("QUEUE_URL", "sqlite", "postgresql", "redis", "rediss"),
    "broker_url": _address("BROKER_URL", "amqp", "amqps", "redis", "kafka", "memory"),
    "smtp_url": _address("SMTP_URL", "smtp", "smtps"),
    "imap_url": _address("IMAP_URL", "imap", "imaps"),
    "storage_url": _address("STORAGE_URL", "file", "s3", "gs", "az"),
    "port": _count("PORT", 1, 65535),
    "demo": _choice("DEMO", **{"1": True, "0": False}, on=True, off=False, true=True, false=False),
    "public_url": _address("PUBLIC_URL", "http", "https"),
    "secret_key": _key,
    "outbound_allow": lambda text: tuple(part.strip() for part in text.split(",") if part.strip()),
    "rate_limit": _choice("RATE_LIMIT", on=True, off=False, true=True, false=False, **{"1": True, "0": False}),
    "trusted_proxies": _count("TRUSTED_PROXIES", 0, 10),
    "web_processes": _count("WEB_PROCESSES", 1, 64),
    "web_threads": _count("WEB_THREADS", 1, 128),
    "workers": _count("WORKERS", 1, 64),
    "log_format": _choice("LOG_FORMAT", text="text", json="json"),
}
