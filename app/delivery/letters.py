"""A mail as plain data: what a domain's `mails` returns and what waits in the outbox."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail to one person. `unsubscribe` is a link that ends this kind of mail with one click (RFC 8058).

    `in_reply_to` is the Message-ID that this mail answers; `references` are all earlier ones of the conversation.
    """

    to: str
    subject: str
    text: str
    to_name: str = ""
    html: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = field(default=())

    def payload(self, message_id: str) -> dict[str, Any]:
        """Return what the outbox stores: the mail with its headers and its Message-ID."""
        kept = asdict(self)
        headers = {"Auto-Submitted": "auto-generated"}
        if self.unsubscribe:
            headers["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if self.in_reply_to:
            headers["In-Reply-To"] = self.in_reply_to
            headers["References"] = " ".join((*self.references, self.in_reply_to))
        for name in ("unsubscribe", "in_reply_to", "references"):
            del kept[name]
        return kept | {"headers": headers, "message_id": message_id}
