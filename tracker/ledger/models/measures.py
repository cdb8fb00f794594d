"""A measure as lists need it: the newest state in one row, written by `tracker.ledger.apply` alone."""

from __future__ import annotations

from django.db import models

from tracker.congress.measures import TYPES, measure_type

_PLACE = {code: place for place, code in enumerate(TYPES, start=1)}
_CODE = {place: code for code, place in _PLACE.items()}


def measure_pk(congress: int, type: str, number: int) -> int:
    """The row id of a measure: a number that its identity alone decides, so that no writer has to ask for it.

    >>> measure_pk(119, "sres", 145)
    1198000145
    """
    return (congress * 10 + _PLACE[type]) * 1_000_000 + number


def measure_key(pk: int) -> str:
    """The id of the contract for a row id: "119/sres/145"."""
    place, number = divmod(pk, 1_000_000)
    congress, place = divmod(place, 10)
    return f"{congress}/{_CODE[place]}/{number}"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def keyed(self, congress: int, type: str, number: int) -> MeasureQuerySet:
        return self.filter(pk=measure_pk(congress, type, number))

    def of_record(self) -> MeasureQuerySet:
        """Those that a document of the record tells of, official or starter: what staff entered by hand is no news of it."""
        return self.exclude(origin=Measure.Origin.STAFF)


_Measures = models.Manager.from_queryset(MeasureQuerySet)


class ShownMeasures(_Measures["Measure"]):
    """All but what staff entered by hand and withdrew: that stands in the ledger, and in no list or count."""

    def get_queryset(self) -> MeasureQuerySet:
        return MeasureQuerySet(self.model, using=self._db).exclude(
            origin=Measure.Origin.STAFF, vanished_at__isnull=False
        )


class Measure(models.Model):
    """One bill or resolution. Everything here is derived from the document in force; `rebuild` writes it anew."""

    class Origin(models.TextChoices):
        OFFICIAL = "official"
        STARTER = (
            "starter"  # from the starter record that ships with Whereas, until an official document comes
        )
        STAFF = "staff"  # entered by hand, until an official document comes

    id = models.BigIntegerField(primary_key=True)
    congress = models.IntegerField()
    type = models.CharField(max_length=7)
    number = models.IntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices)

    title = models.TextField()
    origin_chamber = models.CharField(max_length=6)  # house, senate
    introduced_on = models.DateField(null=True)
    policy_area = models.TextField(null=True)
    law_number = models.TextField(null=True)  # "119-1", the first of its laws

    status = models.CharField(max_length=22)
    status_since = models.DateField(null=True)
    status_action = models.TextField(
        null=True
    )  # key of the action that set it; null: set by the calendar or by none
    status_sentence = models.TextField()

    sponsor_member = models.TextField(null=True)
    sponsor_name = models.TextField(null=True)
    sponsor_party = models.TextField(null=True)
    sponsor_state = models.TextField(null=True)
    sponsor_district = models.IntegerField(null=True)
    cosponsor_count = models.IntegerField(default=0)  # who stand now
    withdrawn_count = models.IntegerField(default=0)
    cosponsors_by_party = models.JSONField(default=dict)  # {"D": 12, "R": 6}, who stand now, most first

    latest_on = models.DateField(null=True)
    latest_text = models.TextField(null=True)

    document = models.ForeignKey(
        "ledger.Document", models.DO_NOTHING, related_name="+", db_index=False
    )  # in force
    updated_at = models.TextField(null=True)  # the source's own updateDate of the document in force
    seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # observed_at of its last event
    last_event = models.BigIntegerField()

    # A document that lost half of a list, or a part beside an unknown one: kept, not in force until a second witness agrees.
    unconfirmed_document = models.CharField(max_length=64, null=True)
    unconfirmed_since = models.DateTimeField(null=True)
    unconfirmed_reason = models.TextField(null=True)
    vanished_at = models.DateTimeField(null=True)  # gone from the source since; null: listed

    objects = ShownMeasures()
    every = MeasureQuerySet.as_manager()  # for whoever keeps the ledger: the withdrawn too

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["congress", "type", "number"], name="one_row_a_measure")
        ]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="measure_changed"),  # the list as it opens
            models.Index(fields=["-introduced_on", "-id"], name="measure_introduced"),  # sort=introduced
            models.Index(
                fields=["status", "congress"], name="measure_status"
            ),  # died by the calendar; status filter
            models.Index(fields=["sponsor_member"], name="measure_sponsor"),  # a member's page
        ]

    def __str__(self) -> str:
        return f"{self.citation} ({self.congress})"

    @property
    def is_by_hand(self) -> bool:
        """Whether staff entered it, and no official document has come yet."""
        return self.origin == self.Origin.STAFF

    @property
    def is_withdrawn_by_staff(self) -> bool:
        """Whether staff entered it by hand and took it back."""
        return self.is_by_hand and self.vanished_at is not None

    @property
    def key(self) -> str:
        return f"{self.congress}/{self.type}/{self.number}"

    @property
    def citation(self) -> str:
        """ "S.Res. 145"."""
        return f"{measure_type(self.type).abbreviation} {self.number}"

    def get_absolute_url(self) -> str:
        return f"/measures/{self.key}/"
