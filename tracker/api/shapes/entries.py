"""What staff wrote beside the record."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tracker.api.shapes.base import Instant, Shape


class Entry(Shape):
    """What staff of this tracker wrote, beside the official record."""

    kind: Annotated[str, Meta(examples=["key_points"])]
    title: Annotated[str, Meta(description="May be empty.")]
    html: Annotated[str, Meta(description="Paragraphs, lists, emphasis and links; addresses in full.")]
    published_at: Instant
    revised_at: Annotated[Instant | None, Meta(description="When it was last corrected.")]
