"""The starter record: a few measures that ship with Whereas, so that a first page is not empty. Official documents replace them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from django.utils import timezone

from tracker.ledger import bulk
from tracker.ledger.apply import apply
from tracker.ledger.incoming import Applied, Incoming
from tracker.ledger.models import Document, Measure

_FILE = Path(__file__).with_name("starter.json")
SOURCE = "starter"
_BATCH = 100


def load_starter() -> list[Applied]:
    """Apply the starter record where no measure is held yet; answers what became of each, nothing where one is."""
    if Measure.every.exists():
        return []
    now = timezone.now()
    documents = [
        Incoming(
            congress=measure["congress"],
            type=measure["type"],
            number=measure["number"],
            body=msgspec.json.encode(measure),
            source=SOURCE,
            format=Document.Format.STARTER,
            url=f"starter.json#{measure['congress']}/{measure['type']}/{measure['number']}",
            fetched_at=now,
        )
        for measure in msgspec.json.decode(_FILE.read_bytes())
    ]
    return [
        applied for some in bulk.chunks(documents, _BATCH) for applied in apply(some, loading=True, now=now)
    ]
