"""In which fields a measure as staff had entered it and the official record differ. Pure: two records in, differences out.

Staff's silence is no claim: a part that they left empty differs from nothing. Where they named anybody or anything of a part,
what the record lists besides, of a day on which they had last published, is a difference too: they did not know of it.
Words of the record are matched as a reader would: white space, case, and references behind a line do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from tracker.congress.actions import read_action
from tracker.congress.calendar import valid_day
from tracker.congress.people import display_name
from tracker.records.model import (
    ActionRecord,
    CommitteeRecord,
    CosponsorRecord,
    MeasureRecord,
    SponsorRecord,
)

Item = TypeVar("Item")

_REFERENCES = re.compile(r"(?:\s*\([^()]*\)|[\s.])+$")  # " (text: CR S1912-1913)"
_LABEL = re.compile(r"^[^:]{3,80}:\s+")  # "Passed/agreed to in Senate: "


class Differing(msgspec.Struct, frozen=True):
    """One field: its name ("cosponsors/M000639"), what we had said and what the record says, in words; None for nothing."""

    field: str
    ours: str | None
    theirs: str | None


def differing(ours: MeasureRecord, theirs: MeasureRecord, *, known_on: date) -> list[Differing]:
    """Every field that differs, in the order of a page. `known_on` is the day of Washington on which staff last published."""
    found = list(_title(ours, theirs))
    if ours.introduced_on and ours.introduced_on != theirs.introduced_on:
        found.append(Differing("introduced_on", ours.introduced_on, theirs.introduced_on))
    if ours.sponsors:
        found += _listed("sponsors", ours.sponsors, theirs.sponsors, _same_person, _person, _name_of_person)
    if ours.cosponsors:
        known = [c for c in theirs.cosponsors if _by(c.joined_on, known_on)]
        found += _cosponsors(ours.cosponsors, theirs.cosponsors, known)
    if ours.committees:
        found += _listed(
            "committees", ours.committees, theirs.committees, _same_committee, _committee, _name_of_committee
        )
    if ours.actions:
        found += _actions(ours, theirs, known_on)
    return found


def _title(ours: MeasureRecord, theirs: MeasureRecord) -> Iterator[Differing]:
    named = {_folded(t) for t in (theirs.title, *(t.title for t in theirs.titles)) if t}
    if ours.title and _folded(ours.title) not in named:
        yield Differing("title", ours.title, theirs.title)


def _listed(
    part: str,
    ours: Sequence[Item],
    theirs: Sequence[Item],
    same: Callable[[Item, Item], bool],
    words: Callable[[Item], str],
    name: Callable[[Item], str],
) -> Iterator[Differing]:
    """Who or what only one of both lists."""
    for one in ours:
        if not any(same(one, other) for other in theirs):
            yield Differing(f"{part}/{name(one)}", words(one), None)
    for other in theirs:
        if not any(same(one, other) for one in ours):
            yield Differing(f"{part}/{name(other)}", None, words(other))


def _cosponsors(
    ours: Sequence[CosponsorRecord], theirs: Sequence[CosponsorRecord], known: Sequence[CosponsorRecord]
) -> Iterator[Differing]:
    for one in ours:
        rows = [other for other in theirs if _same_person(one, other)]
        days = {other.joined_on for other in rows}
        if not rows:
            yield Differing(f"cosponsors/{_name_of_person(one)}", _joined(one), None)
        elif one.joined_on and one.joined_on not in days:
            said = "; ".join(_joined(other) for other in rows)
            yield Differing(f"cosponsors/{_name_of_person(rows[0])}", _joined(one), said)
    for other in known:
        if not any(_same_person(one, other) for one in ours):
            yield Differing(f"cosponsors/{_name_of_person(other)}", None, _joined(other))


def _actions(ours: MeasureRecord, theirs: MeasureRecord, known_on: date) -> Iterator[Differing]:
    """Lines of one day that say the same are one; the record's line of introduction says no more than its day does."""
    told = [a for a in theirs.actions if _by(a.on, known_on) and not _introduces(a)]
    for one in ours.actions:
        if _introduces(one) and one.on == theirs.introduced_on:
            continue
        if not any(_same_action(one, other) for other in theirs.actions):
            yield Differing(f"actions/{_name_of_action(one)}", _action(one), None)
    seen: list[ActionRecord] = []
    for other in told:
        if any(_same_action(one, other) for one in (*ours.actions, *seen)):
            continue
        seen.append(other)  # the Library of Congress repeats what a chamber lists
        yield Differing(f"actions/{_name_of_action(other)}", None, _action(other))


def _same_action(one: ActionRecord, other: ActionRecord) -> bool:
    """Of one day, and of the same words or the same effect on the measure."""
    if one.on != other.on:
        return False
    if _essence(one.text) == _essence(other.text):
        return True
    effect, theirs = read_action(one.text, one.code), read_action(other.text, other.code)
    return effect is not None and theirs is not None and effect.effect == theirs.effect


def _introduces(action: ActionRecord) -> bool:
    return _essence(action.text) in ("introduced in senate", "introduced in house", "introduced")


def _same_person(one: SponsorRecord | CosponsorRecord, other: SponsorRecord | CosponsorRecord) -> bool:
    """By Bioguide id; a name typed freely by its family name, and first name, party and state as far as both have them."""
    if one.member and other.member:
        return one.member == other.member
    mine, its = _names(one.name), _names(other.name)
    if not mine or not its or mine[-1] != its[-1]:
        return False
    if any(a and b and a != b for a, b in ((one.party, other.party), (one.state, other.state))):
        return False
    alike = len(mine) == 1 or len(its) == 1 or mine[0][:1] == its[0][:1]
    return alike or bool(one.state and one.state == other.state)


def _names(name: str | None) -> list[str]:
    bare = re.sub(r"\b(?:jr|sr|ii|iii|iv)\b\.?", "", _folded(display_name(name)))
    return bare.replace(".", " ").split()


def _same_committee(one: CommitteeRecord, other: CommitteeRecord) -> bool:
    if one.code and other.code:
        return one.code == other.code
    return bool(one.name) and _bare(one.name) == _bare(other.name)


def _bare(name: str | None) -> str:
    return re.sub(r"\b(?:the|committee|on|house|senate)\b|[^\w]", "", _folded(name))


def _person(person: SponsorRecord | CosponsorRecord) -> str:
    return person.name or person.member or "somebody without a name"


def _joined(person: CosponsorRecord) -> str:
    words = f"{_person(person)}, joined {person.joined_on}" if person.joined_on else _person(person)
    return f"{words}, withdrew {person.withdrawn_on}" if person.withdrawn_on else words


def _committee(committee: CommitteeRecord) -> str:
    return committee.name or committee.code or "a committee without a name"


def _action(action: ActionRecord) -> str:
    return f"{action.on or 'no day'}: {action.text or 'no words'}"


def _name_of_person(person: SponsorRecord | CosponsorRecord) -> str:
    return person.member or "-".join(_names(person.name))[:80]


def _name_of_committee(committee: CommitteeRecord) -> str:
    return committee.code or _bare(committee.name)[:80]


def _name_of_action(action: ActionRecord) -> str:
    return f"{action.on}/{re.sub(r'[^a-z0-9]+', '-', _essence(action.text))[:60].strip('-')}"


def _by(day: str | None, till: date) -> bool:
    """Whether this was so on a day that staff could know of; what has no valid day counts."""
    valid = valid_day(day)
    return valid is None or valid <= till


def _essence(text: str | None) -> str:
    return _LABEL.sub("", _REFERENCES.sub("", _folded(text)))


def _folded(text: str | None) -> str:
    plain = unicodedata.normalize("NFKD", (text or "").replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split()).rstrip(".")
