"""The official actions of a measure as a page lists them: by day, newest first, the same thing said twice once.

Chambers are primary; the Library of Congress restates many of their actions with a label before and without the
references after ("Passed/agreed to in House: On passage …"), and some rows stand twice. All rows stay in the record
and are counted here; a line shows what they say once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import zip_longest

from tracker.congress.calendar import valid_day
from tracker.pages.spans import span_words
from tracker.pages.told_votes import ToldVote
from tracker.records.model import ActionRecord, VoteReference

LIBRARY = "Library of Congress"
QUIET_DAYS = 28  # a silence longer than this is said

_LONGEST_LABEL = 12  # words that the Library puts before a chamber's own: "Passed/agreed to in House: "
_REFERENCE = re.compile(r"\s*\([^()]*\)\s*$")  # " (text: CR S1912-1913)"
_NAMED_ROLL = re.compile(r"Roll (?:Call )?No\. (\d+)|Record Vote (?:Number:|No\.) (\d+)", re.I)
_TALLY = re.compile(
    r"(\d+)\s*-\s*(\d+)(?:, (\d+) Present)?\W*(?:Roll (?:Call )?No\. |Record Vote (?:Number: |No\. ))(\d+)",
    re.I,
)

_HOUSE_VOTE = "https://clerk.house.gov/evs/{year}/roll{roll:03d}.xml"
_SENATE_VOTE = "https://www.senate.gov/legislative/LIS/roll_call_votes/vote{congress}{session}/vote_{congress}_{session}_{roll:05d}.htm"


@dataclass(frozen=True, slots=True)
class RollCall:
    """A roll call by the four numbers that are its key."""

    chamber: str
    congress: int
    session: int
    roll: int

    @property
    def year(self) -> int:
        """The calendar year of its session, by which the House counts."""
        return 1787 + 2 * self.congress + self.session - 1

    @property
    def url(self) -> str:
        """The chamber's own page of it. Built from its numbers: addresses in the record are at times another vote's."""
        pattern = _HOUSE_VOTE if self.chamber == "house" else _SENATE_VOTE
        return pattern.format(congress=self.congress, session=self.session, roll=self.roll, year=self.year)

    @property
    def name(self) -> str:
        """As its chamber calls it: "roll call 71" in the House, "vote 151" in the Senate."""
        return f"roll call {self.roll}" if self.chamber == "house" else f"vote {self.roll}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an action's words; with `url` where they name a roll call."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, with all rows of the record that say it."""

    keys: tuple[str, ...]
    text: str | None  # None: the source lists an action without words
    code: str | None
    sources: tuple[str, ...]
    clock: time | None  # Washington's, on rows of the House floor
    rows: int
    decisive: bool  # it set the status, or a station of the path
    roll_calls: tuple[RollCall, ...]
    pieces: tuple[Piece, ...]

    @property
    def unnamed_roll_calls(self) -> list[RollCall]:
        """Those that the words do not name, so that a link has to be put beside them."""
        linked = {piece.url for piece in self.pieces}
        return [roll_call for roll_call in self.roll_calls if roll_call.url not in linked]


@dataclass(frozen=True, slots=True)
class ActionDay:
    """What happened on one day; `silence` says how long nothing had happened before it ("5 weeks")."""

    day: date | None
    written: str | None
    lines: tuple[Line, ...]
    silence: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A roll call as an action tells it. `yeas` and `nays` are read from its words; None where they give none.

    Where the chamber's file is held, they are that file's, and `told` is what it says.
    """

    roll_call: RollCall
    on: date | None
    words: str | None
    yeas: int | None = None
    nays: int | None = None
    present: int | None = None
    told: ToldVote | None = None

    @property
    def cast(self) -> int:
        """The votes for and against."""
        return (self.yeas or 0) + (self.nays or 0)

    @property
    def path(self) -> str:
        """Where its names stand: our own page of it, or the chamber's where its file is not held."""
        return self.roll_call.url if self.told is None else self.told.vote.get_absolute_url()


@dataclass(slots=True)
class _Rows:
    first: ActionRecord
    rows: list[tuple[str, ActionRecord]] = field(default_factory=list)


def action_days(
    actions: Sequence[ActionRecord], keys: Sequence[str], *, decisive: Collection[str] = ()
) -> list[ActionDay]:
    """The days of these actions, in the order of the record (newest first), lines within a day in its order too.

    `keys` are the actions' keys, in the same order; `decisive` those that moved the measure.
    """
    by_day: dict[str | None, list[tuple[str, ActionRecord]]] = {}
    for key, action in zip(keys, actions, strict=True):
        by_day.setdefault(action.on, []).append((key, action))
    days = [
        ActionDay(valid_day(on), on, tuple(_line(rows, decisive) for rows in _said_once(of_day)))
        for on, of_day in by_day.items()
    ]
    return [
        ActionDay(day.day, day.written, day.lines, _silence(day.day, before.day if before else None))
        for day, before in zip_longest(days, days[1:])
    ]


def votes(days: Sequence[ActionDay]) -> list[Vote]:
    """The distinct roll calls that these days name, newest first, each told by the line that gives its tally."""
    found: dict[RollCall, Vote] = {}
    for day in days:
        for line in day.lines:
            for roll_call in line.roll_calls:
                told = _vote(roll_call, day.day, line.text)
                known = found.get(roll_call)
                if known is None or (known.yeas is None and told.yeas is not None):
                    found[roll_call] = told
    return list(found.values())


def in_pages(days: Sequence[ActionDay], size: int) -> list[list[ActionDay]]:
    """The days cut into pages of `size` lines; a day may begin on one page and go on on the next."""
    pages: list[list[ActionDay]] = []
    room = 0
    for day in days:
        lines = day.lines
        while lines:
            if not room:
                pages.append([])
                room = size
            silence = day.silence if len(lines) <= room else None
            pages[-1].append(ActionDay(day.day, day.written, lines[:room], silence))
            lines, room = lines[room:], max(room - len(lines), 0)
    return pages


def first_lines(days: Sequence[ActionDay], most: int) -> list[ActionDay]:
    """The newest days, whole, until `most` lines are passed; a day that alone is longer is cut."""
    kept: list[ActionDay] = []
    room = most
    for day in days:
        if room <= 0:
            break
        lines = day.lines if len(day.lines) <= most else day.lines[:room]
        kept.append(ActionDay(day.day, day.written, lines, day.silence))
        room -= len(lines)
    if kept and len(kept) < len(days):
        kept[-1] = ActionDay(kept[-1].day, kept[-1].written, kept[-1].lines)
    return kept


def _said_once(of_day: Sequence[tuple[str, ActionRecord]]) -> list[_Rows]:
    """The rows of one day, gathered by what they say."""
    gathered: list[_Rows] = []
    places: dict[tuple[str, str | None, str | None], int] = {}  # essence, source, clock: exact repetitions
    essences: dict[str, int] = {}  # of chambers' rows
    for key, action in (row for row in of_day if row[1].source != LIBRARY):
        essence = _essence(action.text)
        exact = (essence or key, action.source, action.time)
        if exact not in places:
            places[exact] = len(gathered)
            gathered.append(_Rows(action))
            if essence:
                essences.setdefault(essence, places[exact])
        gathered[places[exact]].rows.append((key, action))
    for key, action in (row for row in of_day if row[1].source == LIBRARY):
        essence = _essence(action.text)
        place = _said_by_chamber(essence, essences)
        if place is None:
            place = len(gathered)
            gathered.append(_Rows(action))
            if essence:
                essences[essence] = place
        gathered[place].rows.append((key, action))
    order = {key: number for number, (key, _) in enumerate(of_day)}
    return sorted(gathered, key=lambda rows: order[rows.rows[0][0]])


def _said_by_chamber(essence: str, essences: dict[str, int]) -> int | None:
    """Where a chamber's own row says what this row of the Library does, but for the Library's label before it.

    Most labels end in a colon; "Failed of passage in House over veto On passage, …" (H.R. 131) does not.
    """
    if essence in essences:
        return essences[essence]
    words = essence.split(" ")
    rests = (" ".join(words[label:]) for label in range(1, min(len(words) - 1, _LONGEST_LABEL + 1)))
    return next((essences[rest] for rest in rests if rest in essences), None)


def _essence(text: str | None) -> str:
    """What a row says, without references, case, spaces and the full stop: equal for two that say the same."""
    words = " ".join((text or "").split())
    while (shorter := _REFERENCE.sub("", words).rstrip(" .")) != words:
        words = shorter
    return words.casefold()


def _line(gathered: _Rows, decisive: Collection[str]) -> Line:
    first = gathered.first
    sources = dict.fromkeys(action.source for _, action in gathered.rows if action.source)
    keys = tuple(key for key, _ in gathered.rows)
    roll_calls = tuple(
        dict.fromkeys(_roll_call(vote) for _, action in gathered.rows for vote in action.recorded_votes)
    )
    return Line(
        keys=keys,
        text=first.text,
        code=first.code,
        sources=tuple(sources),
        clock=next((clock for _, action in gathered.rows if (clock := _clock(action.time))), None),
        rows=len(gathered.rows),
        decisive=any(key in decisive for key in keys),
        roll_calls=roll_calls,
        pieces=_pieces(first.text or "", roll_calls),
    )


def _roll_call(vote: VoteReference) -> RollCall:
    return RollCall(vote.chamber.casefold(), vote.congress, vote.session, vote.roll)


def _clock(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None  # shown without its hour: the day is what counts


def _pieces(text: str, roll_calls: Sequence[RollCall]) -> tuple[Piece, ...]:
    urls = {roll_call.roll: roll_call.url for roll_call in roll_calls}
    pieces: list[Piece] = []
    end = 0
    for named in _NAMED_ROLL.finditer(text):
        url = urls.get(int(named[1] or named[2]))
        if url is not None:
            if named.start() > end:
                pieces.append(Piece(text[end : named.start()]))
            pieces.append(Piece(named[0], url))
            end = named.end()
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def _vote(roll_call: RollCall, on: date | None, words: str | None) -> Vote:
    for told in _TALLY.finditer(words or ""):
        if int(told[4]) == roll_call.roll:
            return Vote(roll_call, on, words, int(told[1]), int(told[2]), int(told[3]) if told[3] else None)
    return Vote(roll_call, on, words)


def _silence(day: date | None, before: date | None) -> str | None:
    if day is None or before is None or (day - before).days < QUIET_DAYS:
        return None
    return span_words(before, day)
