"""Changes, as the ledger holds them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from tracker.api.shapes.base import Instant, MeasureId, NextPage, Shape


class Event(Shape):
    """One change, as it stands in the ledger for good."""

    id: Annotated[int, Meta(description="Grows in the order observed, without gaps.")]
    measure: Annotated[
        MeasureId | None, Meta(description="Null: what staff wrote about a member or a topic.")
    ]
    kind: Annotated[str, Meta(examples=["action_added"])]
    subject: Annotated[str, Meta(description="What part: an action's key, a member's id, a field's name, …")]
    before: Annotated[msgspec.Raw, Meta(description="The part as it was; null where there was none.")]
    after: Annotated[msgspec.Raw, Meta(description="The part as it became; null where it is no more.")]
    occurred_on: Annotated[date | None, Meta(description="The official day, where the part has one.")]
    observed_at: Annotated[Instant, Meta(description="When this tracker learned of it.")]
    source: str
    document: Annotated[str | None, Meta(description="SHA-256 of the document that showed it.")]
    hash: Annotated[str, Meta(description="SHA-256 over the event before it and this one.")]
    url: Annotated[str, Meta(description="The measure's page; where there is no measure, the entry's own.")]


class EventList(Shape):
    results: list[Event]
    next: NextPage


class Changes(Shape):
    results: list[Event]
    next: Annotated[str, Meta(description="Never null: at the end it is where to ask again.")]
