"""What telling ten thousand readers costs: `python -m tracker.operate.bench.digests [READERS]`, on the database configured.

Readers follow in every way, over the measures held; then 200 measures change at once, and after that one more that all of
them follow. Composed mails go to a backend that takes them and keeps nothing: what is left out is the mail server. Beside
each stands the floor, as many mails of fixed words. Prints JSON: for each round the deliveries, the mails, the seconds of
fan-out, of gathering and of composing, the SQL statements a mail, and the floor's seconds.

It writes readers and changes: never run it on an installation that anybody uses.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

CHANGED = 200  # measures that change in the first round
SEARCHED = (
    "rights",
    "security",
    "health",
    "energy",
    "water",
    "trade",
    "justice",
    "defense",
    "science",
    "people",
)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of news to all readers; times in seconds."""

    name: str
    events: int
    deliveries: int
    mails: int
    fan_out: float
    gather: float
    send: float
    statements_a_mail: float
    floor: float


@contextmanager
def _counted() -> Iterator[list[int]]:
    """SQL statements within, as the one number of the list."""
    from django.db import connection

    number = [0]

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        number[0] += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        yield number


def _readers(number: int, targets: list[tuple[str, str]], of_all: str) -> None:
    """So many readers, at once each; each follows one to five of the targets, and all the measure `of_all`."""
    from django.utils import timezone

    from tracker.following.models import Follow, Follower
    from tracker.ledger import chain

    chance, now, end = random.Random(119), timezone.now(), chain.head().count  # noqa: S311 - no secret
    Follower.objects.bulk_create(
        (
            Follower(email=f"reader{n}@example.org", created_at=now, confirmed_at=now, rhythm="at_once")
            for n in range(number)
        ),
        batch_size=1000,
    )
    follows = (
        Follow(follower_id=pk, of=of, target=target, after_event=end, confirmed_at=now, created_at=now)
        for pk in Follower.objects.values_list("pk", flat=True)
        for of, target in [("measure", of_all), *chance.sample(targets, chance.randint(1, 5))]
    )
    Follow.objects.bulk_create(follows, batch_size=1000, ignore_conflicts=True)


def _change(keys: list[int], day: str) -> int:
    """One more action in each of these measures, as a later document of their source has it; how many events."""
    from django.utils import timezone

    from tracker.ledger.apply import apply
    from tracker.ledger.incoming import Incoming
    from tracker.ledger.models import ChangeEvent, Document, Measure

    before = ChangeEvent.objects.count()
    stamp = f"{day}T10:00:00Z".encode()
    action = (
        f"<item><actionDate>{day}</actionDate><text>Committee Consideration and Mark-up Session Held.</text>"
        "<type>Committee</type></item>"
    ).encode()
    incoming = []
    for measure in Measure.objects.filter(pk__in=keys).select_related("document"):
        held = measure.document
        if held is None or held.format != Document.Format.BILLSTATUS:
            continue
        body = re.sub(rb"(<updateDate(?:IncludingText)?>)[^<]*", rb"\g<1>%s" % stamp, held.body)
        incoming.append(
            Incoming(
                measure.congress,
                measure.type,
                measure.number,
                body.replace(b"<actions>", b"<actions>" + action, 1),
                held.source,
                held.format,
                held.url,
                timezone.now(),
                None,
            )
        )
    for first in range(0, len(incoming), 50):
        apply(incoming[first : first + 50])
    return ChangeEvent.objects.count() - before


def _round(name: str, keys: list[int], day: str) -> Round:
    """These measures change, and all who follow them are told."""
    from django.utils import timezone

    from tracker.following import fan_out, sending
    from tracker.following.models import Delivery, Follower

    events, before = _change(keys, day), Delivery.objects.count()
    times = [time.perf_counter()]
    fan_out.fan_out()
    times.append(time.perf_counter())
    Follower.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    sending.gather()
    times.append(time.perf_counter())
    with _counted() as statements:
        mails = sending.send_due()
    times.append(time.perf_counter())
    deliveries = Delivery.objects.count() - before
    fanned, gathered, sent = (after - begun for begun, after in pairwise(times))
    each = statements[0] / max(mails, 1)
    return Round(name, events, deliveries, mails, fanned, gathered, sent, each, _floor(mails))


def _floor(mails: int) -> float:
    """Seconds that so many mails of fixed words take to be written out as bytes, text and HTML."""
    from django.core.mail import EmailMultiAlternatives

    begun = time.perf_counter()
    for number in range(mails):
        message = EmailMultiAlternatives("What changed", "Words. " * 150, to=[f"reader{number}@example.org"])
        message.attach_alternative("<p>Words.</p>" * 150, "text/html")
        message.message().as_bytes()
    return time.perf_counter() - begun


def measured(readers: int) -> dict[str, Any]:
    """Set up and run both rounds, with mails going to `Bytes`: {"readers", "peak_mb", "rounds": [a `Round`'s fields, …]}."""
    from django.test.utils import override_settings

    from tracker.following import fan_out
    from tracker.ledger.models import Committee, Measure, measure_key

    fan_out.begin()
    real = Measure.objects.exclude(status="reserved").order_by(
        "pk"
    )  # nothing happens to a number that is only held
    measures = list(real.values_list("pk", "sponsor_member")[: CHANGED + 1])
    (all_follow, _), changed = measures[0], measures[1:]
    targets = [("measure", measure_key(pk)) for pk, _ in changed]
    targets += [("member", member) for _, member in changed if member]
    targets += [("committee", code) for code in Committee.objects.values_list("pk", flat=True)[:CHANGED]]
    targets += [("search", f"congress=119&q={word}") for word in SEARCHED]
    _readers(readers, targets, measure_key(all_follow))
    with override_settings(EMAIL_BACKEND="tracker.operate.bench.digests.Bytes"):
        rounds = [
            _round(f"{len(changed)} measures change", [pk for pk, _ in changed], "2026-11-01"),
            _round("a measure that all follow", [all_follow], "2026-11-02"),
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"readers": readers, "peak_mb": round(peak), "rounds": [asdict(each) for each in rounds]}


def table(found: dict[str, Any]) -> Iterator[str]:
    """What `measured` found, as lines."""
    yield f"{'news':<30} {'events':>7} {'mails':>7} {'told':>8} {'fan-out s':>10} {'gather s':>9} {'send s':>8} {'x floor':>8} {'SQL each':>9}"
    for each in found["rounds"]:
        ratio = each["send"] / each["floor"] if each["floor"] else 0.0
        yield (
            f"{each['name']:<30} {each['events']:>7,} {each['mails']:>7,} {each['deliveries']:>8,} {each['fan_out']:>10.2f} "
            f"{each['gather']:>9.2f} {each['send']:>8.2f} {ratio:>8.1f} {each['statements_a_mail']:>9.1f}"
        )
    yield f"peak {found['peak_mb']} MB; the floor writes as many mails of fixed words out as bytes"


class Bytes(BaseEmailBackend):
    """Writes each mail out as a mail server would get it, and keeps nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            message.message().as_bytes()
        return len(email_messages)


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(f"{json.dumps(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))}\n")
