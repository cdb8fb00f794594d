"""What happened to a measure on its way, in sentences: reports, votes, vetoes, petitions. The newest is that of its status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.congress.actions import Effect
from tracker.congress.calendar import valid_day
from tracker.congress.course import DatedEvent, dated_events
from tracker.congress.language import Sentence, Span
from tracker.congress.measures import TYPES
from tracker.congress.sentences import ToldLine, told_committee, told_manner
from tracker.records.telling import Telling

MOST = 7  # sentences; of more the oldest are left out, for the list of actions tells them

_PETITION = re.compile(
    r"motion to discharge committee filed by (M[rs]{1,2}\. [^.]{1,60})\. petition no:? (\d{1,3}-\d{1,4})",
    re.I,
)
_MOTIONS = (
    (r"motion to discharge senate committee on [^.]{1,160}? rejected by", "way.discharge_failed", "senate"),
    (r"motion to proceed to consideration of measure rejected in senate", "way.taking_up_failed", "senate"),
    (r"on motion to discharge agreed to", "way.discharged", "house"),
)
_KNOWN_MOTIONS = tuple((re.compile(words, re.I), message, chamber) for words, message, chamber in _MOTIONS)
_CHAMBER = re.compile(r"\bin (house|senate)\b", re.I)
_TAKING = re.compile(r"\b(house|senate) (?:suspend the rules and )?(?:agree|concur|recede)", re.I)
_WITH_CHANGES = re.compile(  # agreed to, but with an amendment to the other chamber's amendment
    r"(?=[^(]*\bwith (?:an |a )?(?:further )?amendments?\b)(?![^(]*\b(?:disagree|insist|instruct|confer))"
    r"[^(]*\b(?:house|senate) (?:suspend the rules and )?(?:agree|concur)",
    re.I,
)
_TOLD_BY_STATUS = frozenset(
    {"reported", "on_calendar", "passed_house", "passed_senate", "failed", "withdrawn", "vetoed"}
)
_MESSAGES = {
    Effect.REPORTED: "way.reported",
    Effect.FAILED: "way.failed",
    Effect.RECONSIDERED: "way.reconsidered",
    Effect.CONFERENCE_AGREED: "way.conference",
    Effect.CONCURRED: "way.concurred",
    Effect.VETOED: "way.vetoed",
    Effect.VETO_SUSTAINED: "way.veto_sustained",
    Effect.VETO_OVERRIDDEN: "way.veto_overridden",
}


@dataclass(frozen=True, slots=True)
class _Event:
    """What one sentence tells: its message, the line that says it, and the chamber that acted."""

    day: date  # for ordering
    on: date | None  # None: the source gives no valid day
    message: str
    line: ToldLine
    chamber: str


def on_the_way(it: Telling, after: date | None) -> Iterator[Sentence]:
    """What moved it, oldest first, but for what its status says already.

    `after` is the day that the sentence before these names: what followed on the same day says so.
    """
    events = [*_moves(it), *_motions(it)]
    events.sort(key=lambda event: event.day)
    for event in events[-MOST:]:
        yield _said(it, event, it.when(event.on, event.line.proof, after))
        after = event.on


def _said(it: Telling, event: _Event, when: Sentence | None) -> Sentence:
    say, message, line = it.language.say, event.message, event.line
    committee = told_committee(line, it.committees) if message == "way.reported" else None
    if message == "way.reported" and committee is None:
        message += ".unnamed"
    petition = _PETITION.match(line.text)
    return say(
        message,
        event.chamber,
        chamber=say(event.chamber),
        other=say("house" if event.chamber == "senate" else "senate"),
        committee=committee,
        how=told_manner(line, it.language),
        line=line.proof,
        when=when,
        name=Span(petition[1], line.proof) if petition else None,
        number=Span(petition[2], line.proof) if petition else None,
    )


def _moves(it: Telling) -> Iterator[_Event]:
    reported = False
    answered: set[tuple[date, str]] = set()
    for dated in dated_events(it.record.actions, TYPES[it.record.type].chamber):
        effect = dated.event.effect
        if effect is Effect.REPORTED and reported:
            continue  # the first committee's alone: others follow, and those of the other chamber
        reported = reported or effect in (Effect.REPORTED, Effect.PASSED)
        if not _told_by_status(it, dated) and (move := _move(it, dated)):
            if effect is Effect.IN_DISPUTE:
                if (move.day, move.chamber) in answered:
                    continue  # the Library of Congress says again what the chamber says
                answered.add((move.day, move.chamber))
            yield move


def _move(it: Telling, dated: DatedEvent) -> _Event | None:
    kind, event, line = TYPES[it.record.type], dated.event, it.line(dated.index)
    pattern = _TAKING if event.effect in (Effect.CONCURRED, Effect.IN_DISPUTE) else _CHAMBER
    chamber = event.chamber or _named_chamber(pattern, line) or kind.chamber
    message = _MESSAGES.get(event.effect, "")
    if event.effect is Effect.IN_DISPUTE and _WITH_CHANGES.match(line.text):
        message = "way.concurred.amended"
    if event.effect is Effect.PASSED:
        if kind.form == "simple":
            return None
        message = "way.passed" if kind.form in ("bill", "joint") else "way.agreed"
        if event.amended and chamber != kind.chamber:
            message += ".amended"
    return _Event(dated.day, valid_day(dated.on), message, line, chamber) if message else None


def _named_chamber(pattern: re.Pattern[str], line: ToldLine) -> str | None:
    found = pattern.search(line.text)
    return found[1].lower() if found else None


def _motions(it: Telling) -> Iterator[_Event]:
    """Petitions to take it from its committee, each number once; motions for that, and to take it up."""
    petitions: set[str] = set()
    for index, action in enumerate(it.record.actions):
        day, text = valid_day(action.on), action.text or ""
        if day is None or not text.startswith(("Motion to ", "On motion to discharge")):
            continue
        petition = _PETITION.match(text)
        if petition is not None and petition[2] not in petitions:
            petitions.add(petition[2])
            yield _Event(day, day, "way.petition", it.line(index), "house")
        for pattern, message, chamber in _KNOWN_MOTIONS:
            if pattern.match(text):
                yield _Event(day, day, message, it.line(index), chamber)


def _told_by_status(it: Telling, dated: DatedEvent) -> bool:
    """Whether the sentence of the status tells of this event."""
    status = it.status
    told = status.code in _TOLD_BY_STATUS or (
        status.code == "agreed_to" and TYPES[it.record.type].form == "simple"
    )
    return told and status.action == dated.index
