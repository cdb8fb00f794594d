"""Which measures are kin of one by their words, with the evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from tracker.api.shapes.base import Instant, MeasureId, Shape
from tracker.api.shapes.measures import MeasureShort


class CarriedClause(Shape):
    """A clause that stands in both texts, by its anchor in either (`/measures/119/sres/145/text/#p1`)."""

    before: Annotated[str, Meta(description="Its anchor in the text introduced first.", examples=["w3"])]
    after: Annotated[str, Meta(description="Its anchor in the other.", examples=["w4"])]
    how: Literal["same", "nearly"]
    share: Annotated[float, Meta(description="How much of the later clause's weight stands in the earlier.")]


class Kin(Shape):
    """A measure that says what this one says, or some of it. What staff refused is not listed."""

    measure: MeasureId
    title: str
    introduced_on: date | None
    relation: Annotated[
        str,
        Meta(
            description="again: the same in another Congress; companion: in the other chamber; twin: in the same; "
            "title: a title in common, or the sponsor and much of it, in another Congress or chamber; paragraph: clauses are the same, the rest is not.",
            examples=["again"],
        ),
    ]
    is_earlier: Annotated[bool, Meta(description="Whether it was introduced before this one.")]
    score: Annotated[
        int,
        Meta(
            description="Hundredths of the fuller text's weight that stand in the other; 0 where one has no text here."
        ),
    ]
    has_texts: Annotated[bool, Meta(description="Of both; else the titles alone were compared.")]
    same_sponsor: bool
    same_title: Annotated[bool, Meta(description="But for days and forms.")]
    one_title: Annotated[
        bool,
        Meta(
            description="Of two bills: a title of either, as a short or the official one, is one of the other."
        ),
    ]
    title_words: Annotated[list[str], Meta(description="That both titles have.")]
    clauses: Annotated[list[CarriedClause], Meta(description="At most 200.")]
    confirmed: Annotated[bool, Meta(description="Whether staff looked at it and confirmed it.")]
    found_at: Instant
    compare_url: Annotated[str | None, Meta(description="Both texts word by word.")]


class KinList(Shape):
    """What no official record says: found by comparing words. docs/TEXTS.md has the rules."""

    measure: MeasureId
    kin: Annotated[list[Kin], Meta(description="The same as a whole first, the most alike first.")]
    line: Annotated[
        list[MeasureShort],
        Meta(
            description="All that are the same, through others too, this one among them, oldest first; empty for none."
        ),
    ]
