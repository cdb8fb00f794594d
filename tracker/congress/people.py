"""Names, parties and states of members, as the sources write them and as a page prints them."""

from __future__ import annotations

import re

PARTIES: dict[str, str] = {
    "D": "Democrat",
    "R": "Republican",
    "I": "Independent",
    "ID": "Independent Democrat",
    "L": "Libertarian",
}

SEATS = {"house": 435, "senate": 100}
WITHOUT_A_VOTE = frozenset({"DC", "PR", "GU", "VI", "AS", "MP"})  # delegates sign, but do not vote on passage

_PARTY_LETTERS: dict[str, str] = {
    **{letter.casefold(): letter for letter in PARTIES},
    **{name.casefold(): letter for letter, name in PARTIES.items()},
    "democratic": "D",
}

STATES: dict[str, str] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "DC": "District of Columbia",
    "PR": "Puerto Rico",
    "GU": "Guam",
    "VI": "Virgin Islands",
    "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}

_SEAT = re.compile(r"\s*\[[^\[\]]*\]\s*$")
_OFFICE = re.compile(
    r"\s*(?:(?:Sen|Rep|Del|Rescom|Com)\.|Senator|Representative|Delegate|Resident Commissioner)\s+", re.I
)
_NICKNAME = re.compile(r"\s*[\"“][^\"“”]*[\"”]")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def display_name(name: str | None) -> str:
    """A member's name in reading order, without office, seat and nickname; "" for none.

    BILLSTATUS writes "Rep. Carter, Earl L. "Buddy" [R-GA-1]", "Sen. King, Angus S., Jr. [I-ME]",
    "Rep. Rosendale Sr., Matthew M. [R-MT-2]" and "Rep. Weber, Randy K. Sr. [R-TX-14]": here Earl L. Carter,
    Angus S. King Jr., Matthew M. Rosendale Sr. and Randy K. Weber Sr. "Frank Pallone, Jr.", as lists of members write,
    loses its comma. What is not written so (a committee that offers an amendment) comes back as it is.
    """
    if name is None:
        return ""
    bare = _NICKNAME.sub("", _SEAT.sub("", name))
    office = _OFFICE.match(bare)
    parts = [part.split() for part in bare[office.end() if office else 0 :].split(",")]
    if len(parts) == 1:
        return " ".join(parts[0])
    family, given, *after = parts
    if not after and len(given) == 1 and given[0].casefold() in _SUFFIXES:
        return " ".join([*family, *given])  # in reading order already, as lists of members have it
    suffixes = []
    for words in (family, given):
        if len(words) > 1 and words[-1].casefold() in _SUFFIXES:
            suffixes.append(words.pop())
    return " ".join([*given, *family, *(word for words in after for word in words), *suffixes])


def formal_name(name: str | None, party: str | None, state: str | None, district: str | None = None) -> str:
    """A member as prose first names one, "Sen. Thomas Tillis [R-NC]", from the name as a source writes it; "" for none.

    The office is the source's own; so are the brackets, or they are made of party, state and district.
    """
    if not name:
        return ""
    office, seat = _OFFICE.match(name), _SEAT.search(name)
    place = "-".join(part for part in (party, state, (district or "").lstrip("0")) if part)
    parts = (
        office[0].strip() if office else "",
        display_name(name),
        seat[0].strip() if seat else f"[{place}]" if place else "",
    )
    return " ".join(part for part in parts if part)


def party_letter(party: str | None) -> str | None:
    """The letter that BILLSTATUS uses ("D") for a party in any source's spelling ("Democratic", "Democrat", "d").

    An unknown party comes back as it is written, so that it is shown and not guessed at; None for none.
    """
    written = (party or "").strip()
    return _PARTY_LETTERS.get(written.casefold(), written) or None
