"""A real mail server on this machine that keeps what it takes."""

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Inbox:
    """Keeps what it takes, answers a recipient as it is told, and takes its time for each mail."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"
        self.seconds_a_mail = 0.0
        self._lock = threading.Lock()

    @property
    def ids(self) -> list[str]:
        with self._lock:
            return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(  # noqa: N802  # the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        await asyncio.sleep(self.seconds_a_mail / 2)
        with self._lock:
            self.mails.append(message_from_bytes(envelope.original_content, policy=policy.default))
        await asyncio.sleep(self.seconds_a_mail / 2)
        return "250 taken"
