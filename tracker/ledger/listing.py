"""Lists of measures: their query, the sentence above them and their links, all from the table of filters.

A filter given several times means any of its values; different filters all have to hold. An empty value is no filter,
so that a form may send all its fields. "After" and "before" leave out the day they name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OrderBy
from django.http import QueryDict

from tracker.ledger.filters import FILTERS, BadFilter, Filter, either, nouns, plural
from tracker.ledger.models import ChangeEvent, Measure
from tracker.ledger.models.events import ChangeEventQuerySet
from tracker.ledger.models.measures import MeasureQuerySet
from tracker.ledger.search import matching

__all__ = ["FILTERS", "SORTS", "BadFilter", "Chip", "MeasureFilters", "SortKey"]

MOST_VALUES = 50  # of one filter
IGNORED = re.compile(r"utm_\w+|fbclid|gclid|mc_\w+")  # put on links by others; they change nothing here

SORTS = {
    "changed": "last changed first",
    "introduced": "last introduced first",
    "cosponsors": "most cosponsors first",
    "number": "by number",
    "relevance": "best match first",
}
"""How a list can be sorted, and how each says itself. `relevance` needs a search, and is then the default."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column that a list is ordered by. The last key of a list is always `id`, so that no two rows are equal."""

    field: str
    descending: bool = False
    nullable: bool = False  # then null comes last

    def order(self) -> OrderBy:
        column = F(self.field)
        nulls_last = (
            True if self.nullable else None
        )  # PostgreSQL would not use its index, were it always told
        return column.desc(nulls_last=nulls_last) if self.descending else column.asc(nulls_last=nulls_last)


@dataclass(frozen=True, slots=True)
class Chip:
    """One value that is being filtered by: its words, and the query string without it."""

    parameter: str
    value: str
    words: str
    query_without: str


_ONLY_EVENTS = ("kind",)  # asks the event, not the measure
_AFTER_COMMA = ("introduced_after", "introduced_before", "changed_after", "updated_since", "q")

_ORDERS: dict[str, tuple[SortKey, ...]] = {
    "changed": (SortKey("changed_at", descending=True), SortKey("id", descending=True)),
    "introduced": (SortKey("introduced_on", descending=True, nullable=True), SortKey("id", descending=True)),
    "cosponsors": (SortKey("cosponsor_count", descending=True), SortKey("id", descending=True)),
    "number": (SortKey("congress", descending=True), SortKey("id")),  # an id grows by type and number
    "relevance": (SortKey("rank"), SortKey("id", descending=True)),
}


@dataclass(frozen=True, slots=True)
class MeasureFilters:
    """Which measures, in which order. Values are checked; a tuple holds any number of them, and none is no filter."""

    q: str = ""
    congress: tuple[int, ...] = ()
    type: tuple[str, ...] = ()
    chamber: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    sponsor: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    introduced_after: date | None = None
    introduced_before: date | None = None
    changed_after: date | None = None
    updated_since: datetime | None = None
    kind: tuple[str, ...] = ()
    sort: str = ""

    @classmethod
    def from_query(
        cls, query: QueryDict, *, also: frozenset[str] = frozenset(), strict: bool = False
    ) -> MeasureFilters:
        """The filters that a query string names.

        `also` names what this list accepts beside the filters of every list: `kind` and `updated_since` are read here,
        anything else (`page`, `cursor`, `limit`) is left to the caller. Raises BadFilter for a parameter or a value
        that means nothing; what others put on links (`utm_…`, `fbclid`, `gclid`, `mc_…`) is passed over, unless `strict`.
        """
        known = {name for name, row in FILTERS.items() if row.always or name in also} | {"sort"}
        found: dict[str, Any] = {}
        for name in query:
            if name in known:
                given = [text for text in query.getlist(name) if text.strip()]
                if given:
                    found[name] = _sort(given, query) if name == "sort" else _values(FILTERS[name], given)
            elif name not in also and (strict or not IGNORED.fullmatch(name)):
                allowed = ", ".join(sorted(known | also))
                raise BadFilter(name, query.get(name) or "", "no such parameter", allowed)
        return cls(**found)

    @property
    def order(self) -> tuple[SortKey, ...]:
        """What the list is ordered by; the last key is the row's id."""
        return _ORDERS[self.sorted_by]

    @property
    def sorted_by(self) -> str:
        return self.sort or ("relevance" if self.q else "changed")

    @property
    def active(self) -> dict[str, tuple[Any, ...]]:
        """The filters in use and their values, in the order of the table."""
        given = {name: getattr(self, name) for name in FILTERS}
        return {
            name: value if isinstance(value, tuple) else (value,)
            for name, value in given.items()
            if value not in ((), "", None)
        }

    def measures(self) -> MeasureQuerySet:
        """The measures, in order. With a search they are annotated with `rank`, the best match lowest."""
        return self._matching().order_by(*(key.order() for key in self.order))

    def events(self) -> ChangeEventQuerySet:
        """The changes of these measures, of these kinds, newest first. Loads are among them."""
        events: ChangeEventQuerySet = ChangeEvent.objects.order_by("-id")
        if self.kind:
            events = events.filter(FILTERS["kind"].condition(self.kind))
        if self.active.keys() - set(_ONLY_EVENTS):
            events = events.filter(measure__in=self._matching().values("pk"))
        return events

    def _matching(self) -> MeasureQuerySet:
        measures: MeasureQuerySet = Measure.objects.all()
        for name, values in self.active.items():
            if name not in _ONLY_EVENTS and name != "q":
                measures = measures.filter(FILTERS[name].condition(values))
        return matching(measures, self.q) if self.q else measures

    def sentence(self, count: int | None = None) -> str:
        """What this list holds, in words: "50 Senate resolutions referred to committee, with “Iran”".

        Without a count it begins "Senate resolutions …". Names of members and committees cost one query each.
        """
        if count is None:
            head = plural(self.type)
        elif count == 1:
            head = f"1 {either(nouns(self.type))}"
        else:
            head = f"{count:,} {plural(self.type)}" if count else f"no {plural(self.type)}"
        close, apart = [head], list[str]()
        for name, values in self.active.items():
            if name != "type" and name not in _ONLY_EVENTS:
                (apart if name in _AFTER_COMMA else close).append(FILTERS[name].words(values))
        if apart and close == [head]:
            close.append(apart.pop(0))  # "122 measures with “Iran”": the comma would part nothing
        sentence = ", ".join([" ".join(close), *apart])
        return sentence[0].upper() + sentence[1:]

    def chips(self) -> list[Chip]:
        """Each value in use with the query string that drops it, for links beside the sentence."""
        return [
            Chip(
                name,
                FILTERS[name].text(value),
                FILTERS[name].words((value,)),
                self.query(**{name: [FILTERS[name].text(v) for v in values if v != value]}),
            )
            for name, values in self.active.items()
            for value in values
        ]

    def query(self, **changes: str | int | Sequence[str] | None) -> str:
        """This list as a query string, without the question mark, with some parameters changed, added or dropped.

        >>> MeasureFilters(type=("sres",), q="Iran").query(page=2, q=None)
        'type=sres&page=2'
        """
        pairs: dict[str, str | int | Sequence[str] | None] = {
            name: [FILTERS[name].text(value) for value in values] for name, values in self.active.items()
        }
        pairs["sort"] = self.sort
        pairs.update(changes)
        return urlencode([(name, value) for name, value in _pairs(pairs) if value != ""])


def _values(row: Filter, given: Sequence[str]) -> Any:
    """The checked values of one filter: a tuple without repetitions, or the one value. Raises BadFilter."""
    if not row.many and len(given) > 1:
        raise BadFilter(row.name, " ".join(given), "given more than once", row.accepted)
    if len(given) > MOST_VALUES:
        raise BadFilter(row.name, given[0], f"given more than {MOST_VALUES} times", row.accepted)
    parsed = []
    for text in given:
        try:
            parsed.append(row.parse(text))
        except ValueError as problem:
            raise BadFilter(row.name, text, str(problem), row.accepted) from problem
    return tuple(dict.fromkeys(parsed)) if row.many else parsed[0]


def _sort(given: Sequence[str], query: QueryDict) -> str:
    accepted = ", ".join(SORTS)
    if len(given) > 1:
        raise BadFilter("sort", " ".join(given), "given more than once", accepted)
    if given[0] not in SORTS:
        raise BadFilter("sort", given[0], "no such order", accepted)
    if given[0] == "relevance" and not query.get("q", "").strip():
        raise BadFilter("sort", "relevance", "needs a search (q)", accepted)
    return given[0]


def _pairs(values: Mapping[str, str | int | Sequence[str] | None]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None:
            continue
        several = [str(value)] if isinstance(value, str | int) else list(value)
        pairs += [(name, text) for text in several]
    return pairs
