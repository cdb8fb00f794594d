"""What every answer of the API is made of, and what was wrong with a request.

A key without a value is null or an empty list, never missing. Days are Washington's; instants are UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class Shape(msgspec.Struct, gc=False):
    """Base of all answers."""


MeasureId = Annotated[str, Meta(description="A measure's id.", examples=["119/sres/145"])]
MemberId = Annotated[str, Meta(description="A Bioguide id.", examples=["T000476"])]
CommitteeCode = Annotated[str, Meta(description="A committee's system code.", examples=["ssfr00"])]
Instant = Annotated[datetime, Meta(tz=True)]
Chamber = Literal["house", "senate"]
NextPage = Annotated[str | None, Meta(description="The address of the next page; null on the last one.")]


class Problem(Shape):
    """What was wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: Annotated[str | None, Meta(description="The parameter that was wrong, where one was.")]
    accepted: Annotated[str | None, Meta(description="What it accepts.")]
