"""Which members of a committee a coalition board shows, and in which order, as its address asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from tracker.congress.people import PARTIES, STATES
from tracker.ledger.filters import BadFilter

PARAMETERS = frozenset({"party", "state", "stand", "sort"})

STANDS = {"open": "Could still be asked", "supports": "Supports it"}
SORTS = {"asked": "Nearest to it first", "rank": "By rank", "name": "By name", "state": "By state"}


@dataclass(frozen=True, slots=True)
class ChosenSeats:
    """Empty is any; `sort` is `asked` unless asked otherwise."""

    party: str = ""
    state: str = ""
    stand: str = ""
    sort: str = "asked"

    @classmethod
    def from_query(cls, query: QueryDict) -> ChosenSeats:
        """Raises BadFilter for a value that means nothing here."""
        return cls(
            _one_of(query, "party", PARTIES),
            _one_of(query, "state", STATES),
            _one_of(query, "stand", STANDS),
            _one_of(query, "sort", SORTS) or "asked",
        )

    @property
    def is_all(self) -> bool:
        return not (self.party or self.state or self.stand)

    @property
    def query(self) -> str:
        """The address's query string for just this; "" for the board as it opens."""
        given = {"party": self.party, "state": self.state, "stand": self.stand}
        given["sort"] = "" if self.sort == "asked" else self.sort
        return urlencode({name: value for name, value in given.items() if value})

    def holds(self, party: str | None, state: str | None, *, supports: bool) -> bool:
        """Whether a member of this party and state, who supports it or not, is shown."""
        stand = "supports" if supports else "open"
        return self.party in ("", party) and self.state in ("", state) and self.stand in ("", stand)

    @property
    def sentence(self) -> str:
        """What is shown, where it is not all: "Republicans of Texas"; "" for all."""
        return "" if self == replace(ChosenSeats(), sort=self.sort) else _sentence(self)


def _sentence(chosen: ChosenSeats) -> str:
    who = f"{PARTIES[chosen.party]}s" if chosen.party else "Members"
    place = f" of {STATES[chosen.state]}" if chosen.state else ""
    stand = {"open": " who could still be asked", "supports": " who support it"}.get(chosen.stand, "")
    return f"{who}{place}{stand}"


def _one_of(query: QueryDict, name: str, choices: Mapping[str, str]) -> str:
    given = query.get(name, "").strip()
    for code in choices:
        if given.casefold() == code.casefold():
            return code
    if given:
        raise BadFilter(name, given, f"no such {name}", ", ".join(choices))
    return ""
