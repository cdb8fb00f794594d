"""`/members` and `/committees`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import answer
from tracker.api.paging import page
from tracker.api.problems import not_found
from tracker.api.record import entry
from tracker.congress.calendar import valid_day
from tracker.congress.people import PARTIES, STATES
from tracker.desk import published
from tracker.ledger.filters import FILTERS, LONGEST_TEXT, text_words
from tracker.ledger.listing import SortKey
from tracker.ledger.models import Committee, CommitteeSeat, Cosponsorship, Measure, Member, Sponsorship

_CHAMBERS = ("house", "senate")
_COMMITTEE_CHAMBERS = ("house", "senate", "joint")
_MEMBER_COLUMNS = ("bioguide", "name", "party", "state", "district", "chamber", "sitting")
_COMMITTEE_COLUMNS = ("code", "name", "chamber", "parent", "current")
_BY_NAME = (SortKey("sort_name"), SortKey("bioguide"))
_BY_CODE = (SortKey("code"),)


def members(request: HttpRequest) -> HttpResponse:
    """Members of Congress by name: those whom the list of members names, and whoever sponsored a measure held here."""
    asked.only(request, "state", "district", "chamber", "party", "sitting", "q", "cursor", "limit")
    wanted = {
        "state": asked.one(request, "state", "a state's two letters, such as NC", asked.choice(*STATES)),
        "district": asked.one(request, "district", "a number from 0 (at large) to 99", asked.whole(0, 99)),
        "chamber": asked.one(request, "chamber", ", ".join(_CHAMBERS), asked.choice(*_CHAMBERS)),
        "party": asked.one(request, "party", ", ".join(PARTIES), asked.choice(*PARTIES)),
        "sitting": asked.one(request, "sitting", "true, false", asked.yes_or_no),
    }
    name = asked.one(request, "q", f"part of a name, at most {LONGEST_TEXT} characters", text_words)
    rows = Member.objects.filter(**{field: value for field, value in wanted.items() if value is not None})
    for word in (name or "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(sort_name__icontains=word))
    found, further = page(request, rows.order_by("sort_name", "bioguide"), _MEMBER_COLUMNS, _BY_NAME)
    return answer(request, shapes.MemberList([shapes.MemberShort(**_member(row)) for row in found], further))


def member(request: HttpRequest, bioguide: str) -> HttpResponse:
    """One member: terms, committees of today, and how many measures held here they sponsored and cosponsored, and our entries."""
    asked.only(request)
    row = (
        Member.objects.filter(pk=bioguide).values(*_MEMBER_COLUMNS, "terms").first()
        if _id(bioguide)
        else None
    )
    if row is None:
        raise not_found(f"{bioguide}: no such member is known here.")
    seats = list(CommitteeSeat.objects.filter(member=bioguide).order_by("committee"))
    names = dict(Committee.objects.filter(pk__in=[s.committee for s in seats]).values_list("code", "name"))
    terms = row.pop("terms")
    return answer(
        request,
        shapes.Member(
            **_member(row),
            terms=[_term(term) for term in terms],
            sponsored=_measures_of(Sponsorship, bioguide),
            cosponsored=_measures_of(Cosponsorship, bioguide),
            committees=[
                shapes.Seat(s.committee, names.get(s.committee), s.side, s.rank, s.title) for s in seats
            ],
            entries=[entry(each) for each in published.standing(published.of_member(bioguide))],
        ),
    )


def committees(request: HttpRequest) -> HttpResponse:
    """Committees and subcommittees by code."""
    asked.only(request, "chamber", "current", "parent", "cursor", "limit")
    wanted = {
        "chamber": asked.one(
            request, "chamber", ", ".join(_COMMITTEE_CHAMBERS), asked.choice(*_COMMITTEE_CHAMBERS)
        ),
        "current": asked.one(request, "current", "true, false", asked.yes_or_no),
        "parent": asked.one(request, "parent", FILTERS["committee"].accepted, FILTERS["committee"].parse),
    }
    rows = Committee.objects.filter(**{field: value for field, value in wanted.items() if value is not None})
    found, further = page(request, rows.order_by("code"), _COMMITTEE_COLUMNS, _BY_CODE)
    listed = [shapes.CommitteeShort(**_committee(row)) for row in found]
    return answer(request, shapes.CommitteeList(listed, further))


def committee(request: HttpRequest, code: str) -> HttpResponse:
    """One committee: who sits on it today, its subcommittees, and the measures that were referred to it."""
    asked.only(request)
    row = Committee.objects.filter(pk=code).values(*_COMMITTEE_COLUMNS).first() if _id(code) else None
    if row is None:
        raise not_found(f"{code}: no such committee is known here.")
    below = Committee.objects.filter(parent=code).order_by("code").values(*_COMMITTEE_COLUMNS)
    referred = Measure.objects.filter(FILTERS["committee"].condition([code])).order_by()
    by_status = dict(referred.values_list("status").annotate(count=Count("pk")).order_by("-count", "status"))
    return answer(
        request,
        shapes.Committee(
            **_committee(row),
            measures=sum(by_status.values()),
            by_status=by_status,
            subcommittees=[shapes.CommitteeShort(**_committee(part)) for part in below],
            seats=_seats(code),
        ),
    )


def _id(text: str) -> bool:
    """Whether this can be an id at all: PostgreSQL will not even look for a NUL."""
    return "\0" not in text


def _member(row: dict[str, Any]) -> dict[str, Any]:
    facts = {name: row[name] for name in _MEMBER_COLUMNS if name != "bioguide"}
    return {"id": row["bioguide"], **facts, "url": f"{settings.SITE_URL}/members/{row['bioguide']}/"}


def _committee(row: dict[str, Any]) -> dict[str, Any]:
    facts = {name: row[name] for name in _COMMITTEE_COLUMNS}
    return {**facts, "url": f"{settings.SITE_URL}/committees/{row['code']}/"}


def _term(term: dict[str, Any]) -> shapes.Term:
    return shapes.Term(
        term.get("type"),
        valid_day(term.get("start")),
        valid_day(term.get("end")),
        term.get("state"),
        term.get("district"),
        term.get("party"),
    )


def _measures_of(part: type[Sponsorship] | type[Cosponsorship], bioguide: str) -> int:
    """How many measures name this member; one who left a measure and joined again counts once."""
    return part._default_manager.filter(member=bioguide).values("measure_id").distinct().count()


def _seats(code: str) -> list[shapes.SeatOfMember]:
    """Majority first, each side by rank."""
    seats = list(CommitteeSeat.objects.filter(committee=code).order_by("side", "rank", "member"))
    known = {m.bioguide: m for m in Member.objects.filter(pk__in=[s.member for s in seats])}
    return [_seat(seat, known.get(seat.member)) for seat in seats]


def _seat(seat: CommitteeSeat, holder: Member | None) -> shapes.SeatOfMember:
    return shapes.SeatOfMember(
        member=seat.member,
        name=holder.name if holder else None,
        party=holder.party if holder else None,
        state=holder.state if holder else None,
        side=seat.side,
        rank=seat.rank,
        title=seat.title,
    )
