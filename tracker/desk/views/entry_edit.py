"""Writing an entry: its form, the preview beside it, what is kept every few seconds, and two people's words put together."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from tracker.desk import entries, entry_state, subjects, two_tabs, unsaved
from tracker.desk.doors import allowed, who
from tracker.desk.entries import Overtaken, WrongState
from tracker.desk.entry_forms import MOVES, Sent, draw, moved, sent
from tracker.desk.entry_preview import preview_of
from tracker.desk.fields import NotValid
from tracker.desk.models import Entry, Kind, Revision, User
from tracker.desk.models.entries import Fields
from tracker.desk.permissions import Right
from tracker.desk.ties import Ties
from tracker.desk.views.entry_page import colleague, entry_of, moved_since


@allowed(Right.WRITE_ENTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    entry, me = entry_of(number), who(request)
    if request.method == "POST":
        return _sent(request, entry, me)
    newest = entry.revisions.filter(number=entry.version).select_related("by").first()
    mine = unsaved.of(entry, me)
    if mine is not None:
        return _page(request, entry, newest, mine.title, mine.fields, mine.based_on, kept=True)
    title, fields = (newest.title, newest.fields) if newest is not None else ("", {})
    return _page(request, entry, newest, title, fields, entry.version)


def _sent(request: HttpRequest, entry: Entry, me: User) -> HttpResponse:
    newest = entry.revisions.filter(number=entry.version).select_related("by").first()
    ties = Ties(entry.measure)
    had = newest.fields if newest is not None else None
    words = sent(entry.kind, request.POST, ties, had)
    do = request.POST.get("do", "save")
    if do == "discard":
        return _discard(request, entry, me, words, ties)
    if do in ("save", "ask"):
        return _save(request, entry, me, newest, words, ties, asking=do == "ask")
    moving = entry.kind == Kind.KEY_POINTS and do.partition(":")[0] in MOVES
    if not moving and do != "preview":
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/edit/")  # no button of ours: nothing is done
    said, focus = "", ""
    if moving:
        change = moved(request.POST, do, ties, had)
        words.fields["points"] = change.points
        said, focus = change.said, change.focus
    kept = _keep(request, entry, me, words)
    return _page(
        request, entry, newest, words.title, words.fields, words.based_on, ties=ties, why=words.why, said=said, focus=focus, kept=kept
    )  # fmt: skip


def _discard(request: HttpRequest, entry: Entry, me: User, words: Sent, ties: Ties) -> HttpResponse:
    """Ask once, with the words shown; they are kept until the answer, and after it where another tab has kept others since."""
    sure = request.POST.get("sure", "")
    if unsaved.throw_away(entry, me, read=sure):
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/?done=thrown_away")
    mine = unsaved.of(entry, me)
    if not sure and mine is not None and mine.based_on == words.based_on:
        # With what was typed since. The merge page's form is on a newer revision: what it proposes is not what is thrown away.
        _keep(request, entry, me, words)
        mine = unsaved.of(entry, me)
    if mine is None:
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/edit/")
    return render(
        request,
        "desk/entry_discard.html",
        {
            "entry": entry,
            "subject": subjects.of_entry(entry),
            "mine": mine,
            "read": unsaved.stamp(mine),
            "overtaken": mine.based_on != entry.version,
            "preview": preview_of(entry, mine.title, mine.fields, ties),
        },
    )


def _save(
    request: HttpRequest,
    entry: Entry,
    me: User,
    newest: Revision | None,
    words: Sent,
    ties: Ties,
    *,
    asking: bool,
) -> HttpResponse:
    """Save, and ask for a review where that was the button; whatever cannot be done, the words are kept and shown again."""
    again: dict[str, Any] = {"ties": ties, "why": words.why, "status": HTTPStatus.UNPROCESSABLE_ENTITY}
    try:
        saved = entries.save(
            entry,
            me,
            based_on=words.based_on,
            title=words.title,
            fields=words.fields,
            why=words.why,
            read=request.POST.get("read"),
        )
    except Overtaken:
        try:
            unsaved.keep(
                entry,
                me,
                based_on=words.based_on,
                title=words.title,
                fields=words.fields,
                read=request.POST.get("read"),
            )
        except unsaved.KeptElsewhere as other:
            try:
                two_tabs.keep_both(entry, me, words, other.kept)
            except (unsaved.TooMuch, unsaved.KeptElsewhere) as refused:
                return _page(
                    request, entry, newest, words.title, words.fields, words.based_on, problem=str(refused), **again
                )  # fmt: skip
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/merge/")
    except NotValid as wrong:
        kept = _keep(request, entry, me, words)
        return _page(
            request, entry, newest, words.title, words.fields, words.based_on, errors=wrong.errors, kept=kept, **again
        )  # fmt: skip
    if unsaved.of(entry, me) is not None:  # another tab's, which were not read here: both are shown
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/merge/")
    if not asking:
        same = newest is not None and saved.pk == newest.pk
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/?done={'same' if same else 'saved'}")
    problem, errors = "", {}
    try:
        reviewer = colleague(request.POST.get("reviewer", ""))
        entries.ask(entry, me, version=saved.number, reviewer=reviewer, note=request.POST.get("note", ""))
    except NotValid as wrong:
        problem, errors = "Saved, but not sent to review: something is missing.", wrong.errors
    except (WrongState, PermissionDenied) as refused:
        problem = f"Saved, but not sent to review. {refused}"
    except Overtaken:
        problem = "Saved, but not sent to review: somebody has saved a newer revision since."
    else:
        return HttpResponseRedirect(f"/desk/entries/{entry.pk}/?done=asked")
    entry = entry_of(entry.pk)
    return _page(
        request, entry, saved, saved.title, saved.fields, saved.number, errors=errors, problem=problem, status=again["status"]
    )  # fmt: skip


def _keep(request: HttpRequest, entry: Entry, me: User, words: Sent) -> bool:
    """Keep what cannot be saved, or is not to be yet; False where it is too much, or another tab's words are kept.

    It stands in the form in either case.
    """
    read = request.POST.get("read")
    try:
        unsaved.keep(entry, me, based_on=words.based_on, title=words.title, fields=words.fields, read=read)
    except (unsaved.TooMuch, unsaved.KeptElsewhere):
        return False
    return True


def _page(
    request: HttpRequest,
    entry: Entry,
    newest: Revision | None,
    title: str,
    fields: Fields,
    based_on: int,
    *,
    ties: Ties | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
    why: str = "",
    said: str = "",
    focus: str = "",
    kept: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    me = who(request)
    ties = ties or Ties(entry.measure)
    steps = list(entry.steps.select_related("by").order_by("id"))
    row, read = unsaved.of(entry, me), request.POST.get("read")
    mine = row if kept else None
    return render(
        request,
        "desk/entry_edit.html",
        {
            "entry": entry,
            "subject": subjects.of_entry(entry),
            "newest": newest,
            "stations": entry_state.track(entry, steps),
            "offer": entry_state.offer(entry, me),
            "reviewers": entry_state.reviewers(entry),
            "form": draw(
                entry,
                title,
                fields,
                ties,
                errors=errors,
                focus=focus,
            ),
            "ties": ties,
            "preview": preview_of(entry, title, fields, ties),
            "notes": [step for step in reversed(steps) if step.note][:6],
            "record_moved": moved_since(entry.measure, newest),
            "based_on": based_on,
            "overtaken": based_on != entry.version,
            "unsaved": mine,
            "read": unsaved.stamp(mine) if mine is not None else read or "",
            "apart": row if not kept and read not in (None, unsaved.stamp(row)) else None,
            "why": why,
            "said": said,
            "focus": focus,
            "problem": problem,
            "asked": request.POST if request.method == "POST" else {},
        },
        status=status,
    )


@allowed(Right.WRITE_ENTRY)
@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The part beside the form, as these words would have it. Nothing is kept."""
    entry = entry_of(number)
    newest = entry.revisions.filter(number=entry.version).first()
    ties = Ties(entry.measure)
    words = sent(entry.kind, request.POST, ties, newest.fields if newest is not None else None)
    shown = preview_of(entry, words.title, words.fields, ties)
    return render(request, "desk/entry_edit.html#beside", {"entry": entry, "preview": shown, "swapped": True})


@allowed(Right.WRITE_ENTRY)
@require_POST
def autosave(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what has been typed so far, and say since when somebody else's revision is newer."""
    entry, me = entry_of(number), who(request)
    newest = entry.revisions.filter(number=entry.version).select_related("by").first()
    ties = Ties(entry.measure)
    words = sent(entry.kind, request.POST, ties, newest.fields if newest is not None else None)
    read = request.POST.get("read")
    saved = newest is not None and (words.title, words.fields) == (
        newest.title,
        _as_form(entry.kind, newest.fields),
    )
    if saved:  # also by a form that was sent while this was on its way
        dropped = unsaved.drop(entry, me, read=read, title=words.title, fields=words.fields)
        return JsonResponse({"said": "As saved.", "read": "" if dropped else read})
    try:
        kept = unsaved.keep(
            entry, me, based_on=words.based_on, title=words.title, fields=words.fields, read=read
        )
    except unsaved.KeptElsewhere as other:
        return JsonResponse({"said": str(other)}, status=HTTPStatus.CONFLICT)
    except unsaved.TooMuch as problem:
        return JsonResponse({"said": str(problem)}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    said = f"Kept {kept.at:%H:%M} UTC, not saved yet."
    if newest is not None and words.based_on != entry.version:
        said = (
            f"Kept {kept.at:%H:%M} UTC. Meanwhile {entry_state.named(newest.by)} saved revision {newest.number}; "
            "when you save, you see both."
        )
    return JsonResponse({"said": said, "read": unsaved.stamp(kept)})


def _as_form(kind: str, fields: Fields) -> Fields:
    """A revision's fields as the form sends them back when nothing is touched."""
    return {name: value if name == "points" else str(value or "") for name, value in fields.items()}
