"""The one row that lists read: everything on `Measure` that follows from its record and the day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import msgspec

from tracker.congress.sentences import status_sentence
from tracker.congress.stages import Status, derive_status
from tracker.ledger.rows import day, district
from tracker.records.model import MeasureRecord


class Derived(msgspec.Struct, frozen=True):
    """The columns of `Measure` that a record decides, by name, and the status they hold."""

    columns: dict[str, Any]
    status: Status


def status_of(record: MeasureRecord, today: date) -> Status:
    """Where the measure stands, by the rules of `tracker.congress.stages` and nothing else."""
    return derive_status(
        type=record.type,
        title=record.title or "",
        congress=record.congress,
        actions=record.actions,
        has_law=bool(record.laws),
        introduced_on=record.introduced_on,
        today=today,
        text_codes=[v.code for v in record.text_versions if v.code],
    )


def sentence_of(record: MeasureRecord, status: Status) -> str:
    """The status in one sentence, with absolute days."""
    return status_sentence(
        type=record.type,
        status=status,
        action_text=None if status.action is None else record.actions[status.action].text,
        introduced_on=record.introduced_on,
        committees=[c.name for c in record.committees if c.name],
        congress=record.congress,
        law=record.laws[0].number if record.laws else None,
    )


def derive(record: MeasureRecord, keys: list[str], today: date) -> Derived:
    """All that lists show of a measure. `keys` are its actions' keys."""
    status = status_of(record, today)
    standing = [c for c in record.cosponsors if not c.withdrawn_on]
    parties = Counter(c.party or "?" for c in standing)
    first = record.sponsors[0] if record.sponsors else None
    columns = {
        "title": record.title or (record.titles[0].title if record.titles else ""),
        "origin_chamber": "senate" if record.type.startswith("s") else "house",
        "introduced_on": day(record.introduced_on),
        "policy_area": record.policy_area,
        "law_number": record.laws[0].number if record.laws else None,
        "status": status.code,
        "status_since": day(status.since),
        "status_action": None if status.action is None else keys[status.action],
        "status_sentence": sentence_of(record, status),
        "sponsor_member": first and first.member,
        "sponsor_name": first and first.name,
        "sponsor_party": first and first.party,
        "sponsor_state": first and first.state,
        "sponsor_district": first and district(first.district),
        "cosponsor_count": len(standing),
        "withdrawn_count": len(record.cosponsors) - len(standing),
        "cosponsors_by_party": dict(parties.most_common()),
        "latest_on": day(record.latest_on) or (day(record.actions[0].on) if record.actions else None),
        "latest_text": record.latest_text or (record.actions[0].text if record.actions else None),
    }
    return Derived(columns, status)
