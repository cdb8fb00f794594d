"""Amendments that came, and what changed of those that were there. Their roll calls do not count.

The Congress.gov API only lists amendments, without sponsors, cosponsors and actions: beside such a listing, nothing is
compared but what it has.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from tracker.congress.calendar import washington_day
from tracker.records.change import Change, in_order
from tracker.records.keys import action_identity, folded
from tracker.records.model import ActionRecord, AmendmentRecord, CosponsorRecord, Record, SponsorRecord
from tracker.records.plain import as_json

_LISTED = ("purpose", "description")
_WORDS = (*_LISTED, "chamber", "submitted_at", "proposed_at", "amends")


def amendment_changes(
    before: Sequence[AmendmentRecord], after: Sequence[AmendmentRecord]
) -> Iterator[Change]:
    """One change an amendment. Of one that changed, the JSON has beside its own keys those details that differ:
    of a list (`actions`, `cosponsors`, …) the rows that went in `before`, and those that came in `after`.
    """
    if before == after:
        return
    old = {amendment.id: amendment for amendment in reversed(before)}
    new = {amendment.id: amendment for amendment in reversed(after)}
    for identity, was in old.items():
        if identity not in new:
            yield Change("field_changed", f"amendments.{identity}", as_json(was), None)
    changed: list[Change] = []
    added: list[Change] = []
    for identity, now in new.items():
        earlier = old.get(identity)
        if earlier is None:
            submitted = washington_day(now.submitted_at)
            on = None if submitted is None else submitted.isoformat()
            added.append(Change("amendment_added", identity, None, as_json(now), on))
        elif earlier != now and (details := _details(earlier, now)) is not None:
            changed.append(
                Change(
                    "amendment_changed", identity, as_json(earlier) | details[0], as_json(now) | details[1]
                )
            )
    yield from changed
    yield from in_order(added)


def _details(was: AmendmentRecord, now: AmendmentRecord) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What differs beyond the common JSON, before and after; None where nothing does that counts."""
    left: dict[str, Any] = {}
    right: dict[str, Any] = {}
    differs = (was.latest_on, folded(was.latest_text)) != (now.latest_on, folded(now.latest_text))
    only_listed = _is_only_listed(was) or _is_only_listed(now)
    for name in _LISTED if only_listed else _WORDS:
        one, other = getattr(was, name), getattr(now, name)
        if folded(one) != folded(other):
            differs = True
            left[name], right[name] = one, other
    for name, identity in () if only_listed else _LISTS.items():
        gone, come = _gone_and_come(getattr(was, name), getattr(now, name), identity)
        if gone or come:
            differs = True
            left[name], right[name] = [as_json(row) for row in gone], [as_json(row) for row in come]
    return (left, right) if differs else None


def _is_only_listed(amendment: AmendmentRecord) -> bool:
    return not (amendment.sponsors or amendment.actions)


def _gone_and_come(
    before: Sequence[Record], after: Sequence[Record], identity: Callable[[Any], Hashable]
) -> tuple[list[Record], list[Record]]:
    if before == after:
        return [], []
    old = {identity(row): row for row in before}
    new = {identity(row): row for row in after}
    return [old[key] for key in old if key not in new], [new[key] for key in new if key not in old]


def _action(row: ActionRecord) -> Hashable:
    return action_identity(row), row.time, row.type


def _person(row: SponsorRecord | CosponsorRecord) -> Hashable:
    return row


_LISTS: dict[str, Callable[[Any], Hashable]] = {
    "sponsors": _person,
    "on_behalf_of": _person,
    "cosponsors": _person,
    "actions": _action,
}
