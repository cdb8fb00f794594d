"""Since when nothing has happened to a measure, said outright where its record can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.congress.calendar import is_over, last_day, valid_day, washington_day
from tracker.congress.language import Proof, Sentence
from tracker.congress.stages import PENDING
from tracker.records.model import MeasureRecord
from tracker.records.telling import Telling

QUIET_DAYS = 28  # a silence as long as this is said

_Dated = tuple[date, Proof]


def silence(it: Telling) -> Iterator[Sentence]:
    """ "Nothing has happened since March 27, 2025."; of what died, that nothing had until then.

    It is told of the record in force, without doubt, of an official source: what staff left empty is no claim, and a
    starter record says what it lists. What happens is what Congress does: actions, committees' work, printed texts,
    amendments. Names that came or went later are told before; summaries and estimates are not Congress's.
    """
    if it.known.source == "staff" or not it.known.settled:
        return
    ended = it.status.code == "died"
    if not ended and (it.status.code not in PENDING or is_over(it.record.congress, it.known.day)):
        return
    last = max(_happened(it), key=lambda each: each[0], default=None)
    if last is None:
        return
    until = last_day(it.record.congress) if ended else it.known.day
    if (until - last[0]).days < QUIET_DAYS:
        return
    day = it.language.on(*last)
    if it.known.source == "starter":
        if not ended:
            yield it.language.say("quiet.starter", day=day)
        return
    name = "quiet.ended" if ended else "quiet"
    if _names_came_after(it.record, last[0]):
        name += ".but_names"
    poll = it.language.say("last_poll", polls=Proof("polls")) if it.known.polled and not ended else ()
    yield it.language.say(name, day=day, poll=poll)


def _happened(it: Telling) -> Iterator[_Dated]:
    """The days of all that Congress did, each with what proves it; actions first, so that they prove where they can."""
    record = it.record
    for number, action in enumerate(record.actions):
        if (day := valid_day(action.on)) is not None:
            yield day, Proof("action", it.keys[number])
    yield from _of((version.on for version in record.text_versions), Proof("texts"))
    for committee in record.committees:
        proof = Proof("committee", committee.code) if committee.code else Proof("document")
        yield from _of((each.at for part in committee.parts() for each in part.activities), proof)
    for amendment in record.amendments:
        days = (amendment.submitted_at, amendment.proposed_at, amendment.latest_on)
        yield from _of((*days, *(action.on for action in amendment.actions)), Proof("amendments"))


def _of(written: Iterable[str | None], proof: Proof) -> Iterator[_Dated]:
    yield from ((day, proof) for text in written if (day := washington_day(text)) is not None)


def _names_came_after(record: MeasureRecord, last: date) -> bool:
    """Whether anybody joined or left after this day, or on one that the source does not give."""
    joined = (valid_day(who.joined_on) for who in record.cosponsors)
    left = (valid_day(who.withdrawn_on) for who in record.cosponsors if who.withdrawn_on is not None)
    return any(day is None or day > last for day in (*joined, *left))
