"""What is kept of what was told, and for how long: no table grows without a rule.

That a reader or an endpoint was told of one of our entries is kept as long as they are, since a correction has to reach
whoever got the wrong words. Everything else that has left is of use for a while, to whoever asks what became of it.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tracker.following.models import Call, Delivery, Mailing

MAILS_KEPT = timedelta(days=90)
CALLS_KEPT = timedelta(days=30)


def forget_old() -> int:
    """Delete mails that left or were given up, and calls that were accepted or given up, long ago; how many rows."""
    now = timezone.now()
    over = Mailing.objects.filter(
        state__in=[Mailing.State.SENT, Mailing.State.GIVEN_UP], due_at__lt=now - MAILS_KEPT
    )
    deliveries = Delivery.objects.filter(mailing__in=over).exclude(event__kind__startswith="entry_")
    gone = deliveries.delete()[0]
    gone += over.filter(deliveries=None).delete()[0]
    done = Call.objects.filter(
        state__in=[Call.State.ACCEPTED, Call.State.GIVEN_UP], due_at__lt=now - CALLS_KEPT
    ).exclude(event__kind__startswith="entry_")
    return gone + done.delete()[0]
