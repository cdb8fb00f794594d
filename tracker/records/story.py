"""What became of a measure, told from its record in a short paragraph: sentences of spans, each phrase with its proof.

Where it stands; who introduced it; what happened on the way; who stands behind it; since when nothing has happened.
docs/STATUS.md is the public account of these rules. No clock, no database: what the record alone does not tell (the day,
whether the record is in doubt, the same measure in other Congresses) is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.congress.calendar import valid_day
from tracker.congress.english import ENGLISH
from tracker.congress.language import Language, Proof, Sentence, Span
from tracker.congress.measures import TYPES
from tracker.congress.sentences import CommitteeOf, told_status
from tracker.congress.stages import Status
from tracker.records.keys import action_keys
from tracker.records.model import MeasureRecord
from tracker.records.silence import silence
from tracker.records.supporters import support
from tracker.records.telling import DOCUMENT, NAMES, Before, Known, Telling
from tracker.records.way import on_the_way


def story(
    record: MeasureRecord, status: Status, known: Known, *, language: Language = ENGLISH
) -> tuple[Sentence, ...]:
    """The paragraph, a sentence at a time; never empty. The first sentence is that of the status."""
    committees = [CommitteeOf(each.name, each.code) for each in record.committees if each.name]
    it = Telling(record, status, known, language, action_keys(record.actions), committees)
    said = [_status(it)]
    if status.code == "reserved":
        said += _reserved_for(it)
    else:
        after = None if _day_is_told(it) else valid_day(record.introduced_on)
        said += [*_introduced(it), *on_the_way(it, after), *support(it), *silence(it)]
    return tuple(sentence for sentence in (*said, *_came_back(it), *_was(it)) if sentence)


def _status(it: Telling) -> Sentence:
    record, before = it.record, it.status.before
    return told_status(
        type=record.type,
        status=it.status,
        line=it.line(it.status.action),
        introduced_on=record.introduced_on,
        committees=it.committees,
        congress=record.congress,
        law=record.laws[0].number if record.laws else None,
        before=it.line(before.action).proof if before else None,
        language=it.language,
    )


def _came_back(it: Telling) -> Iterator[Sentence]:
    later = it.known.came_back
    if later is not None and it.status.code == "died":
        yield _again(it, "again.later", later)


def _was(it: Telling) -> Iterator[Sentence]:
    earlier = it.known.was
    if earlier is not None:
        yield _again(it, "again.earlier.died" if earlier.died else "again.earlier", earlier)


def _again(it: Telling, name: str, other: Before) -> Sentence:
    measure = Span(other.citation, Proof("measure", other.measure))
    return it.language.say(
        name, congress=it.language.ordinal(other.congress), measure=measure, kin=Proof("kin")
    )


def _sponsors(it: Telling) -> Sentence:
    return it.language.listed([(it.person(who),) for who in it.record.sponsors if who.name or who.member])


def _reserved_for(it: Telling) -> Iterator[Sentence]:
    if sponsors := _sponsors(it):
        yield it.language.say("reserved.for", sponsors=sponsors)


def _day_is_told(it: Telling) -> bool:
    """Whether the sentence of the status names the day of introduction, and as that."""
    return it.status.code in ("introduced", "referred") and it.status.since == it.record.introduced_on


def _introduced(it: Telling) -> Iterator[Sentence]:
    record, say = it.record, it.language.say
    sponsors, day = _sponsors(it), valid_day(record.introduced_on)
    proof = next(
        (it.line(n).proof for n in range(len(record.actions) - 1, -1, -1) if record.actions[n].on == record.introduced_on),
        DOCUMENT,
    )  # fmt: skip
    told = _day_is_told(it)
    if not sponsors:
        if day is not None and not told:
            chamber = TYPES[record.type].chamber
            yield say("introduced.by_nobody", chamber, chamber=say(chamber), day=it.language.on(day, proof))
        return
    when = None if told else it.when(day, proof, valid_day(it.status.since))
    by_request = say("by_request") if any(who.by_request for who in record.sponsors) else ()
    first = [who for who in record.cosponsors if who.original]
    one, two = (*(it.person(who) for who in first[:2]), None, None)[:2]
    name = ("", ".with_one", ".with_two", ".with_many")[min(len(first), 3)]
    yield say(
        f"introduced{name}",
        count=len(first),
        sponsors=sponsors,
        by_request=by_request,
        when=when,
        first=one,
        second=two,
        names=NAMES,
    )
