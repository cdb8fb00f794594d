"""An address that no mail reaches rests: nothing more is written for it until its owner says that mail comes again.

Hard: the receiving side says that the address takes no mail; it rests at once. Soft: mails failed on three days of the last
thirty; then it rests as well. Either is shown to the reader, to staff and, as a count, to everybody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from tracker.desk.mail import one_line
from tracker.following.models import Follower, Mailing
from tracker.following.return_path import mailing_of
from tracker.following.returned import Verdict, read

log = structlog.get_logger("tracker.following")

DAYS_AT_MOST = 3  # on which mails failed, of the days looked back on
LOOKS_BACK = timedelta(days=30)
KEPT = timedelta(days=90)  # an address at rest; then it is deleted, as if its owner had left


def rest(follower: int, why: str) -> None:
    """Write nothing more to this follower, in the caller's transaction; what was on its way is given up."""
    now = timezone.now()
    Follower.objects.filter(pk=follower, suspended_at=None).update(
        suspended_at=now, suspended_reason=one_line(why), due_at=None
    )
    Mailing.objects.filter(follower=follower, state=Mailing.State.DUE, asks=None).update(
        state=Mailing.State.GIVEN_UP, due_at=now, error="the address rests, since mail to it came back"
    )
    log.warning("an address rests", follower=follower)


def wake(follower: Follower) -> None:
    """Its owner says, by a link that came by mail, that mail comes: from the next change on they are told again."""
    now = timezone.now()
    waits = follower.deliveries.filter(mailing=None).exists()  # corrections of what they were told before
    Follower.objects.filter(pk=follower.pk).update(
        confirmed_at=now,
        suspended_at=None,
        suspended_reason="",
        failures=0,
        **({"due_at": now} if waits else {}),
    )


def take_back(raw: bytes) -> str:
    """Do what a mail that came back asks for; answers in words what became of it, without an address.

    Only the mailing's own key is believed. Twice is once, and what left before the owner last said yes counts no more.
    """
    returned = read(raw)
    if returned.verdict == Verdict.NOTHING:
        return f"passed over: {returned.said}"
    with transaction.atomic():
        mailing = mailing_of(returned.keys)
        if mailing is None:
            return "passed over: no key of a mail that left here"
        if mailing.returned_at is not None:
            return f"mailing {mailing.pk}: known already"
        now, said = timezone.now(), one_line(returned.said)
        Mailing.objects.filter(pk=mailing.pk).update(returned_at=now, error=said)
        follower = mailing.follower
        if follower.suspended_at is not None:
            return f"mailing {mailing.pk}: noted; the address rests already"
        if follower.confirmed_at is not None and mailing.created_at < follower.confirmed_at:
            return f"mailing {mailing.pk}: noted; its owner has said since that mail comes"
        if returned.verdict == Verdict.FAILED and _days_of_failing(follower, now) < DAYS_AT_MOST:
            return f"mailing {mailing.pk}: noted"
        rest(follower.pk, said)
        return f"mailing {mailing.pk}: the address rests"


def _days_of_failing(follower: Follower, now: datetime) -> int:
    """On how many days of the last thirty mails were written that came back, since the owner last said yes."""
    failed = Mailing.objects.filter(follower=follower, created_at__gt=now - LOOKS_BACK).exclude(
        returned_at=None
    )
    if follower.confirmed_at is not None:
        failed = failed.filter(created_at__gte=follower.confirmed_at)
    days = failed.aggregate(days=Count(TruncDate("created_at"), distinct=True))["days"]
    return int(days)


def at_rest() -> int:
    """How many addresses rest."""
    return Follower.objects.filter(~Q(suspended_at=None)).count()


def said_to_staff() -> str:
    """What the desk's front page says of it; "" where no address rests."""
    number = at_rest()
    if not number:
        return ""
    return f"{number:,} {'reader’s address rests' if number == 1 else 'readers’ addresses rest'}, since mail there came back."


def forget() -> int:
    """Delete addresses that have rested for 90 days; how many rows."""
    return Follower.objects.filter(suspended_at__lt=timezone.now() - KEPT).delete()[0]
