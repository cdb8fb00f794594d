"""Figures for Prometheus, read from the database when they are asked for: every process tells the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from tracker.ledger import chain
from tracker.ledger.models import DueFetch, Measure, Source
from tracker.operate.proxies import came_through_a_stranger, is_within


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whom METRICS_FROM names; for everybody else there is no such page."""
    if came_through_a_stranger(request) or not is_within(
        request.META.get("REMOTE_ADDR", ""), settings.METRICS_FROM
    ):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Figures(Collector):
    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing ahead of time: without this, registering would collect once just to learn the names."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()

        measures = GaugeMetricFamily("whereas_measures", "Measures held.", labels=["congress"])
        for congress, count in (
            Measure.objects.order_by("congress").values_list("congress").annotate(Count("pk"))
        ):
            measures.add_metric([str(congress)], count)
        yield measures
        yield _one("whereas_events", "Events in the ledger.", chain.head().count)

        due = DueFetch.objects.filter(set_aside=False)
        oldest = due.filter(due_at__lte=now).order_by("due_at").values_list("due_at", flat=True).first()
        yield _one("whereas_due", "Documents that have to be fetched.", due.count())
        yield _one(
            "whereas_due_oldest_seconds", "How long the oldest of them has been due.", _age(oldest, now) or 0
        )
        yield _one(
            "whereas_set_aside",
            "Documents given up after several tries; the desk lists them.",
            DueFetch.objects.filter(set_aside=True).count(),
        )
        yield _one(
            "whereas_unconfirmed",
            "Measures with a document that waits for a second witness.",
            Measure.objects.exclude(unconfirmed_document=None).count(),
        )
        yield _one(
            "whereas_vanished",
            "Measures that their source lists no longer.",
            Measure.objects.exclude(vanished_at=None).count(),
        )
        yield from _of_sources(now)


def _of_sources(now: datetime) -> Iterator[GaugeMetricFamily]:
    lag = GaugeMetricFamily(
        "whereas_source_lag_seconds", "Time since the source last answered well.", labels=["source"]
    )
    failures = GaugeMetricFamily("whereas_source_failures", "Failures in a row.", labels=["source"])
    stale = GaugeMetricFamily(
        "whereas_source_stale_answers", "Documents older than the one held.", labels=["source"]
    )
    refused = GaugeMetricFamily(
        "whereas_source_refused_answers", "Bodies that failed a check.", labels=["source"]
    )
    for source in Source.objects.order_by("name"):
        age = _age(source.answered_at, now)
        if age is not None:  # no figure for a source that has never answered: 0 would read as "just now"
            lag.add_metric([source.name], age)
        failures.add_metric([source.name], source.failures)
        stale.add_metric([source.name], source.stale_answers)
        refused.add_metric([source.name], source.refused_answers)
    yield from (lag, failures, stale, refused)


def _one(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning)
    family.add_metric([], value)
    return family


def _age(instant: datetime | None, now: datetime) -> float | None:
    """Seconds since then, never below 0; None for an instant that never was."""
    return None if instant is None else max(0.0, (now - instant).total_seconds())
