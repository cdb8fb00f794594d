"""What the record held says of one measure, on the article's day and now, in the form that claims are compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.congress.actions import Effect, read_action
from tracker.congress.calendar import is_over, last_day, valid_day, washington_day
from tracker.congress.citations import Citation
from tracker.congress.course import Status, dated_events
from tracker.congress.measures import TYPES, MeasureType
from tracker.press.plain import folded
from tracker.records.model import ActionRecord, CosponsorRecord, MeasureRecord, SponsorRecord

_COUNT = re.compile(
    r"(?:yeas and nays|recorded vote|yea-nay vote)[.: ]{1,3}(?:\(2/3 required\):? )?([0-9]{1,3}) ?- ?([0-9]{1,3})\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"[0-9]{1,3} ?- ?[0-9]{1,3}, ([0-9]{1,3}) present\b", re.IGNORECASE)
_ROLL = re.compile(r"(?:\(roll (?:no\.|call) ?|record vote number: ?)([0-9]{1,4})", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]{0,200}>")
_REPORT = re.compile(r"\b(?:rept\.|report(?: no\.)?) ?([0-9]{2,3}-[0-9]{1,4})\b", re.IGNORECASE)
_CALENDAR = re.compile(r"\bcalendar no\. ?([0-9]{1,4})", re.IGNORECASE)
_LAW = re.compile(r"\bbecame (public|private) law no:? ?([0-9]{2,3}-[0-9]{1,4})", re.IGNORECASE)
_DONE = frozenset({"enacted", "agreed_to", "veto_overridden"})  # nothing more can happen to it
_MANNERS = ("unanimous consent", "voice vote", "without objection")

PASSING = frozenset({Effect.PASSED, Effect.CONFERENCE_AGREED, Effect.CONCURRED, Effect.VETO_OVERRIDDEN})
DECIDING = PASSING | {Effect.FAILED, Effect.TABLED, Effect.VETO_SUSTAINED}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a measure; `texts` are all lines of its day that tell the same."""

    effect: Effect
    chamber: str | None
    day: date | None
    text: str
    texts: tuple[str, ...] = ()

    @property
    def count(self) -> tuple[int, int] | None:
        """Yeas and nays, where a line gives them."""
        found = next(filter(None, map(_COUNT.search, self.texts)), None)
        return (int(found[1]), int(found[2])) if found else None

    @property
    def present(self) -> int | None:
        """How many voted present, where a line gives the totals."""
        found = next(filter(None, map(_PRESENT.search, self.texts)), None)
        return int(found[1]) if found else 0 if self.count else None

    @property
    def manner(self) -> str | None:
        """ "voice vote", "unanimous consent", "without objection", where a line says so."""
        said = " ".join(self.texts).casefold()
        return None if self.count else next((manner for manner in _MANNERS if manner in said), None)

    @property
    def roll(self) -> str | None:
        found = next(filter(None, map(_ROLL.search, self.texts)), None)
        return found[1] if found else None

    @property
    def on(self) -> str | None:
        return None if self.day is None else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure that is held, as a list knows it."""

    id: str
    title: str
    introduced_on: date | None
    document: str
    sponsor_family: str = ""  # the sponsor's family name
    law_on: date | None = None  # since when it is law


@dataclass(frozen=True, slots=True)
class RollCalled:
    """A roll call on the measure: how each member stood, and each party's totals by position ("yea", "nay")."""

    chamber: str
    day: date
    number: int
    address: str
    by_party: Mapping[str, Mapping[str, int]]
    positions: Mapping[str, str]  # of the members asked for, by Bioguide id
    question: str = ""

    def total(self, side: str) -> int:
        """How many were on a side, by the names."""
        return sum(totals.get(side, 0) for totals in self.by_party.values())


@dataclass(frozen=True, slots=True)
class Successor:
    """A measure of a later Congress by the same sponsor under the same title. `clauses` are the digests of what it resolves,
    and `before` those of the measure that died; both empty where the texts are not held.
    """

    id: str
    introduced: date | None
    cosponsors: frozenset[str]
    clauses: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """One measure: `then` is the record as it stood on `day`, `now` as it stands; `address` is its page."""

    address: str
    day: date
    today: date
    then: MeasureRecord
    now: MeasureRecord
    status: Status
    status_now: Status
    texts: tuple[str, ...] = ()  # whole words of its published texts, where these are held

    @property
    def id(self) -> str:
        return self.now.id

    @property
    def kind(self) -> MeasureType:
        return TYPES[self.now.type]

    @property
    def citation(self) -> str:
        return f"{self.kind.abbreviation} {self.now.number}"

    @property
    def in_full(self) -> str:
        return Citation(self.now.congress, self.now.type, self.now.number).in_full

    @cached_property
    def introduced(self) -> date | None:
        return valid_day(self.now.introduced_on)

    @cached_property
    def ends(self) -> date | None:
        """The last day that the record tells of, where it is no later than the article: beyond it, what is missing may
        have happened all the same. None where the record is whole.

        A record of a Congress that is over, but was last written while it sat, was never brought to its end.
        """
        written = washington_day(self.now.updated_at)
        if written is None or not is_over(self.now.congress, self.today) or self.status_now.code in _DONE:
            return None
        written = max([written, *(day for a in self.now.actions if (day := valid_day(a.on)))])
        return written if written < min(last_day(self.now.congress), self.day) else None

    # --- people

    @property
    def sponsors(self) -> tuple[SponsorRecord, ...]:
        return self.now.sponsors

    @cached_property
    def standing(self) -> tuple[CosponsorRecord, ...]:
        """Who stood behind it on the article's day."""
        return tuple(c for c in self.then.cosponsors if not c.withdrawn_on)

    @cached_property
    def standing_now(self) -> tuple[CosponsorRecord, ...]:
        return tuple(c for c in self.now.cosponsors if not c.withdrawn_on)

    @cached_property
    def originals(self) -> tuple[CosponsorRecord, ...]:
        """Who stood behind it on its first day."""
        return tuple(
            c
            for c in self.now.cosponsors
            if c.original or (c.joined_on is not None and c.joined_on == self.now.introduced_on)
        )

    def is_sponsor(self, bioguide: str) -> bool:
        return any(sponsor.member == bioguide for sponsor in self.sponsors)

    def cosponsor(self, bioguide: str) -> CosponsorRecord | None:
        """This member among the cosponsors of the article's day; one who withdrew comes back with that day."""
        rows = [c for c in self.then.cosponsors if c.member == bioguide]
        return next((c for c in rows if not c.withdrawn_on), rows[-1] if rows else None)

    def later_cosponsor(self, bioguide: str) -> CosponsorRecord | None:
        return next((c for c in self.now.cosponsors if c.member == bioguide), None)

    # --- what happened

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened to it till now, oldest first."""
        actions = self.now.actions
        found = []
        for dated in dated_events(actions, self.kind.chamber):
            line = actions[dated.index]
            same = [a.text or "" for a in actions if a.on == line.on and _effect(a) == dated.event.effect]
            chamber = dated.event.chamber or _chamber_of(line)
            day = valid_day(dated.on)
            found.append(Event(dated.event.effect, chamber, day, line.text or "", tuple(same)))
        return tuple(found)

    def happened(
        self, effects: Iterable[Effect], chamber: str | None = None, *, till: date | None = None
    ) -> list[Event]:
        """Events of these effects by `till` (the article's day unless given), in this chamber where one is given."""
        wanted = frozenset(effects)
        end = till or self.day
        return [
            event
            for event in self.events
            if event.effect in wanted
            and (chamber is None or event.chamber in (chamber, None))
            and (event.day is None or event.day <= end)
        ]

    @cached_property
    def lines(self) -> tuple[ActionRecord, ...]:
        """The lines of actions by the article's day."""
        return self.then.actions

    def calendar_numbers(self) -> list[str]:
        return [found[1] for a in self.lines if (found := _CALENDAR.search(a.text or ""))]

    def law_numbers(self, *, by_then: bool = False) -> list[str]:
        """The numbers of the law that it became ("119-1", "private 119-1"), by its list of laws or, where that is not filled, by its actions."""
        record = self.then if by_then else self.now
        numbers = [_law(row.type, row.number) for row in record.laws if row.number]
        told = (_law(*found.groups()) for a in record.actions if (found := _LAW.search(a.text or "")))
        return numbers or list(dict.fromkeys(told))

    def report_numbers(self) -> list[str]:
        """The numbers of the committees' written reports on it by the article's day: "119-413"."""
        return [found[1] for a in self.lines if (found := _REPORT.search(a.text or ""))]

    def roll_numbers(self) -> list[str]:
        named = [str(vote.roll) for a in self.lines for vote in a.recorded_votes]
        return named + [found[1] for a in self.lines if (found := _ROLL.search(a.text or ""))]

    def decided_by(self, rolls: Sequence[RollCalled], chamber: str | None) -> list[RollCalled]:
        """Those roll calls that decided on the measure by the article's day, in this chamber where one is named."""
        events = [e for e in self.happened(DECIDING, chamber) if e.roll]
        return [
            roll
            for roll in rolls
            if any((str(roll.number), roll.chamber, roll.day) == (e.roll, e.chamber, e.day) for e in events)
        ]

    # --- committees and titles

    @cached_property
    def committees(self) -> tuple[tuple[str, str], ...]:
        """(name, chamber) of every committee and subcommittee that had it by the article's day."""
        found = []
        for committee in self.then.committees:
            for part in committee.parts():
                if part.name:
                    found.append((part.name, (committee.chamber or "").casefold()))
        for action in self.lines:
            for named in action.committees:
                if named.name and all(named.name != name for name, _ in found):
                    found.append((named.name, ((named.code or "").startswith("s") and "senate") or "house"))
        return tuple(found)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.now.title, *(t.title for t in self.now.titles)))))

    @cached_property
    def summaries(self) -> tuple[str, ...]:
        """The words of the summaries that there were by the article's day."""
        return tuple(_TAGS.sub(" ", summary.text or "") for summary in self.then.summaries)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its titles and subjects that say what it is about, cut to their stems."""
        return stems(" ".join((*self.titles, *self.now.subjects, self.now.policy_area or "")))


_WORD = re.compile(r"[a-z0-9][a-z0-9'-]{2,}")
_COMMON = frozenset(
    [
        "act",
        "acts",
        "bill",
        "resolution",
        "resolutions",
        "concurrent",
        "joint",
        "house",
        "senate",
        "congress",
        "congressional",
        "united",
        "states",
        "state",
        "federal",
        "national",
        "government",
        "president",
        "for",
        "the",
        "and",
        "with",
        "that",
        "from",
        "other",
        "purposes",
        "provide",
        "providing",
        "certain",
        "which",
        "this",
        "under",
        "amend",
        "amending",
        "title",
        "code",
        "section",
        "require",
        "including",
        "support",
        "supporting",
        "expressing",
        "expression",
        "recognizing",
        "sense",
        "relating",
        "purpose",
        "american",
        "america",
        "law",
        "laws",
        "committee",
        "members",
        "member",
        "new",
        "2023",
        "2024",
        "2025",
        "2026",
        "not",
        "any",
        "all",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "its",
        "his",
        "her",
        "their",
        "who",
        "whom",
        "into",
        "more",
        "than",
        "also",
        "such",
        "been",
        "being",
        "will",
        "would",
    ]
)


def stems(words: str) -> frozenset[str]:
    """Telling words, folded and without their endings, so that "schools" and "school" are one."""
    return frozenset(
        _stem(word) for word in _WORD.findall(folded(words)) if word not in _COMMON and len(word) > 3
    )


def _stem(word: str) -> str:
    word = word.removesuffix("'s").strip("'-")
    for ending in ("ations", "ation", "ings", "ing", "ies", "ian", "ed", "es", "s", "n", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _law(kind: str | None, number: str) -> str:
    return f"private {number}" if (kind or "").casefold().startswith("private") else number


def _effect(action: ActionRecord) -> Effect | None:
    event = read_action(action.text, action.code)
    return None if event is None else event.effect


def _chamber_of(line: ActionRecord) -> str | None:
    source = (line.source or "").casefold()
    if source.startswith("house"):
        return "house"
    if source.startswith("senate"):
        return "senate"
    text = (line.text or "").casefold()
    return "house" if "house" in text else "senate" if "senate" in text else None


def parties(rows: Sequence[CosponsorRecord]) -> dict[str, int]:
    """How many of each party: {"D": 12, "R": 6}."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.party or "?"] = found.get(row.party or "?", 0) + 1
    return found
