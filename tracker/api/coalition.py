"""`/measures/{congress}/{type}/{number}/coalition`: who sits on the committees that hold it, and where they stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import stamped
from tracker.api.measures import held, held_then
from tracker.coalition import board
from tracker.coalition.before import same_measures
from tracker.coalition.holding import committees_of
from tracker.congress import calendar
from tracker.ledger.as_of import Shown
from tracker.ledger.by_hand import entered_by_hand
from tracker.ledger.health import LEGISLATORS
from tracker.ledger.models import Measure, RollCall, Source
from tracker.ledger.vote_rows import newest_revision


def measure_coalition(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Today's members of the committees that hold a measure, or had it: who supports it, and what each did with measures of
    the same words before. Seats are known of today alone, so there is no `as_of`; docs/PAGES.md has the rules."""
    asked.only(request)
    found = held(congress, type, number)
    lists = Source.objects.filter(name=LEGISLATORS).values_list("changed_at", flat=True).first()
    same = [(each.pk, each.last_event) for each in same_measures(found).values()]
    stamps = [found.last_event, found.document_id, lists, newest_revision(), sorted(same), calendar.today()]
    return stamped(request, stamps, lambda: _coalition(found, held_then(found, asked.clocks(request))))


def _coalition(measure: Measure, now: Shown) -> shapes.Coalition:
    why = _none_because(measure, now)
    committees = committees_of(now.record, now.status.code)
    boards = [] if why else board.boards(measure, now.record, committees)
    return shapes.Coalition(
        measure.key, why or (None if boards else "no_list"), [_board(each) for each in boards]
    )


def _none_because(measure: Measure, now: Shown) -> shapes.NoBoard | None:
    if calendar.is_over(measure.congress, calendar.today()):
        return "congress_over"
    if entered_by_hand(now.document) is not None:
        return "entered_by_staff"
    return None if any(committee.code for committee in now.record.committees) else "no_committee"


def _board(one: board.Board) -> shapes.Board:
    held_by = one.held
    return shapes.Board(
        committee=held_by.code,
        name=held_by.name,
        holds=held_by.holds,
        since=held_by.since,
        let_go=held_by.let_go or None,
        let_go_on=held_by.let_go_on,
        seats=one.seats,
        supporting=one.supporting,
        majority=one.majority,
        by_party=one.by_party,
        members=[_seat(member) for member in one.members],
    )


def _seat(member: board.BoardMember) -> shapes.BoardSeat:
    seat, who = member.seat, member.who
    return shapes.BoardSeat(
        member=seat.member,
        name=who.name if who else None,
        party=member.party,
        state=member.state,
        district=who.district if who else None,
        side=seat.side,
        rank=seat.rank,
        title=seat.title,
        votes_there=member.may_vote,
        stand=member.stand,
        since=member.since,
        supported_before=[each.key for each in member.before],
        votes=[
            shapes.SeatVote(
                _id(cast.vote),
                cast.vote.on,
                "yea" if cast.is_yea else "nay",
                cast.of.key if cast.of else None,
            )
            for cast in member.votes
        ],
        subcommittees=member.below,
    )


def _id(vote: RollCall) -> str:
    return f"{vote.congress}/{vote.chamber}/{vote.year}/{vote.number}"
