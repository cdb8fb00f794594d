"""The coalition board of a measure as CSV: one line a member of each committee, with the page's own filters."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from tracker.coalition.before import names_of
from tracker.coalition.board import BoardMember
from tracker.csv_lines import csv_line
from tracker.ledger.filters import BadFilter
from tracker.pages.chosen_seats import PARAMETERS, ChosenSeats
from tracker.pages.coalition import ShownBoard, boards_shown
from tracker.pages.measure_opening import open_measure
from tracker.pages.views.errors import bad_parameter

COLUMNS = (
    "measure", "committee", "committee_name", "holds_it", "member", "name", "party", "state", "district", "side", "rank",
    "title", "stand", "since", "supported_before", "votes",
)  # fmt: skip


def board_as_csv(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The board as a file; only the heads where no seats can be told of. 400 for what means nothing here."""
    try:
        chosen = ChosenSeats.from_query(request.GET)
        sight = open_measure(request, congress, type, number, PARAMETERS)
    except BadFilter as problem:
        return bad_parameter(request, problem)
    found = boards_shown(sight, chosen)
    lines = [csv_line(COLUMNS), *_lines(sight.measure.key, found)]
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8", status=HTTPStatus.OK)
    answer["Content-Disposition"] = (
        f'attachment; filename="{sight.measure.key.replace("/", "-")}-coalition.csv"'
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _lines(key: str, found: list[ShownBoard]) -> Iterator[str]:
    for board in found:
        held = board.held
        for member in (*board.open, *board.supporters):
            yield csv_line((key, held.code, held.name, "yes" if held.holds else "no", *_cells(member)))


def _cells(member: BoardMember) -> tuple[object, ...]:
    who, seat = member.who, member.seat
    votes = "; ".join(
        f"{vote.words} on {vote.of.citation if vote.of else 'it'}, {vote.vote.on.isoformat()}"
        for vote in member.votes
    )
    return (
        seat.member,
        who.name if who else None,
        member.party,
        member.state,
        who.district if who else None,
        seat.side,
        seat.rank,
        seat.title,
        member.stand or None,
        member.since,
        names_of(member.before) or None,
        votes or None,
    )
