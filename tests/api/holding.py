"""Measures held for a test: records go through `apply`, as every document does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from tracker.ledger.apply import apply
from tracker.ledger.incoming import Applied, Incoming
from tracker.ledger.models import Document
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    CommitteeName,
    CommitteeRecord,
    CosponsorRecord,
    MeasureRecord,
    SponsorRecord,
)

FIRST_SEEN = datetime(2025, 4, 1, 12, tzinfo=UTC)
TODAY = date(2025, 6, 1)

TILLIS = SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")
WARNOCK = SponsorRecord("W000790", "Sen. Warnock, Raphael G. [D-GA]", "D", "GA")
LAWLER = SponsorRecord("L000599", "Rep. Lawler, Michael [R-NY-17]", "R", "NY", "17")

FOREIGN_RELATIONS = CommitteeRecord(
    "ssfr00",
    "Foreign Relations Committee",
    "Senate",
    "Standing",
    (ActivityRecord("Referred To", "2025-03-27T16:35:22Z"),),
)

INTRODUCED = ActionRecord(
    "2025-03-27", "Introduced in Senate", "10000", "IntroReferral", "Library of Congress"
)
REFERRED = ActionRecord(
    "2025-03-27",
    "Referred to the Committee on Foreign Relations.",
    None,
    "IntroReferral",
    "Senate",
    committees=(CommitteeName("ssfr00", "Foreign Relations Committee"),),
)


def cosponsor(sponsor: SponsorRecord, joined_on: str = "2025-03-27", **fields: Any) -> CosponsorRecord:
    """This member as a cosponsor."""
    return CosponsorRecord(
        sponsor.member, sponsor.name, sponsor.party, sponsor.state, sponsor.district, joined_on, **fields
    )


def record(key: str = "119/sres/145", **fields: Any) -> MeasureRecord:
    """A measure as a document shows it: introduced and referred in the Senate, unless told otherwise."""
    congress, type, number = key.split("/")
    usual: dict[str, Any] = {
        "title": f"A measure numbered {number}.",
        "introduced_on": "2025-03-27",
        "updated_at": "2025-04-01T08:00:00Z",
        "sponsors": (TILLIS,),
        "actions": (REFERRED, INTRODUCED),
        "committees": (FOREIGN_RELATIONS,),
    }
    return MeasureRecord(int(congress), type, int(number), **(usual | fields))


def hold(
    *records: MeasureRecord, at: datetime = FIRST_SEEN, source: str = "govinfo", loading: bool = False
) -> list[Applied]:
    """Apply these records, as documents that a source sent at this moment."""
    return apply([document(r, at=at, source=source) for r in records], now=at, today=TODAY, loading=loading)


def document(record: MeasureRecord, *, at: datetime = FIRST_SEEN, source: str = "govinfo") -> Incoming:
    """The record as a document. Its format is that of the starter record, which can say all that a record can."""
    return Incoming(
        record.congress,
        record.type,
        record.number,
        msgspec.json.encode(record),
        source,
        Document.Format.STARTER,
        f"https://www.govinfo.gov/bulkdata/BILLSTATUS/{record.id}.xml",
        at,
    )
