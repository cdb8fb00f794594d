"""A measure's votes beside the files of the chambers: what its actions name, and what a file says is about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from tracker.ledger.models import Measure, RecordedVote, RollCall, roll_call_pk
from tracker.pages.clocks import Clock
from tracker.pages.timeline import RollCall as Named
from tracker.pages.timeline import Vote
from tracker.pages.told_votes import ToldVote

_NAMED_PK = (
    (F("congress") * 10 + F("session")) * 10
    + Case(When(chamber="house", then=Value(1)), default=Value(2), output_field=IntegerField())
) * 100_000 + F("roll")  # as `roll_call_pk` has it


def with_files(votes: Sequence[Vote], measure: Measure, clock: Clock) -> list[Vote]:
    """These votes with what the chambers' files say of each; now also those that only a file ties to the measure.

    An earlier `as_of` shows the action's own words alone, so that its bytes stay the same for good. One query.
    """
    if clock.as_of is not None:
        return list(votes)
    pks = {_pk(vote.roll_call): vote for vote in votes}
    wanted = Q(pk__in=pks)
    if clock.is_now:
        wanted |= Q(measure_id=measure.pk)
    held = {row.pk: row for row in RollCall.objects.filter(wanted)}
    named = [_told(vote, held.pop(pk, None)) for pk, vote in pks.items()]
    others = [_told(_unnamed(row), row) for row in held.values()]
    if not others:
        return named
    return sorted(
        named + others, key=lambda vote: (vote.on is not None, vote.on, vote.roll_call.roll), reverse=True
    )


def files_of_votes(measure_pk: int) -> QuerySet[RollCall]:
    """The files of the votes that a measure's pages show."""
    named = RecordedVote.objects.filter(measure_id=measure_pk).annotate(vote=_NAMED_PK).values("vote")
    return RollCall.objects.filter(Q(measure_id=measure_pk) | Q(pk__in=named))


def _pk(named: Named) -> int:
    chamber = "house" if named.chamber == "house" else "senate"
    return roll_call_pk(named.congress, named.session, chamber, named.roll)


def _told(vote: Vote, row: RollCall | None) -> Vote:
    if row is None:
        return vote
    told = ToldVote(row)
    if not told.counts:
        return replace(vote, told=told)
    return replace(vote, told=told, yeas=row.yea, nays=row.nay, present=row.present or None)


def _unnamed(row: RollCall) -> Vote:
    return Vote(Named(row.chamber, row.congress, row.session, row.number), row.on, None)
