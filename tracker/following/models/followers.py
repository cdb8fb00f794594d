"""Readers who follow by mail: an address, confirmed by its owner, and what they follow. No account, no profile."""

from __future__ import annotations

import secrets

from django.db import models

from tracker.ledger.models import ChangeEvent


def new_secret() -> str:
    """What the links in a follower's mails carry: 256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)


class Follower(models.Model):
    """One mail address. Its row goes when its owner leaves, with everything that hangs on it."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", "at once, what happens within ten minutes in one mail"
        DAILY = "daily", "once a day"
        WEEKLY = "weekly", "once a week"

    email = models.EmailField(unique=True)  # as typed, but for the case of the domain
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    confirmed_at = models.DateTimeField(
        null=True
    )  # when its owner last said, by a link from here, that mail comes; null: never, and it gets no news
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=7)  # of the day in `zone`; for daily and weekly
    weekday = models.PositiveSmallIntegerField(default=0)  # 0 is Monday; for weekly
    zone = models.CharField(max_length=40, default="America/New_York")
    due_at = models.DateTimeField(
        null=True
    )  # when the next mail leaves, if there is any news; null: nothing waits
    created_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True)  # since when it rests: its mails came back
    suspended_reason = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # refusals in a row

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="follower_due", condition=models.Q(due_at__isnull=False)),
            models.Index(
                fields=["created_at"], name="follower_unconfirmed", condition=models.Q(confirmed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk}"  # never the address: this ends up in logs


class Follow(models.Model):
    """One thing that a follower follows, and why they hear of it."""

    class Of(models.TextChoices):
        MEASURE = "measure"  # target: "119/sres/145"
        MEMBER = "member"  # target: a Bioguide id
        COMMITTEE = "committee"  # target: its code
        TOPIC = "topic"  # target: the topic's row id
        SEARCH = "search"  # target: a query string of the list of measures

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="follows")
    of = models.CharField(max_length=9, choices=Of.choices)
    target = models.TextField()
    muted = models.JSONField(default=list)  # kinds of change that are not told
    after_event = models.BigIntegerField()  # the last event when it began: what came before is told to nobody
    confirmed_at = models.DateTimeField(null=True)  # null: asked for, not confirmed; it brings no news
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "of", "target"], name="one_follow_a_thing")
        ]
        indexes = [models.Index(fields=["of", "target"], name="follows_of_thing")]  # the fan-out

    def __str__(self) -> str:
        return f"{self.of} {self.target}"


CORRECTIONS = ("entry_corrected", "entry_withdrawn")
"""The kinds of change that go to whoever got the wrong words, whatever they follow or leave out, and to nobody else."""

MUTABLE = tuple(kind for kind in ChangeEvent.Kind.values if kind not in ("loaded", *CORRECTIONS))
"""The kinds of change that a follow can leave out; first loads are told to nobody anyway."""
