"""Recorded votes of both chambers: one row a roll call, one a name in it, and what is known of each file at its source."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs

_PLACE = {"house": 1, "senate": 2}
_CHAMBER = {place: chamber for chamber, place in _PLACE.items()}


def roll_call_pk(congress: int, session: int, chamber: str, number: int) -> int:
    """The row id of a roll call: a number that its identity alone decides. It grows by session and number.

    >>> roll_call_pk(119, 1, "house", 123)
    1191100123
    """
    return ((congress * 10 + session) * 10 + _PLACE[chamber]) * 100_000 + number


def roll_call_identity(pk: int) -> tuple[int, int, str, int]:
    """(congress, session, chamber, number) of a row id."""
    rest, number = divmod(pk, 100_000)
    rest, place = divmod(rest, 10)
    congress, session = divmod(rest, 10)
    return congress, session, _CHAMBER[place], number


class RollCallQuerySet(models.QuerySet["RollCall"]):
    def newest_first(self) -> RollCallQuerySet:
        """By day; within a day the Senate's after the House's, each by number."""
        return self.order_by("-on", "-id")

    def closest(self, since: date) -> RollCallQuerySet:
        """The votes after this day that a majority decided, the narrowest first."""
        decided = self.filter(on__gt=since, form="vote", threshold="1/2", vacated=False)
        return decided.annotate(margin=Abs(F("yea") - F("nay"))).order_by("margin", "-on", "-id")


class RollCall(models.Model):
    """One recorded vote. Everything here is derived from the document in force; `rebuild` writes it anew."""

    id = models.BigIntegerField(primary_key=True)
    chamber = models.CharField(max_length=6)  # house, senate
    congress = models.IntegerField()
    session = models.IntegerField()
    year = models.IntegerField()  # the calendar year of its session
    number = models.IntegerField()
    on = models.DateField()  # Washington's day
    at = models.DateTimeField(null=True)  # null: the file gives no time of day
    question = models.TextField()
    kind = models.TextField(null=True)  # as the Clerk prints it; null in the Senate
    form = models.CharField(max_length=8)  # vote, election, quorum
    result = models.TextField()  # as printed; of an election the name of who won
    outcome = models.CharField(max_length=8)  # agreed, rejected, elected, none
    threshold = models.CharField(max_length=3, null=True)  # 1/2, 2/3, 3/5
    title = models.TextField(null=True)
    measure_id = models.BigIntegerField(null=True)  # row id of the measure it was about, held or not
    amendment = models.TextField(null=True)  # "119/samdt/1"
    matters = models.JSONField(default=list)  # [{"name","measure","amendment","nomination","treaty","title"}]
    yea = models.IntegerField()
    nay = models.IntegerField()
    present = models.IntegerField()
    not_voting = models.IntegerField()
    by_party = models.JSONField(default=dict)  # {"R": {"yea": 213, …}}, counted from the names
    candidates = models.JSONField(default=list)  # of an election: [["Johnson (LA)", 218], …], most first
    tie_breaker = models.TextField(
        null=True
    )  # "Vice President of the United States"; null: no tie was broken
    tie_cast = models.TextField(null=True)
    vacated = models.BooleanField(default=False)
    doubt = models.TextField(null=True)  # printed totals that the names do not make; null: all agree
    document = models.ForeignKey("ledger.Document", models.DO_NOTHING, related_name="+", db_index=False)
    updated_at = models.TextField(
        null=True
    )  # the source's own date of the file, RFC 3339; null: it gives none
    seen_at = models.DateTimeField()  # when its first document was fetched
    revision = (
        models.BigIntegerField()
    )  # grows with every write of any roll call: what pages of votes are drawn from

    objects = RollCallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "session", "chamber", "number"], name="one_row_a_roll_call"
            )
        ]
        indexes = [
            models.Index(fields=["-on", "-id"], name="roll_call_newest"),  # the list as it opens
            models.Index(fields=["measure_id"], name="roll_call_measure"),  # a measure's votes
            models.Index(fields=["amendment"], name="roll_call_amendment"),
            models.Index(fields=["revision"], name="roll_call_revision"),  # the stamp of pages
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """ "119/house/2025/123"."""
        return f"{self.congress}/{self.chamber}/{self.year}/{self.number}"

    @property
    def name(self) -> str:
        """As its chamber calls it: "House roll call 71", "Senate vote 151"."""
        return f"House roll call {self.number}" if self.chamber == "house" else f"Senate vote {self.number}"

    @property
    def cast(self) -> int:
        """The votes for and against."""
        return self.yea + self.nay

    def get_absolute_url(self) -> str:
        return f"/votes/{self.key}/"


class Position(models.Model):
    """How one member stands in one roll call, as its file prints it."""

    pk = models.CompositePrimaryKey("vote_id", "place")
    vote = models.ForeignKey(RollCall, models.DO_NOTHING, related_name="positions", db_index=False)
    place = models.IntegerField()  # in the file's list, from 0
    member = models.ForeignKey(
        "ledger.Member", models.DO_NOTHING, related_name="+", null=True, db_index=False, db_constraint=False
    )  # null: the file's id stands in no list held here
    voter = models.TextField(null=True)  # the file's id: Bioguide in the House, LIS in the Senate
    name = models.TextField()  # as printed
    party = models.TextField(null=True)
    state = models.TextField(null=True)
    cast = models.TextField()  # as printed: "Aye"; of an election the candidate
    position = models.CharField(max_length=10)  # yea, nay, present, not_voting, candidate, other
    with_party = models.BooleanField(
        null=True
    )  # null: no line to vote with (see tracker.congress.roll_calls)

    class Meta:
        indexes = [
            models.Index(fields=["member", "-vote"], name="position_member")  # a member's voting record
        ]


class VoteFileQuerySet(models.QuerySet["VoteFile"]):
    def ready(self, now: datetime, *, take_over: bool = False) -> VoteFileQuerySet:
        """Due now; `take_over` asks again at once what an index lists and was not there yet, twice at most."""
        due = Q(due_at__lte=now)
        if take_over:
            due |= Q(due_at__isnull=False, named_by=VoteFile.INDEX, missed__range=(1, 2))
        return self.filter(due)


class VoteFile(models.Model):
    """One roll call's file at its source. A row lives from when an index or a measure first names the vote."""

    INDEX, MEASURE = "index", "measure"

    vote_id = models.BigIntegerField(primary_key=True)
    chamber = models.CharField(max_length=6)
    due_at = models.DateTimeField(null=True)  # null: nothing to ask for
    named_by = models.CharField(max_length=10)  # index; measure: no index has listed it yet
    missed = models.IntegerField(default=0)  # answers in a row that the source does not have it
    error = models.TextField(null=True)  # one line: why the last try gave nothing
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)

    objects = VoteFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["chamber", "due_at"], name="vote_file_due")]
