"""Measures entered by hand, before any source lists them, and what staff and record say differently afterwards."""

from __future__ import annotations

from django.db import models

from tracker.desk.models.accounts import User


class HandEntered(models.Model):
    """A measure that staff entered. Of this Congress or another it is a `Measure` of origin `staff` until the official document comes;
    of another parliament it has a page of its own and stays.

    `fields` is what was typed in, by the names of `tracker.desk.by_hand`; each saving is a document of the ledger too.
    """

    class State(models.TextChoices):
        DRAFT = "draft"  # the desk's alone
        PUBLIC = "public"
        TAKEN_OVER = "taken_over"  # an official document is in force
        WITHDRAWN = "withdrawn"

    measure = models.OneToOneField("ledger.Measure", models.DO_NOTHING, null=True, related_name="+")
    parliament = models.CharField(max_length=80, blank=True)  # empty: the Congress of the United States
    slug = models.SlugField(max_length=80, null=True, unique=True)  # of another parliament's
    citation = models.CharField(max_length=80)
    title = models.TextField()
    fields = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    taken_over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-changed_at"], name="by_hand_in_state")]

    def __str__(self) -> str:
        return self.citation


class Difference(models.Model):
    """One field in which a hand-entered measure and the official record differ, open until somebody settles it."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        RECORD = "record", "the record is right"
        DISPUTED = "disputed", "shown beside the record as the desk's dispute"
        BOTH = "both", "both are right, of different days"

    hand_entered = models.ForeignKey(HandEntered, models.PROTECT, related_name="differences")
    field = models.CharField(max_length=80)  # "title", "cosponsors/M000639", "introduced_on", …
    ours = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    note = models.TextField(blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_entered", "field"], name="one_difference_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.hand_entered_id}"
