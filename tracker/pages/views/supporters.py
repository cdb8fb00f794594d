"""Who stands behind a measure: its supporters as a story, and the board of the committee that holds it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.ledger.health import LEGISLATORS
from tracker.ledger.models import Source
from tracker.pages.board_csv import board_as_csv
from tracker.pages.chosen_seats import PARAMETERS, ChosenSeats
from tracker.pages.coalition import coalition as board_of
from tracker.pages.http import public_page
from tracker.pages.measure_opening import measure_page, measure_stamp, open_measure
from tracker.pages.support_story import story
from tracker.pages.voting import lists_and_votes


def _stamp(request: HttpRequest, congress: int, type: str, number: int) -> Iterable[object]:
    """Beside what all pages of a measure are drawn from, the lists of members and committees."""
    lists = Source.objects.filter(name=LEGISLATORS).values_list("changed_at", flat=True)
    return [*measure_stamp(request, congress, type, number), *lists]


def _stamp_of_board(request: HttpRequest, congress: int, type: str, number: int) -> Iterable[object]:
    """The same, and the votes held: on it, and on measures of the same words."""
    return [*measure_stamp(request, congress, type, number), *lists_and_votes()]


@require_safe
@public_page(_stamp)
def sponsors(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Who came and who left, day by day: running counts by party, firsts and majorities, and who supported it before."""
    sight = open_measure(request, congress, type, number)
    return measure_page(request, sight, "sponsors", story(sight))


@require_safe
@public_page(_stamp_of_board)
def coalition(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The members of the committees that hold it: who supports it, and who could still be asked."""
    chosen = ChosenSeats.from_query(request.GET)
    sight = open_measure(request, congress, type, number, PARAMETERS)
    return measure_page(request, sight, "coalition", board_of(sight, chosen))


@require_safe
def coalition_csv(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The same board as a file, with the same filters."""
    return board_as_csv(request, congress, type, number)
