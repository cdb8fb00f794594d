"""The desk's list of entries: what is asked of it in an address, the rows that answer, and the counts beside the choices."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict

from tracker.desk import subjects, waiting
from tracker.desk.models import Entry, Kind, Revision, User
from tracker.desk.outgrown import MOST_LOOKED_AT, outgrown

PAGE_SIZE = 50
OPENING = 90  # characters of an entry's first words
LONGEST = 200  # characters of words searched

STATES = {
    Entry.State.DRAFT: "Draft",
    Entry.State.IN_REVIEW: "In review",
    Entry.State.PUBLISHED: "Published",
    Entry.State.CORRECTED: "Corrected",
    Entry.State.WITHDRAWN: "Withdrawn",
}
SORTS = {
    "changed": "changed last",
    "asked": "waiting longest",
    "created": "begun last",
    "about": "what they are about",
}
_ORDER: dict[str, tuple[Any, ...]] = {
    "changed": ("-changed_at", "-id"),
    "asked": (F("asked_at").asc(nulls_last=True), "id"),
    "created": ("-id",),
    "about": ("-measure_id", "member", "topic_id", "id"),
}
NAMES = ("state", "kind", "author", "reviewer", "about", "q", "outgrown", "sort")


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """What an address asks of the list. `problems` are the values that could not be understood, by the field's name."""

    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    author: str = (
        ""  # a person's number, "me", or "drafts": what this person is writing, words not saved among it
    )
    reviewer: str = ""  # the same, or "anyone": asked of nobody by name
    about: str = ""  # as typed
    q: str = ""
    outgrown: str = ""  # "yes": only those that the record has outgrown
    sort: str = "changed"
    page: int = 1
    problems: Mapping[str, str] = field(default_factory=dict)
    _asked: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False)

    @property
    def query(self) -> str:
        """The filters as a query string, without the page: what a saved list keeps."""
        return self.query_with()

    def query_with(self, **changes: Any) -> str:
        chosen = replace(self, **changes) if changes else self
        pairs = [(name, value) for name in ("state", "kind") for value in getattr(chosen, name)]
        pairs += [
            (name, value)
            for name in ("author", "reviewer", "about", "q", "outgrown")
            if (value := getattr(chosen, name))
        ]
        if chosen.sort != "changed":
            pairs.append(("sort", chosen.sort))
        return urlencode(pairs)

    def moved(self) -> tuple[int, ...]:
        """Numbers of the entries that the record has outgrown; asked once for all that the list asks."""
        if "moved" not in self._asked:
            self._asked["moved"] = tuple(one.entry.pk for one in outgrown(MOST_LOOKED_AT))
        return self._asked["moved"]

    @property
    def in_use(self) -> bool:
        return any((self.state, self.kind, self.author, self.reviewer, self.about, self.q, self.outgrown))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with how many entries it would show."""

    value: str
    words: str
    count: int
    chosen: bool


def read_filters(query: QueryDict) -> EntryFilters:
    """The filters of an address. What it says that is not accepted is named in `problems` and left out of the search."""
    problems: dict[str, str] = {}

    def among(name: str, accepted: Mapping[str, str]) -> tuple[str, ...]:
        asked = [value for value in query.getlist(name) if value]
        if wrong := [value for value in asked if value not in accepted]:
            problems[name] = f"“{wrong[0][:40]}” is none of {', '.join(accepted)}."
        return tuple(value for value in accepted if value in asked)

    def person(name: str, *words: str) -> str:
        value = query.get(name, "")
        if not value or value in words or (value.isdecimal() and len(value) < 10):
            return value
        problems[name] = f"“{value[:40]}” is no account’s number, nor {' or '.join(words)}."
        return ""

    moved = query.get("outgrown", "")
    if moved not in ("", "yes"):
        problems["outgrown"] = f"“{moved[:40]}” is not accepted: yes is, or nothing."
        moved = ""
    sort = query.get("sort") or "changed"
    if sort not in SORTS:
        problems["sort"] = f"“{sort[:40]}” is none of {', '.join(SORTS)}."
        sort = "changed"
    page = query.get("page") or "1"
    if not (page.isdecimal() and 0 < int(page[:9]) < 100_000):
        problems["page"] = f"“{page[:40]}” is no page: give a number from 1."
        page = "1"
    if unknown := [name for name in query if name not in (*NAMES, "page")]:
        problems["unknown"] = f"“{unknown[0][:40]}” is no filter here: {', '.join(NAMES)} are."
    return EntryFilters(
        state=among("state", {str(value): words for value, words in STATES.items()}),
        kind=among("kind", dict(Kind.choices)),
        author=person("author", "me", "drafts"),
        reviewer=person("reviewer", "me", "anyone"),
        about=query.get("about", "").replace("\0", "").strip()[:LONGEST],
        q=query.get("q", "").replace("\0", "").strip()[:LONGEST],
        outgrown=moved,
        sort=sort,
        page=int(page),
        problems=problems,
    )


def found(filters: EntryFilters, me: User) -> QuerySet[Entry]:
    """The entries that the filters ask for, unordered. Raises subjects.NotFound."""
    entries = Entry.objects.all()
    if filters.state:
        entries = entries.filter(state__in=filters.state)
    if filters.kind:
        entries = entries.filter(kind__in=filters.kind)
    if filters.author == "drafts":
        entries = entries.filter(pk__in=waiting.mine(me).values("pk"))
    elif filters.author:
        entries = entries.filter(waiting.written_by(me.pk if filters.author == "me" else int(filters.author)))
    if filters.reviewer == "anyone":
        entries = entries.filter(reviewer=None, state=Entry.State.IN_REVIEW)
    elif filters.reviewer:
        entries = entries.filter(reviewer_id=me.pk if filters.reviewer == "me" else int(filters.reviewer))
    if filters.about:
        entries = entries.filter(_about(filters.about))
    if filters.outgrown:
        entries = entries.filter(pk__in=filters.moved())
    for word in filters.q.split()[:8]:
        entries = entries.filter(pk__in=_with_word(word))
    return entries


def in_order(entries: QuerySet[Entry], filters: EntryFilters) -> QuerySet[Entry]:
    """The entries in the order asked for, each with what a row needs: people, subject, the newest title."""
    newest = Revision.objects.filter(entry=OuterRef("pk"), number=OuterRef("version"))
    return (
        entries.select_related("author", "reviewer", "asked_by", "measure", "topic")
        .annotate(title=Coalesce(Subquery(newest.values("title")[:1]), Value(""), output_field=TextField()))
        .order_by(*_ORDER[filters.sort])
    )


def openings(entries: Sequence[Entry]) -> dict[int, str]:
    """The first words of each entry's newest revision, by the entry's number. One query."""
    newest = Revision.objects.filter(entry__in=entries, number=F("entry__version"))
    return {entry: _opening(fields) for entry, fields in newest.values_list("entry_id", "fields")}


def _opening(fields: Mapping[str, Any]) -> str:
    points = fields.get("points") or ()
    candidates = (fields.get("headline"), fields.get("lead"), *(point.get("text") for point in points), fields.get("who"), fields.get("body"))  # fmt: skip
    words = " ".join(str(next(filter(None, candidates), "")).split())
    return words if len(words) <= OPENING else f"{words[:OPENING].rsplit(' ', 1)[0]} …"


def state_choices(filters: EntryFilters, me: User) -> tuple[list[Choice], list[Choice]]:
    """States and kinds with their counts, each as it would be beside the other filters. One query."""
    rows = (
        found(replace(filters, state=(), kind=()), me)
        .order_by()
        .values_list("state", "kind")
        .annotate(count=Count("pk"))
    )
    states: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for state, kind, count in rows:
        if not filters.kind or kind in filters.kind:
            states[state] += count
        if not filters.state or state in filters.state:
            kinds[kind] += count
    return (
        [Choice(str(value), words, states[value], value in filters.state) for value, words in STATES.items()],
        [Choice(value, words, kinds[value], value in filters.kind) for value, words in Kind.choices],
    )


def _about(text: str) -> Q:
    wanted = Q()
    for subject in subjects.find(text):
        wanted |= Q(**subject.columns_set)
    return wanted


def _with_word(word: str) -> QuerySet[Revision, Any]:
    """Numbers of the entries whose newest words hold this one. Stored JSON may write letters as escapes: both are sought."""
    escaped = json.dumps(word)[1:-1]
    plain = json.dumps(word, ensure_ascii=False)[1:-1]
    return (
        Revision.objects.filter(number=F("entry__version"))
        .annotate(words=Cast("fields", TextField()))
        .filter(Q(title__icontains=word) | Q(words__icontains=escaped) | Q(words__icontains=plain))
        .values("entry_id")
    )
