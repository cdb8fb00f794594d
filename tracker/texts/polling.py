"""One poll of texts: what the record lists anew is due, and what is due is fetched. Part of every poll of the sources."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from tracker.ledger import health, outside
from tracker.sources.bill_texts import BillTexts
from tracker.sources.errors import SourceError
from tracker.texts import due
from tracker.texts.fetching import fetch_texts
from tracker.texts.models import MeasureText
from tracker.texts.report import TextsReport

NAME = "texts"


def poll_texts(*, take_over: bool = False) -> TextsReport:
    """Fetch the published texts that the record lists and are not held. Where nothing is due, nothing is asked.

    Texts come from GovInfo, so its health is theirs: while it rests or does not answer they wait, and an error of
    theirs is one of GovInfo's. Safe beside other polls, and after one that was killed.
    """
    report = TextsReport(NAME)
    now = timezone.now()
    due.find(now)
    if not MeasureText.objects.wanted(now).exists():
        return report
    govinfo = health.of(health.GOVINFO)
    if govinfo.failing_since is not None:
        report.notes.append(f"{NAME}: wait until GovInfo answers again")
        return report
    try:
        fetch_texts(_source(), report, take_over=take_over)
    except SourceError as error:
        if str(error) not in report.failures:
            report.failures.append(str(error))
        health.failed(health.GOVINFO, error)
    return report


def _source() -> BillTexts:
    return BillTexts(outside.fetcher(), settings.GOVINFO_URL)
