"""Who represents a place: which members an address asks for, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from tracker.congress.calendar import valid_day
from tracker.congress.numbers import number_word
from tracker.congress.people import PARTIES, STATES, WITHOUT_A_VOTE
from tracker.ledger.filters import LONGEST_TEXT, BadFilter
from tracker.ledger.models import Member
from tracker.pages.clocks import only

CHAMBERS = {"senate": "Senate", "house": "House"}

_PARAMETERS = frozenset({"q", "state", "district", "chamber", "party", "page"})
_BETWEEN_TERMS = 45  # days; a term may begin late without a break in service


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
            named = f"{number_word(sitting)} {who[0] if sitting == 1 else who[1]} {verb} {place_name(self.state, self.district)}"
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


def office(who: Member) -> str:
    """ "Senator", "Former representative": what a member is or was."""
    name = {
        "senate": "Senator",
        "house": "Delegate" if who.state in WITHOUT_A_VOTE else "Representative",
    }.get(who.chamber or "", "Member")
    return name if who.sitting or not who.from_list else f"Former {name.lower()}"


def place(who: Member) -> str:
    """ "North Carolina", "Wyoming, at large", "North Carolina, district 11"."""
    return place_name(who.state, who.district if who.chamber == "house" else None)


def place_name(state: str | None, district: int | None) -> str:
    name = STATES.get(state or "", state or "")
    if district is None:
        return name
    return f"{name}, district {district}" if district else f"{name}, at large"


def told_term(term: dict[str, Any]) -> dict[str, Any]:
    """A term as `Member.terms` holds it, as a page tells it: office, place, days, party."""
    house = term.get("type") == "rep"
    return {
        "office": "House" if house else "Senate",
        "place": place_name(term.get("state"), term.get("district") if house else None),
        "start": valid_day(term.get("start")),
        "end": valid_day(term.get("end")),
        "party": term.get("party"),
    }


def sits_since(who: Member) -> date | None:
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
