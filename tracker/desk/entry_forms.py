"""The forms of entries, one a kind: from a revision's fields to what a template draws, and from what a browser sends back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from tracker.desk import kinds
from tracker.desk.models import Entry, Kind, Publication
from tracker.desk.models.entries import Fields
from tracker.desk.ties import SUGGESTED, Tie, Ties
from tracker.desk.wordings import word_count


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: `shape` is what draws it (prose, line, day, address, choice, article)."""

    name: str
    label: str
    shape: str
    hint: str = ""
    rows: int = 0
    value: str = ""
    error: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def is_prose(self) -> bool:
        """Whether two people's changes to it can stand in one text."""
        return self.shape in ("prose", "article")

    @property
    def words(self) -> int:
        return word_count(self.value)


TITLE = FormField("title", "Title", "line", "Readers see it above the words. May be empty.")
_BODY = FormField("body", "Words", "prose", rows=6)
_FIELDS: dict[str, tuple[FormField, ...]] = {
    Kind.KEY_POINTS: (
        FormField("lead", "Opening line: what kind of thing this is", "prose", "What it would do, and whom it would bind.", 2),
    ),
    Kind.STATUS_UPDATE: (
        FormField("on", "The day on which it was so", "day", "As 2025-03-27."),
        replace(_BODY, label="What was learned", rows=4),
        FormField("source_url", "Where it was seen: its address", "address", "Beginning with https://."),
        FormField("seen_where", "Where it was seen, in words", "line", "“The clerk’s office, by telephone.” Where there is no address, this is its source."),
    ),
    Kind.NOTE: (replace(_BODY, label="The note"),),
    Kind.PRESS_COVERAGE: (
        FormField("outlet", "Outlet", "line"),
        FormField("headline", "Headline", "line", "As it was printed."),
        FormField("on", "The day on which it appeared", "day", "As 2024-07-27."),
        FormField("url", "Its address", "address", "Beginning with https://. Empty where there is none."),
        replace(_BODY, label="What it says, and how that stands to the record", rows=4),
        FormField("article", "Its text, for the check alone", "article", "Never shown to readers: the words are its author’s. It is checked again whenever the record moves.", 4),
        FormField("verdicts", "Show readers what the check finds", "choice", "The statements it could judge, each in a short quote, on the entry’s own page."),
    ),
    Kind.CORRECTION: (
        FormField("of", "What it corrects", "choice", "Another entry here, or nothing in particular."),
        replace(_BODY, label="What was wrong, and what is right", rows=4),
    ),
    Kind.POSITION: (
        FormField("who", "Whose position it is", "line"),
        FormField("stance", "Where they stand", "choice"),
        replace(_BODY, label="In their words or ours", rows=4),
        FormField("url", "Where they state it: its address", "address", "Beginning with https://."),
        FormField("on", "The day on which they stated it", "day", "As 2025-03-27."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point in the form. `suggested`: empty, brought by the form for a paragraph that has none yet."""

    at: int  # from 1, of all that the form shows
    number: int  # from 1, of the entry's points; 0: suggested
    text: str
    value: str  # of its tie
    tie: Tie | None
    error: str = ""
    suggested: bool = False
    focus: str = ""  # what of it the cursor goes to: text, up, down, tie
    old: Tie | None = None  # its tie, where that is none of those offered now

    @property
    def tie_id(self) -> str:
        return f"tie-{self.at}"

    @property
    def words(self) -> int:
        return word_count(self.text)


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What a template draws: the fields, and for key points the points."""

    title: FormField
    fields: tuple[FormField, ...]
    points: tuple[PointRow, ...]
    has_points: bool
    errors: tuple[tuple[str, str], ...]  # (id of the field, what is wrong with it), in the form's order
    wrong: Mapping[str, str]  # the same by name, for what is drawn apart from the fields

    @property
    def most_points(self) -> int:
        return kinds.MOST_POINTS


def form_fields(kind: str) -> tuple[FormField, ...]:
    """The fields of a kind, without the title and without the points."""
    return _FIELDS[kind]


def with_choices(field: FormField, entry: Entry) -> FormField:
    """A field that offers a choice, with what there is to choose for this entry. One query for what a correction corrects."""
    if field.name == "stance":
        return replace(field, choices=tuple(kinds.STANCES.items()))
    if field.name == "verdicts":
        return replace(field, choices=tuple(kinds.VERDICTS.items()))
    return replace(field, choices=tuple(_correctable(entry))) if field.name == "of" else field


def draw(
    entry: Entry,
    title: str,
    fields: Fields,
    ties: Ties,
    *,
    errors: Mapping[str, str] | None = None,
    focus: str = "",
) -> EntryForm:
    """The form of an entry holding these words. `errors` by the names of `kinds.read`.

    `focus` is a part of a point and the point's place in `fields`, as `moved` gives it.
    """
    errors = errors or {}
    kind = entry.kind
    drawn = tuple(
        replace(
            with_choices(field, entry),
            value=str(fields.get(field.name) or ""),
            error=errors.get(field.name, ""),
        )
        for field in _FIELDS[kind]
    )
    heading = replace(TITLE, value=title, error=errors.get("title", ""))
    if kind == Kind.NOTE:
        heading = replace(heading, hint="Readers see it above the words.")
    has_points = kind == Kind.KEY_POINTS
    points = tuple(_rows(fields.get("points") or (), ties, errors, focus)) if has_points else ()
    told = [(field.id, field.error) for field in (heading, *drawn) if field.error]
    if has_points and "points" in errors:
        told.append(("points", errors["points"]))
    told += [(f"point-{row.at}", f"Point {row.number}: {row.error}") for row in points if row.error]
    if "reviewer" in errors:
        told.append(("reviewer", errors["reviewer"]))
    return EntryForm(heading, drawn, points, has_points, tuple(told), dict(errors))


def _rows(
    points: Sequence[Mapping[str, Any]], ties: Ties, errors: Mapping[str, str], focus: str
) -> Iterable[PointRow]:
    """The points in their order, and after each the paragraphs that follow it in the text and have no point."""
    rows = [
        _Row(
            str(point.get("text") or ""),
            point.get("tied"),
            errors.get(f"points.{place}.text") or errors.get(f"points.{place}.tied", ""),
            place,
        )
        for place, point in enumerate(points)
    ]
    wanted = ties.expected if len(ties.expected) <= SUGGESTED else []
    has = {row.anchor for row in rows}
    before: str | None = None
    for tie in wanted:
        anchor = str(tie.tied["anchor"])
        if anchor not in has:
            after = [at for at, row in enumerate(rows, 1) if before is not None and row.anchor == before]
            rows.insert(after[0] if after else len(rows) if before else 0, _Row("", tie.tied, "", None))
        before = anchor
    part, _, which = focus.partition(":")
    for at, row in enumerate(rows, 1):
        tie_of = ties.of(row.tied) if isinstance(row.tied, Mapping) else None
        yield PointRow(
            at,
            0 if row.place is None else row.place + 1,
            row.text,
            tie_of.value if tie_of else "",
            tie_of,
            row.error,
            row.place is None,
            part if row.place is not None and which == str(row.place) else "",
            tie_of if tie_of is not None and not ties.offers(tie_of) else None,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    tied: Any
    error: str
    place: int | None  # among the entry's points; None: suggested

    @property
    def anchor(self) -> str | None:
        return self.tied.get("anchor") if isinstance(self.tied, Mapping) else None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent of an entry: nothing trimmed, nothing judged."""

    title: str
    fields: Fields
    based_on: int
    why: str


def sent(kind: str, post: QueryDict, ties: Ties, before: Fields | None = None) -> Sent:
    """Read a form. Points without a word are left out; `before` are the entry's own fields, whose ties may be kept."""
    fields: Fields = {field.name: _clean(post.get(field.name, "")) for field in _FIELDS[kind]}
    if kind == Kind.KEY_POINTS:
        fields["points"] = _points(post, ties, before)
    based_on = post.get("based_on", "")
    return Sent(
        _clean(post.get("title", "")),
        fields,
        int(based_on) if based_on.isdecimal() and len(based_on) < 10 else 0,
        _clean(post.get("why", "")),
    )


def _points(post: QueryDict, ties: Ties, before: Fields | None) -> list[dict[str, Any]]:
    had = [point.get("tied") for point in (before or {}).get("points") or ()]
    texts, values = post.getlist("text"), post.getlist("tied")
    rows = zip(texts, [*values, *[""] * len(texts)], strict=False)
    return [{"text": _clean(text), "tied": ties.chosen(value, had)} for text, value in rows if text.strip()]


MOVES = ("up", "down", "remove", "add", "tie")  # what the buttons and menus beside the points do


@dataclass(frozen=True, slots=True)
class Moved:
    """The points after a button was pressed: their new order, what to say of it, and what to put the cursor on."""

    points: list[dict[str, Any]]
    said: str
    focus: str  # "text:2", "up:0": a part of a point and its place; "add": the button that adds one


def moved(post: QueryDict, do: str, ties: Ties, before: Fields | None) -> Moved:
    """What the buttons beside the points do: "up:3", "down:3", "remove:3" (rows from 1, as they were drawn), "add"; "tie:3" is its menu."""
    had = [point.get("tied") for point in (before or {}).get("points") or ()]
    texts, values = post.getlist("text"), post.getlist("tied")
    rows = [
        {"text": _clean(text), "tied": ties.chosen(value, had), "row": row}
        for row, (text, value) in enumerate(zip(texts, [*values, *[""] * len(texts)], strict=False), 1)
    ]
    kept = [row for row in rows if row["text"].strip()]
    what, _, which = do.partition(":")
    at = next((place for place, row in enumerate(kept) if str(row["row"]) == which), None)
    said, focus = "", "add"
    if what == "add":
        kept.append({"text": "", "tied": ties.chosen(post.get("new_tied", ""), had), "row": 0})
        said, focus = "A point was added.", f"text:{len(kept) - 1}"
    elif what == "tie":
        said, focus = ("", "") if at is None else (f"Point {at + 1} is tied anew.", f"tie:{at}")
    elif at is None:
        said = "A point without words has no place of its own yet: write it first."
    elif what == "remove":
        kept.pop(at)
        said = f"Point {at + 1} was taken out. What is saved still has it until you save."
        focus = f"text:{min(at, len(kept) - 1)}" if kept else "add"
    else:
        to = at - 1 if what == "up" else at + 1
        focus = f"{what}:{min(max(to, 0), len(kept) - 1)}"
        if 0 <= to < len(kept):
            kept[at], kept[to] = kept[to], kept[at]
            said = f"Point {at + 1} is now point {to + 1}."
        else:
            said = f"Point {at + 1} is the {'first' if to < 0 else 'last'} already."
    return Moved([{"text": row["text"], "tied": row["tied"]} for row in kept], said, focus)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "")


def _correctable(entry: Entry) -> list[tuple[str, str]]:
    """For a correction: the entries about the same thing that readers see."""
    if entry.kind != Kind.CORRECTION:
        return []
    standing = Publication.objects.standing().filter(
        measure=entry.measure_id, member=entry.member, topic=entry.topic_id
    )
    return [
        (
            str(each.entry_id),
            f"{Kind(each.kind).label} {each.entry_id}{': ' if each.title else ''}{each.title}",
        )
        for each in standing.exclude(entry=entry.pk).order_by("entry_id")
    ]
