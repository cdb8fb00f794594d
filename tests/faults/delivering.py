"""What the processes of `test_kill_delivery` do: one makes readers and changes, the others deliver, and are killed at it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.builders import billstatus, held, incoming
from tracker.desk.models import User
from tracker.following import calling, endpoints, fan_out, sending, targets
from tracker.following.models import Cursor, Follow, Follower, Mailing
from tracker.ledger import chain
from tracker.ledger.apply import apply

targets.LOOPBACK_TOO = True


def prepare(readers: int, endpoint: str = "") -> None:
    """A measure, so many readers who follow it, and an endpoint that is called of all."""
    held(145, loading=True)
    now, end = timezone.now(), chain.head().count
    Follower.objects.bulk_create(
        Follower(
            email=f"reader{n}@example.org", created_at=now, confirmed_at=now, rhythm=Follower.Rhythm.AT_ONCE
        )
        for n in range(readers)
    )
    Follow.objects.bulk_create(
        Follow(
            follower=follower,
            of=Follow.Of.MEASURE,
            target="119/sres/145",
            after_event=end,
            confirmed_at=now,
            created_at=now,
        )
        for follower in Follower.objects.all()
    )
    if endpoint:
        endpoints.add(
            User.objects.create_user("editor@example.org", role=User.Role.EDITOR), "Newsroom", endpoint, ""
        )
    Cursor.objects.update_or_create(name=fan_out.NAME, defaults={"event": end, "moved_at": now})


def change(cosponsors: int) -> None:
    """The measure has so many cosponsors now: one change for each that is new."""
    names = [((f"A{n:06}", f"Sen. Name{n}, A. [D-NC]", "D", "NC"), "2025-06-02") for n in range(cosponsors)]
    apply([incoming(billstatus(updated_at=f"2025-07-{cosponsors:02}T10:00:00Z", cosponsors=names))])


def work() -> None:
    """Deliver until nothing is left to deliver: a worker, but for its pauses."""
    fan_out.GROUPED_FOR = timedelta(0)
    sending.LEASE = timedelta(seconds=1)
    while True:
        fan_out.fan_out()
        sending.gather()
        sending.send_due()
        calling.call_due()
        waiting = Mailing.objects.filter(state__in=[Mailing.State.DUE, Mailing.State.SENDING])
        if not waiting.exists() and not Follower.objects.exclude(due_at=None).exists():
            return
