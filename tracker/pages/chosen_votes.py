"""Which recorded votes a list holds, and which names of a vote are shown, as addresses ask for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from tracker.congress.measures import TYPES
from tracker.congress.people import PARTIES, STATES
from tracker.congress.roll_calls import OUTCOMES, POSITIONS
from tracker.congress.vote_sentences import plural, printed_measure
from tracker.ledger.filters import BadFilter, ordinal
from tracker.ledger.models import Position, RollCall, measure_pk
from tracker.ledger.models.votes import RollCallQuerySet
from tracker.pages.clocks import only

CHAMBERS = {"house": "House", "senate": "Senate"}
_PARAMETERS = frozenset({"chamber", "congress", "session", "year", "result", "measure", "page"})
_NAMES = frozenset({"position", "party", "state"})
_MEASURE = re.compile(rf"([1-9]\d{{0,2}})/({'|'.join(TYPES)})/([1-9]\d{{0,5}})", re.ASCII)
_RESULTS = {"agreed": "agreed to", "rejected": "rejected", "elected": "elections", "none": "without a result"}


@dataclass(frozen=True, slots=True)
class ChosenVotes:
    """Which votes a list holds."""

    chamber: str = ""
    congress: int | None = None
    session: int | None = None
    year: int | None = None
    result: str = ""
    measure: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> ChosenVotes:
        """Raises BadFilter for a parameter or value that means nothing here."""
        only(query, _PARAMETERS)
        measure = query.get("measure", "").strip()
        if measure and not _MEASURE.fullmatch(measure):
            raise BadFilter("measure", measure, "not the id of a measure", "an id as 119/hjres/25")
        return cls(
            _one_of(query, "chamber", CHAMBERS),
            _number(query, "congress", 1, 999),
            _number(query, "session", 1, 3),
            _number(query, "year", 1789, 2999),
            _one_of(query, "result", OUTCOMES),
            measure,
        )

    def votes(self) -> RollCallQuerySet:
        """These votes, newest first."""
        wanted: dict[str, Any] = {
            "chamber": self.chamber or None,
            "congress": self.congress,
            "session": self.session,
            "year": self.year,
            "outcome": self.result or None,
        }
        if self.measure:
            congress, type, number = self.measure.split("/")
            wanted["measure_id"] = measure_pk(int(congress), type, int(number))
        kept = {name: value for name, value in wanted.items() if value is not None}
        return RollCall.objects.filter(**kept).newest_first()

    @property
    def is_all(self) -> bool:
        return self == ChosenVotes()

    def _pairs(self) -> dict[str, str | int | None]:
        return {
            "chamber": self.chamber,
            "congress": self.congress,
            "session": self.session,
            "year": self.year,
            "result": self.result,
            "measure": self.measure,
        }

    def query(self, **changes: str | int | None) -> str:
        """The query string of this list with some parameters changed or (None) dropped."""
        return urlencode({name: value for name, value in (self._pairs() | changes).items() if value})

    def chips(self) -> list[tuple[str, str]]:
        """Each filter in use, in words, with the query string that drops it."""
        words = {
            "chamber": CHAMBERS.get(self.chamber, ""),
            "congress": f"{ordinal(self.congress)} Congress" if self.congress else "",
            "session": f"session {self.session}" if self.session else "",
            "year": str(self.year or ""),
            "result": _RESULTS.get(self.result, ""),
            "measure": printed_measure(self.measure or None),
        }
        return [(said, self.query(**{name: None})) for name, said in words.items() if said]

    def sentence(self, count: int) -> str:
        """What the list holds: "45 recorded votes of the House in 2025, rejected"."""
        votes = "recorded vote" if count == 1 else "recorded votes"
        parts = [
            f" of the {CHAMBERS[self.chamber]}" if self.chamber else "",
            f" in the {ordinal(self.congress)} Congress" if self.congress else "",
            f", session {self.session}" if self.session else "",
            f" in {self.year}" if self.year else "",
            f" on {printed_measure(self.measure)} of the {ordinal(int(self.measure.split('/')[0]))}"
            if self.measure
            else "",
            f", {_RESULTS[self.result]}" if self.result else "",
        ]
        return f"{count:,} {votes}{''.join(parts)}" if count else f"No {votes}{''.join(parts)}"


@dataclass(frozen=True, slots=True)
class ChosenNames:
    """Which names of one vote are shown."""

    position: str = ""
    party: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> ChosenNames:
        """Raises BadFilter for a parameter or value that means nothing here."""
        only(query, _NAMES)
        return cls(
            _one_of(query, "position", POSITIONS),
            _one_of(query, "party", PARTIES, upper=True),
            _one_of(query, "state", STATES, upper=True),
        )

    @property
    def is_all(self) -> bool:
        return self == ChosenNames()

    def holds(self, row: Position) -> bool:
        return (
            self.position in ("", row.position)
            and self.party in ("", row.party)
            and self.state in ("", row.state)
        )

    def sentence(self, shown: int, of: int) -> str:
        """ "12 of 432 members: Democrats of California who voted yea"."""
        if self.is_all:
            return f"All {of}"
        who = _upper_first(plural(self.party)) if self.party else "Members"
        place = f" of {STATES[self.state]}" if self.state else ""
        stood = f": {POSITIONS[self.position].lower()}" if self.position else ""
        return f"{shown} of {of}. {who}{place}{stood}"


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _one_of(query: QueryDict, name: str, choices: dict[str, str], *, upper: bool = False) -> str:
    value = query.get(name, "").strip()
    value = value.upper() if upper else value
    if value and value not in choices:
        raise BadFilter(name, value, f"no such {name}", ", ".join(choices))
    return value


def _number(query: QueryDict, name: str, least: int, most: int) -> int | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5 and least <= int(text) <= most):
        raise BadFilter(name, text, "not such a number", f"a number from {least} to {most}")
    return int(text)
