"""Those who follow by mail in these tests, and the mail server that they are reached through."""

from __future__ import annotations

import email
import socket
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from django.utils import timezone

from tracker.following import fan_out, sending
from tracker.following.models import Cursor, Follow, Follower, Mailing
from tracker.ledger import chain


def a_follower(email: str = "reader@example.org", *, confirmed: bool = True, **columns: Any) -> Follower:
    now = timezone.now()
    columns = {
        "rhythm": Follower.Rhythm.AT_ONCE,
        "created_at": now,
        "confirmed_at": now if confirmed else None,
        **columns,
    }
    return Follower.objects.create(email=email, **columns)


def following(follower: Follower, of: str, target: str, **columns: Any) -> Follow:
    """This follower follows it from now on."""
    now = timezone.now()
    columns = {"confirmed_at": now, "after_event": chain.head().count, **columns}
    return Follow.objects.create(follower=follower, of=of, target=target, created_at=now, **columns)


def from_here_on() -> None:
    """What is in the ledger by now is worked off."""
    Cursor.objects.update_or_create(
        name=fan_out.NAME, defaults={"event": chain.head().count, "moved_at": timezone.now()}
    )


def deliver() -> int:
    """All that a worker does, as if the hour of every follower had come; how many mails left."""
    fan_out.fan_out()
    Follower.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    sending.gather()
    return sending.send_due()


def told(follower: Follower) -> list[int]:
    """The events that this follower was told of, by the mails that left."""
    return sorted(
        event
        for mailing in Mailing.objects.filter(follower=follower, state=Mailing.State.SENT)
        for event in mailing.deliveries.values_list("event_id", flat=True)
    )


class MailServer:
    """A real SMTP server on loopback that keeps what it takes. `answers` has what it says to an address, if not yes."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.senders: list[str] = []  # of the envelopes taken
        self.asked = 0
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked += 1
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.senders.append(envelope.mail_from)
        return "250 OK"

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
