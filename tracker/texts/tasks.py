"""Celery's door into this room: it calls one function that is safe to run twice, late, or beside itself."""

from __future__ import annotations

import structlog
from celery import shared_task

from tracker.texts import kinship
from tracker.texts.polling import poll_texts

KIN_SECONDS = 20  # of each minute that go into comparing; the rest is left for the next

log = structlog.get_logger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def sweep() -> None:
    """Fetch what is due and in nobody's hands: what one poll left, what a killed worker leased, what is asked again."""
    report = poll_texts()
    if report.listed or report.failures:
        log.info("swept", source=report.source, summary=report.line(), failures=report.failures)


@shared_task(acks_late=True, ignore_result=True)
def kin() -> None:
    """Look for the kin of measures whose texts came since."""
    found = kinship.find(KIN_SECONDS)
    if found.compared:
        log.info("compared", texts=found.compared, pairs=found.pairs, left=found.left)
