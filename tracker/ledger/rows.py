"""A record as the plain rows that lists, filters and counts read: one function, used by load, poll and rebuild alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from tracker.congress import calendar
from tracker.congress.calendar import valid_day
from tracker.ledger import bulk
from tracker.ledger.models import (
    Action,
    Amendment,
    CommitteeActivity,
    CommitteeReferral,
    Cosponsorship,
    Law,
    Measure,
    RecordedVote,
    Relation,
    Sponsorship,
    Subject,
    Summary,
    TextVersion,
    Title,
)
from tracker.ledger.models.measures import measure_pk
from tracker.ledger.models.parts import Part
from tracker.records.model import MeasureRecord

PARTS: tuple[type[Part], ...] = (
    Sponsorship,
    Cosponsorship,
    Action,
    RecordedVote,
    CommitteeReferral,
    CommitteeActivity,
    Title,
    Subject,
    Summary,
    TextVersion,
    Relation,
    Amendment,
    Law,
)
COLUMNS = {part: bulk.columns_of(part) for part in PARTS}
_INDEXED = (
    400  # an index entry of PostgreSQL has room for about 2,700 bytes; the record itself keeps the whole
)
_SMALL = 32_000  # what a roll call, session or district can be, with room; columns hold 32-bit integers

Rows = dict[type[Part], list[tuple[Any, ...]]]


def rows_of(pk: int, record: MeasureRecord, keys: Sequence[str]) -> Rows:
    """All rows of one measure by table, in the order of `COLUMNS`. `keys` are its actions' keys."""
    return {
        Sponsorship: [
            (pk, n, _cut(s.member), s.name, s.party, s.state, district(s.district), s.by_request)
            for n, s in enumerate(record.sponsors)
        ],
        Cosponsorship: [
            (
                pk,
                n,
                _cut(c.member),
                c.name,
                c.party,
                c.state,
                district(c.district),
                day(c.joined_on),
                c.original,
                day(c.withdrawn_on),
            )
            for n, c in enumerate(record.cosponsors)
        ],
        Action: [
            (pk, n, key, day(a.on), a.text, a.code, a.type, a.source)
            for n, (a, key) in enumerate(zip(record.actions, keys, strict=True))
        ],
        RecordedVote: [(pk, n, *vote) for n, vote in enumerate(_votes(record, keys))],
        CommitteeReferral: [(pk, n, *referral) for n, referral in enumerate(_referrals(record))],
        CommitteeActivity: [(pk, n, *activity) for n, activity in enumerate(_activities(record))],
        Title: [(pk, n, t.title, t.type, t.type_code) for n, t in enumerate(record.titles)],
        Subject: [(pk, n, _cut(name)) for n, name in enumerate(record.subjects)],
        Summary: [(pk, n, s.version, day(s.on), s.stage) for n, s in enumerate(record.summaries)],
        TextVersion: [
            (pk, n, v.code, v.name, day(v.on), v.package) for n, v in enumerate(record.text_versions)
        ],
        Relation: [(pk, n, *relation) for n, relation in enumerate(_relations(record))],
        Amendment: [
            (pk, n, _cut(a.id), a.sponsors[0].member if a.sponsors else None)
            for n, a in enumerate(record.amendments)
        ],
        Law: [(pk, n, law.type, _cut(law.number)) for n, law in enumerate(record.laws)],
    }


def insert(many: Sequence[Rows]) -> None:
    """Write the rows of several measures, a statement a table."""
    for part in PARTS:
        bulk.insert(part, COLUMNS[part], [row for rows in many for row in rows[part]])


def clear(pks: Collection[int]) -> None:
    """Take away all rows of these measures, a statement a table."""
    for part in PARTS:
        part._default_manager.filter(measure_id__in=pks).delete()


def orphans() -> set[int]:
    """Row ids that stand in a table of parts, and are no measure held."""
    held = Measure.every.values("pk")
    found: set[int] = set()
    for part in PARTS:
        found.update(part._default_manager.exclude(measure_id__in=held).values_list("measure_id", flat=True))
    return found


def prune() -> None:
    """Take away the rows of what is no measure held."""
    for part in PARTS:
        part._default_manager.exclude(measure_id__in=Measure.every.values("pk")).delete()


def replace(pk: int, before: Rows, after: Rows) -> None:
    """Write what differs between two states of one measure: the tables that changed, and no other."""
    for part in PARTS:
        if before[part] != after[part]:
            part._default_manager.filter(measure_id=pk).delete()
            bulk.insert(part, COLUMNS[part], after[part])


def plain(some: Sequence[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """Rows as words, without their measure, to compare what is to be stored with what is."""
    return [tuple(map(_word, row[1:])) for row in some]


def held(pks: Sequence[int]) -> dict[type[Part], dict[int, list[tuple[str, ...]]]]:
    """The stored rows of some measures, by table and measure, as `plain` gives them."""
    found: dict[type[Part], dict[int, list[tuple[str, ...]]]] = {}
    for part in PARTS:
        by_measure = found.setdefault(part, {})
        names = [f.attname for f in part._meta.local_concrete_fields]
        stored = part._default_manager.filter(measure_id__in=pks).order_by("measure_id", "position")
        for row in stored.values_list(*names):
            by_measure.setdefault(row[0], []).append(tuple(map(_word, row[1:])))
    return found


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return str(bulk.instant(value))
    return str(int(value)) if isinstance(value, bool) else str(value)


def day(written: str | None) -> str | None:
    """A day as columns take it, None for what is no day."""
    return written if valid_day(written) is not None else None


def district(written: str | None) -> int | None:
    """A district as a number, 0 for one at large; None for a senator, and for what is no number."""
    return int(written) if written and written.isdecimal() and len(written) < 4 else None


def _votes(record: MeasureRecord, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for action, key in zip(record.actions, keys, strict=True):
        for v in action.recorded_votes:
            if 0 < v.congress < _SMALL and 0 < v.session < _SMALL and 0 < v.roll < _SMALL:
                yield key, v.chamber, v.congress, v.session, v.roll


def _referrals(record: MeasureRecord) -> Iterator[tuple[str | None, ...]]:
    for c in record.committees:
        yield _cut(c.code), None, c.name, c.chamber
        for s in c.subcommittees:
            yield _cut(s.code), _cut(c.code), s.name, c.chamber


def _activities(record: MeasureRecord) -> Iterator[tuple[Any, ...]]:
    for c in record.committees:
        for part in c.parts():
            for activity in part.activities:
                yield _cut(part.code), activity.name, _instant(activity.at)


@lru_cache(maxsize=1 << 12)  # what is referred together is referred in one second
def _instant(written: str | None) -> Any:
    at = calendar.instant(written)
    return None if at is None else bulk.instant(at)


def _relations(record: MeasureRecord) -> Iterator[tuple[Any, ...]]:
    for r in record.related:
        congress, type, number = r.measure.split("/")
        detail = r.details[0] if r.details else None
        yield measure_pk(int(congress), type, int(number)), detail and detail.type, detail and detail.by


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _INDEXED else text[:_INDEXED]
