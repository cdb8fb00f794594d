"""Celery's doors into the ledger: each calls one function that is safe to run twice, late, or beside itself.

A message carries no fact. What is due stands in the database; these only ring for it.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tracker.ledger import audit as auditing
from tracker.ledger import due, ended, health, outside
from tracker.ledger.models import Source
from tracker.ledger.polling import run
from tracker.ledger.polling.fetching import fetch_due
from tracker.ledger.polling.report import SourceReport
from tracker.sources.http import SourceError

log = structlog.get_logger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def poll() -> None:
    """Poll all sources, unless another process has done so within half of POLL_SECONDS: beat may run more than once."""
    now = timezone.now()
    if not Source.objects.claim(health.GOVINFO, now - timedelta(seconds=settings.POLL_SECONDS / 2), now):
        return
    for report in run.poll():
        log.info("polled", source=report.source, summary=report.line(), failures=report.failures)


@shared_task(acks_late=True, ignore_result=True)
def sweep() -> None:
    """Work off what is due and in nobody's hands: what a killed worker left, what a lost message did not bring."""
    now = timezone.now()
    if health.rests(health.of(health.GOVINFO), now) or not due.abandoned(now):
        return
    report = SourceReport(health.GOVINFO)
    try:
        fetch_due(outside.govinfo(), report)
    except SourceError as error:
        health.failed(health.GOVINFO, error)
    log.info("swept", source=report.source, summary=report.line(), failures=report.failures)


@shared_task(acks_late=True, ignore_result=True)
def audit() -> None:
    """Reconcile whole listings with what is held, and have what differs fetched again."""
    drifts = auditing.audit(repair=True)
    log.info("audited", drifts=len(drifts))


@shared_task(acks_late=True, ignore_result=True)
def calendar() -> None:
    """Let die what was pending when its Congress ended."""
    log.info("calendar", died=ended.end_congresses())
