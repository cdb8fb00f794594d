"""From deliveries to mails that have left: each on its way is a row, and a kill at any moment loses and repeats nothing
that could be known.

A mailing is taken in hand by an UPDATE that says so before anything is handed over. Whoever finds one in hand whose lease is
over cannot know whether the mail server took it: it is handed over again under the same Message-ID, and marked as possibly
doubled. One process hands over one mail at a time, so one kill leaves at most one such mail.
"""

from __future__ import annotations

import smtplib
import threading
from datetime import datetime, timedelta

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tracker.desk.mail import TRIES, WAITS, one_line
from tracker.following import resting
from tracker.following.digest import compose
from tracker.following.models import Delivery, Follower, Mailing
from tracker.following.returned import refuses_the_address
from tracker.ledger.failpoints import failpoint

log = structlog.get_logger("tracker.following")

LEASE = timedelta(minutes=2)  # longer than EMAIL_TIMEOUT lets a mail server take
REFUSED_AT_MOST = 3  # refusals for good in a row; then the address rests
AT_ONCE = 200  # followers, or mails, that one call takes on before it looks at the clock again

_handing_over = threading.Lock()


def gather(now: datetime | None = None) -> int:
    """Put what waits for each follower whose hour has come into one mailing; how many mailings."""
    now = now or timezone.now()
    made = 0
    while True:
        due = Follower.objects.filter(due_at__lte=now, suspended_at=None).order_by("due_at", "pk")
        followers = list(due.values_list("pk", flat=True)[:AT_ONCE])
        if not followers:
            return made
        for pk in followers:
            made += _gather(pk, now)


def _gather(pk: int, now: datetime) -> int:
    with transaction.atomic():
        rows = Follower.objects.filter(pk=pk, due_at__lte=now)
        follower = (rows.select_for_update() if database.vendor == "postgresql" else rows).first()
        if follower is None or follower.due_at is None:
            return 0  # somebody else was first, or they have left
        waiting = Delivery.objects.filter(follower=follower, mailing=None)
        Follower.objects.filter(pk=pk).update(due_at=None)
        if not waiting.exists():
            return 0
        mailing = Mailing.objects.create(
            follower=follower, created_at=now, due_at=now, planned_for=follower.due_at
        )
        waiting.update(mailing=mailing)
        failpoint("mailing gathered")
    return 1


def send_due(limit: int | None = None) -> int:
    """Hand over every mailing that is due, or the first `limit`; how many left. Safe to run twice, late, or beside itself."""
    if not _handing_over.acquire(blocking=False):
        return 0  # this process is at it
    try:
        return _send_due(limit)
    finally:
        _handing_over.release()


def _send_due(limit: int | None) -> int:
    left, connection = 0, None
    while limit is None or left < limit:
        mailing = _take()
        if mailing is None:
            break
        connection = connection or get_connection()
        try:
            message = compose(mailing)
            message.connection = connection
            failpoint("mail taken")
            message.send()
            failpoint("mail accepted")
        except Exception as error:  # noqa: BLE001 - each kind of backend fails with exceptions of its own
            _failed(mailing, error)
            _close(connection)
            connection = None
        else:
            _sent(mailing)
            left += 1
    if connection is not None:
        _close(connection)
    return left


def _due(now: datetime) -> QuerySet[Mailing]:
    free = Q(state=Mailing.State.DUE) | Q(state=Mailing.State.SENDING, leased_until__lte=now)
    return Mailing.objects.filter(free, due_at__lte=now).order_by("due_at", "pk")


def _take() -> Mailing | None:
    """The next mailing that is due, taken in hand; None where none is. Each taking is a try, so that none is tried for ever."""
    now = timezone.now()
    while (pk := _due(now).values_list("pk", flat=True).first()) is not None:
        for found in (Mailing.State.SENDING, Mailing.State.DUE):
            # Found in hand with its lease over, it may have been taken by the mail server: that is noted as well.
            doubtful = {"possibly_doubled": True} if found == Mailing.State.SENDING else {}
            taken = (
                _due(now)
                .filter(pk=pk, state=found)
                .order_by()
                .update(
                    state=Mailing.State.SENDING,
                    leased_until=now + LEASE,
                    attempts=F("attempts") + 1,
                    **doubtful,
                )
            )
            if taken:
                return Mailing.objects.select_related("follower").get(pk=pk)
    return None


def _sent(mailing: Mailing) -> None:
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(
            state=Mailing.State.SENT, sent_at=timezone.now(), leased_until=None, error=""
        )
        Follower.objects.filter(pk=mailing.follower_id).exclude(failures=0).update(failures=0)


def _failed(mailing: Mailing, error: Exception) -> None:
    """Later again, after a pause that grows; never again once an address was refused for good three times in a row."""
    now, said = timezone.now(), one_line(f"{type(error).__name__}: {error}")
    final = mailing.attempts >= TRIES
    for_good = _refused_for_good(error)
    with transaction.atomic():
        if for_good:
            Follower.objects.filter(pk=mailing.follower_id).update(failures=F("failures") + 1)
            if Follower.objects.filter(pk=mailing.follower_id, failures__gte=REFUSED_AT_MOST).exists():
                resting.rest(mailing.follower_id, said)
                final = True
        Mailing.objects.filter(pk=mailing.pk).update(
            state=Mailing.State.GIVEN_UP if final else Mailing.State.DUE,
            due_at=now if final else now + WAITS[mailing.attempts - 1],
            leased_until=None,
            error=said,
        )
    log.warning("mail not sent", mailing=mailing.pk, attempts=mailing.attempts, error=said, given_up=final)


def _refused_for_good(error: Exception) -> bool:
    """Whether the mail server refused this very address with a 5xx: not us, as a relay does that does not know us."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(
            code >= 500 and refuses_the_address(said.decode("ascii", "replace"))
            for code, said in error.recipients.values()
        )
    return False


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception as error:  # noqa: BLE001 - as above; what was handed over is handed over
        log.warning("the mail connection did not close", error=one_line(f"{type(error).__name__}: {error}"))
