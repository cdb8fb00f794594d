"""What members did with measures of the same words: whom their lists name, and how they voted on passing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from tracker.congress.roll_calls import NAY, YEA, decides
from tracker.ledger.models import (
    Cosponsorship,
    Measure,
    Position,
    RecordedVote,
    Relation,
    RollCall,
    Sponsorship,
    roll_call_pk,
)
from tracker.texts.lineage import SURE, predecessors
from tracker.texts.models import Kin

_IDENTICAL = "Identical bill"


@dataclass(frozen=True, slots=True)
class CastVote:
    """A yea or nay on passing the measure, or one of the same words (`of`; None for the measure itself)."""

    vote: RollCall
    is_yea: bool
    of: Measure | None

    @property
    def words(self) -> str:
        """ "Yea", "Nay"."""
        return "Yea" if self.is_yea else "Nay"


def same_measures(measure: Measure) -> dict[int, Measure]:
    """Measures of the same words, by row id: what it was before, its twins and companions by text, and what the record
    calls identical. Three queries."""
    pk = measure.pk
    found = {each.measure.pk: each.measure for each in predecessors(measure)}
    sure = Q(score__gte=SURE) | Q(state=Kin.State.CONFIRMED)
    beside = (Kin.Kind.COMPANION, Kin.Kind.TWIN)
    pairs = Kin.objects.of(pk).shown().filter(sure, kind__in=beside).select_related("first", "second")
    for pair in pairs:
        other = pair.second if pair.first_id == pk else pair.first
        found[other.pk] = other
    named = Relation.objects.filter(measure_id=pk, type=_IDENTICAL).values("other_id")
    naming = Relation.objects.filter(other_id=pk, type=_IDENTICAL).values("measure_id")
    for other in Measure.objects.filter(Q(pk__in=named) | Q(pk__in=naming)):
        found[other.pk] = other
    return found


def before_of(same: Mapping[int, Measure], members: Collection[str]) -> dict[str, list[Measure]]:
    """Which of these measures each member sponsored or cosponsors, newest Congress first. Two queries."""
    if not same:
        return {}
    wanted = {"measure_id__in": list(same), "member__in": members}
    rows = {
        *Sponsorship.objects.filter(**wanted).values_list("measure_id", "member"),
        *Cosponsorship.objects.standing().filter(**wanted).values_list("measure_id", "member"),
    }
    found: dict[str, list[Measure]] = {}
    for pk, member in sorted(rows, key=repr, reverse=True):
        found.setdefault(member or "", []).append(same[pk])
    return found


def votes_of(
    measure: Measure, same: Mapping[int, Measure], members: Collection[str]
) -> dict[str, list[CastVote]]:
    """The yeas and nays of these members on passing it or one of the same words, newest first. Three queries."""
    about = {measure.pk: None, **same}
    named: dict[int, int] = {}
    for row in RecordedVote.objects.filter(measure_id__in=list(about)):
        named[roll_call_pk(row.congress, row.session, row.chamber, row.roll)] = row.measure_id
    tied = Q(measure_id__in=list(about)) | Q(pk__in=list(named))
    votes = {
        vote.pk: vote for vote in RollCall.objects.filter(tied, amendment=None) if decides(vote.question)
    }
    found: dict[str, list[CastVote]] = {}
    if not votes:
        return found
    cast = Position.objects.filter(vote__in=list(votes), member__in=members, position__in=(YEA, NAY))
    for member, pk, position in cast.order_by("-vote_id").values_list("member_id", "vote_id", "position"):
        vote = votes[pk]
        of = about.get(vote.measure_id or 0, about.get(named.get(pk, 0)))
        found.setdefault(member or "", []).append(CastVote(vote, position == YEA, of))
    return found


def names_of(measures: Sequence[Measure]) -> str:
    """ "S.Res. 599 (118th); S.Res. 12 (117th)", for a cell of a file."""
    return "; ".join(f"{each.citation} ({each.congress}th)" for each in measures)
