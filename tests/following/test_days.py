"""Two months of uneven days, over the night on which clocks change and a clock that is set back: every change reaches every
reader once, at the hour they chose, and no mail is empty."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from tests.builders import COONS, held
from tests.following.cast import a_follower, following
from tracker.following import fan_out, sending
from tracker.following.models import Follower, Mailing
from tracker.following.slots import MUCH_LATER, zone_named
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

START = datetime(2025, 2, 20, 9, tzinfo=UTC)


def work() -> None:
    """What a worker does each minute."""
    fan_out.fan_out()
    sending.gather()
    sending.send_due()


def readers() -> list[Follower]:
    return [
        a_follower("at.once@example.org"),
        a_follower("washington@example.org", rhythm="daily", hour=7, zone="America/New_York"),
        a_follower("night@example.org", rhythm="daily", hour=2, zone="America/New_York"),
        a_follower("kathmandu@example.org", rhythm="daily", hour=23, zone="Asia/Kathmandu"),
        a_follower("berlin@example.org", rhythm="weekly", hour=18, weekday=6, zone="Europe/Berlin"),
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_each_change_reaches_each_reader_once_at_their_hour_whatever_the_clock_does(seed: int) -> None:
    chance, now, crowd = random.Random(seed), START, []
    with time_machine.travel(now, tick=False):
        held()
        fan_out.begin()
        everybody = readers()
        for reader in everybody:
            following(reader, "measure", "119/sres/145")
            following(reader, "search", "q=refugees")
    sent: list[tuple[Mailing, datetime]] = []
    for step in range(90):
        back = step % 20 == 19
        now += (
            -timedelta(hours=chance.randint(1, 6))
            if back
            else timedelta(minutes=chance.choice([3, 11, 60, 500, 1500]))
        )
        with time_machine.travel(now, tick=False):
            if chance.random() < 0.4:
                crowd.append(((f"A{step:06}", f"Sen. Name{step}, A. [D-NC]", "D", "NC"), "2025-02-21"))
                held(updated_at=f"{START + timedelta(hours=step):%Y-%m-%dT%H:%M:%SZ}", cosponsors=crowd)
            known = set(Mailing.objects.values_list("pk", flat=True))
            work()
            sent += [(one, timezone.now()) for one in Mailing.objects.exclude(pk__in=known)]
    with time_machine.travel(now + timedelta(days=9), tick=False):
        work()

    news = set(ChangeEvent.objects.exclude(kind__in=["introduced", "loaded"]).values_list("pk", flat=True))
    assert len(news) == len(crowd) > 20
    told = Counter(
        (message.to[0], int(event))
        for message in mail.outbox
        for event in str(message.extra_headers["X-Whereas-Events"]).split()
    )
    assert told == Counter({(reader.email, event): 1 for reader in everybody for event in news})
    for mailing, at in sent:
        reader = mailing.follower
        planned = mailing.planned_for.astimezone(zone_named(reader.zone))
        assert planned <= at
        if reader.rhythm != "at_once":
            assert planned.hour in (reader.hour, 3 if reader.hour == 2 else reader.hour)
            assert reader.rhythm != "weekly" or planned.weekday() == reader.weekday
        late = at - mailing.planned_for >= MUCH_LATER
        (message,) = [
            one for one in mail.outbox if f"<mailing-{mailing.pk}-" in one.extra_headers["Message-ID"]
        ]
        assert ("was to leave on" in message.body) == late


@pytest.mark.parametrize("late", [False, True])
def test_a_mail_that_waited_for_its_turn_says_so_as_well(late: bool) -> None:
    with time_machine.travel(START, tick=False):
        held()
        fan_out.begin()
        following(a_follower(), "measure", "119/sres/145")
        held(updated_at="2025-06-03T10:00:00Z", cosponsors=[(COONS, "2025-02-19")])
        fan_out.fan_out()
    slot = Follower.objects.values_list("due_at", flat=True).get()
    assert slot is not None
    with time_machine.travel(slot, tick=False):
        assert sending.gather() == 1
    with time_machine.travel(slot + MUCH_LATER - timedelta(minutes=0 if late else 1), tick=False):
        assert sending.send_due() == 1
    (message,) = mail.outbox
    assert ("was to leave on" in message.body) == late
