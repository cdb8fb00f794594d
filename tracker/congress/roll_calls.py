"""What recorded votes mean, by open rules: positions, party lines, what a vote needed, and how a page says it.

The rules stand in docs/VOTES.md in plain words; nothing here is estimated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

YEA, NAY, PRESENT, NOT_VOTING, CANDIDATE, OTHER = (
    "yea",
    "nay",
    "present",
    "not_voting",
    "candidate",
    "other",
)

#: How a member can stand in a roll call, as a page says it.
POSITIONS: dict[str, str] = {
    YEA: "Yea",
    NAY: "Nay",
    PRESENT: "Present",
    NOT_VOTING: "Not voting",
    CANDIDATE: "For a candidate",
    OTHER: "Otherwise",
}

#: What came of a roll call.
OUTCOMES: dict[str, str] = {
    "agreed": "Agreed to",
    "rejected": "Rejected",
    "elected": "Elected",
    "none": "Nothing to decide",
}

#: Parties without a line of their own: independents share a letter, and no position.
WITHOUT_A_LINE = frozenset({"I", "ID"})

_CAST = {
    "yea": YEA,
    "aye": YEA,
    "yes": YEA,
    "guilty": YEA,
    "nay": NAY,
    "no": NAY,
    "not guilty": NAY,
    "present": PRESENT,
    "present, giving live pair": PRESENT,
    "not voting": NOT_VOTING,
    "absent": NOT_VOTING,
}
# The end of a result decides: "Cloture on the Motion to Proceed Rejected", "Motion for Attendance Agreed to".
_REJECTED = re.compile(
    r"(?:veto sustained|rejected|defeated|failed|not \w+(?: to| taken)?|disagreed to|not well taken|not germane|acquitted)$"
)
_AGREED = re.compile(
    r"(?:agreed to|passed|confirmed|sustained|well taken|invoked|guilty|overridden|adopted|ratified|germane|concurred in|ordered)$"
)
_AFTER_THE_RESULT = re.compile(r"[\s,]*(?:,[^,]*|\([^(]*|as amended)$")

# A yea on one of these is a yea to the measure itself; on a motion to table or to recommit it is the contrary.
_DECIDES = re.compile(
    r"(?:on )?(?:passage|agreeing to the (?:concurrent |joint )?resolution|the (?:concurrent |joint )?resolution"
    r"|motion to suspend the rules and (?:pass|agree))\b",
    re.IGNORECASE,
)
_VICE_PRESIDENTS = (  # from the day at whose noon each took office; unitedstates/congress-legislators, executive.yaml
    (date(1989, 1, 20), "Dan Quayle"),
    (date(1993, 1, 20), "Albert Gore"),
    (date(2001, 1, 20), "Richard Cheney"),
    (date(2009, 1, 20), "Joseph Biden"),
    (date(2017, 1, 20), "Mike Pence"),
    (date(2021, 1, 20), "Kamala Harris"),
    (date(2025, 1, 20), "JD Vance"),
)
_KNOWN_UNTIL = date(2029, 1, 20)


@dataclass(frozen=True, slots=True)
class Tally:
    """How one party, or a whole chamber, stands in a roll call."""

    yea: int = 0
    nay: int = 0
    present: int = 0
    not_voting: int = 0
    candidate: int = 0
    other: int = 0

    @property
    def cast(self) -> int:
        """The votes for and against."""
        return self.yea + self.nay

    @property
    def all(self) -> int:
        return self.yea + self.nay + self.present + self.not_voting + self.candidate + self.other

    @property
    def line(self) -> str | None:
        """The side on which more of its votes lie; None where they are even, or none was cast."""
        if self.yea == self.nay:
            return None
        return YEA if self.yea > self.nay else NAY


def position_of(cast: str, *, election: bool = False) -> str:
    """The position behind the words a chamber prints ("Aye", "Not Guilty"); in an election other words are a candidate."""
    known = _CAST.get(" ".join(cast.split()).casefold())
    return known or (CANDIDATE if election and cast.strip() else OTHER)


def decides(question: str) -> bool:
    """Whether a question is on passing or agreeing to the measure itself, a veto put aside among them."""
    return _DECIDES.match(" ".join(question.split())) is not None


def tallies(votes: Iterable[tuple[str | None, str]]) -> dict[str, Tally]:
    """By party: how many stand where. `votes` are (party, position); members without a party count under ""."""
    counts: dict[str, dict[str, int]] = {}
    for party, position in votes:
        of_party = counts.setdefault(party or "", dict.fromkeys(POSITIONS, 0))
        of_party[position] += 1
    return {party: Tally(**found) for party, found in counts.items()}


def whole(by_party: Mapping[str, Tally]) -> Tally:
    """All parties together."""
    return Tally(*(sum(getattr(t, name) for t in by_party.values()) for name in POSITIONS))


def with_party(party: str | None, position: str, by_party: Mapping[str, Tally]) -> bool | None:
    """Whether a member voted as most of the member's party did.

    None where nothing can be said: neither yea nor nay was cast, the party is split evenly, the member is of none or
    independent, or is the only one of it who voted.
    """
    if position not in (YEA, NAY) or not party or party in WITHOUT_A_LINE:
        return None
    tally = by_party.get(party)
    if tally is None or tally.line is None or tally.cast < 2:
        return None
    return position == tally.line


def outcome_of(result: str | None) -> str:
    """ "agreed", "rejected" or "none", from the words of a result; a vetoed bill whose veto is sustained is rejected."""
    words = " ".join((result or "").split()).casefold()
    while words:
        if _REJECTED.search(words):
            return "rejected"
        if _AGREED.search(words):
            return "agreed"
        shorter = _AFTER_THE_RESULT.sub("", words)
        if shorter == words:
            break
        words = shorter
    return "none"


def needed(threshold: str | None, total: Tally) -> int | None:
    """How many yeas it took; None where the threshold is not known.

    One half and two thirds are of the votes for and against; three fifths are of the senators chosen and sworn, who
    are all that the list names.
    """
    if threshold == "1/2":
        return total.cast // 2 + 1 if total.cast else None
    share = {"2/3": Fraction(2, 3), "3/5": Fraction(3, 5)}.get(threshold or "")
    if share is None:
        return None
    of = total.all if threshold == "3/5" else total.cast
    return -(-share.numerator * of // share.denominator) if of else None


def vice_president(day: date) -> str | None:
    """Who was Vice President, and so President of the Senate, on this day; None where that is not known here."""
    if day >= _KNOWN_UNTIL:
        return None
    return next((name for since, name in reversed(_VICE_PRESIDENTS) if since <= day), None)
