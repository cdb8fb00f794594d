"""Members: who represents a place, and what one member has put a name to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.people import PARTIES, STATES
from tracker.desk import published
from tracker.ledger import chain
from tracker.ledger.health import LEGISLATORS
from tracker.ledger.models import Committee, CommitteeSeat, Cosponsorship, Measure, Member, Source
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.ours import ours
from tracker.pages.paging import cut_query
from tracker.pages.represents import CHAMBERS, Chosen, office, place, sits_since, told_term
from tracker.pages.templatetags.record import plain_day
from tracker.pages.views.measures import Entry, page_number
from tracker.pages.voting import latest_votes, lists_and_votes

MEMBERS_A_PAGE = 100
MEASURES_A_PAGE = 50
SPONSORED_AT_A_GLANCE = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """A member in the list: the place represented, and to how many measures held here the name is put."""

    member: Member
    place: str
    chamber: str
    sponsored: int
    cosponsored: int


def _stamp(request: HttpRequest) -> list[object]:
    """Lists of members change with an answer of their source, names known from measures with the ledger; and votes."""
    return [chain.head().hash, *lists_and_votes()]


def _stamp_of_member(request: HttpRequest, bioguide: str) -> list[object]:
    return _stamp(request)


@require_safe
@public_page(_stamp)
def members(request: HttpRequest) -> HttpResponse:
    """Who sits, and who is known to have sat; by state and district who represents a place."""
    chosen = Chosen.from_query(request.GET)
    number = page_number(request.GET)
    found = chosen.members()
    counts = found.aggregate(sitting=Count("pk", filter=Q(sitting=True)), all=Count("pk"))
    page = cut_query(found, number, MEMBERS_A_PAGE, counts["all"])
    rows = page.rows
    sponsored = _counts(Measure.objects.filter(sponsor_member__in=[row.pk for row in rows]), "sponsor_member")
    cosponsored = _counts(
        Cosponsorship.objects.standing().filter(member__in=[row.pk for row in rows]), "member"
    )
    context: dict[str, Any] = {
        "chosen": chosen,
        "sentence": chosen.sentence(counts["sitting"], counts["all"] - counts["sitting"]),
        "page": page,
        "members": [
            Listed(
                row,
                place(row),
                CHAMBERS.get(row.chamber or "", ""),
                sponsored.get(row.pk, 0),
                cosponsored.get(row.pk, 0),
            )
            for row in rows
        ],
        "chips": chosen.chips(),
        "states": STATES,
        "parties": PARTIES,
        "chambers": CHAMBERS,
        "paging": f"{query}&" if (query := chosen.query()) else "",
        "source": Source.objects.filter(name=LEGISLATORS).first(),
    }
    return render(request, "pages/members.html", context)


def _counts(rows: QuerySet[Any], field: str) -> dict[str, int]:
    return dict(
        rows.order_by().values_list(field).annotate(count=Count("measure_id" if field == "member" else "pk"))
    )


@require_safe
@public_page(_stamp_of_member)
def member(request: HttpRequest, bioguide: str) -> HttpResponse:
    """One member: facts, seats on committees, measures sponsored and cosponsored, newest first."""
    only(request.GET, frozenset({"page"}))
    number = page_number(request.GET)
    who = Member.objects.filter(pk=bioguide).first()
    if who is None:
        raise Http404(f"No member with the id {bioguide} is held here.")
    sponsored = Measure.objects.filter(sponsor_member=bioguide).order_by("-introduced_on", "-pk")
    sponsored_total = sponsored.count()
    joined = Cosponsorship.objects.filter(member=bioguide).order_by("-joined_on", "-measure_id", "position")
    totals = joined.aggregate(
        all=Count("measure_id"), withdrawn=Count("measure_id", filter=Q(withdrawn_on__isnull=False))
    )
    page = cut_query(joined.select_related("measure"), number, MEASURES_A_PAGE, totals["all"])
    seats = list(CommitteeSeat.objects.filter(member=bioguide).order_by("committee"))
    committees = Committee.objects.in_bulk([seat.committee for seat in seats])
    context: dict[str, Any] = {
        "member": who,
        "office": office(who),
        "place": place(who),
        "party_word": PARTIES.get(who.party or "", who.party),
        "lead": _lead(who, sponsored_total, totals["all"] - totals["withdrawn"]),
        "sponsored": [
            Entry(row, row.introduced_on, "introduced") for row in sponsored[:SPONSORED_AT_A_GLANCE]
        ],
        "sponsored_total": sponsored_total,
        "cosponsored": page.rows,
        "withdrawn": totals["withdrawn"],
        "page": page,
        "seats": [(committees.get(seat.committee), seat) for seat in seats],
        "terms": [told_term(term) for term in reversed(who.terms)],
        **latest_votes(bioguide),
        "ours": ours(shown) if (shown := published.of_member(bioguide)) and number == 1 else None,
        "source": Source.objects.filter(name=LEGISLATORS).first(),
    }
    return render(request, "pages/member.html", context)


def _lead(who: Member, sponsored: int, cosponsored: int) -> str:
    """Since when a member sits, and to how many measures the name is put."""
    chamber = CHAMBERS.get(who.chamber or "")
    since = sits_since(who) if who.sitting else None
    sits = f"In the {chamber} since {plain_day(since)}. " if chamber and since else ""
    measures = f"{sponsored:,} measure{'' if sponsored == 1 else 's'}"
    return f"{sits}Sponsor of {measures} held here, and cosponsor of {cosponsored:,}."
