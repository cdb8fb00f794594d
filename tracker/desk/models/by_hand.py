"""Measures entered by hand, before any source lists them, and what staff and record say differently afterwards."""

from __future__ import annotations

from django.db import models

from tracker.desk.models.accounts import User


class HandEntered(models.Model):
    """A measure that staff enter. Of the Congress it is a `Measure` of origin `staff`, once public, until the official document
    comes; of another parliament it has a page of its own and stays.

    Its words are in its revisions, what readers were shown in its publications.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "not public"  # the desk's alone
        PUBLIC = "public", "public"
        TAKEN_OVER = "taken_over", "taken over by the record"  # an official document is in force
        WITHDRAWN = "withdrawn", "withdrawn"  # a mistake: readers see that it was withdrawn, and why

    key = models.CharField(
        max_length=24, null=True, unique=True
    )  # "118/sres/599"; null: of another parliament, or a draft given up
    measure = models.OneToOneField("ledger.Measure", models.DO_NOTHING, null=True, related_name="+")
    parliament = models.CharField(max_length=80, blank=True)  # empty: the Congress of the United States
    slug = models.SlugField(max_length=80, null=True, unique=True)  # of another parliament's, once public
    citation = models.CharField(max_length=80)  # as the newest revision has it, and so is the title
    title = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)  # number of the newest revision
    public_version = models.PositiveIntegerField(null=True)  # number of the one that readers see
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    taken_over_at = models.DateTimeField(null=True)
    compared_document = models.CharField(max_length=64, blank=True)  # the record that open differences are of

    class Meta:
        indexes = [models.Index(fields=["state", "-changed_at"], name="by_hand_in_state")]

    def __str__(self) -> str:
        return self.citation

    def get_absolute_url(self) -> str:
        """Its public page, which is not there before it is public."""
        return f"/measures/{self.key}/" if self.key else f"/measures/elsewhere/{self.slug}/"

    @property
    def has_unpublished(self) -> bool:
        """Whether its newest words are still the desk's alone."""
        return self.state in (self.State.DRAFT, self.State.PUBLIC, self.State.WITHDRAWN) and (
            self.public_version != self.version
        )


class HandEnteredRevision(models.Model):
    """What somebody saved of it. Append-only: the database refuses to change or delete a row.

    `fields` are those of `tracker.desk.hand_fields`; `based_on` is the revision that the writer had read, 0 for the first.
    """

    hand_entered = models.ForeignKey(HandEntered, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField()
    fields = models.JSONField()
    why = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_entered", "number"], name="one_hand_revision_a_number")
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of hand-entered {self.hand_entered_id}"


class HandEnteredPublication(models.Model):
    """What readers were shown from one moment on, copied whole. Append-only; the only table of these that public code reads."""

    class Act(models.TextChoices):
        PUBLISHED = "published"
        REVISED = "revised"
        WITHDRAWN = "withdrawn"

    hand_entered = models.ForeignKey(HandEntered, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()  # 1 for the first of its measure
    revision_number = models.PositiveIntegerField()
    act = models.CharField(max_length=9, choices=Act.choices)
    slug = models.SlugField(max_length=80, blank=True)  # empty: of the Congress, and so in the ledger
    fields = models.JSONField()
    why = models.TextField(blank=True)  # why it was withdrawn; readers see it
    read_alone = models.BooleanField(default=False)  # True: published by its writer, without a second reader
    document = models.CharField(
        max_length=64, blank=True
    )  # digest of the ledger's document; empty: not in it
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_entered", "number"], name="one_hand_publication_a_number")
        ]
        indexes = [models.Index(fields=["slug", "-id"], name="hand_publication_elsewhere")]

    def __str__(self) -> str:
        return f"publication {self.number} of hand-entered {self.hand_entered_id}"


class Difference(models.Model):
    """One field in which a hand-entered measure and the official record differ, open until it is settled."""

    class Outcome(models.TextChoices):
        OPEN = "open", "open"
        RECORD = "record", "the record is right"
        DISPUTED = "disputed", "disputed beside the record"
        BOTH = "both", "both are right"
        AGREED = "agreed", "the record came to agree"  # by itself, with a later document

    hand_entered = models.ForeignKey(HandEntered, models.PROTECT, related_name="differences")
    field = models.CharField(max_length=200)  # "title", "cosponsors/M000639", "introduced_on", …
    ours = models.JSONField(null=True)  # in words; null: we say nothing of it
    theirs = models.JSONField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    note = models.TextField(blank=True)
    entry = models.ForeignKey(
        "desk.Entry", models.PROTECT, null=True, related_name="+"
    )  # the correction that disputes the record
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_entered", "field"], name="one_difference_a_field")
        ]
        indexes = [
            models.Index(fields=["hand_entered"], condition=models.Q(outcome="open"), name="difference_open")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.hand_entered_id}"
