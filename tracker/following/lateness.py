"""How late news leaves now, in one question: what the page of sources says in public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from tracker.following.models import Call, Follower, Mailing
from tracker.following.resting import at_rest


@dataclass(frozen=True, slots=True)
class Lateness:
    """Of mail and of webhooks: how many wait past their time, and since when the oldest does (None: none waits).

    `resting`: addresses that nothing is written to, since mail there came back.
    """

    mails: int
    mail_since: datetime | None
    resting: int
    calls: int
    call_since: datetime | None


def lateness(now: datetime) -> Lateness:
    """What should have left by now and has not. Four queries."""
    under_way = Q(state=Mailing.State.DUE) | Q(state=Mailing.State.SENDING)
    mailings = Mailing.objects.filter(under_way, due_at__lt=now).aggregate(
        number=Count("pk"), since=Min("planned_for")
    )
    hours = Follower.objects.filter(due_at__lt=now, suspended_at=None).aggregate(
        number=Count("pk"), since=Min("due_at")
    )
    waiting = Q(state=Call.State.DUE) | Q(state=Call.State.CALLING)
    calls = Call.objects.filter(waiting, due_at__lt=now, endpoint__is_on=True).aggregate(
        number=Count("pk"), since=Min("due_at")
    )
    since = min(filter(None, (mailings["since"], hours["since"])), default=None)
    return Lateness(mailings["number"] + hours["number"], since, at_rest(), calls["number"], calls["since"])
