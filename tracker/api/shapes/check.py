"""What the record says of an article."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from tracker.api.shapes.base import MeasureId, Shape


class CheckedMeasure(Shape):
    """A measure as the article names it."""

    cited_as: str
    at: Annotated[
        list[int], Meta(min_length=2, max_length=2, description="Where, in characters of the text given.")
    ]
    measure: MeasureId | None
    sure: Annotated[bool, Meta(description="Whether it is settled which measure is meant.")]
    why: Annotated[str, Meta(description="How that was settled, or what stands in the way.")]


class CheckedClaim(Shape):
    """A statement, and what the record says of it."""

    kind: Literal[
        "citation",
        "sponsor",
        "cosponsor",
        "cosponsor_count",
        "introduced_on",
        "action_on",
        "status",
        "vote",
        "committee",
        "chamber",
        "party",
        "state",
        "title",
        "other",
    ]
    measure: MeasureId | None
    quote: Annotated[str, Meta(description="The words of the text given that stand at `at`.")]
    at: Annotated[
        list[int], Meta(min_length=2, max_length=2, description="Where, in characters of the text given.")
    ]
    verdict: Annotated[
        Literal["true", "false", "outgrown", "unverifiable"],
        Meta(
            description="`true` (so on the article's date), `false` (the record disagrees), `outgrown` (so then, no longer so), "
            "`unverifiable` (the record held says nothing)."
        ),
    ]
    record: Annotated[str | None, Meta(description="What the record says.")]
    evidence: Annotated[str | None, Meta(description="The address of the page that shows it.")]
    note: str | None


class Check(Shape):
    """What the record says of an article."""

    date: Annotated[date, Meta(description="The day for which it was checked.")]
    measures: list[CheckedMeasure]
    claims: list[CheckedClaim]
