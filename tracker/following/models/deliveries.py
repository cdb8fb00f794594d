"""What is to be told to whom: one row a receiver, event and channel, made from the ledger by a cursor.

The ledger is the outbox. A row exists before anything is sent, and says at any moment what became of it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.following.models.followers import Follower


class Cursor(models.Model):
    """How far the ledger has been worked off: the last event for which all deliveries are written."""

    name = models.CharField(max_length=20, primary_key=True)
    event = models.BigIntegerField()
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.event}"


class Mailing(models.Model):
    """One mail to one follower: news that was due for them, or the question whether they want to follow. Each try carries
    the same Message-ID.

    `possibly_doubled`: a try ended between the server's yes and our record of it, so it may have come twice.
    """

    class State(models.TextChoices):
        DUE = "due"
        SENDING = "sending"  # handed to the mail server; who finds this after the lease does not know whether it took it
        SENT = "sent"
        GIVEN_UP = "given_up"

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="mailings")
    asks = models.ForeignKey(
        "following.Follow", models.CASCADE, null=True, related_name="+"
    )  # the follow that it asks to confirm; null: it brings news
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    planned_for = models.DateTimeField()  # the slot; a mail that leaves much later says so
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    possibly_doubled = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True)  # when it came back after it had left; `error` says why
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["due", "sending"]), name="mailing_due"),
            models.Index(fields=["sent_at"], name="mailing_sent"),
            models.Index(fields=["follower", "-created_at"], name="mailings_of_follower"),
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}, {self.state}"


class Delivery(models.Model):
    """One event to one follower by mail, once. `mailing` is the mail that carries it; null: waits for its slot."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey("ledger.ChangeEvent", models.DO_NOTHING, related_name="+")
    # Why: the first of the follower's follows that asked for it; null: a correction to whoever got the wrong words.
    follow = models.ForeignKey("following.Follow", models.SET_NULL, null=True, related_name="+")
    mailing = models.ForeignKey(Mailing, models.CASCADE, null=True, related_name="deliveries")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "event"], name="told_once")]
        indexes = [
            models.Index(fields=["follower", "event"], condition=Q(mailing=None), name="delivery_waiting"),
            models.Index(fields=["event"], name="deliveries_of_event"),
        ]

    def __str__(self) -> str:
        return f"event {self.event_id} to follower {self.follower_id}"
