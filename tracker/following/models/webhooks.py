"""Addresses of other programs that are told of changes, and each try to tell them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.desk.models import User


class Endpoint(models.Model):
    """One address that is told. Set up by staff, for themselves or for somebody outside."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="endpoints")
    name = models.CharField(max_length=80)
    url = models.TextField()
    query = models.TextField(
        blank=True
    )  # a query string of the list of measures, and `kind`; empty: everything
    secret = models.TextField()  # sealed; shown once
    former_secret = models.TextField(blank=True)  # sealed; signs as well until `former_until`
    former_until = models.DateTimeField(null=True)
    after_event = models.BigIntegerField()  # the last event when it began
    is_on = models.BooleanField(default=True)
    off_reason = models.TextField(blank=True)  # why it was switched off, by whom or by what
    failing_since = models.DateTimeField(null=True)  # null: the last call was accepted
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    rests_until = models.DateTimeField(null=True)  # after a failure: nothing is called before
    told_owner_at = models.DateTimeField(null=True)  # of the failing; once a failing
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Call(models.Model):
    """One event to one endpoint: `webhook-id` is made of its number, and the same for each try."""

    class State(models.TextChoices):
        DUE = "due"
        CALLING = "calling"
        ACCEPTED = "accepted"
        GIVEN_UP = "given_up"

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="calls")
    event = models.ForeignKey("ledger.ChangeEvent", models.DO_NOTHING, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="called_once")]
        indexes = [
            models.Index(
                fields=["endpoint", "event"], condition=Q(state__in=["due", "calling"]), name="call_waiting"
            ),
            models.Index(fields=["endpoint", "-event"], name="calls_of_endpoint"),
        ]

    def __str__(self) -> str:
        return f"event {self.event_id} to {self.endpoint_id}, {self.state}"


class Attempt(models.Model):
    """One try of a call, and what came back: at most the first 4 kB of it."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)  # null: no answer
    answer = models.TextField(blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["call", "id"], name="attempts_of_call")]

    def __str__(self) -> str:
        return f"try of call {self.call_id}: {self.status or self.error}"
