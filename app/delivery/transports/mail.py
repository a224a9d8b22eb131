"""A mail by SMTP where SMTP_URL is set; otherwise a file in DATA_DIR/mail that /dev/mail shows, and nothing is sent."""

import smtplib
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app
from flask_mail import BadHeaderError, Connection, Mail, Message

from app.delivery.rules import DELIVERED, Outcome
from config import Config

_SECONDS = 15.0
_post = Mail()


def init_app(app: Flask) -> None:
    """Tell Flask-Mail which server the settings name."""
    config: Config = app.extensions["revisit.config"]
    parts = urlsplit(config.smtp_url)
    is_tls = parts.scheme == "smtps"
    app.config.update(
        MAIL_SERVER=parts.hostname or "127.0.0.1",
        MAIL_PORT=parts.port or (465 if is_tls else 25),
        MAIL_USE_SSL=is_tls,
        MAIL_USERNAME=unquote(parts.username or "") or None,
        MAIL_PASSWORD=unquote(parts.password or "") or None,
        MAIL_DEFAULT_SENDER=config.mail_from,
        MAIL_SUPPRESS_SEND=not config.smtp_url,
    )
    app.extensions["revisit.mail_folder"] = None if config.smtp_url else config.data_dir / "mail"
    _post.init_app(app)


def deliver(key: str, payload: Mapping[str, Any]) -> Outcome:
    """Try once to send a mail. The Message-ID comes from the parcel, so a second copy can be recognised."""
    message = _message(payload)
    if message.has_bad_headers():
        return Outcome(is_delivered=False, fault="a header holds a line break", is_final=True)
    folder = folder_of_kept_mails()
    if folder is not None:
        return _keep(folder, key, message)
    try:
        with _Line(current_app.extensions["mail"]) as line:
            line.send(message)
    except (smtplib.SMTPException, OSError, BadHeaderError, UnicodeError) as fault:
        return Outcome(is_delivered=False, fault=f"{type(fault).__name__}: {fault}"[:500], is_final=_is_final(fault))
    return DELIVERED


def folder_of_kept_mails() -> Path | None:
    """Return where mails are kept instead of being sent; None when they are sent."""
    folder: Path | None = current_app.extensions["revisit.mail_folder"]
    return folder


class _Line(Connection):
    """Flask-Mail's connection with a limit of time and a look at the certificate, which it has not by itself."""

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        """Open the line; encrypt it where the server can."""
        server, port = self.mail.server, self.mail.port or 0
        checked = ssl.create_default_context()
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(server, port, timeout=_SECONDS, context=checked)
        else:
            host = smtplib.SMTP(server, port, timeout=_SECONDS)
            host.ehlo()
            if host.has_extn("starttls"):
                host.starttls(context=checked)
                host.ehlo()
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host

    def __exit__(self, *_fault: object) -> None:
        """Hang up; a server that took the mail and then lost the line has taken it all the same."""
        if self.host is not None:
            try:
                self.host.quit()
            except (smtplib.SMTPException, OSError):
                self.host.close()


def _message(payload: Mapping[str, Any]) -> Message:
    message = Message(
        subject=payload["subject"],
        recipients=[(payload["to_name"], payload["to"]) if payload.get("to_name") else payload["to"]],
        body=payload["text"],
        html=payload.get("html") or None,
        reply_to=payload.get("reply_to") or None,
        extra_headers=payload.get("headers") or None,
        charset="utf-8",
    )
    message.msgId = payload["message_id"]
    return message


def _keep(folder: Path, key: str, message: Message) -> Outcome:
    """Write the mail under the parcel's name: a second try finds it and writes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{key}.eml"
    if not target.exists():
        fresh = target.with_suffix(".new")
        fresh.write_bytes(message.as_bytes())
        fresh.replace(target)
    return DELIVERED


def _is_final(fault: Exception) -> bool:
    """Tell whether the server refused this mail for good (a 5xx answer to the mail itself, not to our sign-in)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        return fault.smtp_code >= 500
    return isinstance(fault, BadHeaderError | UnicodeError)
