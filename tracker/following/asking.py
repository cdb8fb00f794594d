"""How somebody comes to follow, changes it and leaves: nothing is sent to an address whose owner has not said yes at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from tracker.following import fan_out, resting
from tracker.following.models import MUTABLE, Follow, Follower, Mailing
from tracker.following.slots import next_slot, zone_named
from tracker.following.things import Thing
from tracker.ledger import chain

log = structlog.get_logger("tracker.following")

# Mails that ask an address anything: so many within so long.
QUESTIONS = ((timedelta(hours=1), 3), (timedelta(days=1), 10))
QUESTIONS_UNANSWERED = (timedelta(days=7), 6)  # of an address that has never said yes
FOLLOWS_AT_MOST = 200  # of one follower
UNCONFIRMED_KEPT = timedelta(days=7)
LONGEST_ADDRESS = 254


class Wrong(ValueError):
    """What was typed is not accepted; `field` is where it was typed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def address_of(typed: str) -> str:
    """A mail address as it is kept: its domain in lower case. Raises Wrong."""
    text = typed.strip()
    local, at, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode().lower() if at else ""
        validate_email(f"{local}@{domain}")
    except (ValidationError, UnicodeError):
        raise Wrong(
            "email", f"{typed[:80]!r} is no mail address: give one such as reader@example.org."
        ) from None
    if len(text) > LONGEST_ADDRESS:
        raise Wrong("email", f"longer than {LONGEST_ADDRESS} characters.")
    return f"{local}@{domain}"


def ask(email: str, thing: Thing, rhythm: Mapping[str, Any]) -> None:
    """Have the owner of an address asked whether they want to follow this. Answers nothing: who asks learns not even
    whether the address is known here.

    `rhythm` is as `rhythm_of` gives it; it holds for an address that is new. An address is asked so often at most.
    """
    now = timezone.now()
    with transaction.atomic():
        follower = Follower.objects.filter(email__iexact=email).first()
        if follower is None:
            follower, _ = Follower.objects.get_or_create(email=email, defaults={"created_at": now, **rhythm})
        elif follower.confirmed_at is None:  # whoever asked before may have been a stranger
            Follower.objects.filter(pk=follower.pk).update(**rhythm)
        follow, made = Follow.objects.get_or_create(
            follower=follower,
            of=thing.of,
            target=thing.target,
            defaults={"created_at": now, "after_event": chain.head().count},
        )
        known_already = follow.confirmed_at is not None and follower.suspended_at is None
        if known_already or _asked_enough(follower, now):
            return
        if made and follower.follows.count() > FOLLOWS_AT_MOST:
            follow.delete()
            return
        Mailing.objects.create(follower=follower, asks=follow, created_at=now, due_at=now, planned_for=now)


def _asked_enough(follower: Follower, now: datetime) -> bool:
    """Whether one more question would be a nuisance: a stranger may be the one who types the address."""
    limits = (*QUESTIONS, QUESTIONS_UNANSWERED) if follower.confirmed_at is None else QUESTIONS
    asked = Mailing.objects.filter(follower=follower).exclude(asks=None)
    return any(asked.filter(created_at__gt=now - within).count() >= most for within, most in limits)


def confirm(follow: Follow) -> None:
    """Its owner has said yes, at the address: from now on news comes. Twice is once."""
    now = timezone.now()
    with transaction.atomic():
        fan_out.begin()
        Follow.objects.filter(pk=follow.pk, confirmed_at=None).update(
            confirmed_at=now, after_event=chain.head().count
        )
        resting.wake(follow.follower)  # who reads a mail at this address has an address that takes mail


def rhythm_of(fields: Mapping[str, str]) -> dict[str, Any]:
    """How often, at which hour and where, from what was typed; the columns of `Follower`. Raises Wrong."""
    rhythm = fields.get("rhythm") or Follower.Rhythm.DAILY
    if rhythm not in Follower.Rhythm.values:
        raise Wrong("rhythm", f"{rhythm[:20]!r}: choose one of {', '.join(Follower.Rhythm.values)}.")
    try:
        zone = zone_named(fields.get("zone") or "America/New_York").key
    except ValueError as error:
        raise Wrong("zone", f"{error}.") from None
    return {
        "rhythm": rhythm,
        "hour": _whole(fields, "hour", 7, 23),
        "weekday": _whole(fields, "weekday", 0, 6),
        "zone": zone,
    }


def _whole(fields: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = fields.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= most):
        raise Wrong(name, f"{text[:20]!r}: give a whole number from 0 to {most}.")
    return int(text)


def change_rhythm(follower: Follower, rhythm: Mapping[str, Any]) -> None:
    """From the next mail on. What waits already leaves at the new hour."""
    now = timezone.now()
    with transaction.atomic():
        Follower.objects.filter(pk=follower.pk).update(**rhythm)
        follower.refresh_from_db()
        if follower.due_at is not None:
            at_once = follower.rhythm == Follower.Rhythm.AT_ONCE
            follower.due_at = now + fan_out.GROUPED_FOR if at_once else next_slot(follower, now)
            follower.save(update_fields=["due_at"])


def mute(follow: Follow, kinds: Sequence[str]) -> None:
    """Leave these kinds of change out of what this follow brings. Raises Wrong."""
    for kind in kinds:
        if kind not in MUTABLE:
            raise Wrong("muted", f"{kind[:30]!r} is no kind of change.")
    Follow.objects.filter(pk=follow.pk).update(muted=list(dict.fromkeys(kinds)))


def leave(follower: Follower) -> None:
    """Delete the address and all that hangs on it. The ledger holds nothing of a reader, so it needs no hole."""
    follower.delete()
    log.info("a follower left")


def forget_unconfirmed() -> int:
    """Delete addresses whose owners never said yes, and questions that nobody answered; how many rows."""
    long_ago = timezone.now() - UNCONFIRMED_KEPT
    Follow.objects.filter(confirmed_at=None, created_at__lt=long_ago).delete()
    gone, _ = Follower.objects.filter(confirmed_at=None, created_at__lt=long_ago).delete()
    return gone
