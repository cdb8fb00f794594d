"""The sources: how each is, how much is held, what is due, what is odd, and the head of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.measures import TYPES, MeasureType
from tracker.following.lateness import lateness
from tracker.ledger import chain
from tracker.ledger import health as sources_health
from tracker.ledger.models import DueFetch, Folder, Measure, Source, UnknownPart, measure_key
from tracker.ledger.polling.lists import EVERY
from tracker.ledger.polling.votes import INDEX_EVERY
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.source_health import Health, consequence, headline, health
from tracker.texts.models import MeasureText

LISTED = 20  # of each kind of oddity; the rest are counted

ASKED = (
    sources_health.GOVINFO,
    sources_health.CONGRESS_API,
    sources_health.LEGISLATORS,
    sources_health.HOUSE_CLERK,
    sources_health.SENATE,
)


@dataclass(frozen=True, slots=True)
class FolderState:
    """One Congress's measures of one type: what is held of it, and how far its first load is."""

    congress: int
    kind: MeasureType
    held: int
    highest: int  # number held; numbers are given out in order
    folder: Folder | None

    @property
    def gap(self) -> int:
        return max(self.highest - self.held, 0)

    @property
    def share(self) -> int:
        """Per cent of the numbers up to the highest that are held."""
        return 100 * self.held // self.highest if self.highest else 0

    @property
    def is_loading(self) -> bool:
        return self.folder is not None and self.folder.loaded_at is None and bool(self.folder.total)


@dataclass(frozen=True, slots=True)
class Queue:
    """What has to be fetched: rows in the database, whoever works them off."""

    ready_count: int
    leased_count: int
    set_aside_count: int
    oldest_due_at: datetime | None
    troubled: list[tuple[str, DueFetch]]  # id of the measure, row; only those with an error


def _stamp(request: HttpRequest) -> list[object]:
    """This page tells of the last minutes, so that no copy of it is kept longer than one."""
    only(request.GET)
    return [f"{datetime.now(UTC):%Y-%m-%dT%H:%M}"]


@require_safe
@public_page(_stamp)
def sources(request: HttpRequest) -> HttpResponse:
    """How the sources are, by the database alone: neither they nor the broker are asked for it."""
    now = datetime.now(UTC)
    states, folders = _states(now), _folders()
    doubtful = Measure.objects.filter(unconfirmed_since__isnull=False).order_by("-unconfirmed_since", "pk")
    gone = Measure.objects.filter(vanished_at__isnull=False).order_by("-vanished_at", "pk")
    named = ("congress", "type", "number", "title", "unconfirmed_since", "unconfirmed_reason", "vanished_at")
    unknown = list(UnknownPart.objects.order_by("-documents", "path")[: LISTED + 1])
    context: dict[str, Any] = {
        "now": now,
        "headline": headline(states),
        "lead": consequence(states),
        "sources": states,
        "poll_minutes": max(settings.POLL_SECONDS // 60, 1),
        "congresses": [
            {"number": number, "folders": list(of_congress)}
            for number, of_congress in groupby(folders, key=lambda folder: folder.congress)
        ],
        "held_total": sum(folder.held for folder in folders),
        "queue": _queue(now),
        "texts": _texts(now),
        "late": lateness(now),
        "doubtful": list(doubtful.only(*named)[:LISTED]),
        "gone": list(gone.only(*named)[:LISTED]),
        "unknown": unknown[:LISTED],
        "unknown_cut": len(unknown) > LISTED,
        "head": chain.head(),
    }
    return render(request, "pages/sources.html", context)


def _states(now: datetime) -> list[Health]:
    rows = Source.objects.in_bulk()
    poll = timedelta(seconds=settings.POLL_SECONDS)
    without_key = {sources_health.CONGRESS_API: not settings.CONGRESS_API_KEY}
    names = [*ASKED, *sorted(set(rows) - set(ASKED))]
    hourly = max(poll, INDEX_EVERY)
    seldom = {
        sources_health.LEGISLATORS: max(poll, EVERY),
        sources_health.HOUSE_CLERK: hourly,
        sources_health.SENATE: hourly,
    }
    return [
        health(name, rows.get(name), now, poll=seldom.get(name, poll), off=without_key.get(name, False))
        for name in names
    ]


def _folders() -> list[FolderState]:
    """Every folder that was begun, and every Congress and type of which something is held; the newest Congress first."""
    held = {
        (row["congress"], row["type"]): (row["count"], row["highest"])
        for row in Measure.objects.values("congress", "type").annotate(
            count=Count("pk"), highest=Max("number")
        )
    }
    begun = {(folder.congress, folder.type): folder for folder in Folder.objects.all()}
    order = {code: place for place, code in enumerate(TYPES)}
    keys = sorted({*held, *begun}, key=lambda key: (-key[0], order.get(key[1], len(order))))
    return [
        FolderState(congress, TYPES[type], *held.get((congress, type), (0, 0)), begun.get((congress, type)))
        for congress, type in keys
        if type in TYPES
    ]


def _texts(now: datetime) -> dict[str, Any]:
    """How many published texts are held, and of those that are not, why."""
    states = MeasureText.State
    counts = MeasureText.objects.aggregate(
        held=Count("pk", filter=Q(state=states.HELD)),
        waiting=Count("pk", filter=Q(state=states.DUE)),
        absent=Count("pk", filter=Q(state=states.ABSENT)),
        unreadable=Count("pk", filter=Q(state=states.UNREADABLE)),
        next_at=Min("due_at", filter=Q(state=states.ABSENT, due_at__gt=now)),
    )
    ill = MeasureText.objects.filter(state=states.UNREADABLE).order_by("due_at", "pk")[:LISTED]
    return counts | {
        "troubled": [(measure_key(row.measure_id), row) for row in ill] if counts["unreadable"] else []
    }


def _queue(now: datetime) -> Queue:
    ready = Q(due_at__lte=now, set_aside=False) & (Q(leased_until=None) | Q(leased_until__lte=now))
    counts = DueFetch.objects.aggregate(
        ready_count=Count("pk", filter=ready),
        leased_count=Count("pk", filter=Q(leased_until__gt=now)),
        set_aside_count=Count("pk", filter=Q(set_aside=True)),
        oldest_due_at=Min("due_at", filter=ready),
    )
    troubled = DueFetch.objects.filter(error__isnull=False).order_by("-set_aside", "due_at", "pk")[:LISTED]
    return Queue(**counts, troubled=[(measure_key(row.measure_id), row) for row in troubled])
