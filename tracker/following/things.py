"""What can be followed, as an address names it: `?measure=119/sres/145`, `?member=T000476`, `?committee=ssfr00`,
`?topic=ashraf-3`, or the filters of the list of measures.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from tracker.congress.citations import parse_citation
from tracker.desk.models import Topic
from tracker.following.models import Follow
from tracker.following.reasons import subject
from tracker.ledger.listing import IGNORED, BadFilter, MeasureFilters
from tracker.ledger.models import Committee, Measure, Member

NAMES = ("measure", "member", "committee", "topic", "search")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be followed: `of` and `target` as `Follow` has them, and its page."""

    of: str
    target: str
    page: str

    @property
    def words(self) -> str:
        return subject(self.of, self.target)


def thing_named(query: QueryDict) -> Thing | None:
    """What a query string names; None where it names nothing. Raises BadFilter for what is not held here or means nothing."""
    given = [name for name in NAMES if query.get(name)]
    if len(given) > 1:
        raise BadFilter(given[1], str(query[given[1]]), f"beside {given[0]}", "one thing to follow at a time")
    rest = query.copy()
    for name in query:
        if name in NAMES or IGNORED.fullmatch(name):
            rest.pop(name)
    if not given:
        return _search(rest.urlencode()) if rest else None
    if rest:
        name = next(iter(rest))
        raise BadFilter(name, str(rest[name]), f"no such parameter beside {given[0]}", given[0])
    name, value = given[0], " ".join(str(query[given[0]]).split())
    return _FINDERS[name](value)


def _measure(value: str) -> Thing:
    citation = parse_citation(value)
    if citation is None or citation.congress is None:
        raise BadFilter("measure", value, "no measure of a Congress", "a measure, such as 119/sres/145")
    found = Measure.objects.keyed(citation.congress, citation.type, citation.number).first()
    if found is None:
        raise BadFilter("measure", value, "not held here", "a measure that this tracker has a page of")
    return Thing(Follow.Of.MEASURE, found.key, found.get_absolute_url())


def _member(value: str) -> Thing:
    if not Member.objects.filter(pk=value).exists():
        raise BadFilter("member", value, "nobody who is held here", "a Bioguide id, such as T000476")
    return Thing(Follow.Of.MEMBER, value, f"/members/{value}/")


def _committee(value: str) -> Thing:
    if not Committee.objects.filter(pk=value).exists():
        raise BadFilter("committee", value, "no committee that is held here", "a code, such as ssfr00")
    return Thing(Follow.Of.COMMITTEE, value, f"/committees/{value}/")


def _topic(value: str) -> Thing:
    found = Topic.objects.public().filter(slug=value).first()
    if found is None:
        raise BadFilter("topic", value, "no topic", "a topic of the list at /topics/")
    return Thing(Follow.Of.TOPIC, str(found.pk), found.get_absolute_url())


def _search(value: str) -> Thing:
    filters = MeasureFilters.from_query(QueryDict(value))
    if not filters.active:
        raise BadFilter("search", value, "no search", "at least one filter of the list of measures")
    query = filters.query(sort=None)
    return Thing(Follow.Of.SEARCH, query, f"/measures/?{query}")


_FINDERS = {
    "measure": _measure,
    "member": _member,
    "committee": _committee,
    "topic": _topic,
    "search": _search,
}
