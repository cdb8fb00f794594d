"""What an event says in plain words: the one voice of pages, feeds and mails.

`tell` takes the events of one measure, in any order that keeps a document's events together, and gives lines; each line is
made of pieces, so that a page can link a name and strike out what is gone while a feed prints the same words plainly.
Nothing here asks the database or a clock: all comes from the events' own JSON (`tracker.records.plain` says its shapes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol

from tracker.congress.citations import Citation
from tracker.congress.people import display_name, party_letter
from tracker.congress.stages import STATUS_LABELS

LATE_DAYS = 4  # the sources print a day's work by the next working day; a weekend between is not late
NAMED_AT_MOST = 12  # names in one line; the rest are counted
TOLD_AT_MOST = 5  # lines of one kind from one document; the rest are counted

_SEAT = re.compile(r"\[([A-Z]{1,2})-([A-Z]{2})(?:-(\d+|At Large))?\]\s*$")
_CHAMBER = {"house": "House", "senate": "Senate"}


class EventLike(Protocol):
    """What is needed of an event; `tracker.ledger.models.ChangeEvent` has it."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def was(self) -> Any: ...
    @property
    def became(self) -> Any: ...
    @property
    def occurred_on(self) -> date | None: ...
    @property
    def observed_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quoted:
    """The record's own words."""

    text: str

    def __str__(self) -> str:
        return f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that the record has no longer."""

    text: str

    def __str__(self) -> str:
        return f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class Came(Gone):
    """Words that stand where others stood before."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member, as the event names one. `name` is in reading order."""

    member: str | None
    name: str
    party: str | None = None
    state: str | None = None

    def __str__(self) -> str:
        seat = "-".join(part for part in (self.party, self.state) if part)
        return f"{self.name} ({seat})" if seat else self.name


@dataclass(frozen=True, slots=True)
class Other:
    """Another measure; `key` is its id, "119/hres/166"."""

    key: str

    def __str__(self) -> str:
        congress, type_, number = self.key.split("/")
        return f"{Citation(None, type_, int(number))} ({congress})"


Piece = Words | Quoted | Gone | Person | Other


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what happened, on which official day, and when that was learned.

    `sign` repeats the verb for whoever scans a column: + came, − left, ~ changed, • happened.
    `taken_back` marks what the source listed once and lists no longer: pages strike it.
    """

    sign: str
    pieces: tuple[Piece, ...]
    kind: str
    occurred_on: date | None
    observed_at: datetime
    count: int = 1  # events told by it
    taken_back: bool = False

    def __str__(self) -> str:
        """The line as plain text, ending in a full stop."""
        text = "".join(str(piece) for piece in self.pieces).strip()
        return text if text.endswith((".", "?", "!", ".”")) else f"{text}."

    @property
    def late_days(self) -> int | None:
        """Days between the official day and the day it was learned, where these are more than the sources' usual."""
        if self.occurred_on is None:
            return None
        days = (self.observed_at.date() - self.occurred_on).days
        return days if days > LATE_DAYS else None


KIND_LABELS: dict[str, str] = {
    "introduced": "Introduced",
    "cosponsor_added": "Names that joined",
    "cosponsor_withdrawn": "Names that left",
    "cosponsor_removed": "Names taken off the list",
    "action_added": "Actions",
    "status_changed": "Status",
    "vote_recorded": "Recorded votes",
    "became_law": "Became law",
    "text_published": "Texts",
    "summary_published": "Summaries",
    "summary_revised": "Summaries revised",
    "committee_activity_added": "In committee",
    "committee_activity_removed": "In committee, taken back",
    "sponsor_changed": "Sponsor",
    "title_changed": "Titles",
    "subjects_changed": "Subjects",
    "policy_area_changed": "Policy area",
    "related_added": "Related measures",
    "related_removed": "Related measures, taken back",
    "amendment_added": "Amendments",
    "amendment_changed": "Amendments changed",
    "action_edited": "Actions reworded",
    "action_removed": "Actions taken back",
    "field_changed": "Other corrections",
    "vanished": "Gone from the source",
    "returned": "Back in the source",
    "loaded": "First loaded",
    "entry_published": "Our notes",
    "entry_corrected": "Our notes corrected",
    "entry_withdrawn": "Our notes withdrawn",
}
"""Every kind of event as a heading names it, those that matter most to readers first."""

_BRIEF: dict[str, str] = {
    "introduced": "introduced",
    "cosponsor_added": "name joined",
    "cosponsor_withdrawn": "name left",
    "cosponsor_removed": "name taken off",
    "action_added": "action",
    "status_changed": "new status",
    "vote_recorded": "recorded vote",
    "became_law": "became law",
    "text_published": "text published",
    "summary_published": "summary",
    "summary_revised": "summary revised",
    "committee_activity_added": "in committee",
}


def brief(kind: str) -> str:
    """A kind of event in a word or two, for the margin of a list."""
    return _BRIEF.get(kind, "record corrected")


def tell(events: Iterable[EventLike]) -> list[Told]:
    """The lines that tell these events, which are of one measure and one document.

    Names that joined or left on the same day share a line, and so do more than five events of another kind.
    The line that matters most comes first.
    """
    lines: list[Told] = []
    for kind, of_kind in groupby(sorted(events, key=_weight), key=lambda event: event.kind):
        several = list(of_kind)
        if kind in _NAMES:
            for _, same_day in groupby(several, key=lambda event: event.occurred_on):
                lines.append(_names(kind, list(same_day)))
        else:
            lines += [_one(event) for event in several[:TOLD_AT_MOST]]
            if len(several) > TOLD_AT_MOST:
                lines.append(_rest(kind, several[TOLD_AT_MOST:]))
    return lines


_WEIGHT = {
    kind: place
    for place, kind in enumerate(
        ("became_law", "introduced", "status_changed", "vote_recorded", "action_added", "cosponsor_added")
    )
}


def _weight(event: EventLike) -> tuple[int, str, date]:
    return _WEIGHT.get(event.kind, len(_WEIGHT)), event.kind, event.occurred_on or date.max


# Names


_NAMES = {
    "cosponsor_added": ("+", "joined as cosponsor", "joined as cosponsors"),
    "cosponsor_withdrawn": ("−", "withdrew as cosponsor", "withdrew as cosponsors"),
    "cosponsor_removed": ("−", "is no longer listed as cosponsor", "are no longer listed as cosponsors"),
}


def _names(kind: str, events: Sequence[EventLike]) -> Told:
    sign, one, many = _NAMES[kind]
    people = [_person(event.became or event.was, event.subject) for event in events]
    shown: list[tuple[Piece, ...]] = [(person,) for person in people[:NAMED_AT_MOST]]
    if len(people) > NAMED_AT_MOST:
        shown.append((Words(f"{len(people) - NAMED_AT_MOST} more"),))
    pieces = (*_series(shown), Words(f" {one if len(people) == 1 else many}"))
    return _told(sign, pieces, events[0], count=len(events), taken_back=kind == "cosponsor_removed")


def _person(part: Mapping[str, Any] | None, member: str | None = None) -> Person:
    part = part or {}
    known = part.get("member") or member
    name = display_name(part.get("name")) or known or "someone whom the record does not name"
    return Person(known, name, party_letter(part.get("party")), part.get("state"))


def _named(name: str | None) -> Person:
    """A member of whom the event holds only "Sen. Tillis, Thomas [R-NC]"."""
    seat = _SEAT.search(name or "")
    return Person(None, display_name(name), seat and seat[1], seat and seat[2])


# One event


def _one(event: EventLike) -> Told:
    teller = _TELLERS.get(event.kind)
    if teller is None:  # a kind that a later release of the contract adds
        return _told("~", (Words(event.kind.replace("_", " ").capitalize()),), event)
    sign, pieces = teller(event)
    return _told(sign, tuple(pieces), event, taken_back=event.kind in _TAKEN_BACK)


def _rest(kind: str, events: Sequence[EventLike]) -> Told:
    return _told(
        _one(events[0]).sign,
        (Words(f"{KIND_LABELS.get(kind, kind)}: {len(events):,} more like this"),),
        events[0],
        count=len(events),
    )


def _told(
    sign: str, pieces: Sequence[Piece], event: EventLike, *, count: int = 1, taken_back: bool = False
) -> Told:
    return Told(sign, tuple(pieces), event.kind, event.occurred_on, event.observed_at, count, taken_back)


_Line = tuple[str, Sequence[Piece]]
_TAKEN_BACK = frozenset({"action_removed", "committee_activity_removed", "related_removed"})


def _introduced(event: EventLike) -> _Line:
    after = event.became or {}
    pieces: list[Piece] = [Words("Introduced")]
    if after.get("sponsor"):
        pieces += [Words(" by "), _named(after["sponsor"])]
    status = after.get("status")
    if status and status != "introduced":
        label = STATUS_LABELS.get(status, status)
        pieces.append(Words(f"; {label[0].lower()}{label[1:]}"))
    return "•", pieces


def _loaded(event: EventLike) -> _Line:
    return "•", [Words("Held here from this day on, with all that the record listed by then")]


def _action_added(event: EventLike) -> _Line:
    return "•", [_quoted(event.became, "text", "An action without words")]


def _action_edited(event: EventLike) -> _Line:
    was, became = event.was or {}, event.became or {}
    if was.get("text") != became.get("text"):
        return "~", [Words("An action was reworded: "), *_revised(was.get("text"), became.get("text"))]
    return "~", [Words("An action was corrected: "), _quoted(became, "text", "it has no words")]


def _action_removed(event: EventLike) -> _Line:
    text = (event.was or {}).get("text") or "an action without words"
    return "−", [Words("No longer listed among the actions: "), Gone(text)]


def _status_changed(event: EventLike) -> _Line:
    was, became = event.was or {}, event.became or {}
    now = STATUS_LABELS.get(became.get("code", ""), became.get("code") or "Status not known")
    before = STATUS_LABELS.get(was.get("code", ""), "")
    return "•", [Words(f"{now}; before: {before[0].lower()}{before[1:]}" if before else now)]


def _sponsor_changed(event: EventLike) -> _Line:
    before, after = _people(event.was), _people(event.became)
    pieces: list[Piece] = [Words("Sponsor now "), *_series([(who,) for who in after])] if after else []
    if before:
        pieces += [Words("; was " if after else "Sponsor no longer "), *_series([(who,) for who in before])]
    return "~", pieces or [Words("Sponsor changed")]


def _people(parts: Any) -> list[Person]:
    several = parts if isinstance(parts, list) else [parts] if parts else []
    return [_person(part) if isinstance(part, dict) else _named(str(part)) for part in several]


def _title_changed(event: EventLike) -> _Line:
    if event.subject == "titles":
        return "~", [Words("Titles: "), *_lists(_titles(event.was), _titles(event.became))]
    return "~", [Words("Title: "), *_revised(event.was, event.became)]


def _titles(parts: Any) -> list[str]:
    return [part["title"] if isinstance(part, dict) else str(part) for part in parts or []]


def _text_published(event: EventLike) -> _Line:
    part = event.became or {}
    return "+", [Words("Text published: "), Words(part.get("name") or part.get("code") or event.subject)]


def _summary(verb: str) -> Callable[[EventLike], _Line]:
    def tell_summary(event: EventLike) -> _Line:
        stage = (event.became or {}).get("stage")
        of = f", of the text {stage[0].lower()}{stage[1:]}" if stage else ""
        sign = "+" if verb == "published" else "~"
        return sign, [Words(f"Summary by the Congressional Research Service {verb}{of}")]

    return tell_summary


def _committee_activity(event: EventLike) -> _Line:
    part = event.became or event.was or {}
    committee = part.get("committee") or part.get("committee_name") or event.subject
    activity = part.get("activity") or part.get("name") or "activity"
    if event.kind == "committee_activity_removed":
        return "−", [Words(f"{committee}: "), Gone(activity)]
    return "•", [Words(f"{committee}: {activity[0].lower()}{activity[1:]}")]


def _subjects_changed(event: EventLike) -> _Line:
    return "~", [Words("Subjects: "), *_lists(event.was or [], event.became or [])]


def _policy_area_changed(event: EventLike) -> _Line:
    return "~", [Words("Policy area: "), *_revised(event.was, event.became)]


def _related(event: EventLike) -> _Line:
    part = event.became or event.was or {}
    other = part.get("measure") or event.subject
    removed = event.kind == "related_removed"
    pieces: list[Piece] = [Words("No longer listed as related: " if removed else "Listed as related: "), Other(other)]
    if part.get("title"):
        pieces += [Words(" "), Quoted(part["title"])]
    return "−" if removed else "+", pieces


def _amendment(verb: str, sign: str) -> Callable[[EventLike], _Line]:
    def tell_amendment(event: EventLike) -> _Line:
        part = event.became or event.was or {}
        pieces: list[Piece] = [Words(f"Amendment {_amendment_name(event.subject)} {verb}")]
        purpose = part.get("purpose") or part.get("description")
        if purpose:
            pieces += [Words(": "), Quoted(purpose)]
        return sign, pieces

    return tell_amendment


def _amendment_name(key: str) -> str:
    """ "S.Amdt. 1" for "119/samdt/1"."""
    parts = key.split("/")
    names = {"samdt": "S.Amdt.", "hamdt": "H.Amdt.", "suamdt": "S.U.Amdt."}
    return f"{names[parts[1]]} {parts[2]}" if len(parts) == 3 and parts[1] in names else key


def _vote_recorded(event: EventLike) -> _Line:
    part = event.became or {}
    chamber = _CHAMBER.get(part.get("chamber", ""), "")
    name = "roll call" if chamber == "House" else "vote"
    number = f"{part['roll']:,}" if isinstance(part.get("roll"), int) else event.subject
    session = {1: "first", 2: "second"}.get(part.get("session") or 0)
    where = f" of the {session} session" if session else ""
    return "•", [Words(f"Recorded vote: {chamber} {name} {number}{where}".replace("  ", " "))]


def _became_law(event: EventLike) -> _Line:
    part = event.became or {}
    law = " ".join(str(part[name]) for name in ("type", "number") if part.get(name))
    return "•", [Words(f"Became {law or event.subject}")]


def _field_changed(event: EventLike) -> _Line:
    name = event.subject.replace("_", " ").replace(".", ", ")
    was, became = event.was, event.became
    if isinstance(was, str | None) and isinstance(became, str | None):
        return "~", [Words(f"Corrected, {name}: "), *_revised(was, became)]
    return "~", [Words(f"Corrected: {name}")]


def _vanished(event: EventLike) -> _Line:
    return "−", [Words("Gone from the source; what was held of it stays")]


def _returned(event: EventLike) -> _Line:
    return "+", [Words("Listed by the source again")]


def _entry(verb: str, sign: str) -> Callable[[EventLike], _Line]:
    def tell_entry(event: EventLike) -> _Line:
        title = (event.became or event.was or {}).get("title")
        return sign, [Words(f"Our note {verb}" + (": " if title else "")), *([Words(title)] if title else [])]

    return tell_entry


_TELLERS: dict[str, Callable[[EventLike], _Line]] = {
    "introduced": _introduced,
    "loaded": _loaded,
    "action_added": _action_added,
    "action_edited": _action_edited,
    "action_removed": _action_removed,
    "status_changed": _status_changed,
    "sponsor_changed": _sponsor_changed,
    "title_changed": _title_changed,
    "text_published": _text_published,
    "summary_published": _summary("published"),
    "summary_revised": _summary("revised"),
    "committee_activity_added": _committee_activity,
    "committee_activity_removed": _committee_activity,
    "subjects_changed": _subjects_changed,
    "policy_area_changed": _policy_area_changed,
    "related_added": _related,
    "related_removed": _related,
    "amendment_added": _amendment("offered", "+"),
    "amendment_changed": _amendment("changed", "~"),
    "vote_recorded": _vote_recorded,
    "became_law": _became_law,
    "field_changed": _field_changed,
    "vanished": _vanished,
    "returned": _returned,
    "entry_published": _entry("published", "+"),
    "entry_corrected": _entry("corrected", "~"),
    "entry_withdrawn": _entry("withdrawn", "−"),
}


# Pieces


def _quoted(part: Mapping[str, Any] | None, name: str, otherwise: str) -> Piece:
    text = (part or {}).get(name)
    return Quoted(text) if text else Words(otherwise)


def _revised(was: str | None, became: str | None) -> list[Piece]:
    """What stood, then what stands."""
    pieces: list[Piece] = [Gone(was)] if was else []
    if became:
        pieces += [Words(" became " if was else ""), Came(became)]
    elif was:
        pieces.append(Words(" is gone"))
    return pieces


def _lists(was: Sequence[str], became: Sequence[str]) -> list[Piece]:
    """What came to a list and what left it, in its own order."""
    came = [name for name in became if name not in was]
    gone = [name for name in was if name not in became]
    if not came and not gone:
        return [Words("the same, in another order or with other details")]
    pieces: list[Piece] = []
    for word, names, piece in (("added ", came, Came), ("taken off ", gone, Gone)):
        if names:
            shown: list[tuple[Piece, ...]] = [(piece(name),) for name in names[:NAMED_AT_MOST]]
            if len(names) > NAMED_AT_MOST:
                shown.append((Words(f"{len(names) - NAMED_AT_MOST} more"),))
            pieces += [Words("; " if pieces else ""), Words(word), *_series(shown)]
    return pieces


def _series(parts: Sequence[Sequence[Piece]]) -> list[Piece]:
    """ "a", "a and b", "a, b and c"."""
    pieces: list[Piece] = []
    for place, part in enumerate(parts):
        if place:
            pieces.append(Words(" and " if place == len(parts) - 1 else ", "))
        pieces += part
    return pieces
