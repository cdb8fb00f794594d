"""Topics of this tracker."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tracker.api.shapes.base import Instant, NextPage, Shape
from tracker.api.shapes.entries import Entry


class TopicShort(Shape):
    """A topic of this tracker, as lists show it."""

    slug: Annotated[
        str, Meta(description="Its short name: what `topic=` takes.", examples=["iranian-refugees"])
    ]
    name: str
    measures: Annotated[int, Meta(description="How many measures are in it.")]
    changed_at: Annotated[
        Instant | None, Meta(description="When one of its measures changed last; null where it has none.")
    ]
    url: Annotated[str, Meta(description="The topic's page.")]


class Topic(TopicShort):
    html: Annotated[str, Meta(description="What is said of it; empty where nothing is.")]
    by_status: Annotated[dict[str, int], Meta(description="Its measures, by status.")]
    entries: list[Entry]


class TopicList(Shape):
    results: list[TopicShort]
    next: NextPage
