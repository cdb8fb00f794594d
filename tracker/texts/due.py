"""Which texts have to be fetched: found from the ledger by a cursor, and leased to whoever fetches them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from tracker.congress.measures import TYPES
from tracker.ledger import bulk, chain
from tracker.ledger.models import ChangeEvent, TextVersion, measure_key
from tracker.sources.bill_texts import package_named
from tracker.texts.models import Cursor, MeasureText

#: Texts are kept of what Congress resolves; bills are much longer, and their versions many more.
RESOLUTIONS = tuple(code for code, kind in TYPES.items() if kind.form != "bill")
CURSOR = "texts"
LEASE = timedelta(minutes=5)
SWEPT_EVERY = timedelta(days=1)
_SINGLY = 2_000  # measures with events, above which all are looked through
_AGAIN = tuple(
    timedelta(hours=hours) for hours in (6, 24, 48, 96, 192, 384, 720)
)  # after the first 404, the second, …


def find(now: datetime) -> int:
    """Note as due every version of a resolution that the record lists and this room does not know; answers how many.

    Reads the ledger from its cursor on: where it has not grown, that is one query. Once a day, and the first time, all
    measures are looked through, since a rebuild makes no events.
    """
    cursor, _ = Cursor.objects.get_or_create(name=CURSOR)
    head = chain.head().count
    swept = cursor.swept_at is None or now - cursor.swept_at > SWEPT_EVERY
    if head == cursor.event and not swept:
        return 0
    pks: list[int] | None = None
    if not swept and head > cursor.event:
        events = ChangeEvent.objects.filter(id__gt=cursor.event, id__lte=head, measure_id__isnull=False)
        pks = list(events.order_by().values_list("measure_id", flat=True).distinct()[: _SINGLY + 1])
        if len(pks) > _SINGLY:
            pks = None
    found = _note(_unknown(pks), now)
    changes: dict[str, object] = {"event": head}
    if pks is None:
        changes["swept_at"] = now
    Cursor.objects.filter(name=CURSOR).update(**changes)
    return found


def _unknown(pks: Sequence[int] | None) -> Iterable[tuple[int, str | None, str | None, date | None]]:
    """(measure, version, package, day) of each listed version that has no row here; of these measures, or of all."""
    known = MeasureText.objects.filter(measure_id=OuterRef("measure_id"), version=OuterRef("code"))
    listed = TextVersion.objects.filter(
        ~Exists(known), measure__type__in=RESOLUTIONS, package__isnull=False, code__isnull=False
    )
    if pks is not None:
        listed = listed.filter(measure_id__in=pks)
    return listed.order_by("measure_id", "position").values_list("measure_id", "code", "package", "on")


def _note(versions: Iterable[tuple[int, str | None, str | None, date | None]], now: datetime) -> int:
    rows = [
        MeasureText(measure_id=pk, version=code, package=package, on=on, seen_at=now, due_at=now)
        for pk, code, package, on in versions
        if code is not None
        and package is not None
        and (named := package_named(package)) is not None
        and "/".join(map(str, named[:3])) == measure_key(pk)
        and named[3] == code
    ]
    for some in bulk.chunks(rows, 500):
        MeasureText.objects.bulk_create(some, ignore_conflicts=True)  # another process may find the same
    return len(rows)


def lease(now: datetime, *, limit: int, take_over: bool = False) -> list[MeasureText]:
    """Up to `limit` texts that are due, leased to the caller for five minutes, those asked for least often first.

    `take_over` takes also what another process holds: a lease spares work, and safety does not rest on it.
    """
    mine = secrets.token_hex(8)
    ready = MeasureText.objects.wanted(now) if take_over else MeasureText.objects.ready(now)
    with transaction.atomic():
        chosen = list(ready.order_by("attempts", "due_at", "pk").values_list("pk", flat=True)[:limit])
        free = MeasureText.objects.filter(pk__in=chosen)
        if not take_over:
            free = free.filter(Q(leased_until=None) | Q(leased_until__lte=now))
        free.update(leased_by=mine, leased_until=now + LEASE)
    return list(MeasureText.objects.filter(leased_by=mine).order_by("attempts", "due_at", "pk"))


def take(rows: Iterable[MeasureText], now: datetime) -> None:
    """Lease these rows, so that nobody else begins with the same zip."""
    MeasureText.objects.filter(pk__in=[row.pk for row in rows]).exclude(state=MeasureText.State.HELD).update(
        leased_until=now + LEASE
    )


def give_back(rows: Iterable[MeasureText]) -> None:
    """Give leases back untried."""
    MeasureText.objects.filter(pk__in=[row.pk for row in rows]).exclude(state=MeasureText.State.HELD).update(
        leased_by=None, leased_until=None
    )


def unanswered(row: MeasureText, error: str, now: datetime) -> None:
    """The source did not answer: asked again at the next poll, with one line on why it is still due."""
    _settle(row, now, error=error[:1000], due_at=now)


def not_had(row: MeasureText, state: str, error: str, now: datetime) -> None:
    """The source answered, and this was not in it (`state` absent or unreadable): asked again later, ever more rarely."""
    pause = _AGAIN[min(row.attempts, len(_AGAIN) - 1)]
    _settle(row, now, state=state, error=error[:1000], due_at=now + pause, attempts=F("attempts") + 1)


def _settle(row: MeasureText, now: datetime, **changes: object) -> None:
    MeasureText.objects.filter(pk=row.pk).exclude(state=MeasureText.State.HELD).update(
        leased_by=None, leased_until=None, asked_at=now, **changes
    )
