"""What an event says in plain words: the one voice of pages, feeds and mails.

`tell` takes the events of one measure and one document and gives lines; each line is made of pieces (`tracker.ledger.told`).
Nothing here asks the database or a clock: all comes from the events' own JSON (`tracker.records.plain` says its shapes).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from tracker.ledger.repeated import said_once
from tracker.ledger.tellers import NAMED_AT_MOST, TELLERS, person, series
from tracker.ledger.told import Came, EventLike, Gone, Other, OurEntry, Person, Piece, Quoted, Told, Words

__all__ = [
    "KIND_LABELS",
    "Came",
    "EventLike",
    "Gone",
    "Other",
    "OurEntry",
    "Person",
    "Piece",
    "Quoted",
    "Told",
    "Words",
    "brief",
    "tell",
]

TOLD_AT_MOST = 5  # lines of one kind from one document; the rest are counted

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
    "entry_published": "Our words published",
    "entry_corrected": "Our words corrected",
    "entry_withdrawn": "Our words withdrawn",
}
"""Every kind of event as a heading names it, those that matter most to readers first."""

_STAFF = "staff"  # the source of measures entered by hand

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
    "entry_published": "our words",
    "entry_corrected": "our words corrected",
    "entry_withdrawn": "our words withdrawn",
}


def brief(kind: str) -> str:
    """A kind of event in a word or two, for the margin of a list."""
    return _BRIEF.get(kind, "record corrected")


def tell(events: Iterable[EventLike]) -> list[Told]:
    """The lines that tell these events, which are of one measure and one document.

    Names that joined or left on the same day share a line, and so do more than five events of another kind. An action
    that two sources list is told once. The line that matters most comes first.
    """
    lines: list[Told] = []
    for kind, of_kind in groupby(sorted(events, key=_weight), key=lambda event: event.kind):
        several = list(of_kind)
        if kind in _NAMES:
            for _, same_day in groupby(several, key=lambda event: event.occurred_on):
                lines.append(_names(kind, list(same_day)))
        else:
            said = said_once(several) if kind == "action_added" else [[event] for event in several]
            lines += [_one(alike[0], count=len(alike)) for alike in said[:TOLD_AT_MOST]]
            if len(said) > TOLD_AT_MOST:
                lines.append(_rest(kind, [event for alike in said[TOLD_AT_MOST:] for event in alike]))
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
    people = [person(event.became or event.was, event.subject) for event in events]
    shown: list[tuple[Piece, ...]] = [(person,) for person in people[:NAMED_AT_MOST]]
    if len(people) > NAMED_AT_MOST:
        shown.append((Words(f"{len(people) - NAMED_AT_MOST} more"),))
    pieces = (*series(shown), Words(f" {one if len(people) == 1 else many}"))
    return _told(sign, pieces, events[0], count=len(events), taken_back=kind == "cosponsor_removed")


# One event


def _one(event: EventLike, *, count: int = 1) -> Told:
    teller = TELLERS.get(event.kind)
    if teller is None:  # a kind that a later release of the contract adds
        return _told("~", (Words(event.kind.replace("_", " ").capitalize()),), event, count=count)
    sign, pieces = teller(event)
    return _told(sign, pieces, event, count=count, taken_back=event.kind in _TAKEN_BACK)


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
    if event.source == _STAFF and event.kind != "vanished":
        pieces = (*pieces, Words(" (as staff entered it, from no official source)"))
    return Told(sign, tuple(pieces), event.kind, event.occurred_on, event.observed_at, count, taken_back)


_TAKEN_BACK = frozenset({"action_removed", "committee_activity_removed", "related_removed"})
