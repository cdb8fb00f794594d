"""Kept articles as the desk reads them: which of their statements the record has overtaken, what is kept, and settling it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from tracker.desk import acts
from tracker.desk.entries import demand, named
from tracker.desk.kept_articles import measure_words, opened
from tracker.desk.models import ArticleCheck, CitedMeasure, Entry, MovedClaim, Revision, User
from tracker.desk.permissions import Right
from tracker.ledger.models import measure_key
from tracker.ledger.words import Told, tell
from tracker.press.result import CheckResult
from tracker.press.telling import VERDICTS

MOST_OPEN = 300  # statements that are read for a page of those open
MOST_NAMED = 5  # measures that the front page names of one article
NUMBER = 2**63 - 1  # the largest row id


@dataclass(frozen=True, slots=True)
class Verdict:
    """One side of a statement that moved: its verdict in words, and the record then."""

    verdict: str
    record: str
    note: str

    @property
    def words(self) -> str:
        return VERDICTS[self.verdict][0].lower() if self.verdict in VERDICTS else "not read as a statement"

    @property
    def sign(self) -> str:
        return VERDICTS[self.verdict][1] if self.verdict in VERDICTS else ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement whose verdict the record has changed."""

    row: MovedClaim

    @property
    def citation(self) -> str:
        return measure_words(self.row.measure)

    @property
    def line(self) -> Told | None:
        """The event that moved it, as lists tell it; None for a text or a vote that came without one."""
        return None if self.row.event is None else next(iter(tell([self.row.event])), None)

    @property
    def before(self) -> Verdict:
        return _verdict(self.row.before)

    @property
    def after(self) -> Verdict:
        return _verdict(self.row.after)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A kept article, and what of it is to be looked at, the newest first."""

    entry: Entry
    headline: str
    outlet: str
    claims: list[Moved] = field(default_factory=list)


def overtaken(limit: int) -> list[Overtaken]:
    """The articles with statements that moved and nobody has marked as seen, those that moved last first. Costs one query."""
    newest = Revision.objects.filter(entry=OuterRef("entry"), number=OuterRef("entry__version"))
    rows = (
        MovedClaim.objects.filter(outcome=MovedClaim.Outcome.OPEN)
        .annotate(fields_now=Subquery(newest.values("fields")[:1]))
        .select_related("entry__measure", "entry__topic", "event")
        .order_by("-since", "-id")
    )
    found: dict[int, Overtaken] = {}
    for row in rows[:MOST_OPEN]:
        fields = row.fields_now or {}
        one = found.setdefault(
            row.entry_id,
            Overtaken(row.entry, fields.get("headline") or "An article", fields.get("outlet") or ""),
        )
        one.claims.append(Moved(row))
    return list(found.values())[:limit]


def moved_of(entry: Entry) -> list[Moved]:
    """Every statement of one article that ever moved, what is open first, then the newest. Costs one query."""
    rows = entry.moved_claims.select_related("event", "settled_by").order_by("-since", "-id")
    return sorted(map(Moved, rows), key=lambda one: one.row.outcome != MovedClaim.Outcome.OPEN)


def settle(claims: Collection[int], by: User) -> int:
    """Mark these statements as seen, each with an act; how many were open. Raises PermissionDenied."""
    demand(by, Right.REVIEW_ENTRY)
    with transaction.atomic():
        rows = (
            MovedClaim.objects.select_for_update(of=("self",))
            .filter(pk__in=[pk for pk in claims if pk <= NUMBER], outcome=MovedClaim.Outcome.OPEN)
            .select_related("entry")
            .order_by("pk")
        )
        found = list(rows)
        for row in found:
            row.outcome, row.settled_by, row.settled_at = MovedClaim.Outcome.SEEN, by, timezone.now()
            row.save(update_fields=["outcome", "settled_by", "settled_at"])
            acts.record(
                by,
                "settle_article",
                f"entry/{row.entry_id}",
                f"Saw that the record has moved a statement of {named(row.entry)}",
                before=row.before,
                after=row.after,
            )
    return len(found)


# What is kept


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept article: what its last check found, by verdict."""

    row: Any  # its `ArticleCheck`, with `fields_now`, its newest words, and `open_claims`
    result: CheckResult | None
    tally: list[tuple[str, int]]  # ("not so", 2), what there is of each


def kept(first: int, last: int) -> tuple[list[Kept], int]:
    """The kept articles whose text is held, the newest first, from place `first` to before `last`; and how many. Two queries."""
    rows = ArticleCheck.objects.filter(length__gt=0)
    newest = Revision.objects.filter(entry=OuterRef("entry"), number=OuterRef("entry__version"))
    shown = (
        rows.annotate(
            fields_now=Subquery(newest.values("fields")[:1]),
            open_claims=Count("entry__moved_claims", Q(entry__moved_claims__outcome=MovedClaim.Outcome.OPEN)),
        )
        .select_related("entry__measure", "entry__topic", "entry__author")
        .order_by("-entry__created_at", "-pk")
    )
    return [_kept(row) for row in shown[first:last]], rows.count()


def _kept(row: Any) -> Kept:
    result = opened(row.result)
    counts = (
        [] if result is None else [(words.lower(), result.count(key)) for key, (words, _) in VERDICTS.items()]
    )
    return Kept(row, result, [(words, count) for words, count in counts if count])


def measures_named(entries: Iterable[Any]) -> dict[int, list[tuple[str, str]]]:
    """For each entry of press coverage the measures held here that its article names beside its own, as (id, citation), in the
    order in which it names them. By the last check, so nothing for one not checked yet. Costs one query."""
    own = {entry.pk: entry.measure_id for entry in entries}
    rows = CitedMeasure.objects.filter(check_of__in=list(own), event__gt=0).order_by("id")
    found: dict[int, list[tuple[str, str]]] = {}
    for entry, pk in rows.values_list("check_of", "measure"):
        if pk != own[entry]:
            key = measure_key(pk)
            found.setdefault(entry, []).append((key, measure_words(key)))
    return {entry: several[:MOST_NAMED] for entry, several in found.items()}


def _verdict(side: Any) -> Verdict:
    side = side or {}
    return Verdict(side.get("verdict", ""), side.get("record", ""), side.get("note", ""))
