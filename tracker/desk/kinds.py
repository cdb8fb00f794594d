"""The kinds of entries: the fields of each, what a field takes, and what is still missing before an entry may be read by a second person.

`read` makes words of what a form or a program gives; a draft may lack anything, but nothing in it is of the wrong shape.
`missing` says what has to be there before a review is asked for. `stored` and `words` lead to the JSON of a revision and
back. How words become HTML is in `tracker.desk.rendering`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from tracker.congress.calendar import today
from tracker.desk.fields import NotValid, Reader
from tracker.desk.models import Kind
from tracker.desk.models.entries import Fields

TITLE_LENGTH = 200  # characters
LINE_LENGTH = 300  # characters of a headline, an outlet, a name
LEAD_LENGTH = 2_000  # characters
POINT_LENGTH = 600  # characters
MOST_POINTS = 40
ARTICLE_LENGTH = 100_000  # bytes: an article as it was pasted, for the check alone

_NAME = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}|-", re.ASCII
)  # an anchor, a version's code, a key, a digest

VERDICTS = {"shown": "Yes, with short quotes, kept true as the record changes"}
STANCES = {"supports": "supports it", "opposes": "opposes it", "neutral": "takes no side"}


class TiedToClause(msgspec.Struct, frozen=True, tag="clause", tag_field="kind"):
    """A clause of one version of the measure's text. `digest` is of its words when it was tied; None: the text was not held."""

    version: str
    anchor: str
    digest: str | None = None


class TiedToAction(msgspec.Struct, frozen=True, tag="action", tag_field="kind"):
    """An official action by its key."""

    key: str


Tied = TiedToClause | TiedToAction


class Point(msgspec.Struct, frozen=True):
    """One key point: a line of Markdown, and what of the record it retells; None: nothing that can be pointed to."""

    text: str
    tied: Tied | None = None


class KeyPoints(msgspec.Struct, frozen=True):
    """What a measure says or did, point by point. `lead` is a sentence or two before the points, in Markdown."""

    lead: str = ""
    points: tuple[Point, ...] = ()


class StatusUpdate(msgspec.Struct, frozen=True):
    """What staff learned before or beside the record: on which day it was so, and where it was seen."""

    on: str = ""  # YYYY-MM-DD; empty in a draft alone
    body: str = ""
    source_url: str = ""
    seen_where: str = ""


class Note(msgspec.Struct, frozen=True):
    body: str = ""


class PressCoverage(msgspec.Struct, frozen=True):
    """An article beside the record. `article` is its text for the check: the desk's alone, never published. `verdicts` says
    whether readers are shown what the check finds, with short quotes."""

    outlet: str = ""
    headline: str = ""
    on: str = ""
    url: str = ""
    body: str = ""
    article: str = ""
    verdicts: Literal["shown", ""] = ""


class Correction(msgspec.Struct, frozen=True):
    """What was said wrong and what is right; `of` is the number of the entry that it corrects, such as press coverage."""

    of: int | None = None
    body: str = ""


class Position(msgspec.Struct, frozen=True):
    """Where somebody outside Congress stands."""

    who: str = ""
    stance: Literal["supports", "opposes", "neutral", ""] = ""
    body: str = ""
    url: str = ""
    on: str = ""


Words = KeyPoints | StatusUpdate | Note | PressCoverage | Correction | Position

_STRUCTS: dict[Kind, type[Words]] = {
    Kind.KEY_POINTS: KeyPoints,
    Kind.STATUS_UPDATE: StatusUpdate,
    Kind.NOTE: Note,
    Kind.PRESS_COVERAGE: PressCoverage,
    Kind.CORRECTION: Correction,
    Kind.POSITION: Position,
}


def read_title(title: object) -> str:
    """The title on one line, at most 200 characters; may be empty. Raises NotValid."""
    reader = Reader({"title": title})
    line = reader.line("title", TITLE_LENGTH)
    reader.done()
    return line


def read(kind: str, fields: Mapping[str, Any], *, day: date | None = None) -> Words:
    """The words of this kind from what a form or a program gives: each field trimmed, and fit to be kept. Empty points go.

    `fields` has the names of the kind's struct, all of them optional; other names are ignored. `day` is today, for tests.
    Raises NotValid, whose `errors` hold a sentence for each wrong field by its name; a point's are "points.2.text" (from 0)
    and "points.2.tied".
    """
    reader = Reader(fields, today=day or today())
    made = _READERS[Kind(kind)](reader)
    reader.done()
    return made


def words(kind: str, fields: Fields) -> Words:
    """The words of a revision or a publication from its stored fields."""
    made: Words = msgspec.convert(fields, _STRUCTS[Kind(kind)])
    return made


def stored(made: Words) -> Fields:
    """The words as a revision keeps them."""
    fields: Fields = msgspec.json.decode(msgspec.json.encode(made))  # lists, as the database gives them back
    return fields


def public(made: Words) -> Words:
    """The words as readers may have them: without the text of an article, which is another's."""
    if not isinstance(made, PressCoverage):
        return made
    shown: PressCoverage = msgspec.structs.replace(made, article="")
    return shown


def missing(made: Words, *, title: str = "") -> dict[str, str]:
    """What has to be written before a second person can be asked, or readers shown it: a sentence a field; {} for nothing."""
    lacks: dict[str, str] = {}
    match made:
        case KeyPoints(points=points):
            if not points:
                lacks["points"] = "Write at least one point."
            for place, point in enumerate(points):
                if not point.text:
                    lacks[f"points.{place}.text"] = "Write this point, or remove it."
        case StatusUpdate():
            _want(lacks, "on", made.on, "Give the day on which this was so.")
            _want(lacks, "body", made.body, "Write what was learned.")
            if not made.source_url and not made.seen_where:
                lacks["source_url"] = "Say where this was seen: an address, or the words beside it."
        case Note():
            _want(lacks, "title", title, "Give the note a title.")
            _want(lacks, "body", made.body, "Write the note.")
        case PressCoverage():
            _want(lacks, "on", made.on, "Give the day on which the article appeared.")
            if not (made.outlet or made.headline or made.url or title):
                lacks["headline"] = "Say which article it is: its headline, its outlet or its address."
            if made.verdicts and not made.article:
                lacks["article"] = "Give the text, or show readers no verdicts: these are found in it."
        case Correction():
            _want(lacks, "body", made.body, "Write what was wrong and what is right.")
        case Position():
            _want(lacks, "who", made.who, "Say whose position it is.")
            _want(lacks, "stance", made.stance, "Choose where they stand.")
            if not made.body and not made.url:
                lacks["body"] = "Say what their position is, or give the address where they state it."
    return lacks


def _want(lacks: dict[str, str], name: str, value: str, sentence: str) -> None:
    if not value:
        lacks[name] = sentence


# Reading


def _key_points(reader: Reader) -> KeyPoints:
    points = []
    for place, given in enumerate(reader.rows("points", MOST_POINTS)):
        at = f"points.{place}."
        row = reader.inside(given, at)
        point = Point(row.line("text", POINT_LENGTH), _tied(row))
        if point != Point(""):
            points.append(point)
    return KeyPoints(reader.text("lead", characters=LEAD_LENGTH), tuple(points))


def _tied(row: Reader) -> Tied | None:
    given = row.fields.get("tied")
    if given is None or given == "":
        return None
    try:
        tied: Tied = msgspec.convert(given, Tied)
    except msgspec.ValidationError:
        row.wrong("tied", "Choose a paragraph of the text or an official action for this point, or neither.")
        return None
    values = [tied.version, tied.anchor, tied.digest or "-"] if isinstance(tied, TiedToClause) else [tied.key]
    if not all(_NAME.fullmatch(value) for value in values):
        row.wrong("tied", "Choose this point’s paragraph or action from the list once more.")
        return None
    return tied


def _status_update(reader: Reader) -> StatusUpdate:
    return StatusUpdate(
        on=reader.day("on"),
        body=reader.text("body"),
        source_url=reader.address("source_url"),
        seen_where=reader.line("seen_where", LINE_LENGTH),
    )


def _note(reader: Reader) -> Note:
    return Note(body=reader.text("body"))


def _press_coverage(reader: Reader) -> PressCoverage:
    verdicts: Any = reader.one_of("verdicts", VERDICTS)
    return PressCoverage(
        outlet=reader.line("outlet", LINE_LENGTH),
        headline=reader.line("headline", LINE_LENGTH),
        on=reader.day("on"),
        url=reader.address("url"),
        body=reader.text("body"),
        article=reader.text("article", size=ARTICLE_LENGTH),
        verdicts=verdicts,
    )


def _correction(reader: Reader) -> Correction:
    return Correction(of=reader.number("of"), body=reader.text("body"))


def _position(reader: Reader) -> Position:
    stance: Any = reader.one_of("stance", STANCES)
    return Position(
        who=reader.line("who", LINE_LENGTH),
        stance=stance,
        body=reader.text("body"),
        url=reader.address("url"),
        on=reader.day("on"),
    )


_READERS: dict[Kind, Callable[[Reader], Words]] = {
    Kind.KEY_POINTS: _key_points,
    Kind.STATUS_UPDATE: _status_update,
    Kind.NOTE: _note,
    Kind.PRESS_COVERAGE: _press_coverage,
    Kind.CORRECTION: _correction,
    Kind.POSITION: _position,
}

__all__ = [
    "STANCES",
    "VERDICTS",
    "Correction",
    "KeyPoints",
    "NotValid",
    "Note",
    "Point",
    "Position",
    "PressCoverage",
    "StatusUpdate",
    "Tied",
    "TiedToAction",
    "TiedToClause",
    "Words",
    "missing",
    "public",
    "read",
    "read_title",
    "stored",
    "words",
]
