"""The parts of measures as plain rows, for questions across measures: who sponsors, which committee, what law.

A row is known by its measure and its place in the source's list; all are written by `tracker.ledger.apply` alone. One
measure's own page reads its document instead, through `tracker.ledger.records`, and shows every part of it.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q


class Part(models.Model):
    pk = models.CompositePrimaryKey("measure_id", "position")
    measure = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+", db_index=False)
    position = models.IntegerField()  # in the source's list, from 0

    class Meta:
        abstract = True


class Person(Part):
    member = models.TextField(null=True)  # Bioguide id
    name = models.TextField(null=True)
    party = models.TextField(null=True)
    state = models.TextField(null=True)
    district = models.IntegerField(null=True)

    class Meta:
        abstract = True


class Sponsorship(Person):
    by_request = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["member"], name="sponsorship_member")]  # a member's page


class CosponsorshipQuerySet(models.QuerySet["Cosponsorship"]):
    def standing(self, day: date | None = None) -> CosponsorshipQuerySet:
        """Names that stand behind the measure now, or at the end of `day`."""
        if day is None:
            return self.filter(withdrawn_on=None)
        still_there = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
        return self.filter(still_there, joined_on__lte=day)


class Cosponsorship(Person):
    joined_on = models.DateField(
        null=True
    )  # null: the source does not say when (records of the 118th and older here)
    original = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True)

    objects = CosponsorshipQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "joined_on"], name="cosponsorship_member")
        ]  # a member's page


class Action(Part):
    key = models.CharField(
        max_length=20
    )  # from its day, code, source, committees and words; an ordinal for a repetition
    on = models.DateField(null=True)
    text = models.TextField(null=True)
    code = models.TextField(null=True)
    type = models.TextField(null=True)
    source = models.TextField(null=True)


class CommitteeReferral(Part):
    """A committee, or one of its subcommittees (then `parent` is the committee's code), that had the measure."""

    code = models.TextField(null=True)
    parent = models.TextField(null=True)
    name = models.TextField(null=True)
    chamber = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["code"], name="referral_code")
        ]  # filter by committee, a committee's page


class CommitteeActivity(Part):
    code = models.TextField(null=True)
    name = models.TextField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["code", "-at"], name="activity_code")
        ]  # a committee's page, newest first


class Title(Part):
    title = models.TextField()
    type = models.TextField(null=True)
    type_code = models.TextField(null=True)


class Subject(Part):
    name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="subject_name")]  # filter by subject


class Summary(Part):
    version = models.TextField(null=True)
    on = models.DateField(null=True)
    stage = models.TextField(null=True)


class TextVersion(Part):
    code = models.TextField(null=True)
    name = models.TextField(null=True)
    on = models.DateField(null=True)
    package = models.TextField(null=True)


class Relation(Part):
    other_id = models.BigIntegerField()  # row id of the other measure, held or not
    type = models.TextField(null=True)
    by = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["other_id"], name="relation_other")
        ]  # who names this measure as related


class Amendment(Part):
    amendment = models.TextField()  # "119/samdt/1"
    sponsor = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["amendment"], name="amendment_id")]


class Law(Part):
    type = models.TextField(null=True)
    number = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["number"], name="law_number")]  # "Public Law 119-1" typed into search


class RecordedVote(Part):
    """A roll call that an action of the measure names; one row an action, so a roll call may stand twice."""

    action = models.TextField()  # key
    chamber = models.TextField()
    congress = models.IntegerField()
    session = models.IntegerField()
    roll = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["congress", "chamber", "session", "roll"], name="vote_number")]
