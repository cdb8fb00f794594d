"""Recorded votes: the list, and each vote with who stood where."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.people import STATES
from tracker.congress.roll_calls import OUTCOMES, POSITIONS
from tracker.ledger.filters import BadFilter
from tracker.ledger.health import HOUSE_CLERK, SENATE
from tracker.ledger.models import Measure, Member, Position, RecordedVote, RollCall, Source, roll_call_pk
from tracker.ledger.vote_rows import newest_revision
from tracker.pages.chosen_votes import CHAMBERS, ChosenNames, ChosenVotes
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.paging import cut_query
from tracker.pages.represents import office, place
from tracker.pages.told_votes import ToldVote, crossers, groups_of, measures_of
from tracker.pages.views.measures import page_number
from tracker.pages.voting import VotingRecord, lists_and_votes
from tracker.records.roll_call import session_year

VOTES_A_PAGE = 50


def _stamp(request: HttpRequest) -> list[object]:
    """A list of votes changes with any vote; titles of measures beside them may be a minute old."""
    return [newest_revision()]


@require_safe
@public_page(_stamp)
def votes(request: HttpRequest) -> HttpResponse:
    """The recorded votes of both chambers, newest first."""
    chosen = ChosenVotes.from_query(request.GET)
    number = page_number(request.GET)
    found = chosen.votes()
    page = cut_query(found, number, VOTES_A_PAGE, found.count())
    measures = measures_of(page.rows)
    rows = [(ToldVote(vote), measures.get(vote.measure_id or 0)) for vote in page.rows]
    context: dict[str, Any] = {
        "chosen": chosen,
        "sentence": chosen.sentence(page.total),
        "page": page,
        "days": [(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row[0].vote.on)],
        "chips": chosen.chips(),
        "chambers": CHAMBERS,
        "results": OUTCOMES,
        "years": _years(),
        "paging": f"{query}&" if (query := chosen.query()) else "",
        "sources": Source.objects.filter(name__in=(HOUSE_CLERK, SENATE)).order_by("name"),
    }
    return render(request, "pages/votes.html", context)


def _years() -> list[int]:
    return list(RollCall.objects.order_by("-year").values_list("year", flat=True).distinct())


def _pk(congress: int, chamber: str, year: int, number: int) -> int:
    """The row id of the vote at this address. Raises Http404 for a year that is not of that Congress."""
    first = session_year(congress, 1)
    if year not in (first, first + 1):
        raise Http404(f"The {congress}th Congress sat in {first} and {first + 1}, not in {year}.")
    return roll_call_pk(congress, year - first + 1, chamber, number)


def _stamp_of_vote(request: HttpRequest, congress: int, chamber: str, year: int, number: int) -> list[object]:
    row = RollCall.objects.filter(pk=_pk(congress, chamber, year, number)).values_list(
        "revision", "measure_id"
    )
    found = row.first()
    if found is None:
        raise _not_held(chamber, year, number)
    revision, measure_id = found
    about = Measure.objects.filter(pk=measure_id or 0).values_list("last_event", "document_id")
    return [revision, *about, *lists_and_votes()]


def _not_held(chamber: str, year: int, number: int) -> Http404:
    what = f"roll call {number} of the House" if chamber == "house" else f"vote {number} of the Senate"
    return Http404(
        f"No {what} in {year} is held here. It may not have been taken, or not been published yet."
    )


@require_safe
def session_redirect(
    request: HttpRequest, congress: int, chamber: str, session: int, number: int
) -> HttpResponsePermanentRedirect:
    """The Senate counts by session; the address names the year of it."""
    year = session_year(congress, session)
    return HttpResponsePermanentRedirect(f"/votes/{congress}/{chamber}/{year}/{number}/")


@require_safe
@public_page(_stamp_of_vote)
def vote(request: HttpRequest, congress: int, chamber: str, year: int, number: int) -> HttpResponse:
    """One vote: what was done, the seats, the parties, who crossed, and every name with filters."""
    chosen = ChosenNames.from_query(request.GET)
    row = (
        RollCall.objects.select_related("document")
        .defer("document__packed")
        .filter(pk=_pk(congress, chamber, year, number))
        .first()
    )
    if row is None:  # a fragment is drawn without the stamp, which would have said so
        raise _not_held(chamber, year, number)
    told = ToldVote(row)
    positions = list(Position.objects.filter(vote=row).select_related("member").order_by("place"))
    shown = [position for position in positions if chosen.holds(position)]
    crossed, by_party = crossers(positions)
    measure = Measure.objects.filter(pk=row.measure_id).first() if row.measure_id else None
    context: dict[str, Any] = {
        "told": told,
        "vote": row,
        "measure": measure,
        "groups": groups_of(positions) if row.form == "election" else told.groups,
        "positions": positions,
        "shown": shown,
        "chosen": chosen,
        "shown_sentence": chosen.sentence(len(shown), len(positions)),
        "crossed": crossed,
        "crossers": by_party,
        "present": [p for p in positions if p.position == "present"] if told.counts else [],
        "absent": [p for p in positions if p.position == "not_voting"],
        "unknown": [p for p in positions if p.member_id is None],
        "named_by": _named_by(row),
        "choices": {
            name: words for name, words in POSITIONS.items() if any(p.position == name for p in positions)
        },
        "parties": [(r.party, r.name) for r in told.party_rows if r.party],
        "states": {code: STATES.get(code, code) for code in sorted({p.state for p in positions if p.state})},
        "before": _beside(row, "pk__lt", "-pk"),
        "after": _beside(row, "pk__gt", "pk"),
    }
    return render(request, "pages/vote.html", context)


def _beside(row: RollCall, bound: str, order: str) -> RollCall | None:
    """The roll call held before or after this one, of the same chamber and session."""
    same = RollCall.objects.filter(congress=row.congress, session=row.session, chamber=row.chamber)
    return (
        same.filter(**{bound: row.pk}).only("congress", "chamber", "year", "number").order_by(order).first()
    )


def _named_by(row: RollCall) -> list[Measure]:
    """The measures whose own actions name this vote."""
    naming = RecordedVote.objects.filter(
        congress=row.congress, chamber=row.chamber, session=row.session, roll=row.number
    )
    measures = Measure.objects.filter(pk__in=naming.values("measure_id"))
    return list(measures.only("congress", "type", "number", "title").order_by("pk"))


@require_safe
@public_page(lambda request: [])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules by which votes are told."""
    only(request.GET)
    return render(request, "pages/vote_rules.html")


def _stamp_of_member(request: HttpRequest, bioguide: str) -> list[object]:
    return lists_and_votes()


@require_safe
@public_page(_stamp_of_member)
def member_votes(request: HttpRequest, bioguide: str) -> HttpResponse:
    """How one member voted: every recorded vote held, newest first, and how often with most of the own party."""
    only(request.GET, frozenset({"page", "against"}))
    against = _against(request.GET.get("against", ""))
    number = page_number(request.GET)
    who = Member.objects.filter(pk=bioguide).first()
    if who is None:
        raise Http404(f"No member with the id {bioguide} is held here.")
    record = VotingRecord(bioguide)
    rows = record.rows.filter(with_party=False) if against else record.rows
    page = cut_query(rows, number, VOTES_A_PAGE, record.against if against else record.total)
    context: dict[str, Any] = {
        "member": who,
        "office": office(who),
        "place": place(who),
        "record": record,
        "against": against,
        "page": page,
        "rows": [(row, ToldVote(row.vote)) for row in page.rows],
        "paging": "against=party&" if against else "",
    }
    return render(request, "pages/member_votes.html", context)


def _against(text: str) -> bool:
    if text not in ("", "party"):
        raise BadFilter("against", text, "not understood", "party")
    return bool(text)
