"""What readers see of entries: the only module of the desk that pages, API and feeds ask for them.

It reads `Publication` alone, so no draft can come out of it. What has been withdrawn is shown by its reason and its day, and
its words are not given out for any moment, earlier ones included: whoever withdraws something wants it gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.safestring import SafeString

from tracker.desk import kinds, markdown, rendering
from tracker.desk.models import Kind, Publication, Topic
from tracker.desk.models.entries import PublicationQuerySet
from tracker.ledger.models import ChangeEvent, Member
from tracker.texts.models import MeasureText

_ORDER = {kind: place for place, kind in enumerate(Kind.values)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as readers see it, now or at an earlier moment. `row` is its publication then."""

    row: Publication
    withdrawn: Publication | None  # its withdrawal, where it has been withdrawn since or then
    member_name: str = ""  # where it is about a member and was read for a page of its own
    texts: frozenset[str] | None = (
        None  # versions of its measure's text that can be read here; None: not asked
    )

    @property
    def number(self) -> int:
        """The entry's number; its page is `path`."""
        return self.row.entry_id

    @property
    def path(self) -> str:
        return f"/entries/{self.row.entry_id}/"

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def kind_name(self) -> str:
        """ "Key points"."""
        return str(Kind(self.row.kind).label)

    @property
    def title(self) -> str:
        """Its title, or what its kind is called; a withdrawn one has none."""
        return (self.row.title if self.withdrawn is None else "") or self.kind_name

    @property
    def html(self) -> SafeString:
        """The words as they were rendered then, cleaned once more: a database is not proof of what is in it."""
        if self.withdrawn:
            return SafeString()
        html = self.row.html
        if self.texts is not None and self.words is not None:
            html = rendering.led_to_held(html, self.words, self.row.about, self.texts)
        return markdown.cleaned(html)

    @property
    def words(self) -> kinds.Words | None:
        return None if self.withdrawn else kinds.words(self.row.kind, self.row.fields)

    @property
    def whole_html(self) -> str:
        """The same for whoever shows it elsewhere: links to this site written in full."""
        return "" if self.withdrawn else markdown.with_whole_addresses(self.row.html) + ""

    @property
    def plain(self) -> str:
        """Title and words as text, a line for each paragraph and point; empty where it is withdrawn."""
        lines = [] if self.withdrawn else [self.row.title, markdown.plain(self.row.html)]
        return "\n".join(line for line in lines if line)

    @property
    def about_name(self) -> str:
        """ "S.Res. 145", "Thom Tillis", "Iran"; for a member whom the list no longer has, the id."""
        if self.row.measure is not None:
            return self.row.measure.citation
        return self.row.topic.name if self.row.topic is not None else self.member_name

    @property
    def about_path(self) -> str:
        """The page of what it is about."""
        if self.row.measure is not None:
            return self.row.measure.get_absolute_url()
        if self.row.topic is not None:
            return self.row.topic.get_absolute_url()
        return f"/members/{self.row.member}/"

    @property
    def published_at(self) -> datetime:
        return self.row.first_at

    @property
    def revised_at(self) -> datetime | None:
        """When it was last corrected; None where it stands as first published."""
        return self.row.revised_at


def of_measure(pk: int, as_of: datetime | None = None) -> list[Shown]:
    """The entries on a measure as readers saw them at an instant, or see them now. One query."""
    return _shown(Publication.objects.filter(measure=pk), as_of)


def of_member(bioguide: str, as_of: datetime | None = None) -> list[Shown]:
    """The entries on a member. One query."""
    return _shown(Publication.objects.filter(member=bioguide), as_of)


def of_topic(pk: int, as_of: datetime | None = None) -> list[Shown]:
    """The entries on a topic that readers may see. One query."""
    return _shown(Publication.objects.filter(topic=pk, topic__is_public=True), as_of)


def standing(shown: Iterable[Shown]) -> list[Shown]:
    """Those of them that are not withdrawn."""
    return [each for each in shown if each.withdrawn is None]


def led_to_clauses(shown: Iterable[Shown]) -> list[Shown]:
    """The same, where their points are led to clauses that can be read here, and to no others: for a page. One query at most.

    Which texts are held then is in the stamp of whatever page asks this (`stamp_of_clauses` for one that has none of its own).
    """
    every = list(shown)
    retold = {each.row.measure_id for each in every if each.kind == Kind.KEY_POINTS and not each.withdrawn}
    if not retold:
        return every
    held: dict[int, set[str]] = {pk: set() for pk in retold if pk is not None}
    texts = MeasureText.objects.held().filter(measure_id__in=held)
    for pk, version in texts.values_list("measure_id", "version"):
        held[pk].add(version)
    return [
        replace(each, texts=frozenset(held[each.row.measure_id])) if each.row.measure_id in held else each
        for each in every
    ]


def stamp_of_clauses(entry: int) -> int:
    """How many texts are held of what an entry is about: one that is held once stays. One query."""
    about = readable().filter(entry=entry, measure__isnull=False).values("measure_id")
    return MeasureText.objects.held().filter(measure_id__in=about).count()


def readable() -> PublicationQuerySet:
    """All publications that readers may know of, in no order: those on a topic only while the topic is public."""
    return Publication.objects.filter(Q(topic=None) | Q(topic__is_public=True))


def told_of(events: Iterable[ChangeEvent]) -> dict[str, Publication]:
    """What readers are shown now of the entries that these events tell of, by the events' subject ("entry/17"). One query.

    A withdrawn one is there as its withdrawal; one about a topic that readers have no more is not there.
    """
    numbers = {event.subject.removeprefix("entry/") for event in events if event.is_of_entry}
    entries = [int(number) for number in numbers if number.isdecimal()]
    rows = readable().filter(entry__in=entries).in_force() if entries else []
    return {f"entry/{row.entry_id}": row for row in rows}


def things(about: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and page of the members and topics that events name ("member/T000476", "topic/3"). What readers have not, is not
    in it. One query for each sort that is among them."""
    ids: dict[str, set[str]] = {"member": set(), "topic": set()}
    for sort, _, pk in (each.partition("/") for each in about):
        ids.get(sort, set()).add(pk)
    found = dict[str, tuple[str, str]]()
    if ids["member"]:
        names = dict(Member.objects.filter(pk__in=ids["member"]).values_list("pk", "name"))
        found |= {f"member/{pk}": (names.get(pk, pk), f"/members/{pk}/") for pk in ids["member"]}
    topics = [int(pk) for pk in ids["topic"] if pk.isascii() and pk.isdigit()]
    if topics:
        public = Topic.objects.public().filter(pk__in=topics)
        found |= {f"topic/{row.pk}": (row.name, row.get_absolute_url()) for row in public}
    return found


def events_on_member(bioguide: str) -> PublicationQuerySet:
    """The publications of entries on a member, for a query over their events: `.values("event_id")`."""
    return Publication.objects.filter(member=bioguide)


def log(rows: slice) -> list[Shown]:
    """These rows of the public log, newest first. Two queries.

    What was withdrawn since is among them, by its kind, day and reason, without title and words.
    """
    found = list(readable().select_related("measure", "topic").order_by("-id")[rows])
    withdrawals = Publication.objects.filter(
        entry__in={row.entry_id for row in found}, act=Publication.Act.WITHDRAWN
    )
    return _named(found, [*withdrawals.order_by("id")])


def history(entry: int) -> list[Shown]:
    """Every publication of one entry that readers may know of, the first first; [] where there is none."""
    rows = readable().filter(entry=entry).select_related("measure", "topic").order_by("id")
    found = list(rows)
    return _named(found, found)


def _named(rows: Sequence[Publication], of_entries: Sequence[Publication]) -> list[Shown]:
    """With the names of members; asks for them only where an entry is about one."""
    members = {row.member for row in rows if row.member}
    names = dict(Member.objects.filter(pk__in=members).values_list("pk", "name")) if members else {}
    return [
        Shown(
            row,
            _withdrawal(row, [each for each in of_entries if each.entry_id == row.entry_id]),
            names.get(row.member, row.member) if row.member else "",
        )
        for row in rows
    ]


def _shown(rows: PublicationQuerySet, as_of: datetime | None) -> list[Shown]:
    """By kind, the first published first. For an earlier moment all publications are read, to know what was withdrawn since."""
    if as_of is None:
        then = list(rows.in_force())
        shown = [Shown(row, _withdrawal(row, [row])) for row in then]
    else:
        of_entry: dict[int, list[Publication]] = {}
        for row in rows.order_by("id"):
            of_entry.setdefault(row.entry_id, []).append(row)
        last = [
            (until[-1], every)
            for every in of_entry.values()
            if (until := [row for row in every if row.at <= as_of])
        ]
        shown = [Shown(row, _withdrawal(row, every)) for row, every in last]
    return sorted(shown, key=lambda each: (_ORDER[each.kind], each.row.first_at, each.number))


def _withdrawal(row: Publication, of_entry: Iterable[Publication]) -> Publication | None:
    """The first withdrawal from this publication on: it took these words away, whatever was published after it."""
    later = (each for each in of_entry if each.pk >= row.pk and each.act == Publication.Act.WITHDRAWN)
    return next(later, None)
