"""What the check found in an article that staff keep, the record it was found on, and which statements the record has moved since.

Nothing of it is published but by `tracker.desk.public_check`, which gives short quotes where an editor chose so. The article's
own text is not here: it stands in the entry's revision alone.
"""

from __future__ import annotations

from django.db import models

from tracker.desk.models.accounts import User
from tracker.desk.models.entries import Entry


class ArticleCheck(models.Model):
    """The last check of one entry's article: of the revision that readers see, or of the newest where they see none."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="article_check")
    revision_number = models.PositiveIntegerField()
    words = models.CharField(max_length=64)  # SHA-256 of the text and its day
    length = models.PositiveIntegerField()  # characters of the text; 0: the entry has none
    result = models.JSONField(null=True)  # `press.result.CheckResult`; null: no text, or it could not be read
    rules = models.CharField(max_length=16)  # of the release that read it
    at = models.DateTimeField()  # when it was last held against the record
    changed_at = models.DateTimeField()  # since when the result is what it is
    error = models.TextField(blank=True)  # one line: why it could not be checked

    def __str__(self) -> str:
        return f"check of entry {self.entry_id}, revision {self.revision_number}"


class CitedMeasure(models.Model):
    """A measure that the article names, or that its entry is about, and how far its record had come when it was checked."""

    check_of = models.ForeignKey(ArticleCheck, models.CASCADE, related_name="cited")
    measure = models.BigIntegerField()  # its row id, held or not
    event = models.BigIntegerField(default=0)  # its last event then; 0: it was not held
    votes = models.BigIntegerField(default=0)  # the newest revision of its roll calls then; 0: none

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "measure"], name="cited_once")]
        indexes = [models.Index(fields=["measure"], name="cited_measure")]

    def __str__(self) -> str:
        return f"{self.measure} of entry {self.check_of_id}"


class MovedClaim(models.Model):
    """A statement of a kept article whose verdict the record has changed: what it was, what it is, and by which event."""

    class Outcome(models.TextChoices):
        OPEN = "open", "not looked at yet"
        SEEN = "seen", "seen"
        BACK = "back", "the record came back to it"
        REWORDED = "reworded", "the article’s text was changed"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="moved_claims")
    kind = models.CharField(max_length=20)
    measure = models.CharField(max_length=24)  # "119/sres/145"
    quote = models.TextField()
    place = models.PositiveIntegerField()  # its first character in the text
    before = models.JSONField(
        null=True
    )  # {"verdict", "record", "note"}; null: it was not read as a statement
    after = models.JSONField()
    event = models.ForeignKey(
        "ledger.ChangeEvent", models.DO_NOTHING, null=True, related_name="+", db_index=False
    )  # that moved it; null: a text or a vote that came without one
    since = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )  # null: open, or by the record itself
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-since"], condition=models.Q(outcome="open"), name="moved_claim_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of entry {self.entry_id}"
