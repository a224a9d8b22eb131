"""The mails that were kept instead of being sent, readable at /dev/mail by whoever sits at this machine."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Blueprint, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.console.operation.health import is_loopback
from app.delivery.transports.mail import folder_of_kept_mails
from app.identity.access import anyone
from app.identity.rules import Role
from app.kit.errors import NotThere

bp = Blueprint("mailbox", __name__, url_prefix="/dev/mail")
_PAGE = 50
_KEY = re.compile(r"[0-9a-f-]{36}")
# A mail may carry its own styles; it stands alone, and nothing else is allowed to it.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class KeptMail:
    """A mail as its reader sees it."""

    key: str
    to: str
    sender: str
    subject: str
    sent_at: datetime
    message_id: str
    text: str
    html: str


@bp.before_request
def _only_here() -> None:
    """Keep strangers out: a mail may hold a link that signs in."""
    person = g.get("person")
    if not is_loopback() and (person is None or person.role != Role.ADMIN):
        raise NotThere


@bp.get("")
@anyone("shown to this machine and to administrators only, while mails are kept")
def mails() -> ResponseReturnValue:
    """List the newest mails."""
    before = request.args.get("before", "")
    keys = sorted((path.stem for path in _folder().glob("*.eml") if not before or path.stem < before), reverse=True)
    shown = [_read(key) for key in keys[:_PAGE]]
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify([vars(mail) for mail in shown])
    older = keys[_PAGE - 1] if len(keys) > _PAGE else None
    return render_template("console/mailbox.html", mails=shown, older=older)


@bp.get("/<key>")
@anyone("shown to this machine and to administrators only, while mails are kept")
def mail(key: str) -> ResponseReturnValue:
    """Show one mail, its links ready to be followed."""
    return render_template("console/mail.html", mail=_read(key))


@bp.get("/<key>/html")
@anyone("shown to this machine and to administrators only, while mails are kept")
def html(key: str) -> ResponseReturnValue:
    """Show the formatted version alone, as a mail program would."""
    answer = Response(_read(key).html, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _MAIL_POLICY
    return answer


def _folder() -> Path:
    folder = folder_of_kept_mails()
    if folder is None:
        raise NotThere
    return folder


def _read(key: str) -> KeptMail:
    path = _folder() / f"{key}.eml"
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotThere
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return KeptMail(
        key=key,
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        message_id=str(message["Message-ID"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
