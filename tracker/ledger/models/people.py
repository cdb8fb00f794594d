"""Members and committees, from the community's lists, and from measures' own records for whom no list knows."""

from __future__ import annotations

from django.db import models


class MemberQuerySet(models.QuerySet["Member"]):
    def sitting(self) -> MemberQuerySet:
        return self.filter(sitting=True)


class Member(models.Model):
    """Someone who sits or sat in Congress, or is named as sponsor or cosponsor. Facts as of their last known term."""

    bioguide = models.TextField(primary_key=True)
    name = models.TextField()  # "Thom Tillis"
    sort_name = models.TextField()  # "Tillis, Thom"
    chamber = models.TextField(null=True)  # house, senate
    party = models.TextField(null=True)  # D, R, I, as records write it
    state = models.TextField(null=True)
    district = models.IntegerField(null=True)  # 0: at large; null: a senator
    sitting = models.BooleanField(default=False)
    from_list = models.BooleanField(default=False)  # False: known from measures alone
    lis = models.TextField(null=True)  # the Senate's id, as in its vote files
    terms = models.JSONField(
        default=list
    )  # [{"type","start","end","state","district","party"}], oldest first
    term_ends_on = models.DateField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["sitting", "state", "district"], name="member_represents"
            ),  # who represents me
            models.Index(fields=["sort_name"], name="member_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/members/{self.bioguide}/"


class Committee(models.Model):
    """A committee or subcommittee; the code is the key, the name may change between Congresses."""

    code = models.TextField(primary_key=True)  # ssfr00; its subcommittees ssfr01, …
    name = models.TextField()
    chamber = models.TextField(null=True)  # house, senate, joint
    parent = models.TextField(null=True)
    current = models.BooleanField(default=False)  # in the list of today's committees
    from_list = models.BooleanField(default=False)
    url = models.TextField(null=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/committees/{self.code}/"


class CommitteeSeat(models.Model):
    """Who sits on a committee today."""

    committee = models.TextField()
    member = models.TextField()
    side = models.TextField()  # majority, minority
    rank = models.IntegerField(null=True)
    title = models.TextField(null=True)  # Chairman, Ranking Member, …

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "member"], name="one_seat_a_member")]
        indexes = [models.Index(fields=["member"], name="seat_member")]
