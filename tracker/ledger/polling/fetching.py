"""Working off what is due: each file fetched, and applied in a transaction of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import DataError, IntegrityError
from django.utils import timezone

from tracker.ledger import absence, due, health
from tracker.ledger.apply import apply
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Applied, Incoming, Outcome
from tracker.ledger.models import Document, DueFetch, SourceFile, measure_key
from tracker.ledger.polling.report import SourceReport
from tracker.sources.govinfo import GovInfo
from tracker.sources.http import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable

AT_ONCE = 100
_GIVE_UP = 3  # files in a row that the source did not answer: it is the source, not the file
_ENOUGH = 20  # answers from which on a share says something
_UNREADABLE, _LOSING = 0.05, 0.20  # a larger share than these: it is the source, not Congress
_UNCONDITIONAL = {"unconfirmed", "repair", "listed again"}


class SourceInDoubt(SourceError):
    """Too many of its documents cannot be read or lost a whole list at once: nothing more is applied in this poll."""


def fetch_due(
    source: GovInfo, report: SourceReport, *, take_over: bool = False, until: datetime | None = None
) -> None:
    """Fetch and apply everything that was due at `until` (now); what fails stays due, each with its line.

    Raises SourceError where the source as a whole does not answer, after giving back what was leased.
    """
    until = until or timezone.now()
    while leased := due.lease(until, limit=AT_ONCE, take_over=take_over):
        report.listed += len(leased)
        validators = {f.pk: f for f in SourceFile.objects.filter(pk__in=[row.pk for row in leased])}
        silent = 0
        for place, row in enumerate(leased):
            try:
                _work_off(source, row, validators.get(row.pk), report)
                silent = 0
                _judge(report)
            except (SourceUnreachable, SourceRefused) as error:
                silent += 1
                due.postpone(row.pk, row.mark, str(error), timezone.now())
                report.failures.append(str(error))
                if silent == _GIVE_UP or error.retry_at or error.status in (401, 403):
                    due.give_back(leased[place + 1 :])
                    raise
            except (IntegrityError, DataError) as error:
                line = f"{report.source}: {measure_key(row.pk)}: cannot be stored, set aside: {error}".splitlines()[
                    0
                ]
                due.set_aside(row.pk, row.mark, line)
                report.failures.append(line)
            except SourceInDoubt:
                due.give_back(leased[place + 1 :])
                raise
            failpoint("between files")


def _work_off(source: GovInfo, row: DueFetch, known: SourceFile | None, report: SourceReport) -> None:
    key = measure_key(row.pk)
    congress, type, number = key.split("/")
    conditional = known is not None and row.reason not in _UNCONDITIONAL
    report.asked += 1
    try:
        fetched = source.measure_file(
            int(congress),
            type,
            int(number),
            etag=known.etag if known and conditional else None,
            last_modified=known.last_modified if known and conditional else None,
        )
    except NotThere as error:
        _not_there(row, report, str(error))
        return
    except BadAnswer as error:
        due.postpone(row.pk, row.mark, str(error), timezone.now())
        health.counted(health.GOVINFO, refused=1)
        report.failures.append(str(error))
        report.outcomes[Outcome.REFUSED] += 1
        return
    failpoint("fetched")
    if fetched is None:
        due.unchanged(row.pk, row.mark)
        report.unchanged += 1
        return
    assert fetched.body is not None  # only a 304 has none
    incoming = Incoming(
        int(congress),
        type,
        int(number),
        fetched.body,
        health.GOVINFO,
        Document.Format.BILLSTATUS,
        fetched.url,
        fetched.fetched_at,
        row.mark,
        fetched.etag,
        fetched.last_modified,
    )
    (applied,) = apply([incoming], loading=row.reason == due.FIRST_LOAD)
    report.add(applied)
    _settle(row, applied)


def _settle(row: DueFetch, applied: Applied) -> None:
    """What was not taken stays due: a later answer may be better, or agree."""
    if applied.outcome in (Outcome.STALE, Outcome.REFUSED, Outcome.UNCONFIRMED):
        due.postpone(row.pk, row.mark, applied.reason, timezone.now())
        DueFetch.objects.filter(pk=row.pk).exclude(reason=due.FIRST_LOAD).update(reason="unconfirmed")
        health.counted(
            health.GOVINFO,
            stale=applied.outcome is Outcome.STALE,
            refused=applied.outcome is Outcome.REFUSED,
        )


def _not_there(row: DueFetch, report: SourceReport, line: str) -> None:
    report.absent += 1
    report.notes.append(line)
    if row.reason == "absent":
        DueFetch.objects.filter(pk=row.pk, mark=row.mark).delete()
        report.events += absence.vanish(row.pk, health.GOVINFO, timezone.now())
        return
    due.postpone(row.pk, row.mark, line, timezone.now())


def _judge(report: SourceReport) -> None:
    """Raise SourceInDoubt where the share of bad documents says that the source is ill."""
    answers = sum(report.outcomes.values())
    if answers < _ENOUGH:
        return
    for outcome, share, words in (
        (Outcome.REFUSED, _UNREADABLE, "cannot be read"),
        (Outcome.UNCONFIRMED, _LOSING, "lost a whole list at once"),
    ):
        if report.outcomes[outcome] > share * answers:
            count = report.outcomes[outcome]
            raise SourceInDoubt(
                report.source,
                "bill status files",
                f"{count} of {answers} {words}: nothing more is taken in this poll",
            )
