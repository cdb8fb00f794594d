"""One function a kind of event: the sign in the margin, and the pieces of its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tracker.congress.measures import TYPES
from tracker.congress.people import display_name, party_letter
from tracker.congress.stages import STATUS_LABELS
from tracker.congress.versions import called
from tracker.ledger.told import Came, EventLike, Gone, Other, OurEntry, Person, Piece, Quoted, Words

NAMED_AT_MOST = 12  # items in one line; the rest are counted

Line = tuple[str, Sequence[Piece]]

_SEAT = re.compile(r"\[([A-Z]{1,2})-([A-Z]{2})(?:-(?:\d+|At Large))?\]\s*$")
_KEY = re.compile(rf"[1-9]\d{{0,2}}/(?:{'|'.join(TYPES)})/[1-9]\d{{0,5}}", re.ASCII)
_CHAMBER = {"house": "House", "senate": "Senate"}
_IN_COMMITTEE = {  # an activity as the sources name it, in small letters → what it says of the committee
    "referred to": "Referred to {}",
    "markup by": "Marked up by {}",
    "reported by": "Reported by {}",
    "discharged from": "Discharged from {}",
    "hearings by (full committee)": "Heard by {}",
    "hearings by (subcommittee)": "Heard by {}",
    "reported original measure": "Reported by {} as its own measure",
}


def person(part: Mapping[str, Any] | None, member: str | None = None) -> Person:
    part = part or {}
    known = part.get("member") or member
    name = display_name(part.get("name")) or known or "someone whom the record does not name"
    return Person(known, name, party_letter(part.get("party")), part.get("state"))


def _named(name: str | None) -> Person:
    """A member of whom the event holds only "Sen. Tillis, Thomas [R-NC]"."""
    seat = _SEAT.search(name or "")
    return Person(None, display_name(name), seat and seat[1], seat and seat[2])


def _introduced(event: EventLike) -> Line:
    after = event.became or {}
    pieces: list[Piece] = [Words("Introduced")]
    if after.get("sponsor"):
        pieces += [Words(" by "), _named(after["sponsor"])]
    status = after.get("status")
    if status and status != "introduced":
        label = STATUS_LABELS.get(status, status)
        pieces.append(Words(f"; {label[0].lower()}{label[1:]}"))
    return "•", pieces


def _loaded(event: EventLike) -> Line:
    return "•", [Words("Held here from this day on, with all that the record listed by then")]


def _action_added(event: EventLike) -> Line:
    return "•", [_quoted(event.became, "text", "An action without words")]


def _action_edited(event: EventLike) -> Line:
    was, became = event.was or {}, event.became or {}
    if was.get("text") != became.get("text"):
        return "~", [Words("An action was reworded: "), *_revised(was.get("text"), became.get("text"))]
    return "~", [Words("An action was corrected: "), _quoted(became, "text", "it has no words")]


def _action_removed(event: EventLike) -> Line:
    text = (event.was or {}).get("text") or "an action without words"
    return "−", [Words("No longer listed among the actions: "), Gone(text)]


def _status_changed(event: EventLike) -> Line:
    was, became = event.was or {}, event.became or {}
    now = STATUS_LABELS.get(became.get("code", ""), became.get("code") or "Status not known")
    before = STATUS_LABELS.get(was.get("code", ""), "")
    return "•", [Words(f"{now}; before: {before[0].lower()}{before[1:]}" if before else now)]


def _sponsor_changed(event: EventLike) -> Line:
    before, after = _people(event.was), _people(event.became)
    pieces: list[Piece] = [Words("Sponsor now "), *series([(who,) for who in after])] if after else []
    if before:
        pieces += [Words("; was " if after else "Sponsor no longer "), *series([(who,) for who in before])]
    return "~", pieces or [Words("Sponsor changed")]


def _people(parts: Any) -> list[Person]:
    several = parts if isinstance(parts, list) else [parts] if parts else []
    return [person(part) if isinstance(part, dict) else _named(str(part)) for part in several]


def _title_changed(event: EventLike) -> Line:
    if event.subject == "titles":
        return "~", [Words("Titles: "), *_lists(_titles(event.was), _titles(event.became))]
    return "~", [Words("Title: "), *_revised(event.was, event.became)]


def _titles(parts: Any) -> list[str]:
    return [part["title"] if isinstance(part, dict) else str(part) for part in parts or []]


def _text_published(event: EventLike) -> Line:
    part = event.became or {}
    return "+", [
        Words("Text published: "),
        Words(called(part.get("name"), part.get("code")) or event.subject),
    ]


def _summary(verb: str) -> Callable[[EventLike], Line]:
    def tell_summary(event: EventLike) -> Line:
        stage = (event.became or {}).get("stage")
        of = f", of the text {stage[0].lower()}{stage[1:]}" if stage else ""
        sign = "+" if verb == "published" else "~"
        return sign, [Words(f"Summary by the Congressional Research Service {verb}{of}")]

    return tell_summary


def _committee_activity(event: EventLike) -> Line:
    part = event.became or event.was or {}
    committee = part.get("committee") or part.get("committee_name") or event.subject
    activity = part.get("activity") or part.get("name") or "activity"
    if event.kind == "committee_activity_removed":
        return "−", [Words(f"{committee}: "), Gone(activity)]
    if sentence := _IN_COMMITTEE.get(activity.lower()):
        return "•", [Words(sentence.format(f"the {committee}" if "ommittee" in committee else committee))]
    named = "activity without a name" if activity == "Unknown" else activity.lower()
    return "•", [Words(f"{committee}: {named}")]


def _subjects_changed(event: EventLike) -> Line:
    return "~", [Words("Subjects: "), *_lists(event.was or [], event.became or [])]


def _policy_area_changed(event: EventLike) -> Line:
    return "~", [Words("Policy area: "), *_revised(event.was, event.became)]


def _related(event: EventLike) -> Line:
    part = event.became or event.was or {}
    other = part.get("measure") or event.subject
    removed = event.kind == "related_removed"
    pieces: list[Piece] = [
        Words("No longer listed as related: " if removed else "Listed as related: "),
        Other(other) if _KEY.fullmatch(other) else Words(other or "a measure without a number"),
    ]
    if part.get("title"):
        pieces += [Words(" "), Quoted(part["title"])]
    return "−" if removed else "+", pieces


def _amendment(verb: str, sign: str) -> Callable[[EventLike], Line]:
    def tell_amendment(event: EventLike) -> Line:
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


def _vote_recorded(event: EventLike) -> Line:
    part = event.became or {}
    chamber = _CHAMBER.get(part.get("chamber", ""), "")
    name = "roll call" if chamber == "House" else "vote"
    number = f"{part['roll']:,}" if isinstance(part.get("roll"), int) else event.subject
    session = {1: "first", 2: "second"}.get(part.get("session") or 0)
    where = f" of the {session} session" if session else ""
    return "•", [Words(f"Recorded vote: {chamber} {name} {number}{where}".replace("  ", " "))]


def _became_law(event: EventLike) -> Line:
    part = event.became or {}
    law = " ".join(str(part[name]) for name in ("type", "number") if part.get(name))
    return "•", [Words(f"Became {law or event.subject}")]


_PARTS = {  # parts whose corrections have no kind of their own: what one is called, and what names it
    "actions": ("an action", "text"),
    "amendments": ("an amendment", "purpose"),
    "laws": ("a law", "number"),
    "summaries": ("a summary", "stage"),
    "text_versions": ("a text", "name"),
}


def _field_changed(event: EventLike) -> Line:
    if event.subject == "origin":
        return "•", [Words("The official record lists it now; until then it stood as staff had entered it")]
    list_name, _, _ = event.subject.partition(".")
    was, became = event.was, event.became
    if list_name in _PARTS and isinstance(became or was, dict):
        thing, named_by = _PARTS[list_name]
        if became is None:
            return "−", [Words(f"No longer listed, {thing}: "), Gone(was.get(named_by) or event.subject)]
        return "~", [Words(f"Corrected, {thing}: "), _quoted(became, named_by, event.subject)]
    name = event.subject.replace("_", " ").replace(".", ", ")
    if isinstance(was, str | None) and isinstance(became, str | None):
        return "~", [Words(f"Corrected, {name}: "), *_revised(was, became)]
    return "~", [Words(f"Corrected: {name}")]


def _vanished(event: EventLike) -> Line:
    why = (event.became or {}).get("withdrawn")
    if why:
        return "−", [Words("Withdrawn by the staff who had entered it: "), Quoted(why)]
    return "−", [Words("Gone from the source; what was held of it stays")]


def _returned(event: EventLike) -> Line:
    return "+", [Words("Listed by the source again")]


def _entry_published(event: EventLike) -> Line:
    shown = event.became or {}
    # Without a title: what is withdrawn has none any more, and the ledger cannot know.
    pieces: list[Piece] = [_our_entry(event, _kind_of_entry(shown)), Words(" published")]
    if event.source == "starter":
        pieces.append(Words(" (came with Whereas)"))
    elif shown.get("read_alone"):
        pieces.append(Words(" (published without a second reader)"))
    return "+", pieces


def _entry_revised(verb: str, sign: str) -> Callable[[EventLike], Line]:
    def tell_entry(event: EventLike) -> Line:
        shown = event.became or event.was or {}
        why = shown.get("why")
        return sign, [
            _our_entry(event, _kind_of_entry(shown)),
            Words(f" {verb}: {why}" if why else f" {verb}"),
        ]

    return tell_entry


def _kind_of_entry(shown: Mapping[str, Any]) -> str:
    """ "Key points", "Press coverage"."""
    return str(shown.get("kind") or "our words").replace("_", " ").capitalize()


def _our_entry(event: EventLike, text: str) -> Piece:
    number = event.subject.removeprefix("entry/")
    return OurEntry(int(number), text) if re.fullmatch(r"[1-9]\d{0,17}", number, re.ASCII) else Words(text)


TELLERS: dict[str, Callable[[EventLike], Line]] = {
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
    "entry_published": _entry_published,
    "entry_corrected": _entry_revised("corrected", "~"),
    "entry_withdrawn": _entry_revised("withdrawn", "−"),
}


# Pieces


def _quoted(part: Mapping[str, Any] | None, name: str, otherwise: str) -> Piece:
    text = (part or {}).get(name)
    return Quoted(text) if text else Words(otherwise)


def _revised(was: str | None, became: str | None) -> list[Piece]:
    """What stood, then what stands."""
    if not was:
        return [Quoted(became)] if became else [Words("nothing")]
    if not became:
        return [Gone(was), Words(" is gone")]
    return [Gone(was), Words(" became "), Came(became)]


def _lists(was: Sequence[str], became: Sequence[str]) -> list[Piece]:
    """What came to a list and what left it, in its own order."""
    came = [name for name in became if name not in was]
    gone = [name for name in was if name not in became]
    if not came and not gone:
        return [Words("the same, in another order or with other details")]
    pieces: list[Piece] = []
    named: tuple[tuple[str, list[str], type[Quoted] | type[Gone]], ...] = (
        ("added ", came, Quoted),
        ("taken off ", gone, Gone),
    )
    for word, names, piece in named:
        if names:
            shown: list[tuple[Piece, ...]] = [(piece(name),) for name in names[:NAMED_AT_MOST]]
            if len(names) > NAMED_AT_MOST:
                shown.append((Words(f"{len(names) - NAMED_AT_MOST} more"),))
            pieces += [Words("; " if pieces else ""), Words(word), *series(shown)]
    return pieces


def series(parts: Sequence[Sequence[Piece]]) -> list[Piece]:
    """ "a", "a and b", "a, b and c"."""
    pieces: list[Piece] = []
    for place, part in enumerate(parts):
        if place:
            pieces.append(Words(" and " if place == len(parts) - 1 else ", "))
        pieces += part
    return pieces
