"""The one writer of recorded votes: a chamber's file comes in, and has either happened or not.

Under the ledger's lock it is compared with the file in force. The same bytes end there; an older file is kept and ends
there; a file whose names do not make its printed totals, where those in force do, is refused. Any other comes into force,
and its rows replace those before. No event is made: `vote_recorded` tells what measures' own actions name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from django.db import transaction

from tracker.congress.calendar import instant
from tracker.ledger import bulk, chain
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Applied, Outcome
from tracker.ledger.models import (
    Document,
    Position,
    RollCall,
    VoteFile,
    roll_call_identity,
    roll_call_pk,
)
from tracker.ledger.vote_rows import Held, write
from tracker.records.house_vote import read_house_vote
from tracker.records.model import DocumentRefused
from tracker.records.roll_call import RollCallRecord, mismatches, session_year
from tracker.records.senate_vote import read_senate_vote

READERS: dict[str, Callable[..., RollCallRecord]] = {
    Document.Format.HOUSE_VOTE: read_house_vote,
    Document.Format.SENATE_VOTE: read_senate_vote,
}
FORMATS = {"house": Document.Format.HOUSE_VOTE, "senate": Document.Format.SENATE_VOTE}

_DOCUMENT_COLUMNS = bulk.columns_of(Document)


@dataclass(frozen=True, slots=True)
class IncomingVote:
    """A roll call's file as its chamber sent it."""

    pk: int  # of the roll call that was asked for
    body: bytes
    source: str
    url: str
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None

    @property
    def key(self) -> str:
        """ "119/house/2025/123"."""
        congress, session, chamber, number = roll_call_identity(self.pk)
        return f"{congress}/{chamber}/{session_year(congress, session)}/{number}"

    @property
    def format(self) -> Document.Format:
        return FORMATS[roll_call_identity(self.pk)[2]]

    def read(self) -> RollCallRecord:
        """Raises DocumentRefused, for another vote too."""
        congress, session, _, number = roll_call_identity(self.pk)
        return READERS[self.format](self.body, expected=(congress, session, number))


def _never(on: date) -> datetime | None:
    return None


def take_vote(incoming: IncomingVote, *, due_again: Callable[[date], datetime | None] = _never) -> Applied:
    """Work one file off, in one transaction; answers what became of it.

    `due_again` says when a vote of that day is worth asking for once more; None: no more.
    """
    sha256 = Document.digest(incoming.body)
    held = RollCall.objects.filter(pk=incoming.pk).values_list("document_id", "on").first()
    if held is not None and held[0] == sha256:
        _accepted(incoming, due_again(held[1]))
        return Applied(incoming.key, Outcome.SAME)
    try:
        record = incoming.read()
    except DocumentRefused as refused:
        return Applied(incoming.key, Outcome.REFUSED, reason=str(refused))
    packed = Document.pack(incoming.body)
    failpoint("vote parsed")
    with transaction.atomic():
        chain.lock()
        row = RollCall.objects.select_related("document").filter(pk=incoming.pk).first()
        if row is not None and row.document_id == sha256:  # another worker was first
            _accepted(incoming, due_again(row.on))
            return Applied(incoming.key, Outcome.SAME)
        wrong = mismatches(record)
        if wrong and row is not None and row.doubt is None:
            reason = f"its names do not make its totals ({wrong[0]}); those of the one held do"
            return Applied(incoming.key, Outcome.REFUSED, reason=reason)
        updated_at = record.modified_at or _http_date(incoming.last_modified)
        _keep(incoming, sha256, updated_at, packed)
        failpoint("vote document kept")
        if row is not None and is_older(updated_at, row.updated_at):
            reason = f"is of {updated_at}, older than the one held, of {row.updated_at}"
            return Applied(incoming.key, Outcome.STALE, reason=reason)
        seen_at = row.seen_at if row is not None else incoming.fetched_at
        write([Held(incoming.pk, record, sha256, updated_at, seen_at)])
        _accepted(incoming, due_again(date.fromisoformat(record.on)))
        failpoint("vote before commit")
    return Applied(incoming.key, Outcome.NEW if row is None else Outcome.CHANGED)


def is_older(updated_at: str | None, held: str | None) -> bool:
    """Whether a file is of before the one held, by the source's own dates; without both nothing says so."""
    ours, theirs = instant(updated_at), instant(held)
    return ours is not None and theirs is not None and ours < theirs


def _keep(incoming: IncomingVote, sha256: str, updated_at: str | None, packed: bytes) -> None:
    if Document.objects.filter(pk=sha256).exists():
        return
    values = {
        "sha256": sha256,
        "source": incoming.source,
        "format": incoming.format.value,
        "url": incoming.url,
        "measure_id": None,
        "fetched_at": bulk.instant(incoming.fetched_at),
        "updated_at": updated_at,
        "packed": packed,
    }
    bulk.insert(Document, _DOCUMENT_COLUMNS, [tuple(values[name] for name in _DOCUMENT_COLUMNS)])


def _accepted(incoming: IncomingVote, due_again: datetime | None) -> None:
    VoteFile.objects.filter(pk=incoming.pk).update(
        due_at=due_again, missed=0, error=None, etag=incoming.etag, last_modified=incoming.last_modified
    )


def _http_date(text: str | None) -> str | None:
    """A Last-Modified header as RFC 3339 in UTC; None where it is no date."""
    try:
        at = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.tzinfo is not None else None


def rebuild_votes() -> int:
    """Write every roll call anew from the kept files, in the order they came; answers how many. Makes no event.

    What is not of a kept file is taken away. Files are told apart by the vote that they themselves say they are.
    """
    documents = Document.objects.filter(format__in=READERS)
    in_force: dict[int, tuple[str, str | None, datetime]] = {}
    for document in documents.order_by("fetched_at", "sha256").iterator(100):
        record = READERS[document.format](document.body)
        pk = roll_call_pk(record.congress, record.session, record.chamber, record.number)
        before = in_force.get(pk)
        if before is not None and is_older(document.updated_at, before[1]):
            continue
        seen_at = before[2] if before else document.fetched_at
        in_force[pk] = (document.sha256, document.updated_at, seen_at)
    for pks in bulk.chunks(sorted(in_force), 25):
        bodies = documents.in_bulk([in_force[pk][0] for pk in pks])
        with transaction.atomic():
            chain.lock()
            write([_held(pk, bodies[in_force[pk][0]], in_force[pk][2]) for pk in pks])
    with transaction.atomic():
        chain.lock()
        Position.objects.exclude(vote__in=in_force).delete()
        RollCall.objects.exclude(pk__in=in_force).delete()
    return len(in_force)


def _held(pk: int, document: Document, seen_at: datetime) -> Held:
    record = READERS[document.format](document.body)
    return Held(pk, record, document.sha256, document.updated_at, seen_at)
