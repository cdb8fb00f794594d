"""What measures are looked up by: the marks and words of each measure's furthest text, and of its title.

Every step may be killed, run twice, or beside itself: what is due is told by rows (`KinText`), written under the ledger's lock.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from sys import intern
from typing import NamedTuple

import msgspec
from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from tracker.ledger import bulk, chain
from tracker.ledger.models import Measure, Title
from tracker.texts import kin, titles
from tracker.texts.clauses import held_texts, text_of
from tracker.texts.kin import Rarity, Words
from tracker.texts.models import Kin, KinMark, KinText, KinWord, MeasureText
from tracker.texts.words import split

CANDIDATES = 16  # texts that one is compared with: those that share most of its rarer runs
CANDIDATES_BY_TITLE = 8  # measures of other Congresses, the same of titles
CANDIDATES_BY_NAME = 12  # bills of any Congress that have a title of this one's, word for word
COMMON = 60  # texts that a run may stand in and still say something
_BILLS = ("hr", "s")
_BATCH = 50
_TITLES = 400  # measures without a text, at once
_LONGEST_WORD = 80
_AT_ONCE = 400  # rows of one query
_LOOKED_UP_AT_ONCE = 5_000  # words or marks, by one query
_MOST_READ = 4_000_000  # words of texts that this process keeps, some 40 MB
_MOST_KNOWN = 150_000  # words whose counts one round holds
_NO_TEXT = Words(())
# past the ORM: a text has some three hundred different words, and a first reading has thousands of texts
_COUNT = """
    INSERT INTO texts_kinword (word, texts) VALUES {rows}
    ON CONFLICT (word) DO UPDATE SET texts = texts_kinword.texts + excluded.texts
"""


class Read(NamedTuple):
    """A measure, and what is compared of it."""

    measure: Measure
    words: Words
    document: str | None  # of its furthest text; None: none is held


def forget() -> None:
    """Take away what measures are compared by: the next `find` draws it anew, and compares them all.

    Pairs stay till their own turn comes, so that no page is without them meanwhile; those that are not found again go, and
    those that are keep the moment at which they were found. What staff settled stays.
    """
    with transaction.atomic():
        chain.lock()
        known = Measure.objects.values("pk")
        Kin.objects.filter(state=Kin.State.FOUND).exclude(first__in=known, second__in=known).delete()
        for table in (KinMark, KinWord, KinText):
            table.objects.all().delete()


def unread() -> list[int]:
    """Measures of which more texts are held than were when they were read last, then those never read.

    Told by numbers, for no clock says in which order texts and readings came to stand in the database. Where there are
    none, four counts.
    """
    held = MeasureText.objects.held()
    if held.count() != (KinText.objects.aggregate(texts=Sum("texts"))["texts"] or 0):
        known = KinText.objects.filter(measure_id=OuterRef("measure_id")).values("texts")
        rows = (
            held.order_by().values("measure_id").annotate(now=Count("pk"), read=Coalesce(Subquery(known), 0))
        )
        found = (
            rows.exclude(now=F("read")).order_by("measure_id").values_list("measure_id", flat=True)[:_BATCH]
        )
        if pks := list(found):
            return pks
    measures = Measure.objects.of_record()
    if measures.count() == KinText.objects.count():
        return []
    fresh = measures.exclude(Exists(KinText.objects.filter(pk=OuterRef("pk")))).order_by("pk")
    return list(fresh.values_list("pk", flat=True)[:_TITLES])


def due() -> list[int]:
    """Measures that were read and are still to be compared, the longest waiting first."""
    rows = KinText.objects.filter(compared_at=None).order_by("read_at", "pk")
    return list(rows.values_list("pk", flat=True)[:_BATCH])


def read(pks: Sequence[int], now: datetime) -> int:
    """Draw the marks of these measures' titles and furthest texts, and count the words. Answers how many texts are new."""
    held = held_texts(pks)
    drawn = words_of_measures(pks)
    marks = {pk: _marks(each.words) for pk, each in drawn.items()}
    with transaction.atomic():
        chain.lock()
        known = KinText.objects.in_bulk(list(drawn))
        documents = {pk: each.document for pk, each in drawn.items()}
        changed = [pk for pk in drawn if pk not in known or known[pk].document_id != documents[pk]]
        KinMark.objects.filter(measure_id__in=changed).delete()
        bulk.insert(KinMark, ("mark", "measure_id"), [(mark, pk) for pk in changed for mark in marks[pk]])
        _count(drawn[pk].words for pk in changed if pk not in known or known[pk].document_id is None)
        fresh = []
        for pk in drawn:
            row = known.get(pk) or KinText(measure_id=pk)
            row.texts = len(held.get(pk, ()))
            if pk in changed:
                row.document_id, row.read_at, row.compared_at = documents[pk], now, None
            if pk in known:
                row.save()
            else:
                fresh.append(row)
        KinText.objects.bulk_create(fresh)
    return sum(documents[pk] is not None for pk in changed)


def _marks(words: Words) -> set[int]:
    return {*kin.marks(words), *kin.title_marks(words), *kin.name_marks(words)}


def _count(texts: Iterable[Words]) -> None:
    """Count each word of each of these texts once."""
    counts = Counter(word for text in texts for word in _kept(text))
    with connection.cursor() as cursor:
        for some in bulk.chunks(sorted(counts.items()), _AT_ONCE):
            rows = ", ".join(["(%s, %s)"] * len(some))
            cursor.execute(_COUNT.format(rows=rows), [value for row in some for value in row])


def _kept(text: Words) -> set[str]:
    said: set[str] = set().union(*(clause for _, clause in text.clauses))
    return {word for word in said if len(word) <= _LONGEST_WORD}


def candidates(reads: Mapping[int, Read]) -> dict[int, list[int]]:
    """For each of these: the measures that share most of its rarer runs, then those of other Congresses that share its title's,
    then bills that have one of its titles. Two queries for thousands of runs."""
    marks = {pk: _marks(each.words) for pk, each in reads.items()}
    holders = _holders(set().union(*marks.values()))
    return {pk: _likely(each, marks[pk], holders) for pk, each in reads.items()}


def _holders(marks: Iterable[int]) -> dict[int, list[int]]:
    """The measures that each of these runs stands in; left out are those of one measure, and those of too many."""
    holders: dict[int, list[int]] = {}
    for some in bulk.chunks(sorted(marks), _LOOKED_UP_AT_ONCE):
        counted = KinMark.objects.filter(mark__in=some).order_by().values("mark").annotate(texts=Count("pk"))
        rare = counted.filter(texts__gt=1, texts__lte=COMMON).values_list("mark", flat=True)
        for mark, pk in KinMark.objects.filter(mark__in=list(rare)).values_list("mark", "measure_id"):
            holders.setdefault(mark, []).append(pk)
    return holders


def _likely(read: Read, marks: Iterable[int], holders: Mapping[int, Sequence[int]]) -> list[int]:
    by_title, by_name = kin.title_marks(read.words), kin.name_marks(read.words)
    said: dict[int, float] = {}
    titled: dict[int, float] = {}
    named: dict[int, float] = {}
    for mark in sorted(marks):
        weights = titled if mark in by_title else named if mark in by_name else said
        others = holders.get(mark, ())
        for other in others:
            weights[other] = weights.get(other, 0.0) + len(others) ** -0.5
    own = read.measure.congress * 10_000_000
    elsewhere = {pk: weight for pk, weight in titled.items() if not own <= pk < own + 10_000_000}
    said.pop(read.measure.pk, None)
    named.pop(read.measure.pk, None)
    found = (
        _heaviest(said, CANDIDATES),
        _heaviest(elsewhere, CANDIDATES_BY_TITLE),
        _heaviest(named, CANDIDATES_BY_NAME),
    )
    return list(dict.fromkeys(pk for each in found for pk in each))


def _heaviest(weights: dict[int, float], most: int) -> list[int]:
    return sorted(weights, key=lambda pk: (-weights[pk], pk))[:most]


def words_of_measures(pks: Collection[int]) -> dict[int, Read]:
    """These measures, and what is compared of each. Three queries, and one for each text not read lately."""
    held = held_texts(pks)
    measures = Measure.every.in_bulk(list(pks))
    bills = _names([each for each in measures.values() if each.type in _BILLS])
    found = {}
    for pk, measure in measures.items():
        row = held[pk][0] if pk in held else None
        words = msgspec.structs.replace(
            _READ.words(row) if row else _NO_TEXT,
            title=measure.title or "",
            sponsor=measure.sponsor_member,
            names=bills.get(pk, frozenset()),
        )
        document = intern(row.document_id) if row and row.document_id else None
        found[pk] = Read(measure, words, document)
    return found


def _names(bills: Sequence[Measure]) -> dict[int, frozenset[titles.Name]]:
    """What tells each of these bills from all others, by all its titles but those of its parts. One query; none for no bill."""
    listed: dict[int, list[tuple[str, str | None]]] = {bill.pk: [] for bill in bills}
    for each in Title.objects.filter(measure_id__in=listed) if listed else ():
        listed[each.measure_id].append((each.title, each.type))
    return {bill.pk: titles.names(bill.title or "", listed[bill.pk]) for bill in bills}


class _ReadLately:
    """The words of texts by their documents, which never change; of more than `_MOST_READ` words those asked for last."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, Words] = OrderedDict()
        self._size = 0

    def words(self, row: MeasureText) -> Words:
        assert row.document_id is not None, "only a held text has words"
        if (found := self._texts.get(row.document_id)) is None:
            found = self._texts[row.document_id] = kin.words_of(text_of(row).clauses)
            self._size += _length(found)
            while self._size > _MOST_READ and len(self._texts) > 1:
                self._size -= _length(self._texts.popitem(last=False)[1])
        self._texts.move_to_end(row.document_id)
        return found


def _length(text: Words) -> int:
    return sum(len(clause) for _, clause in text.clauses)


_READ = _ReadLately()


class HeldRarity(Rarity):
    """How rare words are among all texts held, by one reading of each word's count: for the comparisons of one round."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        super().__init__(KinText.objects.exclude(document=None).count(), self._known)

    @property
    def is_full(self) -> bool:
        """Whether it holds as much as it should: about 20 MB."""
        return len(self._known) > _MOST_KNOWN

    def learn(self, texts: Iterable[Words]) -> None:
        """Look up the words of these texts and titles that were not looked up yet."""
        wanted: set[str] = set()
        for text in texts:
            wanted |= _kept(text)
            wanted.update(split(text.title))
        for some in bulk.chunks(sorted(wanted - self._known.keys()), _LOOKED_UP_AT_ONCE):
            self._known |= dict.fromkeys(some, 0)
            self._known |= dict(KinWord.objects.filter(word__in=some).values_list("word", "texts"))
