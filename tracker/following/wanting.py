"""Who wants to hear of an event: the one answer to "why am I told this?", for mail.

Each way of following asks the database once for a batch of events, however many followers there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from tracker.desk.models import Topic, TopicMeasure
from tracker.following.models import CORRECTIONS, Delivery, Follow
from tracker.ledger.listing import BadFilter, MeasureFilters
from tracker.ledger.models import ChangeEvent, CommitteeReferral, Sponsorship, measure_key


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event that a follower wants to hear of; `follow` is why, None for a correction to whoever got the wrong words."""

    follower: int
    event: int
    follow: int | None


def wanted(events: Sequence[ChangeEvent]) -> Iterator[Wanted]:
    """Who wants which of these events, each pair once; a follow that is older comes first. Asks a constant number of queries,
    and one more for each distinct search that anybody follows."""
    told = [event for event in events if event.is_announced]  # a first import is news to nobody
    if not told:
        return
    seen = set[tuple[int, int]]()
    for one in (*_corrections(told), *_follows(told)):
        if (one.follower, one.event) not in seen:
            seen.add((one.follower, one.event))
            yield one


def _follows(events: Sequence[ChangeEvent]) -> Iterator[Wanted]:
    topics = _topics(events)
    things = _things(events, topics)
    named = Q(pk__in=[])
    for of, targets in _by_kind(things).items():
        named |= Q(of=of, target__in=targets)
    follows = list(
        Follow.objects.filter(named | Q(of=Follow.Of.SEARCH))
        .exclude(confirmed_at=None)
        .exclude(follower__confirmed_at=None)
        .filter(follower__suspended_at=None)  # nothing piles up for an address that rests
        .order_by("pk")
    )
    found = _searches({follow.target for follow in follows if follow.of == Follow.Of.SEARCH}, events)
    by_thing = dict[tuple[str, str], list[Follow]]()
    for follow in follows:
        by_thing.setdefault((follow.of, follow.target), []).append(follow)
    for event in events:
        keys = set(things[event.pk])
        keys |= {
            (Follow.Of.SEARCH, query) for query, measures in found.items() if event.measure_id in measures
        }
        matching = sorted((f for key in keys for f in by_thing.get(key, ())), key=lambda f: f.pk)
        for follow in matching:
            # A correction reaches those who got the wrong words, and nobody else: to others it is no news.
            if event.pk > follow.after_event and event.kind not in (*follow.muted, *CORRECTIONS):
                yield Wanted(follow.follower_id, event.pk, follow.pk)


def _corrections(events: Sequence[ChangeEvent]) -> Iterator[Wanted]:
    """A correction or withdrawal of our words goes to everyone who was told of them, whatever they follow now."""
    corrected = [event for event in events if event.kind in CORRECTIONS]
    if not corrected:
        return
    told = Delivery.objects.filter(
        event__kind__startswith="entry_", event__subject__in={event.subject for event in corrected}
    ).values_list("follower_id", "event__subject", "event_id")
    for follower, subject, before in told.order_by("pk"):
        for event in corrected:
            if event.subject == subject and before < event.pk:
                yield Wanted(follower, event.pk, None)


def _things(
    events: Iterable[ChangeEvent], topics: Mapping[int, set[int]]
) -> dict[int, list[tuple[str, str]]]:
    """What each event is about, as follows name it: its measure, members, committees and topics."""
    events = list(events)
    measures = {event.measure_id for event in events if event.measure_id is not None}
    sponsors, committees = dict[int, set[str]](), dict[int, set[str]]()
    for of_measure, member in Sponsorship.objects.filter(measure__in=measures).values_list(
        "measure_id", "member"
    ):
        if member:
            sponsors.setdefault(of_measure, set()).add(member)
    referred = CommitteeReferral.objects.filter(measure__in=measures).values_list("measure_id", "code")
    for of_measure, code in referred:
        if code:  # whoever follows a committee hears of its subcommittees
            committees.setdefault(of_measure, set()).update({code, f"{code[:4]}00"})
    public = {str(pk) for pk in Topic.objects.public().order_by().values_list("pk", flat=True)}
    things = {}
    for event in events:
        pk = event.measure_id
        found = list[tuple[str, str]]()
        if pk is not None:
            found.append((Follow.Of.MEASURE, measure_key(pk)))
            found += [(Follow.Of.MEMBER, member) for member in sponsors.get(pk, ())]
            found += [(Follow.Of.COMMITTEE, code) for code in committees.get(pk, ())]
            found += [(Follow.Of.TOPIC, str(topic)) for topic in topics.get(pk, ())]
            if event.kind.startswith("cosponsor_"):
                found.append((Follow.Of.MEMBER, event.subject))
        else:
            kind, _, name = str((event.became or event.was or {}).get("about", "")).partition("/")
            # What is written about a topic goes from sight with the topic.
            if kind == Follow.Of.MEMBER or (kind == Follow.Of.TOPIC and name in public):
                found.append((kind, name))
        things[event.pk] = found
    return things


def _topics(events: Iterable[ChangeEvent]) -> dict[int, set[int]]:
    """The public topics of the events' measures."""
    measures = {event.measure_id for event in events if event.measure_id is not None}
    rows = TopicMeasure.objects.filter(measure__in=measures, refused=False, topic__in=Topic.objects.public())
    found = dict[int, set[int]]()
    for measure, topic in rows.values_list("measure_id", "topic_id"):
        found.setdefault(measure, set()).add(topic)
    return found


def _by_kind(things: Mapping[int, Sequence[tuple[str, str]]]) -> dict[str, set[str]]:
    grouped = dict[str, set[str]]()
    for several in things.values():
        for of, target in several:
            grouped.setdefault(of, set()).add(target)
    return grouped


def _searches(queries: Iterable[str], events: Sequence[ChangeEvent]) -> dict[str, set[int]]:
    """Which of the events' measures each search finds. A search that means nothing any more finds nothing."""
    measures = {event.measure_id for event in events if event.measure_id is not None}
    found = {}
    for query in queries:
        try:
            filters = MeasureFilters.from_query(QueryDict(query))
        except BadFilter:
            continue
        found[query] = set(filters.measures().filter(pk__in=measures).order_by().values_list("pk", flat=True))
    return found
