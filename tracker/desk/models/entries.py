"""What staff write: an entry, its revisions, each writer's unsaved words, and what readers were shown of it.

Readers are never given an `Entry` or a `Revision`: what they see stands in `Publication`, a copy made at the moment of
publishing, so that no query of a public page can reach a draft.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from tracker.desk.models.accounts import User
from tracker.ledger.models import measure_key


class About(models.Model):
    """What an entry, or a publication of it, is about: one measure, one member or one topic."""

    measure = models.ForeignKey("ledger.Measure", models.DO_NOTHING, null=True, related_name="+")
    member = models.CharField(max_length=7, null=True)  # a Bioguide id: members outlive their row in the list
    topic = models.ForeignKey("desk.Topic", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def about(self) -> str:
        """ "119/sres/145", "member/T000476" or "topic/3"."""
        if self.measure_id is not None:
            return measure_key(self.measure_id)
        return f"member/{self.member}" if self.member else f"topic/{self.topic_id}"


def _about_one_thing(name: str) -> models.CheckConstraint:
    measure = Q(measure__isnull=False, member__isnull=True, topic__isnull=True)
    member = Q(measure__isnull=True, member__isnull=False, topic__isnull=True)
    topic = Q(measure__isnull=True, member__isnull=True, topic__isnull=False)
    return models.CheckConstraint(condition=measure | member | topic, name=name)


class Kind(models.TextChoices):
    KEY_POINTS = "key_points", "Key points"
    STATUS_UPDATE = "status_update", "Status update"
    NOTE = "note", "Note"
    PRESS_COVERAGE = "press_coverage", "Press coverage"
    CORRECTION = "correction", "Correction"
    POSITION = "position", "Position"


class Entry(About):
    """One piece of writing. Its words are in its revisions; its row says how far the newest of them has come."""

    class State(models.TextChoices):
        DRAFT = "draft"  # its newest revision is being written
        IN_REVIEW = "in_review"  # a second person is asked to read its newest revision
        PUBLISHED = "published"  # its newest revision is what readers see
        CORRECTED = "corrected"  # the same, and readers saw another before
        WITHDRAWN = "withdrawn"  # readers see that it was withdrawn, and why

    kind = models.CharField(max_length=14, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="entries"
    )  # null: it came with Whereas
    version = models.PositiveIntegerField(
        default=0
    )  # number of the newest revision; whoever saves names the one they read
    public_version = models.PositiveIntegerField(
        null=True
    )  # number of the revision that readers see; null: none
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Asked to read it; null: whoever may. Kept while a correction is written, so that the same reader is asked again.
    reviewer = models.ForeignKey(User, models.SET_NULL, null=True, related_name="reviews")
    asked_at = models.DateTimeField(null=True)  # since when it waits for a review
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # The last event of the measure when its public words were written or confirmed; null: none public, or not of a measure.
    read_at_event = models.BigIntegerField(null=True)

    class Meta:
        constraints = [_about_one_thing("entry_about_one_thing")]
        indexes = [
            models.Index(fields=["author", "state", "-changed_at"], name="entry_of_author"),  # my drafts
            models.Index(
                fields=["state", "asked_at"], name="entry_in_state"
            ),  # waiting for review, oldest first
            models.Index(fields=["measure", "kind"], name="entry_of_measure"),
            models.Index(fields=["-changed_at", "-id"], name="entry_changed"),  # the desk's list
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk} on {self.about}"


class Revision(models.Model):
    """An entry's words as somebody saved them. Append-only: the database refuses to change or delete a row.

    `fields` are the kind's own (see `tracker.desk.kinds`); `based_on` is the number of the revision that the writer had
    read, 0 for the first. `why` is what the writer says of the change.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    fields = models.JSONField()
    why = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: it came with Whereas
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"revision {self.number} of entry {self.entry_id}"


class UnsavedWords(models.Model):
    """What one person has typed into an entry and not saved: kept every few seconds, theirs alone, gone once saved."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    based_on = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "by"], name="one_unsaved_a_writer")]

    def __str__(self) -> str:
        return f"unsaved words of {self.by_id} in entry {self.entry_id}"


class Review(models.Model):
    """One step on an entry's way, with what was said: asked, sent back, taken back, published, corrected, withdrawn, confirmed.

    Append-only: the database refuses to change or delete a row.
    """

    class Step(models.TextChoices):
        ASKED = "asked", "asked for a review"
        TAKEN_BACK = "taken_back", "took it back to draft"
        SENT_BACK = "sent_back", "sent it back to the writer"
        NOTED = "noted", "left a note"
        PUBLISHED = "published", "published it"
        CORRECTED = "corrected", "published a correction"
        WITHDRAWN = "withdrawn", "withdrew it"
        CONFIRMED = "confirmed", "read it again and confirmed it"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="steps")
    revision_number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=Step.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: it came with Whereas
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["entry", "id"], name="review_of_entry")]

    def __str__(self) -> str:
        return f"{self.step} entry {self.entry_id}, revision {self.revision_number}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def in_force(self, as_of: datetime | None = None) -> PublicationQuerySet:
        """The last publication of each entry, or the last till an instant; withdrawn ones too."""
        till = self if as_of is None else self.filter(at__lte=as_of)
        last = till.order_by().values("entry_id").annotate(last=models.Max("id")).values("last")
        return self.filter(pk__in=last)

    def standing(self, as_of: datetime | None = None) -> PublicationQuerySet:
        """What readers are shown as the desk's words now, or at an instant: the last of each entry, none withdrawn."""
        return self.in_force(as_of).exclude(act=Publication.Act.WITHDRAWN)


class Publication(About):
    """What readers were shown of an entry from one moment on: the whole of it, copied. Append-only.

    The only table of entries that public code reads. A withdrawal is a row too, with the reason and without the words.
    """

    class Act(models.TextChoices):
        PUBLISHED = "published"
        CORRECTED = "corrected"
        WITHDRAWN = "withdrawn"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()  # 1 for the first of its entry
    revision_number = models.PositiveIntegerField()
    act = models.CharField(max_length=9, choices=Act.choices)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    title = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    html = models.TextField(blank=True)  # the words as they were rendered and cleaned then
    why = models.TextField(blank=True)  # what was corrected, or why it was withdrawn; readers see it
    at = models.DateTimeField()  # observed_at of its event
    first_at = models.DateTimeField()  # when the entry was first published
    event_id = models.BigIntegerField(unique=True)
    read_alone = models.BooleanField()  # True: published by its writer, without a second reader
    starter = models.BooleanField(default=False)  # came with Whereas

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            _about_one_thing("publication_about_one_thing"),
            models.UniqueConstraint(fields=["entry", "number"], name="one_publication_a_number"),
        ]
        indexes = [
            models.Index(fields=["measure", "entry", "-id"], name="publication_of_measure"),
            models.Index(fields=["member", "entry", "-id"], name="publication_of_member"),
            models.Index(fields=["topic", "entry", "-id"], name="publication_of_topic"),
        ]

    def __str__(self) -> str:
        return f"publication {self.number} of entry {self.entry_id}"

    @property
    def revised_at(self) -> datetime | None:
        """When it was last corrected; None where it stands as first published."""
        return self.at if self.act == self.Act.CORRECTED else None


Fields = dict[str, Any]
"""An entry's words by the names of its kind's fields."""
