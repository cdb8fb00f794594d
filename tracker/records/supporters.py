"""Who stands behind a measure, and who left, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.congress.calendar import valid_day
from tracker.congress.language import Sentence
from tracker.records.model import CosponsorRecord, MeasureRecord
from tracker.records.telling import NAMES, Telling

_ALIKE = frozenset({"D", "R"})  # parties of which it is said that all cosponsors are of it


def support(it: Telling) -> Iterator[Sentence]:
    """How many stand, of which parties, when the last of them joined; who withdrew."""
    yield from _standing(it)
    yield from _left(it)


def _standing(it: Telling) -> Iterator[Sentence]:
    standing = [who for who in it.record.cosponsors if who.withdrawn_on is None]
    say, tense = it.language.say, it.tense
    if it.known.source == "staff":
        if standing:
            yield say("support.entered", count=len(standing), names=NAMES, parties=_parties(it, standing))
        return
    if not standing:
        yield say(f"support.{'gone' if it.record.cosponsors else 'none'}.{tense}", names=NAMES)
        return
    joined = [day for who in standing if not who.original and (day := valid_day(who.joined_on))]
    last = it.language.on(max(joined), NAMES) if joined else None
    if len(standing) == 1:
        if not standing[0].original or len(it.record.cosponsors) > 1:
            yield say(f"support.one.{tense}", names=NAMES, name=it.person(standing[0]), day=last)
        return
    party = standing[0].party
    if party in _ALIKE and all(who.party == party for who in standing):
        name = f"support.{'pair' if len(standing) == 2 else 'alike'}.{party}.{tense}"
        yield say(name, count=len(standing), names=NAMES, day=last)
        return
    yield say(
        f"support.many.{tense}",
        count=len(standing),
        names=NAMES,
        parties=_parties(it, standing),
        day=last,
    )


def _parties(it: Telling, standing: Sequence[CosponsorRecord]) -> Sentence:
    counts: dict[str, int] = {}
    for who in standing:
        counts[who.party or ""] = counts.get(who.party or "", 0) + 1
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return it.language.listed([_party(it, party, count) for party, count in ranked])


def _party(it: Telling, party: str, count: int) -> Sentence:
    known = f"party.{party}" in it.language.messages and party not in ("other", "none")
    name = f"party.{party}" if known else "party.other" if party else "party.none"
    return it.language.say(name, count=count, party=party, names=NAMES)


def _left(it: Telling) -> Iterator[Sentence]:
    gone = [who for who in it.record.cosponsors if who.withdrawn_on is not None]
    days = [day for who in gone if (day := valid_day(who.withdrawn_on))]
    last = max(days, default=None)
    last_on = None if last is None else it.language.on(last, NAMES)
    if len(gone) > 1:
        yield it.language.say("left.many", count=len(gone), names=NAMES, day=last_on)
    elif gone:
        back = _back(it.record, gone[0].member, last)
        message = "left.one" if back is None else "left.one.again"
        again = None if back is None else it.language.on(back, NAMES)
        yield it.language.say(message, name=it.person(gone[0]), day=last_on, again=again)


def _back(record: MeasureRecord, member: str | None, left: date | None) -> date | None:
    """The day on which a member who left joined again."""
    again = [who for who in record.cosponsors if who.withdrawn_on is None and who.member == member]
    days = [day for who in again if (day := valid_day(who.joined_on)) and left and day >= left]
    return min(days, default=None) if member else None
