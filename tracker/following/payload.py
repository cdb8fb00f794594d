"""What an endpoint is sent: the event as the API shows it, in the envelope of Standard Webhooks."""

from __future__ import annotations

import msgspec
from django.conf import settings

from tracker.ledger.models import ChangeEvent, measure_key

VERSION = 1
LARGEST = 20_000  # bytes; a larger one is sent without `before` and `after`, which the API has
_NULL = msgspec.Raw(b"null")


def payload(event: ChangeEvent) -> bytes:
    """The body for one event, as JSON: `type`, `timestamp`, `version`, and in `data` the event of `/api/v1/changes`.

    `data.id` grows by one from event to event of the whole log, so a receiver sees what it missed; `thin` is true where
    `before` and `after` were left out for their size.
    """
    whole = _encoded(event, thin=False)
    return whole if len(whole) <= LARGEST else _encoded(event, thin=True)


def _encoded(event: ChangeEvent, *, thin: bool) -> bytes:
    key = None if event.measure_id is None else measure_key(event.measure_id)
    page = f"/measures/{key}/" if key else f"/{event.subject.replace('entry/', 'entries/')}/"
    return msgspec.json.encode(
        {
            "type": f"change.{event.kind}",
            "timestamp": event.observed_at,
            "version": VERSION,
            "data": {
                "id": event.pk,
                "measure": key,
                "kind": event.kind,
                "subject": event.subject,
                "before": _NULL if thin else _stored(event.before),
                "after": _NULL if thin else _stored(event.after),
                "occurred_on": event.occurred_on,
                "observed_at": event.observed_at,
                "source": event.source,
                "document": event.document_id,
                "hash": event.hash,
                "url": f"{settings.SITE_URL}{page}",
            },
            "thin": thin,
        }
    )


def _stored(text: str | None) -> msgspec.Raw:
    return _NULL if text is None else msgspec.Raw(text.encode())
