"""Who looks after which measure, how pressing it is, and what colleagues note about it. Never shown to readers.

Each function is one transaction; each measure that it changes has an act of its own, so that the audit can be asked of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tracker.desk import acts, mail, seen
from tracker.desk.models import Care, Entry, User
from tracker.desk.permissions import MEANING, Right, may
from tracker.ledger.filters import either
from tracker.ledger.models import Measure

LONGEST_NOTE = 5_000  # characters
MOST_AT_ONCE = 500  # measures

PRIORITIES = {priority.label: priority for priority in Care.Priority}
"""By the word that addresses and forms have."""


class Overtaken(Exception):
    """Somebody changed what is kept of the measure since it was read; `now` is what stands."""

    def __init__(self, now: Care) -> None:
        self.now = now
        super().__init__("changed by somebody else in the meantime")


class NotKept(ValueError):
    """What is wrong with what was given, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))


def of(measure: Measure) -> Care:
    """What the desk keeps of a measure; where it keeps nothing yet, what that would be, unsaved."""
    kept = Care.objects.select_related("assigned_to").filter(pk=measure.pk).first()
    return kept or Care(measure=measure, changed_at=measure.seen_at)


def look_after(
    measure: Measure, by: User, *, version: int, assigned_to: User | None, priority: int, note: str
) -> Care:
    """Keep all three of one measure. `version` is that of the row that was read, 0 where there was none.

    Whoever is newly assigned is mailed, and their news of the measure begins now. Nothing is written where nothing changed.
    Raises Overtaken, NotKept, and PermissionDenied for what the account's role may not change.
    """
    kept_note = _note(note)
    if assigned_to is not None and not assigned_to.is_active:
        raise NotKept({"assigned_to": f"{assigned_to.called}’s account is switched off. Choose a colleague."})
    if priority not in Care.Priority.values:
        raise NotKept({"priority": f"Choose one of {', '.join(PRIORITIES)}."})
    now = timezone.now()
    with transaction.atomic():
        row = _locked([measure.pk], now).get(measure.pk) or Care(measure=measure, changed_at=now)
        if row.version != version:
            raise Overtaken(row)
        wanted = {"assigned_to": assigned_to, "priority": priority, "note": kept_note}
        changed = {name for name, value in wanted.items() if getattr(row, name) != value}
        if changed - {"note"}:
            _demand(by, Right.ASSIGN)
        if "note" in changed:
            _demand(by, Right.SEE_PRIVATE_NOTES)
        if not changed:
            return row
        act = _keep(row, measure, by, now, **{name: wanted[name] for name in changed})
        if "assigned_to" in changed and assigned_to is not None:
            _told(act, [measure], assigned_to, by)
    return row


def assign(measures: Iterable[int], to: User | None, by: User) -> int:
    """Give measures, by row id, to somebody to look after, or to nobody; how many were not theirs before. One mail tells."""
    _demand(by, Right.ASSIGN)
    if to is not None and not to.is_active:
        raise NotKept({"assigned_to": f"{to.called}’s account is switched off. Choose a colleague."})
    return _all(measures, by, "assigned_to", to)


def set_priority(measures: Iterable[int], priority: int, by: User) -> int:
    """Say of measures, by row id, how pressing they are; how many were otherwise before."""
    _demand(by, Right.ASSIGN)
    return _all(measures, by, "priority", Care.Priority(priority))


def _all(measures: Iterable[int], by: User, name: str, value: Any) -> int:
    wanted = list(dict.fromkeys(measures))
    if len(wanted) > MOST_AT_ONCE:
        raise ValueError(f"{len(wanted)} measures at once; at most {MOST_AT_ONCE}")
    now, done, first = timezone.now(), [], None
    with transaction.atomic():
        rows = _locked(wanted, now)
        for measure in Measure.objects.filter(pk__in=wanted).order_by("pk"):
            row = rows.get(measure.pk) or Care(measure=measure, changed_at=now)
            if getattr(row, name) == value:
                continue
            act = _keep(row, measure, by, now, **{name: value})
            first = first or act
            done.append(measure)
        if name == "assigned_to" and value is not None and first is not None:
            _told(first, done, value, by)
    return len(done)


def _locked(measures: Iterable[int], now: datetime) -> dict[int, Care]:
    """The rows that there are, kept from others until this transaction ends; the others' measures stand by their own rows."""
    pks = list(measures)
    list(Measure.objects.filter(pk__in=pks).order_by("pk").select_for_update().values_list("pk"))
    rows = Care.objects.filter(pk__in=pks).select_related("assigned_to", "measure")
    return {row.measure_id: row for row in rows}


def _keep(row: Care, measure: Measure, by: User, now: datetime, **changes: Any) -> int:
    """Write these changes and their act; answers the act's id."""
    before = {name: _plain(getattr(row, name)) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_at = now
    row.save()
    first, *others = [_FIELDS[name] for name in _FIELDS if name in changes]
    what = either([first[0].format(measure.key), *(its for _, its in others)], word="and")
    act = acts.record(
        by,
        "assign" if "assigned_to" in changes else "change_care",
        measure.key,
        f"Changed {what}",
        before=before,
        after={name: _plain(value) for name, value in changes.items()},
    )
    return act.pk


# As the first thing that an act names, and as a further one.
_FIELDS = {
    "assigned_to": ("who looks after {}", "who looks after it"),
    "priority": ("the priority of {}", "its priority"),
    "note": ("the private note of {}", "its private note"),
}


def _plain(value: Any) -> Any:
    return acts.account(value) if isinstance(value, User) else value


def _told(act: int, measures: list[Measure], to: User, by: User) -> None:
    seen.begin(to, [measure.pk for measure in measures])
    mail.assigned(measures, to, f"assigned:{act}", by=by)


def _note(text: str) -> str:
    note = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise NotKept({"note": f"The note has {len(note):,} characters; at most {LONGEST_NOTE:,} are kept."})
    return note


def _demand(by: User, right: Right) -> None:
    if not may(by, right):
        raise PermissionDenied(f"Your account may not {MEANING[right].split(';')[0]}.")


def entries_of(measure: Measure) -> list[Entry]:
    """What was written about a measure, changed last first."""
    rows = Entry.objects.filter(measure=measure).select_related("author", "reviewer")
    return list(rows.order_by("-changed_at", "-pk"))
