"""Who looks after what: private to the desk, never shown to readers."""

from __future__ import annotations

from django.db import models

from tracker.desk.models.accounts import User


class Care(models.Model):
    """What the desk keeps of one measure: who looks after it, how pressing it is, and a note for colleagues."""

    class Priority(models.IntegerChoices):
        LOW = 1, "low"
        NORMAL = 2, "normal"
        HIGH = 3, "high"

    measure = models.OneToOneField("ledger.Measure", models.DO_NOTHING, primary_key=True, related_name="+")
    assigned_to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="cares")
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)  # whoever saves names the one they read
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["assigned_to", "-priority", "measure"], name="care_of_person"),
            models.Index(fields=["-priority", "-changed_at"], name="care_by_priority"),
        ]

    def __str__(self) -> str:
        return f"care of {self.measure_id}"


class Seen(models.Model):
    """The last event of a measure that a member of staff has marked as seen."""

    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    measure = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+")
    event = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "measure"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.by_id} saw {self.measure_id} till {self.event}"


class SavedList(models.Model):
    """A list of the desk under a name: the query string of `/desk/measures/` or `/desk/entries/`."""

    class Of(models.TextChoices):
        MEASURES = "measures"
        ENTRIES = "entries"

    by = models.ForeignKey(User, models.CASCADE, related_name="saved_lists")
    of = models.CharField(max_length=8, choices=Of.choices)
    name = models.CharField(max_length=80)
    query = models.TextField()
    shared = models.BooleanField(default=False)  # with the whole desk
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "of", "name"], name="one_list_a_name")]

    def __str__(self) -> str:
        return self.name


class OutgoingMail(models.Model):
    """A mail of the desk to one of its own: a row until it has left, so that no broker and no crash can lose it."""

    to = models.ForeignKey(User, models.CASCADE, related_name="+")
    subject = models.TextField()
    text = models.TextField()
    about = models.CharField(max_length=80)  # what it is about and why, such as "asked:17:3": sent once
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to", "about"], name="one_mail_a_matter")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.about} to {self.to_id}"
