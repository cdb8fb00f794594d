"""The choices beside a list, each with the number of measures that it would show. One query counts them all.

The measures that all *other* filters leave are counted once by Congress, type, status and party together; from that small
table every one of these choices is summed, and so is the length of the list. A choice is counted as it would be beside the
others in use, but without those of its own kind: "status: failed, 3" stays true when another status is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q

from tracker.congress.measures import TYPES
from tracker.congress.people import PARTIES
from tracker.congress.stages import STATUS_LABELS
from tracker.desk import public_topics
from tracker.ledger.filters import FILTERS, ordinal
from tracker.ledger.listing import MeasureFilters
from tracker.ledger.models import CommitteeReferral, Measure

MOST_COMMITTEES = 40  # the longest menu of committees; those in use are always in it

_RESOLUTIONS_FIRST = ("sres", "hres", "sjres", "hjres", "sconres", "hconres", "s", "hr")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what it is called, how many measures have it, whether it is in use."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one filter, in the order in which they are to be read."""

    name: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Some measures that are alike in all that is counted here."""

    congress: int
    type: str
    status: str
    party: str
    count: int

    @property
    def chamber(self) -> str:
        return TYPES[self.type].chamber

    def value(self, name: str) -> str:
        return str(getattr(self, name))


COUNTED = ("congress", "type", "chamber", "status", "party")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many measures a list holds, and how many it would hold with each choice."""

    total: int
    facets: tuple[Facet, ...]


def counts(filters: MeasureFilters) -> Counts:
    """The length of the list, and its choices of Congress, type, chamber, status and party. Costs one query."""
    wide = replace(filters, congress=(), type=(), chamber=(), status=(), party=(), sort="changed")
    rows = (
        wide.measures()
        .order_by()
        .values_list("congress", "type", "status", "sponsor_party")
        .annotate(number=Count("pk"))
        .order_by()
    )
    groups = [_Group(congress, type, status, party or "", n) for congress, type, status, party, n in rows]
    chosen = {name: {str(value) for value in getattr(filters, name)} for name in COUNTED}
    total = sum(group.count for group in _left(groups, chosen, but=""))
    return Counts(total, tuple(facet for facet in _facets(groups, chosen) if len(facet.choices) > 1))


def committees(filters: MeasureFilters, names: Mapping[str, str]) -> tuple[Choice, ...]:
    """The committees that the measures of this list went to, the busiest first. Costs one query; `names` by code."""
    wide = replace(filters, committee=(), sort="changed").measures().order_by()
    held = CommitteeReferral.objects.filter(parent=None, code__isnull=False)
    if replace(filters, committee=(), sort="") != MeasureFilters():
        held = held.filter(measure_id__in=wide.values("pk"))
    rows = (
        held.values_list("code")
        .annotate(number=Count("measure_id", distinct=True))
        .order_by("-number", "code")
    )
    found = {str(code): number for code, number in rows[:MOST_COMMITTEES]}
    listed = [*found, *(code for code in filters.committee if code not in found)]
    choices = (Choice(c, names.get(c, c), found.get(c, 0), c in filters.committee) for c in listed)
    return tuple(sorted(choices, key=lambda choice: choice.words))


def topics(filters: MeasureFilters) -> tuple[Choice, ...]:
    """The topics that readers may see, in the desk's order, with how many measures of this list are in each. Costs one query."""
    wide = replace(filters, topic=(), sort="changed").measures().order_by()
    some = None if replace(filters, topic=(), sort="") == MeasureFilters() else wide.values("pk")
    return tuple(
        Choice(slug, name, count, slug in filters.topic) for slug, name, count in public_topics.counted(some)
    )


def dropping(filters: MeasureFilters) -> tuple[str, int] | None:
    """For a list that holds nothing: the filter without which it would hold most, and how many. Costs two queries."""
    conditions = {
        name: FILTERS[name].condition(values)
        for name, values in filters.active.items()
        if name not in ("q", "kind")
    }
    base = MeasureFilters(q=filters.q, sort="changed").measures().order_by()
    found: dict[str, int] = base.aggregate(
        **{f"without_{name}": Count("pk", filter=_all(conditions, but=name)) for name in conditions}
    )
    without = {name: found[f"without_{name}"] for name in conditions}
    if filters.q:
        without["q"] = Measure.objects.filter(_all(conditions, but="")).count()
    best = max(without, key=without.__getitem__, default=None)
    return None if best is None or not without[best] else (best, without[best])


def _all(conditions: Mapping[str, Q], *, but: str) -> Q:
    every = Q(pk__isnull=False)
    for name, condition in conditions.items():
        if name != but:
            every &= condition
    return every


def _left(groups: Iterable[_Group], chosen: Mapping[str, set[str]], *, but: str) -> list[_Group]:
    """The groups that all choices in use leave, apart from those of one filter."""
    return [
        group
        for group in groups
        if all(name == but or not values or group.value(name) in values for name, values in chosen.items())
    ]


def _facets(groups: list[_Group], chosen: Mapping[str, set[str]]) -> Iterable[Facet]:
    for name, legend, order, words in _TABLE:
        numbers: Counter[str] = Counter()
        for group in _left(groups, chosen, but=name):
            numbers[group.value(name)] += group.count
        in_use = chosen[name]
        held = {group.value(name) for group in groups} - {""}
        values = [value for value in order(held | in_use) if value in held or value in in_use]
        yield Facet(
            name,
            legend,
            tuple(Choice(value, words(value), numbers[value], value in in_use) for value in values),
        )


def _in_order_of(known: Iterable[str]) -> Callable[[set[str]], list[str]]:
    return lambda values: [value for value in known if value in values]


def _newest_first(values: set[str]) -> list[str]:
    return sorted(values, key=int, reverse=True)


_TABLE: tuple[tuple[str, str, Callable[[set[str]], list[str]], Callable[[str], str]], ...] = (
    (
        "type",
        "Type",
        _in_order_of(_RESOLUTIONS_FIRST),
        lambda code: TYPES[code].abbreviation,
    ),
    ("status", "Status", _in_order_of(STATUS_LABELS), STATUS_LABELS.__getitem__),
    ("party", "Sponsor’s party", _in_order_of(PARTIES), PARTIES.__getitem__),
    ("congress", "Congress", _newest_first, lambda number: ordinal(int(number))),
    (
        "chamber",
        "Begun in",
        _in_order_of(("house", "senate")),
        {"house": "House", "senate": "Senate"}.__getitem__,
    ),
)
