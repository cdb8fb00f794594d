"""Calling endpoints: each call is a row, tried eight times, and one endpoint that is ill holds up no other.

An endpoint gets its calls one after another, oldest first. After a failure it rests, longer each time; then its oldest call
is tried again, and once that was refused four times, others too, so that one event that a receiver cannot take does not
keep all others from it; where it does not answer at all, or says that it is ill, order is kept however long that lasts.
Its first acceptance ends the rest. One that fails for three days is switched off.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

import requests
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from tracker.desk import mail
from tracker.desk.mail import TRIES, WAITS
from tracker.following import targets
from tracker.following.models import Attempt, Call, Endpoint
from tracker.following.payload import payload
from tracker.following.secrets import Unreadable, signatures
from tracker.ledger.failpoints import failpoint
from tracker.sources.wire import DeadlineSpent

log = structlog.get_logger("tracker.following")

SPREAD = 0.2  # of a pause, up or down: endpoints that failed together do not come back together
ILL = (None, 429, 502, 503, 504)  # what says nothing of the event that was sent
STUBBORN = 4  # refusals of the oldest call, after which others are tried too
OFF_AFTER = timedelta(days=3)
LEASE = timedelta(minutes=1)  # longer than a call may take
AT_ONCE = 8  # endpoints called at the same time
LONGEST_WAIT = timedelta(days=1)  # that a Retry-After can ask for

_calling = threading.Lock()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try. `status` is None where no answer came; `retry_after` is what the receiver asked for."""

    status: int | None
    answer: str = ""
    error: str = ""
    milliseconds: int = 0
    retry_after: timedelta | None = None

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def call_due() -> int:
    """Make every call that is due; how many were accepted. Safe to run twice, late, or beside itself."""
    if not _calling.acquire(blocking=False):
        return 0  # this process is at it
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return _call_due(pool)
    finally:
        _calling.release()


def _call_due(pool: ThreadPoolExecutor) -> int:
    """The database is asked from this thread alone; the others only wait for receivers."""
    running = dict[Future[Outcome], Call]()
    accepted = 0
    while True:
        busy = {call.endpoint_id for call in running.values()}
        for call in _take(AT_ONCE - len(running), busy):
            running[pool.submit(_try, call.endpoint, _body(call), call.pk)] = call
        if not running:
            return accepted
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            accepted += _record(running.pop(future), future.result())


def _body(call: Call) -> bytes:
    return payload(call.event)


def _take(most: int, busy: Iterable[int]) -> list[Call]:
    """The next call of up to `most` endpoints that are not busy, taken in hand."""
    now, taken = timezone.now(), list[Call]()
    rested = Q(rests_until=None) | Q(rests_until__lte=now)
    for endpoint in Endpoint.objects.filter(rested, is_on=True).exclude(pk__in=list(busy)).order_by("pk"):
        if len(taken) >= most:
            break
        call = _next(endpoint, now)
        if call is not None:
            taken.append(call)
    return taken


def _next(endpoint: Endpoint, now: datetime) -> Call | None:
    waiting = endpoint.calls.filter(
        Q(state=Call.State.DUE) | Q(state=Call.State.CALLING, leased_until__lte=now), due_at__lte=now
    )
    if endpoint.calls.filter(state=Call.State.CALLING, leased_until__gt=now).exists():
        return None  # another process has one of its calls in hand
    oldest = waiting.order_by("event").first()
    if oldest is not None and oldest.attempts >= STUBBORN and _last_status(oldest) not in ILL:
        oldest = waiting.order_by("attempts", "event").first()
    if oldest is None:
        return None
    taken = waiting.filter(pk=oldest.pk).update(
        state=Call.State.CALLING, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    failpoint("call taken")
    return Call.objects.select_related("endpoint", "event").get(pk=oldest.pk) if taken else None


def _last_status(call: Call) -> int | None:
    return call.tries.order_by("-pk").values_list("status", flat=True).first()


def _try(endpoint: Endpoint, body: bytes, number: int) -> Outcome:
    """One try, in whichever thread. `webhook-id` is the call's own, the same each time; its timestamp is of this try."""
    begun, now = monotonic(), datetime.now(UTC)
    name = f"call_{number}"
    try:
        headers = {
            "Content-Type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signatures(endpoint, name, now, body.decode()),
        }
        status, answer, answered = targets.post(endpoint.url, body, headers)
        error = "" if 200 <= status < 300 else _refusal(status)
        return Outcome(status, answer, error, _since(begun), _retry_after(answered.get("Retry-After"), now))
    except (targets.Refused, Unreadable) as refused:
        return Outcome(None, error=str(refused), milliseconds=_since(begun))
    except DeadlineSpent:
        return Outcome(
            None, error=f"no whole answer within {targets.WHOLE_SECONDS} s", milliseconds=_since(begun)
        )
    except requests.RequestException as failed:
        return Outcome(None, error=_in_words(failed), milliseconds=_since(begun))


def _since(begun: float) -> int:
    return round((monotonic() - begun) * 1000)


def _refusal(status: int) -> str:
    if 300 <= status < 400:
        return f"answered {status}, a redirect: none is followed. Give the address that it leads to"
    return f"answered {status}"


def _in_words(error: requests.RequestException) -> str:
    """The same words for a port that is shut and one that is silent: who sets up endpoints is not to map networks."""
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection: the certificate is not valid for this name"
    return "no answer"


def _retry_after(text: str | None, now: datetime) -> timedelta | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 9:
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        asked = parsedate_to_datetime(text).astimezone(UTC) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(asked, timedelta(0)), LONGEST_WAIT)


def _record(call: Call, outcome: Outcome) -> int:
    """Write down what came of a try, and what follows from it; 1 where it was accepted."""
    now, endpoint = timezone.now(), call.endpoint
    with transaction.atomic():
        Attempt.objects.create(
            call=call,
            at=now,
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            answer=outcome.answer.replace("\0", "\ufffd"),
            error=outcome.error,
        )
        if outcome.accepted:
            _accepted(call, now)
        else:
            _failed(call, outcome, now)
            log.info("endpoint did not accept", endpoint=endpoint.pk, call=call.pk, error=outcome.error)
    return int(outcome.accepted)


def _accepted(call: Call, now: datetime) -> None:
    Call.objects.filter(pk=call.pk).update(state=Call.State.ACCEPTED, accepted_at=now, leased_until=None)
    well = Endpoint.objects.filter(pk=call.endpoint_id).exclude(failures=0)
    if well.update(failing_since=None, failures=0, rests_until=None, told_owner_at=None):
        Call.objects.filter(endpoint=call.endpoint_id, state=Call.State.DUE).update(due_at=now)


def _failed(call: Call, outcome: Outcome, now: datetime) -> None:
    endpoint = call.endpoint
    final = call.attempts >= TRIES
    pause = max(_spread(WAITS[min(call.attempts, len(WAITS)) - 1]), outcome.retry_after or timedelta(0))
    Call.objects.filter(pk=call.pk).update(
        state=Call.State.GIVEN_UP if final else Call.State.DUE, due_at=now + pause, leased_until=None
    )
    since = endpoint.failing_since or now
    rest = max(_spread(WAITS[min(endpoint.failures, len(WAITS) - 1)]), outcome.retry_after or timedelta(0))
    row = Endpoint.objects.filter(pk=endpoint.pk)
    row.update(failing_since=since, failures=F("failures") + 1, rests_until=now + rest)
    if outcome.status == 410:
        _switch_off(endpoint, "the receiver says that it is gone for good (410)", now)
    elif now - since >= OFF_AFTER:
        _switch_off(endpoint, f"it failed for {OFF_AFTER.days} days: {outcome.error}", now)
    elif endpoint.told_owner_at is None:
        row.update(told_owner_at=now)
        _tell_owner(
            endpoint, "failing", f"{endpoint.name} does not accept what it is sent", outcome.error, now
        )


def _switch_off(endpoint: Endpoint, reason: str, now: datetime) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(is_on=False, off_reason=reason)
    _tell_owner(endpoint, "off", f"{endpoint.name} was switched off", reason, now)


def _tell_owner(endpoint: Endpoint, matter: str, subject: str, reason: str, now: datetime) -> None:
    mail.write(
        endpoint.owner,
        subject,
        f"{subject}: {reason}.\n\nWhat it was sent, and what it answered:\n"
        f"{settings.SITE_URL}/desk/webhooks/{endpoint.pk}/\n",
        f"webhook:{endpoint.pk}:{matter}:{int(now.timestamp())}",
        when="safety",
        by=None,
    )


def _spread(pause: timedelta) -> timedelta:
    return pause * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - no secret hangs on it
