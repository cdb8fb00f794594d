"""What waits at the desk, and for whom: the questions of its front page, each one query however much there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from tracker.desk import by_hand
from tracker.desk.models import Care, Difference, Entry, Kind, Review, Revision, UnsavedWords, User
from tracker.desk.permissions import Right, may
from tracker.ledger.models import ChangeEvent, DueFetch, Measure, Source
from tracker.ledger.models.measures import measure_key

SHOWN = 12  # entries of each list; the counts beside them are of all
BUSY_DAYS = 30
BUSY_EVENTS = 3  # in so many days, and nothing written: worth a look
BUSY_SHOWN = 8
_LOOKED_BACK = 20_000  # events: a bound for the database; a busy month has some thousand

NEWS = (
    "became_law",
    "status_changed",
    "vote_recorded",
    "cosponsor_withdrawn",
    "cosponsor_added",
    "action_added",
    "text_published",
)
"""Kinds of change that somebody may want to write about, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything, and where the ledger ended when it was counted."""

    head: int  # id of the last event
    to_review: int  # in review, not written by this person
    asked_of_me: int
    drafts: int
    looked_after: int
    differences: int
    by_hand: int  # measures entered by hand that wait for a second reader
    set_aside: int
    unconfirmed: int
    vanished: int
    failing: int

    @property
    def unsettled(self) -> int:
        return self.set_aside + self.unconfirmed + self.vanished + self.failing


def counts(me: User) -> Counts:
    """Costs one query. Whoever may not review has nothing to review but what they are asked."""
    review = to_review(me)
    asked: dict[str, QuerySet[Any]] = {
        "to_review": review,
        "asked_of_me": review.filter(reviewer=me),
        "drafts": mine(me),
        "looked_after": Care.objects.filter(assigned_to=me),
        "differences": Difference.objects.filter(outcome=Difference.Outcome.OPEN),
        "by_hand": by_hand.waiting(me),
        "set_aside": DueFetch.objects.filter(set_aside=True),
        "unconfirmed": Measure.objects.exclude(unconfirmed_document=None),
        "vanished": Measure.objects.exclude(vanished_at=None),
        "failing": Source.objects.exclude(failing_since=None),
    }
    head = Coalesce(Subquery(ChangeEvent.objects.order_by("-id").values("id")[:1]), Value(0))
    row = User.objects.filter(pk=me.pk).annotate(
        head=head, **{f"n_{name}": _count(rows) for name, rows in asked.items()}
    )
    found = row.values("head", *(f"n_{name}" for name in asked)).get()
    return Counts(found["head"], *(found[f"n_{name}"] for name in asked))


def _count(rows: QuerySet[Any]) -> Coalesce:
    grouped = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), Value(0))


# Entries


def to_review(me: User) -> QuerySet[Entry]:
    """What waits for somebody to read it and this person may read for that: not what they have written in."""
    written = Revision.objects.filter(
        entry=OuterRef("pk"), by=me, number__gt=Coalesce(OuterRef("public_version"), Value(0))
    )
    waiting = Entry.objects.filter(~Exists(written), state=Entry.State.IN_REVIEW)
    return waiting if may(me, Right.REVIEW_ENTRY) else waiting.none()


def mine(me: User) -> QuerySet[Entry]:
    """One's own drafts, those sent back among them: begun by this person, or last written in by them, such as a correction of
    what a colleague wrote; and whatever entry they have words in that are not saved, wherever it stands."""
    unsaved = UnsavedWords.objects.filter(entry=OuterRef("pk"), by=me)
    return Entry.objects.filter(Q(written_by(me.pk), state=Entry.State.DRAFT) | Q(Exists(unsaved)))


def written_by(person: int) -> Q:
    """Of entries: begun by this account, or its newest revision is theirs."""
    newest = Revision.objects.filter(entry=OuterRef("pk"), number=OuterRef("version"), by_id=person)
    return Q(author_id=person) | Q(Exists(newest))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries that concern one person: to be read (asked of them first, then of anyone, each oldest first); their own drafts,
    those sent back first; and press coverage, the newest first."""

    to_review: list[Any]
    drafts: list[Any]
    press: list[Any]


def entries(me: User) -> Waiting:
    """Costs one query. Each entry has its newest `title`, its `last_step` and what was `said` at it; and since when this
    person has words in it that are not saved (`unsaved_at`, or None)."""
    review = to_review(me).order_by("asked_at", "pk")
    named = review.filter(reviewer=me).values("pk")[:SHOWN]
    others = review.filter(~Q(reviewer=me) | Q(reviewer=None)).values("pk")[:SHOWN]
    drafts = mine(me).order_by("-changed_at", "-pk").values("pk")[: SHOWN * 2]
    press = Entry.objects.filter(kind=Kind.PRESS_COVERAGE, measure__isnull=False).order_by(
        "-changed_at", "-pk"
    )
    step = Review.objects.filter(entry=OuterRef("pk")).exclude(step=Review.Step.NOTED).order_by("-id")
    newest = Revision.objects.filter(entry=OuterRef("pk"), number=OuterRef("version"))
    rows = list(
        Entry.objects.filter(
            Q(pk__in=named) | Q(pk__in=others) | Q(pk__in=drafts) | Q(pk__in=press.values("pk")[:SHOWN])
        )
        .annotate(
            title=Subquery(newest.values("title")[:1]),
            fields_now=Subquery(newest.values("fields")[:1]),
            last_step=Subquery(step.values("step")[:1]),
            said=Subquery(step.values("note")[:1]),
            unsaved_at=Subquery(UnsavedWords.objects.filter(entry=OuterRef("pk"), by=me).values("at")[:1]),
            is_mine=Exists(mine(me).filter(pk=OuterRef("pk"))),
            is_to_review=Exists(to_review(me).filter(pk=OuterRef("pk"))),
        )
        .select_related("author", "asked_by", "reviewer", "measure", "topic")
    )
    return _sorted(rows, me)


def _sorted(rows: Sequence[Any], me: User) -> Waiting:
    review = [row for row in rows if row.is_to_review]
    review.sort(key=lambda row: (row.reviewer_id != me.pk, row.asked_at or row.changed_at, row.pk))
    drafts = [row for row in rows if row.is_mine]
    drafts.sort(key=_when_mine)
    press = [row for row in rows if row.kind == Kind.PRESS_COVERAGE and row.measure_id is not None]
    press.sort(key=lambda row: row.changed_at, reverse=True)
    return Waiting(review[:SHOWN], drafts[:SHOWN], press[:SHOWN])


def _when_mine(row: Any) -> tuple[bool, float]:
    """Sent back first, then what this person touched last."""
    return row.last_step != Review.Step.SENT_BACK, -max(
        row.changed_at, row.unsaved_at or row.changed_at
    ).timestamp()


def lately(me: User) -> list[Review]:
    """The last steps that colleagues took. Costs one query."""
    steps = Review.objects.exclude(by=me).select_related("by", "entry", "entry__measure", "entry__topic")
    return list(steps.order_by("-id")[:10])


# Measures


@dataclass(frozen=True, slots=True)
class Busy:
    """A measure that moved much lately, and that nobody has written about."""

    key: str
    citation: str
    title: str
    events: int
    told: str  # "27 names joined, new status"
    since: date | None  # the first official day among these events


def busy() -> list[Busy]:
    """Measures with much news in the last thirty days, those with most first, and without any entry. Costs one query."""
    last = Subquery(ChangeEvent.objects.order_by("-id").values("id")[:1])
    written = Entry.objects.filter(measure_id=OuterRef("measure_id"))
    rows = (
        ChangeEvent.objects.filter(
            ~Exists(written),
            kind__in=NEWS,
            pk__gt=last - _LOOKED_BACK,
            observed_at__gte=timezone.now() - timedelta(days=BUSY_DAYS),
            measure__isnull=False,
        )
        .order_by()
        .values("measure_id", "measure__title", "kind")
        .annotate(count=Count("pk"), since=Min("occurred_on"))
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row["measure_id"], []).append(row)
    ranked = sorted(found.items(), key=lambda item: (-sum(row["count"] for row in item[1]), -item[0]))
    return [
        _busy(pk, several)
        for pk, several in ranked[:BUSY_SHOWN]
        if sum(row["count"] for row in several) >= BUSY_EVENTS
    ]


_TOLD = {
    "became_law": ("became law", "became law"),
    "status_changed": ("new status", "{} new statuses"),
    "vote_recorded": ("recorded vote", "{} recorded votes"),
    "cosponsor_withdrawn": ("1 name left", "{} names left"),
    "cosponsor_added": ("1 name joined", "{} names joined"),
    "action_added": ("1 action", "{} actions"),
    "text_published": ("text published", "{} texts published"),
}


def _busy(pk: int, rows: Sequence[dict[str, Any]]) -> Busy:
    rows = sorted(rows, key=lambda row: NEWS.index(row["kind"]))
    told = [_TOLD[row["kind"]][row["count"] > 1].format(row["count"]) for row in rows]
    key = measure_key(pk)
    congress, type_, number = key.split("/")
    citation = Measure(congress=int(congress), type=type_, number=int(number)).citation
    days = [row["since"] for row in rows if row["since"] is not None]
    return Busy(
        key, citation, rows[0]["measure__title"], sum(row["count"] for row in rows), ", ".join(told),
        min(days, default=None),
    )  # fmt: skip
