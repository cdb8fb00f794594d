"""One entry as staff read it: where it stands, its words, who did what and why, and two of its revisions compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tracker.congress.calendar import valid_day
from tracker.desk import articles, entry_state, kinds, markdown, rendering, subjects, unsaved
from tracker.desk.doors import allowed, who
from tracker.desk.entry_forms import form_fields
from tracker.desk.kept_articles import opened
from tracker.desk.models import ArticleCheck, Entry, Kind, MovedClaim, Review, Revision, User
from tracker.desk.outgrown import reasons_of
from tracker.desk.permissions import Right, may
from tracker.desk.ties import Tie, Ties
from tracker.desk.views.said import heard
from tracker.desk.wordings import Stretch, compare
from tracker.ledger.models import ChangeEvent, Measure
from tracker.press.check import check

DONE = {
    "saved": "Saved.",
    "asked": "Saved, and a review is asked for.",
    "take_back": "It is a draft again.",
    "send_back": "Sent back to its writer.",
    "note": "The note is left.",
    "publish": "Published. Readers see it now.",
    "correct": "The correction is published. Readers see it now.",
    "withdraw": "Withdrawn. Readers see that it was, and why.",
    "confirm": "Confirmed: what readers see still holds.",
    "thrown_away": "Your words that were not saved are thrown away.",
    "same": "Nothing was changed, so nothing new was saved.",
}

LONG = 280  # characters of the record's words; longer ones are folded on a phone


def entry_of(number: int) -> Entry:
    """The entry with what its pages draw. Raises Http404."""
    entries = Entry.objects.select_related("author", "reviewer", "asked_by", "measure", "topic")
    return get_object_or_404(entries, pk=number)


@allowed(Right.USE_DESK)
@require_safe
def read(request: HttpRequest, number: int) -> HttpResponse:
    return draw(request, entry_of(number))


def draw(
    request: HttpRequest,
    entry: Entry,
    *,
    errors: dict[str, str] | None = None,
    problem: str = "",
    sent: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The entry's page; after a step that could not be taken, with why, and with what was sent."""
    me = who(request)
    revisions = list(entry.revisions.select_related("by").order_by("-number"))
    steps = list(entry.steps.select_related("by").order_by("id"))
    newest = revisions[0] if revisions else None
    public = next((each for each in revisions if each.number == entry.public_version), None)
    pending = public if public is not newest else None
    offer = entry_state.offer(entry, me)
    mine = unsaved.of(entry, me)
    return render(
        request,
        "desk/entry.html",
        {
            "entry": entry,
            "subject": subjects.of_entry(entry),
            "stations": entry_state.track(entry, steps),
            "offer": offer,
            "reviewers": entry_state.reviewers(entry) if offer.ask else [],
            "newest": newest,
            "newest_html": shown(entry, newest),
            "points": points_beside_the_record(entry, newest),
            "public": pending,
            "public_html": shown(entry, pending),
            "differences": [] if pending is None or newest is None else [
                field for field in compare_revisions(entry.kind, pending, newest) if field.changed
            ],
            "article": (newest.fields.get("article") or "") if newest is not None and entry.kind == Kind.PRESS_COVERAGE else "",
            "revisions": revisions,
            "steps": _told(steps),
            "sent_back": _sent_back(entry, steps),
            "publications": entry.publications.order_by("-number"),
            "record_moved": moved_since(entry.measure, newest),
            "outgrown": reasons_of(entry) if entry.public_version is not None else (),
            "unsaved": mine,
            "done": DONE.get(request.GET.get("done", ""), ""),
            "errors": errors or {},
            "problem": problem,
            "sent": sent or {},
        },
        status=status,
    )  # fmt: skip


def shown(entry: Entry, revision: Revision | None) -> SafeString:
    """The words of a revision as readers would get them; empty for none."""
    if revision is None:
        return SafeString()
    return rendering.html(kinds.public(kinds.words(entry.kind, revision.fields)), entry.about)


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """One key point as whoever reviews it reads it: our words, and what it is tied to with the record's own words."""

    html: SafeString
    tie: Tie | None

    @property
    def is_long(self) -> bool:
        """Whether the record's words would push the next point off a phone's screen."""
        return self.tie is not None and len(self.tie.words) > LONG


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """Key points beside the record: the line that opens them, and each point."""

    lead: SafeString
    points: list[ReadPoint]


def points_beside_the_record(entry: Entry, revision: Revision | None) -> ReadPoints | None:
    """The points of a revision, each with what it is tied to; None for any other kind. Six queries at most."""
    if revision is None or entry.kind != Kind.KEY_POINTS:
        return None
    words = kinds.words(entry.kind, revision.fields)
    assert isinstance(words, kinds.KeyPoints), "the words of key points"
    ties = Ties(entry.measure)
    kept = [point.get("tied") for point in revision.fields.get("points") or ()]
    points = [
        ReadPoint(markdown.cleaned(markdown.render_line(point.text)), ties.of(tied))
        for point, tied in zip(words.points, kept, strict=True)
    ]
    lead = markdown.cleaned(markdown.render(words.lead)) if words.lead else SafeString()
    return ReadPoints(lead, points)


def moved_since(measure: Measure | None, revision: Revision | None) -> ChangeEvent | None:
    """The last change of the measure's official record since these words were saved; the desk's own events are none."""
    if measure is None or revision is None or measure.changed_at <= revision.at:
        return None
    events = ChangeEvent.objects.of_official_record().filter(measure=measure, observed_at__gt=revision.at)
    return events.order_by("-id").first()


def _told(steps: list[Review]) -> list[dict[str, Any]]:
    return [{"step": step, "words": Review.Step(step.step).label} for step in reversed(steps)]


def _sent_back(entry: Entry, steps: list[Review]) -> Review | None:
    """What the reviewer wants changed, as long as it has not been sent again."""
    if entry.state != Entry.State.DRAFT:
        return None
    for step in reversed(steps):
        if step.step == Review.Step.SENT_BACK:
            return step
        if step.step in (Review.Step.ASKED, Review.Step.PUBLISHED, Review.Step.CORRECTED):
            return None
    return None


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two revisions: its label, and the words with what went and what came."""

    label: str
    stretches: list[Stretch]
    changed: bool


@allowed(Right.USE_DESK)
@require_safe
def compared(request: HttpRequest, number: int) -> HttpResponse:
    """Any two revisions of an entry, word by word; without numbers the newest against the one before it."""
    entry = entry_of(number)
    revisions = {each.number: each for each in entry.revisions.select_related("by").order_by("number")}
    if not revisions:
        raise Http404("Nothing has been written yet, so there is nothing to compare.")
    to = _numbered(request, "to", entry.version, revisions)
    before = _numbered(request, "from", max(1, to.number - 1), revisions)
    fields = compare_revisions(entry.kind, before, to)
    return render(
        request,
        "desk/entry_compare.html",
        {
            "entry": entry,
            "subject": subjects.of_entry(entry),
            "revisions": list(revisions.values()),
            "before": before,
            "to": to,
            "fields": fields,
            "changed": sum(field.changed for field in fields),
        },
    )


def compare_revisions(kind: str, before: Revision, after: Revision) -> list[Compared]:
    """Every field that either revision has something in, compared."""
    found = [("Title", before.title, after.title)]
    found += [
        (field.label, _text(before.fields, field.name), _text(after.fields, field.name))
        for field in form_fields(kind)
    ]
    if kind == Kind.KEY_POINTS:
        found.append(("Points", _points(before), _points(after)))
    return [Compared(label, compare(old, new), old != new) for label, old, new in found if old or new]


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return "" if value is None else str(value)


def _points(revision: Revision) -> str:
    """The points as lines, each with what it is tied to."""
    lines = []
    words = kinds.words(Kind.KEY_POINTS, revision.fields)
    assert isinstance(words, kinds.KeyPoints), "the words of key points"
    for at, point in enumerate(words.points, 1):
        tied = "" if point.tied is None else f" ({rendering.tied_to(point.tied, revision.entry.about)[0]})"
        lines.append(f"{at}. {point.text}{tied}")
    return "\n".join(lines)


def _numbered(request: HttpRequest, name: str, otherwise: int, revisions: dict[int, Revision]) -> Revision:
    asked = request.GET.get(name) or str(otherwise)
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    if number not in revisions:
        raise Http404(f"There is no revision {asked[:20]} of this entry: it has 1 to {max(revisions)}.")
    return revisions[number]


@allowed(Right.CHECK_ARTICLES)
@require_safe
def checked(request: HttpRequest, number: int) -> HttpResponse:
    """The text of an article held against the record, as of the day on which it appeared, and what the record has overtaken
    since. For the desk alone. Checked here where the worker has not yet."""
    entry = entry_of(number)
    newest = entry.revisions.filter(number=entry.version).first()
    words = None if newest is None else kinds.words(entry.kind, newest.fields)
    if not isinstance(words, kinds.PressCoverage) or not words.article:
        raise Http404("This entry has no article whose text could be checked.")
    kept = ArticleCheck.objects.filter(entry=entry, revision_number=newest.number).first() if newest else None
    result = None if kept is None else opened(kept.result)
    moved = articles.moved_of(entry)
    return render(
        request,
        "desk/entry_check.html",
        {
            "entry": entry,
            "subject": subjects.of_entry(entry),
            "words": words,
            "kept": kept if result is not None else None,
            "result": result or check(words.article, valid_day(words.on)),
            "moved": moved,
            "open": [one for one in moved if one.row.outcome == MovedClaim.Outcome.OPEN],
            "said": heard(request),
            "may_review": may(who(request), Right.REVIEW_ENTRY),
        },
    )


def colleague(number: str) -> User | None:
    """The account that a form's menu names; None for anyone. Raises Http404 for a number that is none."""
    if not number:
        return None
    if not number.isdecimal() or len(number) > 9:
        raise Http404("No such colleague.")
    return get_object_or_404(User, pk=int(number), is_active=True)
