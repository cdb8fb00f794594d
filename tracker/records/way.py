"""What happened to a measure on its way, in sentences: reports, votes, vetoes, petitions. The newest is that of its status."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_REJECTED = (
    (
        re.compile(r"motion to discharge senate committee on [^.]{1,160}? rejected by", re.I),
        "way.discharge_failed",
    ),
    (
        re.compile(r"motion to proceed to consideration of measure rejected in senate", re.I),
        "way.taking_up_failed",
    ),
)
_CHAMBER = re.compile(r"\bin (house|senate)\b", re.I)
_TAKING = re.compile(r"\b(house|senate) (?:agree|concur|recede)", re.I)
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


def on_the_way(it: Telling) -> Iterator[Sentence]:
    """What moved it, oldest first, but for what its status says already."""
    said: list[tuple[date, Sentence]] = []
    reported = False
    for dated in dated_events(it.record.actions, TYPES[it.record.type].chamber):
        effect = dated.event.effect
        if effect is Effect.REPORTED and reported:
            continue  # the first committee's alone: others follow, and those of the other chamber
        reported = reported or effect in (Effect.REPORTED, Effect.PASSED)
        if not _said(it, dated) and (sentence := _event(it, dated)):
            said.append((dated.day, sentence))
    said += _motions(it)
    said.sort(key=lambda row: row[0])
    yield from (sentence for _, sentence in said[-MOST:])


def _event(it: Telling, dated: DatedEvent) -> Sentence | None:
    kind, event, line = TYPES[it.record.type], dated.event, it.line(dated.index)
    pattern = _TAKING if event.effect is Effect.CONCURRED else _CHAMBER
    chamber = event.chamber or _named_chamber(pattern, line) or kind.chamber
    name = _MESSAGES.get(event.effect, "")
    if event.effect is Effect.PASSED:
        if kind.form == "simple":
            return None
        name = "way.passed" if kind.form in ("bill", "joint") else "way.agreed"
        if event.amended and chamber != kind.chamber:
            name += ".amended"
    return _say(it, name, chamber, line, valid_day(dated.on)) if name else None


def _say(it: Telling, name: str, chamber: str, line: ToldLine, day: date | None) -> Sentence:
    committee = told_committee(line, it.committees) if name == "way.reported" else None
    if name == "way.reported" and committee is None:
        name += ".unnamed"
    return it.language.say(
        name,
        chamber,
        chamber=it.language.say(chamber),
        other=it.language.say("house" if chamber == "senate" else "senate"),
        committee=committee,
        how=told_manner(line, it.language),
        line=line.proof,
        day=None if day is None else it.language.on(day, line.proof),
    )


def _named_chamber(pattern: re.Pattern[str], line: ToldLine) -> str | None:
    found = pattern.search(line.text)
    return found[1].lower() if found else None


def _motions(it: Telling) -> Iterator[tuple[date, Sentence]]:
    """Petitions to take it from its committee, each number once; motions for that, or to take it up, that the Senate rejected."""
    petitions: set[str] = set()
    for index, action in enumerate(it.record.actions):
        day, text = valid_day(action.on), action.text or ""
        if day is None or not text.startswith("Motion to "):
            continue
        line = it.line(index)
        petition = _PETITION.match(text)
        if petition is not None and petition[2] not in petitions:
            petitions.add(petition[2])
            name, number = (Span(words, line.proof) for words in petition.groups())
            on = it.language.on(day, line.proof)
            yield day, it.language.say("way.petition", name=name, number=number, day=on)
        for pattern, message in _REJECTED:
            if pattern.match(text):
                yield day, _say(it, message, "senate", line, day)


def _said(it: Telling, dated: DatedEvent) -> bool:
    """Whether the sentence of the status tells of this event."""
    status = it.status
    told = status.code in _TOLD_BY_STATUS or (
        status.code == "agreed_to" and TYPES[it.record.type].form == "simple"
    )
    return told and status.action == dated.index
