"""Members: who represents a place, and what one member has put a name to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.calendar import valid_day
from tracker.congress.people import PARTIES, STATES
from tracker.ledger import chain
from tracker.ledger.filters import LONGEST_TEXT, BadFilter
from tracker.ledger.health import LEGISLATORS
from tracker.ledger.models import Committee, CommitteeSeat, Cosponsorship, Measure, Member, Source
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.paging import cut_query
from tracker.pages.spans import number_word
from tracker.pages.support import WITHOUT_A_VOTE
from tracker.pages.templatetags.record import plain_day
from tracker.pages.views.measures import Entry, page_number

MEMBERS_A_PAGE = 100
MEASURES_A_PAGE = 50
SPONSORED_AT_A_GLANCE = 10

CHAMBERS = {"senate": "Senate", "house": "House"}
_BETWEEN_TERMS = 45  # days; a term may begin late without a break in service
_PARAMETERS = frozenset({"q", "state", "district", "chamber", "party", "page"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A member in the list: the place represented, and to how many measures held here the name is put."""

    member: Member
    place: str
    chamber: str
    sponsored: int
    cosponsored: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which members a list holds, as its address says."""

    q: str = ""
    state: str = ""
    district: int | None = None
    chamber: str = ""
    party: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Chosen:
        """Raises BadFilter for a parameter or value that means nothing here."""
        only(query, _PARAMETERS)
        given = {name: query.get(name, "").strip() for name in ("q", "state", "district", "chamber", "party")}
        state = _one_of("state", given["state"].upper(), STATES)
        chamber = _one_of("chamber", given["chamber"], CHAMBERS)
        party = _one_of("party", given["party"].upper(), PARTIES)
        if len(given["q"]) > LONGEST_TEXT:
            raise BadFilter("q", given["q"], "too long", f"at most {LONGEST_TEXT} characters")
        return cls(given["q"], state, _district(given["district"], state), chamber, party)

    def members(self) -> QuerySet[Member]:
        """These members, who sits first; within a place senators before the House, districts by number."""
        found = Member.objects.all()
        if self.state:
            found = found.filter(state=self.state)
        if (
            self.district is not None
        ):  # whoever represents the place: its senators too, unless a chamber is chosen
            found = found.filter(Q(district=self.district) | Q(chamber="senate"))
        if self.chamber:
            found = found.filter(chamber=self.chamber)
        if self.party:
            found = found.filter(party=self.party)
        for word in self.q.replace("\0", " ").split():
            found = found.filter(Q(name__icontains=word) | Q(sort_name__icontains=word))
        if self.state:
            return found.order_by("-sitting", "-chamber", "district", "sort_name", "pk")
        return found.order_by("-sitting", "sort_name", "pk")

    @property
    def is_all(self) -> bool:
        return self == Chosen()

    def query(self, **changes: str | int | None) -> str:
        """The query string of this list with some parameters changed or (None) dropped."""
        pairs = {
            "q": self.q,
            "state": self.state,
            "district": self.district,
            "chamber": self.chamber,
            "party": self.party,
        }
        return urlencode(
            {name: value for name, value in (pairs | changes).items() if value not in ("", None)}
        )

    def chips(self) -> list[tuple[str, str]]:
        """Each filter in use in words, with the list that drops it; a district goes with its state."""
        words = [
            ("q", f"named “{self.q}”", {"q": None}),
            ("state", STATES.get(self.state, ""), {"state": None, "district": None}),
            ("district", f"district {self.district}" if self.district else "at large", {"district": None}),
            ("chamber", CHAMBERS.get(self.chamber, ""), {"chamber": None}),
            ("party", PARTIES.get(self.party, ""), {"party": None}),
        ]
        return [
            (text, self.query(**without))
            for name, text, without in words
            if getattr(self, name) not in ("", None)
        ]

    def sentence(self, sitting: int, former: int) -> str:
        """What the list holds: "2 senators and 14 representatives of North Carolina sit in Congress"."""
        who = {"senate": ("senator", "senators"), "house": ("representative", "representatives")}.get(
            self.chamber, ("member", "members")
        )
        of = "".join(
            (
                f" of {STATES[self.state]}" if self.state else "",
                ""
                if self.district is None
                else f", district {self.district}"
                if self.district
                else " at large",
                f", {PARTIES[self.party]}," if self.party else "",
                f" named “{self.q}”" if self.q else "",
            )
        )
        if self.district is not None and not (self.q or self.party) and sitting:
            verb = "represents" if sitting == 1 else "represent"
            named = f"{number_word(sitting)} {who[0] if sitting == 1 else who[1]} {verb} {_place(self.state, self.district)}"
            return named[0].upper() + named[1:]
        sits = f"{sitting:,} {who[0] if sitting == 1 else who[1]}{of} {'sits' if sitting == 1 else 'sit'} in Congress"
        if not sitting:
            sits = f"No {who[0]}{of} sits in Congress"
        return f"{sits}; {former:,} sat before" if former else sits


def _one_of(name: str, value: str, choices: dict[str, str]) -> str:
    if value and value not in choices:
        raise BadFilter(name, value, f"no such {name}", ", ".join(choices))
    return value


def _district(text: str, state: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise BadFilter("district", text, "not the number of a district", "a number; 0 for a member at large")
    if not state:
        raise BadFilter("district", text, "needs a state", "a number, with a state")
    return int(text)


def _stamp(request: HttpRequest) -> list[object]:
    """The lists of members change with an answer of their source, names known from measures with the ledger."""
    changed = Source.objects.filter(name=LEGISLATORS).values_list("changed_at", flat=True)
    return [chain.head().hash, *changed]


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
        "terms": [_term(term) for term in reversed(who.terms)],
        "source": Source.objects.filter(name=LEGISLATORS).first(),
    }
    return render(request, "pages/member.html", context)


def office(who: Member) -> str:
    """ "Senator", "Former representative": what a member is or was."""
    name = {
        "senate": "Senator",
        "house": "Delegate" if who.state in WITHOUT_A_VOTE else "Representative",
    }.get(who.chamber or "", "Member")
    return name if who.sitting or not who.from_list else f"Former {name.lower()}"


def place(who: Member) -> str:
    """ "North Carolina", "Wyoming, at large", "North Carolina, district 11"."""
    return _place(who.state, who.district if who.chamber == "house" else None)


def _place(state: str | None, district: int | None) -> str:
    name = STATES.get(state or "", state or "")
    if district is None:
        return name
    return f"{name}, district {district}" if district else f"{name}, at large"


def _term(term: dict[str, Any]) -> dict[str, Any]:
    house = term.get("type") == "rep"
    return {
        "office": "House" if house else "Senate",
        "place": _place(term.get("state"), term.get("district") if house else None),
        "start": valid_day(term.get("start")),
        "end": valid_day(term.get("end")),
        "party": term.get("party"),
    }


def _lead(who: Member, sponsored: int, cosponsored: int) -> str:
    """Since when a member sits, and to how many measures the name is put."""
    chamber = CHAMBERS.get(who.chamber or "")
    since = _sits_since(who) if who.sitting else None
    sits = f"In the {chamber} since {plain_day(since)}. " if chamber and since else ""
    measures = f"{sponsored:,} measure{'' if sponsored == 1 else 's'}"
    return f"{sits}Sponsor of {measures} held here, and cosponsor of {cosponsored:,}."


def _sits_since(who: Member) -> date | None:
    """The beginning of the unbroken terms in the chamber where a member sits now."""
    since: date | None = None
    for term in reversed(who.terms):
        start, end = valid_day(term.get("start")), valid_day(term.get("end"))
        if start is None or end is None or (term.get("type") == "sen") != (who.chamber == "senate"):
            break
        if since is not None and (since - end).days > _BETWEEN_TERMS:
            break
        since = start
    return since
