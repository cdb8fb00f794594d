"""What an entry is about: a measure, a member or a topic, found from what a writer types, and named for whoever reads a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tracker.congress.citations import ordinal, parse_citation
from tracker.desk.models import Entry, Topic
from tracker.ledger.models import Measure, Member, measure_pk

MOST = 12  # candidates that are worth a reader's look; beyond them more words are asked for
_BIOGUIDE = re.compile(r"(?:member/|/?members/)?([A-Z]\d{6})/?", re.IGNORECASE)
_TOPIC = re.compile(r"topic/(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that an entry can be about. `key` names it in addresses, `name` for a reader, `url` is its public page."""

    key: str  # "119/sres/145", "member/T000476", "topic/3"
    name: str
    beside: str  # "119th Congress", "member", "topic"
    title: str  # the measure's own title; empty for the others
    url: str
    measure: Measure | None = None
    member: Member | None = None
    topic: Topic | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """Its place in a row that is about one thing."""
        return {
            "measure_id": None if self.measure is None else self.measure.pk,
            "member": None if self.member is None else self.member.pk,
            "topic_id": None if self.topic is None else self.topic.pk,
        }

    @property
    def columns_set(self) -> dict[str, Any]:
        """The one column that names it: what a search asks for."""
        return {name: value for name, value in self.columns.items() if value is not None}


class NotFound(ValueError):
    """Nothing held is meant by this text; the message says what to type instead."""


def find(text: str) -> list[Subject]:
    """What a text may mean, surest first: a citation in any spelling, a member's id or name, a topic's name or short name.

    One result is certain; several are for the writer to choose from. Raises NotFound, in a sentence for its reader.
    """
    text = " ".join(text.replace("\0", "").split())[:200]
    if not text:
        raise NotFound("Say what it is about: a measure (S.Res. 145), a member (Tillis), or a topic.")
    if (citation := parse_citation(text)) is not None:
        held = Measure.objects.filter(type=citation.type, number=citation.number).order_by("-congress")
        if citation.congress is not None:
            held = Measure.objects.filter(pk=measure_pk(citation.congress, citation.type, citation.number))
        if found := list(held[:MOST]):
            return [of_measure(measure) for measure in found]
        raise NotFound(
            f"{citation.in_full} is not held here. Look at the number, or enter the measure by hand first."
        )
    if (bioguide := _BIOGUIDE.fullmatch(text)) is not None:
        member = Member.objects.filter(pk=bioguide[1].upper()).first()
        if member is None:
            raise NotFound(f"No member with the id {bioguide[1].upper()} is known here.")
        return [of_member(member)]
    if (topic := _TOPIC.fullmatch(text)) is not None:
        return [of_topic(found) for found in Topic.objects.filter(pk=int(topic[1]))] or _nothing(text)
    return _named(text) or _nothing(text)


def _named(text: str) -> list[Subject]:
    topics = Topic.objects.filter(Q(slug=text.lower()) | Q(name__icontains=text)).order_by("position", "id")
    words = Q()
    for word in text.split()[:8]:
        words &= Q(name__icontains=word) | Q(sort_name__icontains=word)
    members = Member.objects.filter(words).order_by("-sitting", "sort_name")
    return [*map(of_topic, topics[:MOST]), *map(of_member, members[:MOST])]


def _nothing(text: str) -> list[Subject]:
    raise NotFound(
        f"“{text}” is no measure, member or topic known here. Type a citation (S.Res. 145), a name, or an id (T000476)."
    )


def of_measure(measure: Measure) -> Subject:
    return Subject(
        measure.key,
        measure.citation,
        f"{ordinal(measure.congress)} Congress",
        measure.title,
        measure.get_absolute_url(),
        measure=measure,
    )


def of_member(member: Member) -> Subject:
    return Subject(f"member/{member.pk}", member.name, "member", "", member.get_absolute_url(), member=member)


def of_topic(topic: Topic) -> Subject:
    return Subject(f"topic/{topic.pk}", topic.name, "topic", "", topic.get_absolute_url(), topic=topic)


def of_entries(entries: Iterable[Entry]) -> dict[int, Subject]:
    """What each of these entries is about, by the entry's number. One query; measures and topics come with the entries."""
    entries = list(entries)
    members = Member.objects.in_bulk([entry.member for entry in entries if entry.member])
    return {entry.pk: _of_entry(entry, members) for entry in entries}


def of_entry(entry: Entry) -> Subject:
    """What this entry is about."""
    return of_entries([entry])[entry.pk]


def _of_entry(entry: Entry, members: dict[str, Member]) -> Subject:
    if entry.measure is not None:
        return of_measure(entry.measure)
    if entry.topic is not None:
        return of_topic(entry.topic)
    id = str(entry.member)
    return (
        of_member(members[id])
        if id in members
        else Subject(f"member/{id}", id, "member", "", f"/members/{id}/")
    )
