"""What committees and subcommittees did, and are no longer said to have done, between two records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tracker.congress.calendar import washington_day
from tracker.records.change import Change, in_order
from tracker.records.keys import activity_identity, folded
from tracker.records.model import ActivityRecord, CommitteeRecord, SubcommitteeRecord
from tracker.records.plain import moment

Identity = tuple[str, str | None]


class _Listed(NamedTuple):
    """One committee or subcommittee, all of its rows together."""

    committee: CommitteeRecord | SubcommitteeRecord
    activities: dict[Identity, ActivityRecord]
    called: set[tuple[str | None, ...]]


def committee_changes(
    before: Sequence[CommitteeRecord], after: Sequence[CommitteeRecord]
) -> Iterator[Change]:
    """One change an activity, subcommittees' too; the subject is the committee's code (its name where it has none).

    A committee that is listed without any activity has done nothing yet, and makes no change until it does. One that
    is called otherwise, or counted to another chamber or type, is a `field_changed`.
    """
    if before == after:
        return
    old, new = _listed(before), _listed(after)
    removed = [
        _change("committee_activity_removed", code, listed.committee, activity)
        for code, listed in old.items()
        for activity in _beyond(listed, new.get(code))
    ]
    added = [
        _change("committee_activity_added", code, listed.committee, activity)
        for code, listed in new.items()
        for activity in _beyond(listed, old.get(code))
    ]
    yield from in_order(removed)
    yield from in_order(added)
    for code, listed in new.items():
        if code in old and old[code].called != listed.called:
            yield Change("field_changed", f"committees.{code}", _named(old[code]), _named(listed))


def _listed(committees: Iterable[CommitteeRecord]) -> dict[str, _Listed]:
    found: dict[str, _Listed] = {}
    for committee in committees:
        parts: tuple[CommitteeRecord | SubcommitteeRecord, ...] = (committee, *committee.subcommittees)
        for part in parts:
            code = part.code or folded(part.name) or ""
            listed = found.setdefault(code, _Listed(part, {}, set()))
            listed.called.add(_called(part))
            for activity in part.activities:
                listed.activities.setdefault(activity_identity(activity), activity)
    return found


def _beyond(listed: _Listed, other: _Listed | None) -> list[ActivityRecord]:
    """The activities that the other has not."""
    if other is None:
        return list(listed.activities.values())
    return [activity for identity, activity in listed.activities.items() if identity not in other.activities]


def _change(
    kind: str, code: str, committee: CommitteeRecord | SubcommitteeRecord, activity: ActivityRecord
) -> Change:
    said: dict[str, Any] = {
        "code": committee.code,
        "committee": committee.name,
        "activity": activity.name,
        "at": moment(activity.at),
    }
    day = washington_day(activity.at)
    on = None if day is None else day.isoformat()
    return (
        Change(kind, code, None, said, on) if kind.endswith("added") else Change(kind, code, said, None, on)
    )


def _called(part: CommitteeRecord | SubcommitteeRecord) -> tuple[str | None, ...]:
    if isinstance(part, CommitteeRecord):
        return folded(part.name), part.chamber, part.type
    return folded(part.name), None, None


def _named(listed: _Listed) -> dict[str, Any]:
    part = listed.committee
    named: dict[str, Any] = {"code": part.code, "name": part.name}
    if isinstance(part, CommitteeRecord):
        named |= {"chamber": part.chamber, "type": part.type}
    return named
