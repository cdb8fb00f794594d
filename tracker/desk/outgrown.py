"""Published entries that the record has outgrown: what each says, what the record says now, and since when.

Asked of many entries in a handful of queries: from the events that came since an entry's words were written or last
confirmed (`Entry.read_at_event`), and from the texts that were got since. Without such an event or text nothing is outgrown,
whatever the words say: a machine that cannot tell what a sentence means can tell what has moved beneath it. `confirm` of
`tracker.desk.entries` says that an entry still holds, and clears it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tracker.congress.stages import STATUS_LABELS
from tracker.desk import kinds, markdown
from tracker.desk.models import Entry, Kind, Publication, Review, Revision
from tracker.desk.outgrown_texts import Moved, clauses_moved
from tracker.desk.said_counts import SaidCount, said_counts
from tracker.ledger.models import ChangeEvent, Measure
from tracker.records.keys import action_identity, action_key
from tracker.records.model import ActionRecord, CommitteeName
from tracker.texts.models import MeasureText

MOST_LOOKED_AT = 300  # entries on the measures that changed last
SHOWN = 20

_ACTIONS = ("action_added", "action_edited", "action_removed")
_NAMES = ("cosponsor_added", "cosponsor_withdrawn", "cosponsor_removed")
_ASKED = (*_ACTIONS, *_NAMES, "status_changed", "vanished", "returned")
_DATED = (Kind.PRESS_COVERAGE, Kind.CORRECTION)  # what they say is of a day, and stays so
_LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that moved. `event` is the first event that moved it; None for a text that came without one."""

    kind: str  # "clause", "action", "status", "count", "vanished"
    says: str
    record: str
    since: datetime
    event: int | None


@dataclass(frozen=True, slots=True)
class Outgrown:
    """An entry that readers see, and why it may no longer be so."""

    entry: Entry
    publication: Publication
    measure: Measure
    reasons: tuple[Reason, ...]

    @property
    def since(self) -> datetime:
        return max(reason.since for reason in self.reasons)


def outgrown(limit: int = SHOWN) -> list[Outgrown]:
    """The entries that the record has outgrown, those that moved last first. At most five queries, however many there are."""
    found = _judged(list(_candidates().order_by("-measure__last_event", "-pk")[:MOST_LOOKED_AT]))
    return sorted(found, key=lambda one: one.since, reverse=True)[:limit]


def reasons_of(entry: Entry) -> tuple[Reason, ...]:
    """Why one entry may no longer be so; nothing where nothing moved, or readers see nothing of it."""
    found = _judged(list(_candidates().filter(entry=entry)))
    return found[0].reasons if found else ()


def _candidates() -> Any:
    """What readers see of measures that have an event, or a text, since it was written or confirmed."""
    revision = {"entry": OuterRef("entry_id"), "revision_number": OuterRef("revision_number")}
    confirmed = Review.objects.filter(**revision, step=Review.Step.CONFIRMED).order_by("-id").values("at")[:1]
    saved = Revision.objects.filter(entry=OuterRef("entry_id"), number=OuterRef("revision_number"))
    moved = ChangeEvent.objects.filter(
        measure_id=OuterRef("measure_id"), pk__gt=OuterRef("entry__read_at_event"), kind__in=_ASKED
    )
    newer = MeasureText.objects.held().filter(
        measure_id=OuterRef("measure_id"), held_at__gt=OuterRef("read_at")
    )
    return (
        Publication.objects.standing()
        .filter(measure__isnull=False)
        .annotate(read_at=Coalesce(Subquery(confirmed), Subquery(saved.values("at")[:1]), F("at")))
        .filter(Q(measure__last_event__gt=F("entry__read_at_event")) & Q(Exists(moved)) | Q(Exists(newer)))
        .select_related("entry", "entry__author", "measure")
    )


def _judged(rows: Sequence[Any]) -> list[Outgrown]:
    """Those of these publications that the record has outgrown, in their order."""
    if not rows:
        return []
    events = _events(rows)
    moved = clauses_moved(
        {row.pk: (row.measure_id, row.read_at, _tied(row, "clause")) for row in rows if _tied(row, "clause")}
    )
    found = []
    for row in rows:
        since = [event for event in events.get(row.measure_id, ()) if event.pk > row.entry.read_at_event]
        reasons = tuple(_reasons(row, since, moved.get(row.pk, ())))
        if reasons:
            found.append(Outgrown(row.entry, row, row.measure, reasons))
    return found


def _events(rows: Sequence[Any]) -> Mapping[int, list[ChangeEvent]]:
    """What could move an entry, of the measures of these, oldest first. One query."""
    since = min(
        (row.entry.read_at_event for row in rows if row.entry.read_at_event is not None), default=None
    )
    if since is None:
        return {}
    asked = ChangeEvent.objects.filter(
        measure__in=[row.measure_id for row in rows], pk__gt=since, kind__in=_ASKED
    )
    found: dict[int, list[ChangeEvent]] = {}
    for event in asked.order_by("id"):
        found.setdefault(event.measure_id or 0, []).append(event)
    return found


def _reasons(
    row: Any, events: Sequence[ChangeEvent], clauses: Iterable[tuple[int, Moved]]
) -> Iterator[Reason]:
    yield from _gone(row.measure, events)
    words = kinds.words(row.kind, row.fields)
    points = words.points if isinstance(words, kinds.KeyPoints) else ()
    for place, moved in clauses:
        text = _plain(points[place].text)
        yield Reason("clause", f"Point {place + 1}: {text}", moved.words, moved.since, None)
    yield from _actions(row, events)
    if row.kind in _DATED:
        return
    yield from _status(row.measure, events)
    yield from _counts(row, events)


# What moved


def _gone(measure: Measure, events: Sequence[ChangeEvent]) -> Iterator[Reason]:
    last = next((event for event in reversed(events) if event.kind in ("vanished", "returned")), None)
    if last is not None and last.kind == "vanished" and measure.vanished_at is not None:
        yield Reason(
            "vanished", "It stands beside an official record.",
            "The source lists the measure no longer.", last.observed_at, last.pk,
        )  # fmt: skip


def _status(measure: Measure, events: Sequence[ChangeEvent]) -> Iterator[Reason]:
    changed = [event for event in events if event.kind == "status_changed"]
    if not changed:
        return
    was = (changed[0].was or {}).get("code", "")
    if was == measure.status:
        return  # it went, and came back
    label = STATUS_LABELS.get(was, was or "without a status")
    yield Reason(
        "status",
        f"It was written when the measure was: {label[0].lower()}{label[1:]}.",
        measure.status_sentence,
        changed[-1].observed_at,
        changed[0].pk,
    )


def _actions(row: Any, events: Sequence[ChangeEvent]) -> Iterator[Reason]:
    for place, tied in _tied(row, "action"):
        last, words = None, ""
        for event in events:
            if event.kind not in _ACTIONS:
                continue
            if event.subject == tied["key"] and event.kind != "action_removed":
                last = None  # it came, or came back
            elif event.kind == "action_removed" and event.subject == tied["key"]:
                last, words = event, "The record does not list this action any more."
            elif event.kind == "action_edited" and _key_before(event) == tied["key"]:
                last, words = (
                    event,
                    str((event.became or {}).get("text") or "The action has no words any more."),
                )
        if last is not None:
            text = _plain(row.fields["points"][place]["text"])
            yield Reason("action", f"Point {place + 1}: {text}", words, last.observed_at, last.pk)


def _key_before(event: ChangeEvent) -> str:
    """The key of the action that an edit replaced. An event names committees by code, or by name where they have none."""
    was = event.was or {}
    committees = tuple(CommitteeName(code, None) for code in was.get("committees") or ())
    action = ActionRecord(
        was.get("on"), was.get("text"), was.get("code"), None, was.get("source"), committees=committees
    )
    return action_key(action_identity(action))


def _counts(row: Any, events: Sequence[ChangeEvent]) -> Iterator[Reason]:
    """Counts that were so by the last event that the writer knew, and are no more."""
    names = [event for event in events if event.kind in _NAMES]
    if not names:
        return
    now = _Standing.of(row.measure)
    then = now.before(names)
    for said in dict.fromkeys(said_counts(_words(row))):
        if said.number in then.numbers(said) and said.number not in now.numbers(said):
            yield Reason("count", f"“{said.quote}”", now.told(said), names[-1].observed_at, names[0].pk)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How many stand behind a measure: cosponsors in all and by party; whose party the sponsor's is."""

    total: int
    parties: Mapping[str, int]
    sponsor: str | None

    @classmethod
    def of(cls, measure: Measure) -> _Standing:
        return cls(measure.cosponsor_count, measure.cosponsors_by_party, measure.sponsor_party)

    def before(self, events: Iterable[ChangeEvent]) -> _Standing:
        """The same before these events."""
        total, parties = self.total, dict(self.parties)
        for event in events:
            part = event.became if event.kind != "cosponsor_removed" else event.was
            step = 1 if event.kind == "cosponsor_added" else -1
            if event.kind == "cosponsor_removed" and (part or {}).get("withdrawn_on"):
                step = 0  # whoever had left already was not among those who stood
            total -= step
            party = (part or {}).get("party") or ""
            parties[party] = parties.get(party, 0) - step
        return _Standing(total, parties, self.sponsor)

    def numbers(self, said: SaidCount) -> set[int]:
        """The numbers that a careful writer could give: of names, with the sponsor's or without."""
        if said.of == "cosponsors":
            return {self.total}
        if said.of == "names":
            return {self.total, self.total + (self.sponsor is not None)}
        count = self.parties.get(said.of, 0)
        return {count, count + (self.sponsor == said.of)}

    def told(self, said: SaidCount) -> str:
        if said.of in ("cosponsors", "names"):
            return (
                "1 cosponsor stands behind it."
                if self.total == 1
                else f"{self.total:,} cosponsors stand behind it."
            )
        noun = {"D": "Democrats", "R": "Republicans", "I": "independents"}[said.of]
        return f"Of its cosponsors {self.parties.get(said.of, 0):,} are {noun}."


# What an entry says


def _tied(row: Any, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """The places of its points that are tied to such a thing, from 0, with the tie."""
    if row.kind != Kind.KEY_POINTS:
        return []
    ties = [(place, point.get("tied")) for place, point in enumerate(row.fields.get("points", ()))]
    return [(place, tied) for place, tied in ties if tied and tied["kind"] == kind]


def _words(row: Any) -> str:
    return f"{row.title}\n{markdown.plain(row.html)}"


def _plain(text: str) -> str:
    plain = " ".join(markdown.plain(markdown.render_line(text)).split())
    return plain if len(plain) <= _LONGEST_QUOTE else f"{plain[: _LONGEST_QUOTE - 1]}…"
