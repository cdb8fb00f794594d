"""What became of a measure, in sentences with their proofs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from tracker.api.shapes.base import MeasureId, Shape


class Proof(Shape):
    """What proves a phrase."""

    kind: Annotated[
        str,
        Meta(
            description="action, member, committee, vote, measure; names, texts, amendments, kin: that list of the measure; "
            "document, polls, constitution.",
            examples=["action"],
        ),
    ]
    key: Annotated[
        str, Meta(description="The key of the thing within its kind; empty where there is one alone.")
    ]
    url: Annotated[str | None, Meta(description="Where a reader finds it.")]


class Phrase(Shape):
    """A run of words of a sentence."""

    text: str
    on: Annotated[date | None, Meta(description="The day that it names.")]
    proof: Proof | None


class Story(Shape):
    """What became of a measure, by open rules. The first sentence is that of its status."""

    measure: MeasureId
    text: Annotated[str, Meta(description="The whole paragraph.")]
    sentences: Annotated[
        list[list[Phrase]], Meta(description="Each sentence as phrases; their texts, joined, are its words.")
    ]
