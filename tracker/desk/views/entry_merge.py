"""Two people wrote in one entry at once: what was there, what the other saved, what you typed, and both put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.desk import entry_state, subjects, unsaved
from tracker.desk.doors import allowed, who
from tracker.desk.entry_forms import TITLE, FormField, form_fields, with_choices
from tracker.desk.merging import merge_points, merge_text, merge_value
from tracker.desk.models import Kind, Revision
from tracker.desk.permissions import Right
from tracker.desk.ties import Tie, Ties
from tracker.desk.views.entry_page import entry_of
from tracker.desk.wordings import Stretch, compare


@dataclass(frozen=True, slots=True)
class Both:
    """One field, or one point, of an entry that two people changed: what each did to it, and what is proposed."""

    field: FormField | None  # None: a point
    at: int  # of a point, from 1
    value: str
    tied: str  # a point's tie, as its menu has it
    old: Tie | None  # the same, where the menu has it not
    said: str
    theirs: list[Stretch]  # against what was there
    mine: list[Stretch]
    theirs_whole: str
    mine_whole: str
    both: bool

    @property
    def tie_id(self) -> str:
        return f"merged-tie-{self.at}"

    @property
    def touched(self) -> bool:
        return bool(self.said)


@allowed(Right.WRITE_ENTRY)
@require_safe
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """The page that puts them together. Its form is sent to the entry's own, which asks for the version again."""
    entry, me = entry_of(number), who(request)
    mine = unsaved.of(entry, me)
    if mine is None or mine.based_on == entry.version:
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/edit/")
    revisions = {each.number: each for each in entry.revisions.select_related("by").order_by("number")}
    theirs, base = revisions[entry.version], revisions.get(mine.based_on)
    since = [each for number, each in revisions.items() if number > mine.based_on]
    ties = Ties(entry.measure)
    fields = (TITLE, *(with_choices(field, entry) for field in form_fields(entry.kind)))
    rows = [_merged(field, base, theirs, mine.title, mine.fields) for field in fields]
    points = _points(base, theirs, mine.fields, ties) if entry.kind == Kind.KEY_POINTS else []
    return render(
        request,
        "desk/entry_merge.html",
        {
            "entry": entry,
            "subject": subjects.of_entry(entry),
            "base": base,
            "theirs": theirs,
            "their_name": "you, in another tab" if theirs.by_id == me.pk else entry_state.named(theirs.by),
            "since": since,
            "mine": mine,
            "read": unsaved.stamp(mine),
            "own": theirs.by_id == me.pk,
            "rows": rows,
            "points": points,
            "ties": ties,
            "doubled": sum(row.both for row in (*rows, *points)),
        },
    )


def _merged(
    field: FormField, base: Revision | None, theirs: Revision, my_title: str, my_fields: Mapping[str, Any]
) -> Both:
    was, other = _value(field, base), _value(field, theirs)
    my = my_title if field.name == "title" else str(my_fields.get(field.name) or "")
    if field.is_prose:
        merged = merge_text(was, my, other)
        value, both = merged.text, merged.both
    else:
        value, both = merge_value(was, my, other)
    return Both(
        field, 0, value, "", None, _said(was, my, other, both, field), compare(was, other), compare(was, my), other, my, both
    )  # fmt: skip


def _said(was: str, mine: str, theirs: str, both: bool, field: FormField) -> str:
    if both and field.is_prose:
        return "Both of you changed it. Both wordings stand here, yours first: keep one, or make one of them."
    if both:
        return "Both of you changed it. Yours stands here; theirs is beside it."
    if mine != was and theirs != was:
        return "Both of you changed it, in different places or to the same. Both changes stand here."
    if mine != was:
        return "You changed it."
    return "They changed it." if theirs != was else ""


def _value(field: FormField, revision: Revision | None) -> str:
    if revision is None:
        return ""
    return revision.title if field.name == "title" else str(revision.fields.get(field.name) or "")


def _points(base: Revision | None, theirs: Revision, my_fields: Mapping[str, Any], ties: Ties) -> list[Both]:
    def points(fields: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = fields.get("points") or ()
        return found

    mine, other = points(my_fields), points(theirs.fields)
    merged = merge_points(points({} if base is None else base.fields), mine, other)
    order = {str(tie.tied["anchor"]): place for place, tie in enumerate(ties.clauses)}
    if all(_ranks(each, order) == sorted(_ranks(each, order)) for each in (mine, other)):
        # Both kept to the order of the text, and so does what is made of them.
        ranks = _ranks([{"tied": point.tied} for point in merged], order)
        merged = [merged[at] for at in sorted(range(len(merged)), key=ranks.__getitem__)]
    tied = [ties.of(point.tied) if isinstance(point.tied, Mapping) else None for point in merged]
    return [
        Both(
            None,
            at,
            point.text,
            "" if tie is None else tie.value,
            None if tie is None or ties.offers(tie) else tie,
            point.said,
            compare(point.base or "", point.theirs or ""),
            compare(point.base or "", point.mine or ""),
            point.theirs or "",
            point.mine or "",
            point.both,
        )
        for at, (point, tie) in enumerate(zip(merged, tied, strict=True), 1)
    ]


def _ranks(points: Sequence[Mapping[str, Any]], order: Mapping[str, int]) -> list[int]:
    """Where each point's clause stands in the text; a point without one stays behind the point before it."""
    ranks: list[int] = []
    for point in points:
        anchor = point["tied"].get("anchor") if isinstance(point["tied"], Mapping) else None
        ranks.append(order.get(str(anchor), ranks[-1] if ranks else -1))
    return ranks
