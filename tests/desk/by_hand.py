"""What the tests of hand-entered measures type into the form, and those whom the ledger knows by name."""

from __future__ import annotations

from typing import Any

from tracker.ledger.models import Committee, Member

SEEN = {
    "what": "press report",
    "url": "https://paper.example/ashraf-3",
    "on": "2024-07-27",
    "name": "The Paper",
}
SIX = ("John Cornyn", "Ted Cruz", "John Boozman", "Jeanne Shaheen", "Chris Coons", "Cory Booker")

_SENATORS = (
    ("T000476", "Thom Tillis", "R", "NC"),
    ("C001056", "John Cornyn", "R", "TX"),
    ("C001098", "Ted Cruz", "R", "TX"),
    ("B001236", "John Boozman", "R", "AR"),
    ("S001181", "Jeanne Shaheen", "D", "NH"),
    ("C001088", "Christopher A. Coons", "D", "DE"),
    ("B001288", "Cory A. Booker", "D", "NJ"),
    ("M000639", "Robert Menendez", "D", "NJ"),
    ("S000148", "Charles E. Schumer", "D", "NY"),
    ("S001203", "Tina Smith", "D", "MN"),
)
_REPRESENTATIVES = (
    ("S000522", "Christopher H. Smith", "R", "NJ", 4),
    ("S001172", "Adrian Smith", "R", "NE", 3),
    ("M001226", "Rob Menendez", "D", "NJ", 8),
)


def congress_known() -> None:
    """Thirteen members and two committees, as the community's lists have them."""
    for member, name, party, state in _SENATORS:
        _known(member, name, "senate", party, state, None)
    for member, name, party, state, district in _REPRESENTATIVES:
        _known(member, name, "house", party, state, district)
    Committee.objects.create(
        code="ssfr00", name="Foreign Relations Committee", chamber="senate", current=True, from_list=True
    )
    Committee.objects.create(
        code="hsfa00", name="Foreign Affairs Committee", chamber="house", current=True, from_list=True
    )


def _known(member: str, name: str, chamber: str, party: str, state: str, district: int | None) -> None:
    given, _, family = name.rpartition(" ")
    term = {"type": "sen" if chamber == "senate" else "rep", "start": "2021-01-03", "end": "2027-01-03"}
    Member.objects.create(
        bioguide=member,
        name=name,
        sort_name=f"{family}, {given}",
        chamber=chamber,
        party=party,
        state=state,
        district=district,
        sitting=True,
        from_list=True,
        terms=[term | {"state": state, "district": district, "party": party}],
    )


def typed(**parts: Any) -> dict[str, Any]:
    """S.Res. 599 of the 118th as a press report tells of it: Tillis and six cosponsors, no committee, no action."""
    return {
        "citation": "Senate Resolution 599",
        "title": "A resolution protecting the Iranian political refugees in Ashraf-3 in Albania.",
        "introduced_on": "2024-03-20",
        "sponsors": [{"name": "Thom Tillis"}],
        "cosponsors": [{"name": name} for name in SIX],
        "seen": [SEEN],
        **parts,
    }
