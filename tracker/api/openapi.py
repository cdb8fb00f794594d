"""The OpenAPI document's own words: parameters from the table of filters, answers from the shapes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from tracker.api import asked, shapes, vote_shapes
from tracker.congress.measures import TYPES
from tracker.congress.people import PARTIES, STATES
from tracker.congress.roll_calls import OUTCOMES
from tracker.ledger.filters import FILTERS, LONGEST_TEXT, Filter
from tracker.ledger.listing import SORTS

REFERENCE = "#/components/schemas/{name}"

Parameter = dict[str, Any]


def parameter(name: str, description: str, schema: dict[str, Any]) -> Parameter:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


LIMIT = parameter(
    "limit",
    "How many at most.",
    {"type": "integer", "minimum": 1, "maximum": asked.LARGEST_LIMIT, "default": asked.DEFAULT_LIMIT},
)
CURSOR = parameter(
    "cursor", "Where the page before ended: part of its `next`.", {"type": "string", "minLength": 1}
)
SINCE = parameter("since", "Where you were: part of the `next` you kept.", {"type": "string", "minLength": 1})
AS_OF = parameter(
    "as_of",
    "As this tracker knew it at this instant, or at the end of this day (UTC).",
    {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]},
)
ON = parameter(
    "on",
    "As it officially stood at the end of this day (Washington's), by what is known now.",
    {"type": "string", "format": "date"},
)
SORT = parameter(
    "sort", "; ".join(f"`{name}`: {words}" for name, words in SORTS.items()), {"enum": list(SORTS)}
)
STATE = parameter("state", "Of this state or territory.", {"enum": list(STATES)})
DISTRICT = parameter(
    "district", "Of this district; 0 is at large.", {"type": "integer", "minimum": 0, "maximum": 99}
)
CHAMBER = parameter("chamber", "Of this chamber.", {"enum": ["house", "senate"]})
PARTY = parameter("party", "Of this party.", {"enum": list(PARTIES)})
SITTING = parameter("sitting", "Whether they sit in Congress today.", {"enum": ["true", "false"]})
NAME = parameter("q", "Part of the name.", {"type": "string", "maxLength": LONGEST_TEXT})
COMMITTEE_CHAMBER = parameter("chamber", "Of this chamber.", {"enum": ["house", "senate", "joint"]})
CURRENT = parameter("current", "Whether it is a committee of today.", {"enum": ["true", "false"]})
PARENT = parameter(
    "parent",
    "Subcommittees of this committee.",
    {"type": "string", "pattern": f"^{FILTERS['committee'].pattern}$"},
)

VOTE_CONGRESS = parameter("congress", "Of this Congress.", {"type": "integer", "minimum": 1, "maximum": 999})
VOTE_SESSION = parameter("session", "Of this session.", {"type": "integer", "minimum": 1, "maximum": 3})
VOTE_YEAR = parameter(
    "year", "Of the session of this year.", {"type": "integer", "minimum": 1789, "maximum": 2999}
)
VOTE_RESULT = parameter("result", "What came of it.", {"enum": list(OUTCOMES)})
VOTE_MEASURE = parameter(
    "measure",
    "About this measure: an id such as 119/hjres/25.",
    {"type": "string", "pattern": rf"^[1-9][0-9]{{0,2}}/({'|'.join(TYPES)})/[1-9][0-9]{{0,5}}$"},
)


IN_PATHS: dict[str, tuple[str, Any]] = {
    "congress": ("The number of its Congress.", 119),
    "type": ("The type of measure.", "sres"),
    "number": ("The number of the measure or the vote.", 145),
    "bioguide": ("A Bioguide id.", "T000476"),
    "code": ("A committee's code.", "ssfr00"),
    "chamber": ("`house` or `senate`.", "house"),
    "year": ("The calendar year of the session.", 2025),
    "slug": ("A topic's short name.", "iranian-refugees"),
}
"""What each variable part of an address is, with an example."""


def filters(*also: str) -> list[Parameter]:
    """The filters of every list of measures, and those in `also`."""
    return [_filter(row) for row in FILTERS.values() if row.always or row.name in also]


def _filter(row: Filter) -> Parameter:
    schema: dict[str, Any] = {"type": "string"}
    if row.choices:
        schema = {"enum": list(row.choices)}
    elif row.pattern:
        schema = {"type": "string", "pattern": f"^{row.pattern}$"}
    elif row.accepted.startswith("a day"):
        schema = {"type": "string", "format": "date"}
    elif row.accepted.startswith("an instant"):
        schema = {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}
    else:
        schema |= {"maxLength": LONGEST_TEXT}
    if row.many:
        schema = {"type": "array", "items": schema}
    accepted = f"{row.accepted}; may be given several times" if row.many else row.accepted
    return {**parameter(row.name, row.meaning, schema), "x-accepted": accepted}


def described(
    shape: type[shapes.Shape], parameters: Iterable[Parameter] = (), *, found: bool = True, example: str = ""
) -> dict[str, Any]:
    """What ninja cannot know of an operation: it writes bytes. `found`: no part of the address can be unknown.

    `example` is an address below `/api/v1` that the documentation offers to run.
    """
    answers: dict[Any, Any] = {
        200: _answer("The answer.", "application/json", shape),
        304: {"description": "Not changed since the `ETag` in `If-None-Match`."},
        400: _problem("A parameter, or its value, that means nothing here."),
        429: _problem("Too many reads in a minute; `Retry-After` says when to come again."),
        503: _problem("The database does not answer; `Retry-After` says when to come again."),
    }
    if not found:
        answers[404] = _problem("Not held here.")
    return {"parameters": list(parameters), "responses": answers, "x-example": example}


def described_file(
    media_type: str, description: str, parameters: Iterable[Parameter] = (), *, in_parts: bool = False
) -> dict[str, Any]:
    """What an address answers that sends a file. `in_parts`: made each night, and sent from wherever a download broke off."""
    schema = {"type": "string"}
    answers: dict[str, Any] = {
        "200": {"description": description, "content": {media_type: {"schema": schema}}},
        "400": _problem("A parameter, or its value, that means nothing here."),
        "429": _problem("Too many reads in a minute; `Retry-After` says when to come again."),
        "503": _problem("The database does not answer; `Retry-After` says when to come again."),
    }
    if in_parts:
        answers |= {
            "206": {
                "description": "The bytes asked for by `Range`.",
                "content": {media_type: {"schema": schema}},
            },
            "304": {"description": "Not changed since the `ETag` in `If-None-Match`."},
            "404": _problem("No night has passed yet."),
            "416": _problem("A range that begins beyond the end of the file."),
        }
    return {"parameters": list(parameters), "responses": dict(sorted(answers.items()))}


def described_post() -> dict[str, Any]:
    """The same of the article check, which takes a body."""
    described_here = described(shapes.Check)
    del described_here["responses"][304]
    described_here["responses"][400] = _problem(
        "A body that is not what is asked for, or a date that is no day."
    )
    described_here["responses"][413] = _problem(
        "A text of more than 1,000,000 characters, or a body of more than 2 MB."
    )
    described_here["responses"][415] = _problem("A body that is not `application/json`.")
    schema = {
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {
            "text": {"type": "string", "maxLength": 1_000_000, "description": "The article, as plain text."},
            "date": {
                "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}],
                "description": "The day it was published. Left out: the one that the article gives, else today.",
            },
        },
    }
    example = {"text": "S. Res. 145 was introduced by Sen. Tillis on March 27.", "date": "2025-05-01"}
    body = {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}
    return {**described_here, "requestBody": body}


def _answer(description: str, media_type: str, shape: type[shapes.Shape]) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(name=shape.__name__)}
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    return _answer(description, "application/problem+json", shapes.Problem)


@cache
def components() -> dict[str, Any]:
    """The schemas of all answers, by name."""
    answered = [
        shape
        for shape in {**vars(shapes), **vars(vote_shapes)}.values()
        if isinstance(shape, type) and issubclass(shape, shapes.Shape)
    ]
    _, named = msgspec.json.schema_components(
        [shape for shape in answered if shape is not shapes.Shape], ref_template=REFERENCE
    )
    return named
