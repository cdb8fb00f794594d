"""Recorded votes: new ones found from measures' own actions and from the chambers' indexes, each file fetched and applied.

What measures name is asked for at once. The indexes bring the rest (nominations, quorum calls, elections) and are asked
once an hour at most, conditionally, or when a measure has just named a vote that is not held. A vote is asked for again on
the three days after it, when chambers correct their files.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import DataError, IntegrityError
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import health
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Outcome
from tracker.ledger.models import (
    RecordedVote,
    RollCall,
    VoteFile,
    roll_call_identity,
    roll_call_pk,
)
from tracker.ledger.polling.lately import lately
from tracker.ledger.polling.report import SourceReport
from tracker.ledger.vote_rows import name_members
from tracker.ledger.votes import IncomingVote, take_vote
from tracker.records.roll_call import session_year
from tracker.sources.errors import BadAnswer, NotThere, SourceRefused, SourceUnreachable
from tracker.sources.house_clerk import HouseClerk
from tracker.sources.http import Fetched
from tracker.sources.senate import Senate

INDEX_EVERY = timedelta(hours=1)
BLOCKED_FOR = timedelta(hours=20)  # a chamber that shuts us out is asked once a day
CORRECTED_WITHIN = 3  # days after a vote
CORRECTIONS_EVERY = timedelta(hours=20)
MOST_SECONDS = 300  # of one poll for one chamber's files; a first load goes on with the next poll
_ABSENT_SESSION_EVERY = timedelta(hours=20)
_AGAIN = {  # after the first, second, … "not there"; what no index lists is hardly there an hour later
    VoteFile.INDEX: (timedelta(hours=1), timedelta(days=1), timedelta(days=7)),
    VoteFile.MEASURE: (timedelta(days=1), timedelta(days=7)),
}
_GIVE_UP = 3  # files in a row that the source did not answer: it is the source, not the file
_NAMED_IN_A_NOTE = 5

Marks = dict[str, str | None]


class Chamber(Protocol):
    """What a poll needs of a source of roll calls."""

    name: str  # of the source
    chamber: str

    def listed(
        self, congress: int, session: int, marks: Marks, report: SourceReport
    ) -> tuple[set[int] | None, Marks]:
        """The numbers that the index lists, as far as they may be new, and the marks to ask with next time.

        None where the index has not changed. Raises SourceError: NotThere before a session's first vote.
        """

    def vote(
        self, congress: int, session: int, number: int, etag: str | None, last_modified: str | None
    ) -> Fetched | None: ...


class House:
    """The Clerk's year: the index tells the newest number, pages of a hundred which there are."""

    name, chamber = health.HOUSE_CLERK, "house"

    def __init__(self, source: HouseClerk) -> None:
        self._source = source

    def listed(
        self, congress: int, session: int, marks: Marks, report: SourceReport
    ) -> tuple[set[int] | None, Marks]:
        year = session_year(congress, session)
        etag, modified, through = (f"{year} {mark}" for mark in ("etag", "last_modified", "through"))
        report.asked += 1
        index = self._source.index(year, marks.get(etag), marks.get(modified))
        if index is None:
            return None, marks
        read = int(marks.get(through) or 0)
        found = set(index.numbers)
        for hundred in range(read // 100, index.newest // 100 + 1):
            unread = range(max(read + 1, hundred * 100), min(index.newest, hundred * 100 + 99) + 1)
            told = hundred in index.hundreds or not index.hundreds
            if told and not index.numbers.issuperset(n for n in unread if n):
                report.asked += 1
                found |= self._source.hundred(year, hundred)
        kept = {etag: index.etag, modified: index.last_modified, through: str(index.newest)}
        return found, marks | kept

    def vote(
        self, congress: int, session: int, number: int, etag: str | None, last_modified: str | None
    ) -> Fetched | None:
        return self._source.vote(session_year(congress, session), number, etag, last_modified)


class SenateChamber:
    """The Senate's menu of a session lists all its votes."""

    name, chamber = health.SENATE, "senate"

    def __init__(self, source: Senate) -> None:
        self._source = source

    def listed(
        self, congress: int, session: int, marks: Marks, report: SourceReport
    ) -> tuple[set[int] | None, Marks]:
        etag, modified = f"{congress}-{session} etag", f"{congress}-{session} last_modified"
        report.asked += 1
        menu = self._source.menu(congress, session, marks.get(etag), marks.get(modified))
        if menu is None:
            return None, marks
        return set(menu.numbers), marks | {etag: menu.etag, modified: menu.last_modified}

    def vote(
        self, congress: int, session: int, number: int, etag: str | None, last_modified: str | None
    ) -> Fetched | None:
        return self._source.vote(congress, session, number, etag, last_modified)


def poll_house(source: HouseClerk, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    """One poll of the Clerk's roll calls; answers the marks to ask with next time. Raises SourceError."""
    return _poll(House(source), report, marks, take_over=take_over)


def poll_senate(source: Senate, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    """One poll of the Senate's roll calls; answers the marks to ask with next time. Raises SourceError."""
    report.votes_changed += name_members()
    return _poll(SenateChamber(source), report, marks, take_over=take_over)


def _poll(source: Chamber, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    now = timezone.now()
    refused_at = calendar.instant(marks.get("refused_at"))
    if refused_at is not None and lately(refused_at, BLOCKED_FOR, now) and not take_over:
        report.not_due_until = refused_at + BLOCKED_FOR
        return marks
    news = _want(_named_by_measures(source.chamber), source.chamber, VoteFile.MEASURE, now)
    asked_at = calendar.instant(marks.get("asked_at"))
    try:
        if news or take_over or asked_at is None or not lately(asked_at, INDEX_EVERY, now):
            marks = _read_indexes(source, report, marks, now) | {
                "asked_at": now.isoformat(timespec="seconds")
            }
            failpoint("votes listed")
        elif not VoteFile.objects.filter(chamber=source.chamber).ready(now).exists():
            report.not_due_until = asked_at + INDEX_EVERY
            return marks
        _fetch_due(source, report, take_over=take_over)
    except SourceRefused as refused:
        if refused.status not in (401, 403):
            raise
        report.failures.append(str(refused))
        return marks | {"refused_at": now.isoformat(timespec="seconds")}
    return marks | {"refused_at": None}


def _named_by_measures(chamber: str) -> set[int]:
    """Row ids of the roll calls that measures' own actions name."""
    rows = RecordedVote.objects.filter(chamber=chamber, session__range=(1, 3), roll__range=(1, 99_999))
    named = rows.filter(congress__range=(1, 999)).values_list("congress", "session", "roll").distinct()
    return {roll_call_pk(congress, session, chamber, roll) for congress, session, roll in named}


def _want(pks: Iterable[int], chamber: str, named_by: str, now: datetime) -> int:
    """Have these roll calls fetched that no row knows yet; answers how many they are."""
    wanted = set(pks)
    wanted -= set(VoteFile.objects.filter(chamber=chamber).values_list("pk", flat=True))
    VoteFile.objects.bulk_create(
        [VoteFile(vote_id=pk, chamber=chamber, due_at=now, named_by=named_by) for pk in sorted(wanted)],
        ignore_conflicts=True,
        batch_size=100,
    )
    return len(wanted)


def _listed_at_last(pks: Iterable[int], chamber: str, now: datetime) -> None:
    """What a measure named, the source did not have, and an index lists now, is worth asking for at once."""
    waiting = VoteFile.objects.filter(chamber=chamber, named_by=VoteFile.MEASURE)
    listed = set(waiting.values_list("pk", flat=True)).intersection(pks)
    if listed:
        missing = waiting.filter(pk__in=listed)
        missing.filter(missed__gt=0).update(missed=0, due_at=now)
        missing.update(named_by=VoteFile.INDEX)


def _read_indexes(source: Chamber, report: SourceReport, marks: Marks, now: datetime) -> Marks:
    """The index of the newest session that the source has, and once each of those before it.

    A session is read once more when a newer one has begun, and is closed then.
    """
    current = True
    for congress, session in _sessions(calendar.today()):
        closed, absent = f"{congress}-{session} closed", f"{congress}-{session} absent_at"
        absent_at = calendar.instant(marks.get(absent))
        if not current and (marks.get(closed) or (absent_at and now - absent_at < _ABSENT_SESSION_EVERY)):
            continue
        try:
            numbers, marks = source.listed(congress, session, marks, report)
        except NotThere as error:
            report.absent += 1
            report.notes.append(str(error))
            marks = marks | {absent: now.isoformat(timespec="seconds")}
            continue
        except BadAnswer as error:
            health.counted(source.name, refused=1)
            report.failures.append(str(error))
            current = False
            continue
        if numbers is None:
            report.unchanged += 1
        else:
            pks = {roll_call_pk(congress, session, source.chamber, number) for number in numbers}
            _want(pks, source.chamber, VoteFile.INDEX, now)
            _listed_at_last(pks, source.chamber, now)
        marks = marks | {closed: None if current else "yes", absent: None}
        current = False
    return marks


def _sessions(today: date) -> list[tuple[int, int]]:
    """The sessions of the Congresses followed that have begun, newest first."""
    newest = (calendar.congress_on(today), calendar.session_on(today))
    every = [(congress, session) for congress in settings.CONGRESSES for session in (1, 2)]
    return sorted((each for each in every if each <= newest), reverse=True)


def _fetch_due(source: Chamber, report: SourceReport, *, take_over: bool) -> None:
    """Fetch and apply what is due, the newest first, until the poll's time is spent; what fails stays due, with its line."""
    until, silent, absent = time.monotonic() + MOST_SECONDS, 0, []
    rows = list(
        VoteFile.objects.filter(chamber=source.chamber)
        .ready(timezone.now(), take_over=take_over)
        .order_by("missed", "-vote_id")
    )
    report.listed += len(rows)
    held = set(RollCall.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    for place, row in enumerate(rows):
        if time.monotonic() > until:
            report.notes.append(f"{source.name}: {len(rows) - place:,} roll calls are left to the next poll")
            break
        try:
            if not _work_off(source, row, row.pk in held, report):
                absent.append(_name(row.pk))
            silent = 0
        except (SourceUnreachable, SourceRefused) as error:
            silent += 1
            VoteFile.objects.filter(pk=row.pk).update(error=str(error)[:1000])
            if silent == _GIVE_UP or error.retry_at or error.status in (401, 403):
                raise
            report.failures.append(str(error))
        except (IntegrityError, DataError) as error:
            line = f"{source.name}: {_name(row.pk)}: cannot be stored: {str(error).splitlines()[0]}"
            _postpone(row, line)
            report.failures.append(line)
        failpoint("between votes")
    if absent:
        more = f" and {len(absent) - _NAMED_IN_A_NOTE:,} more" if len(absent) > _NAMED_IN_A_NOTE else ""
        report.notes.append(f"{source.name}: not there (yet): {', '.join(absent[:_NAMED_IN_A_NOTE])}{more}")


def _work_off(source: Chamber, row: VoteFile, held: bool, report: SourceReport) -> bool:
    """Fetch and apply one file; answers whether the source has it."""
    congress, session, _, number = roll_call_identity(row.pk)
    etag, modified = (row.etag, row.last_modified) if held else (None, None)
    report.asked += 1
    try:
        fetched = source.vote(congress, session, number, etag, modified)
    except NotThere as error:
        report.absent += 1
        _postpone(row, str(error))
        return False
    except BadAnswer as error:
        health.counted(source.name, refused=1)
        report.outcomes[Outcome.REFUSED] += 1
        report.failures.append(str(error))
        _postpone(row, str(error), missed=row.missed)
        return True
    failpoint("vote fetched")
    if fetched is None:
        on = RollCall.objects.values_list("on", flat=True).get(pk=row.pk)
        VoteFile.objects.filter(pk=row.pk).update(due_at=_due_again(on), missed=0, error=None)
        report.unchanged += 1
        return True
    assert fetched.body is not None  # only a 304 has none
    incoming = IncomingVote(
        row.pk,
        fetched.body,
        source.name,
        fetched.url,
        fetched.fetched_at,
        fetched.etag,
        fetched.last_modified,
    )
    applied = take_vote(incoming, due_again=_due_again)
    report.outcomes[applied.outcome] += 1
    if applied.outcome in (Outcome.NEW, Outcome.CHANGED):
        report.votes_changed += 1
    elif applied.outcome in (Outcome.STALE, Outcome.REFUSED):
        refused = applied.outcome is Outcome.REFUSED
        health.counted(source.name, stale=not refused, refused=refused)
        line = f"{source.name}: {_name(row.pk)}: {applied.reason}"
        (report.failures if refused else report.notes).append(line)
        _postpone(row, line, missed=row.missed)
    return True


def _postpone(row: VoteFile, line: str, *, missed: int | None = None) -> None:
    """Ask again later: each answer that the source does not have it makes the pause longer, up to a week."""
    row.missed = row.missed + 1 if missed is None else missed
    pauses = _AGAIN[row.named_by]
    row.due_at = timezone.now() + pauses[min(max(row.missed, 1), len(pauses)) - 1]
    row.error = line[:1000]
    row.save(update_fields=["missed", "due_at", "error"])


def _due_again(on: date) -> datetime | None:
    """When the file of a vote on this day is worth asking for again; None once it is settled."""
    if calendar.today() > on + timedelta(days=CORRECTED_WITHIN):
        return None
    return timezone.now() + CORRECTIONS_EVERY


def _name(pk: int) -> str:
    congress, session, chamber, number = roll_call_identity(pk)
    return f"{chamber} {number} of {session_year(congress, session)}"
