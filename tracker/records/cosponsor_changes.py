"""Who joined, who left, and whose row was taken away, between two lists of cosponsors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from tracker.congress.calendar import valid_day
from tracker.records.change import Change, in_order
from tracker.records.keys import cosponsor_identity, folded
from tracker.records.model import CosponsorRecord
from tracker.records.plain import as_json

Rows = dict[tuple[str | None, str | None], list[CosponsorRecord]]


def cosponsor_changes(
    before: Sequence[CosponsorRecord], after: Sequence[CosponsorRecord]
) -> Iterator[Change]:
    """Each name that was taken away, corrected, joined or left.

    A new row that has its withdrawal already makes two changes. A withdrawal that is taken back or moved to another
    day, or another spelling of a name, party or seat, is a `field_changed` of that member.
    """
    if before == after:
        return
    old, new = _rows(before), _rows(after)
    removed: list[Change] = []
    corrected: list[Change] = []
    joined: list[Change] = []
    left: list[Change] = []
    for identity in old | new:
        for was, now in zip_longest(old.get(identity, ()), new.get(identity, ())):
            if now is None:
                removed.append(_change("cosponsor_removed", was, before=was))
            elif was is None:
                joined.append(_change("cosponsor_added", now, after=now))
                if now.withdrawn_on is not None:
                    left.append(_left(None, now))
            elif was != now:
                if was.withdrawn_on is None and now.withdrawn_on is not None:
                    left.append(_left(was, now))
                elif was.withdrawn_on != now.withdrawn_on or _words(was) != _words(now):
                    corrected.append(_corrected(was, now))
    for changes in (removed, corrected, joined, left):
        yield from in_order(changes)


def _rows(cosponsors: Iterable[CosponsorRecord]) -> Rows:
    """The different rows of each member and joining day: who withdrew, and joined again on that day, has two."""
    found: Rows = {}
    for cosponsor in dict.fromkeys(cosponsors):
        found.setdefault(cosponsor_identity(cosponsor), []).append(cosponsor)
    for rows in found.values():
        rows.sort(key=lambda row: (row.withdrawn_on or "", _words(row)))
    return found


def _words(row: CosponsorRecord) -> tuple[str, ...]:
    said = (row.name, row.party, row.state, row.district)
    return (*(folded(text) or "" for text in said), str(row.original))


def _change(
    kind: str,
    row: CosponsorRecord,
    *,
    before: CosponsorRecord | None = None,
    after: CosponsorRecord | None = None,
) -> Change:
    return Change(
        kind,
        row.member or row.name or "",
        None if before is None else as_json(before),
        None if after is None else as_json(after),
        row.joined_on if kind == "cosponsor_added" and valid_day(row.joined_on) is not None else None,
    )


def _left(was: CosponsorRecord | None, now: CosponsorRecord) -> Change:
    return Change(
        "cosponsor_withdrawn",
        now.member or now.name or "",
        None if was is None else as_json(was),
        as_json(now),
        now.withdrawn_on if valid_day(now.withdrawn_on) is not None else None,
    )


def _corrected(was: CosponsorRecord, now: CosponsorRecord) -> Change:
    return Change("field_changed", f"cosponsors.{now.member or now.name}", as_json(was), as_json(now))
