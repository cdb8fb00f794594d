"""The one writer of texts: what came is read, and kept as a document with its row, both or neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.ledger import bulk, chain
from tracker.ledger.failpoints import failpoint
from tracker.ledger.models import Document
from tracker.records.bill_text import BillText, read_bill_text
from tracker.records.model import DocumentRefused
from tracker.texts import due
from tracker.texts.models import MeasureText

SOURCE = "govinfo"
_COLUMNS = bulk.columns_of(Document)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The bytes that came for one due text."""

    row: MeasureText
    body: bytes
    url: str
    fetched_at: datetime
    source: str = SOURCE


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one: held, or why it could not be read."""

    package: str
    reason: str | None = None


def keep(arrived: Sequence[Arrived], now: datetime) -> list[Kept]:
    """Read these texts and hold them, in one transaction; what is no text is not kept, and asked for again later.

    The same bytes make one document, however often they come. Safe to run twice, and beside itself.
    """
    read, kept = [], []
    for each in arrived:
        try:
            read.append((each, read_bill_text(each.body), Document.digest(each.body)))
        except DocumentRefused as refused:
            due.not_had(each.row, MeasureText.State.UNREADABLE, str(refused), now)
            kept.append(Kept(each.row.package, str(refused)))
    failpoint("texts read")
    with transaction.atomic():
        chain.lock()  # two that bring the same bytes at once would both find them missing
        _store((each, sha256) for each, _, sha256 in read)
        for each, text, sha256 in read:
            _hold(each, text, sha256, now)
            kept.append(Kept(each.row.package))
    return kept


def _store(arrived: Iterable[tuple[Arrived, str]]) -> None:
    rows = {sha256: each for each, sha256 in arrived}
    known = set(Document.objects.filter(sha256__in=rows).values_list("sha256", flat=True))
    bulk.insert(
        Document,
        _COLUMNS,
        [
            (
                sha256,
                each.source,
                Document.Format.BILL_TEXT.value,
                each.url,
                each.row.measure_id,
                bulk.instant(each.fetched_at),
                None,
                Document.pack(each.body),
            )
            for sha256, each in rows.items()
            if sha256 not in known
        ],
    )


def _hold(each: Arrived, text: BillText, sha256: str, now: datetime) -> None:
    MeasureText.objects.filter(pk=each.row.pk).exclude(state=MeasureText.State.HELD).update(
        state=MeasureText.State.HELD,
        document_id=sha256,
        held_at=now,
        **counts_of(text),
        asked_at=now,
        attempts=0,
        leased_by=None,
        leased_until=None,
        error=None,
    )


def counts_of(text: BillText) -> dict[str, Any]:
    """The columns of a held text's row that its document decides."""
    return {
        "format": text.format,
        "word_count": sum(len(clause.words.split()) for clause in text.clauses),
        "clause_count": len(text.clauses),
    }
