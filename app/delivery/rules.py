"""What delivery decides, from values alone."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail to one person. `key` makes a second posting of the same mail a no-op: name the cause in it."""

    to: str
    subject: str
    text: str
    locale: str
    html: str = ""
    customer_id: int | None = None
    key: str | None = None
    reply_to: str = ""
    unsubscribe_url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
