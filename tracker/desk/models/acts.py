"""The audit: who did what and when, for every write of the desk."""

from __future__ import annotations

from django.db import models

from tracker.desk.models.accounts import User


class Act(models.Model):
    """One thing that somebody did. Append-only: the database refuses to change or delete a row.

    A person is named by the account's number alone, so that a name can be removed and the fact stay.
    """

    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )  # null: nobody signed in, or a command
    at = models.DateTimeField()
    verb = models.CharField(max_length=30)  # "publish", "sign_in", …: see tracker.desk.acts
    object = models.CharField(max_length=80)  # "entry/17", "119/sres/145", "account/3", "topic/2"
    summary = models.TextField()  # one line for a reader of the log
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    origin = models.CharField(
        max_length=50, blank=True
    )  # network address, cut to /24 or /48; empty: a command

    class Meta:
        indexes = [
            models.Index(fields=["by", "-id"], name="act_of_person"),
            models.Index(fields=["object", "-id"], name="act_on_object"),
            models.Index(fields=["verb", "-id"], name="act_of_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object}"
