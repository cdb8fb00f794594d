"""Kin among the measures held: texts are read into an index, looked up by their rarer runs, and the likely ones compared.

A text costs one look-up and at most `CANDIDATES` comparisons, however many texts are held. Every step may be killed, run
twice, or beside itself: what is due is told by rows (`KinText`), and pairs are written under the ledger's lock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from tracker.ledger import bulk, chain
from tracker.ledger.models import Measure
from tracker.texts import kin
from tracker.texts.clauses import held_texts, text_of
from tracker.texts.kin import Likeness, Rarity, Words
from tracker.texts.models import Kin, KinMark, KinText, KinWord, MeasureText

CANDIDATES = 16  # texts that one is compared with: those that share most of its rarer runs
COMMON = 60  # texts that a run may stand in and still say something
_BATCH = 50
_LONGEST_WORD = 80
_AT_ONCE = 400  # values of one query
_MOST_READ = 300  # texts whose words this process keeps: a document never changes, so neither do they
_READ: dict[str, Words] = {}


class Found(msgspec.Struct):
    """What one round did."""

    read: int = 0  # texts new to the index
    compared: int = 0
    pairs: int = 0  # that are kin
    left: int = 0  # texts still to be compared


def find(
    seconds: float | None = None,
    progress: Callable[[Found], None] = lambda found: None,
    *,
    now: datetime | None = None,
) -> Found:
    """Read texts that came since, and look for their kin; with `seconds`, no new batch is begun after them."""
    now = now or timezone.now()
    begun, found = monotonic(), Found()

    def over() -> bool:
        return seconds is not None and monotonic() - begun > seconds

    while not over() and (pks := _unread()):
        found.read += read(pks, now)
        progress(found)
    while not over() and (pks := _due()):
        for pk in pks:
            found.pairs += compare(pk, now)
            found.compared += 1
        progress(found)
    found.left = KinText.objects.filter(compared_at=None).count()
    return found


def forget() -> None:
    """Take away what texts are compared by: the next `find` draws it anew, and compares them all.

    Pairs stay till their own turn comes, so that no page is without them meanwhile; those that are not found again go, and
    those that are keep the moment at which they were found. What staff settled stays.
    """
    with transaction.atomic():
        chain.lock()
        held = MeasureText.objects.held().values("measure_id")
        Kin.objects.filter(state=Kin.State.FOUND).exclude(first__in=held, second__in=held).delete()
        for table in (KinMark, KinWord, KinText):
            table.objects.all().delete()


def _unread() -> list[int]:
    """Measures of which more texts are held than were when they were read last. Where there are none, two counts.

    Told by numbers, for no clock says in which order texts and readings came to stand in the database.
    """
    held = MeasureText.objects.held()
    if held.count() == (KinText.objects.aggregate(texts=Sum("texts"))["texts"] or 0):
        return []
    known = KinText.objects.filter(measure_id=OuterRef("measure_id")).values("texts")
    rows = held.order_by().values("measure_id").annotate(now=Count("pk"), read=Coalesce(Subquery(known), 0))
    unread = rows.exclude(now=F("read")).order_by("measure_id")
    return list(unread.values_list("measure_id", flat=True)[:_BATCH])


def _due() -> list[int]:
    due = KinText.objects.filter(compared_at=None).order_by("read_at", "pk")
    return list(due.values_list("pk", flat=True)[:_BATCH])


def read(pks: Sequence[int], now: datetime) -> int:
    """Draw the marks of these measures' furthest texts and count their words. Answers how many texts are new."""
    held = held_texts(pks)
    texts = {pk: rows[0] for pk, rows in held.items()}
    drawn = {pk: _clauses(row) for pk, row in texts.items()}
    with transaction.atomic():
        chain.lock()
        known = dict(KinText.objects.filter(pk__in=texts).values_list("pk", "document_id"))
        changed = [pk for pk, row in texts.items() if known.get(pk) != row.document_id]
        KinMark.objects.filter(measure_id__in=[pk for pk in changed if pk in known]).delete()
        rows = [KinMark(mark=mark, measure_id=pk) for pk in changed for mark in kin.marks(drawn[pk])]
        for some in bulk.chunks(rows, _AT_ONCE):
            KinMark.objects.bulk_create(some, ignore_conflicts=True)
        _count(drawn[pk] for pk in changed if pk not in known)
        read_before = {row.pk: row for row in KinText.objects.filter(pk__in=texts)}
        for pk, row in texts.items():
            kept = read_before.get(pk) or KinText(measure_id=pk)
            kept.texts = len(held[pk])
            if pk in changed:
                kept.document_id, kept.read_at, kept.compared_at = row.document_id or "", now, None
            kept.save()
    return len(changed)


def _count(texts: Iterable[Words]) -> None:
    """Count each word of each of these texts once."""
    counts = Counter(word for text in texts for word in _kept(text))
    for some in bulk.chunks(sorted(counts), _AT_ONCE):
        before = dict(KinWord.objects.filter(word__in=some).values_list("word", "texts"))
        KinWord.objects.bulk_create(
            [KinWord(word=word, texts=before.get(word, 0) + counts[word]) for word in some],
            update_conflicts=True,
            unique_fields=["word"],
            update_fields=["texts"],
        )


def _kept(text: Words) -> set[str]:
    return {word for _, clause in text.clauses for word in clause if len(word) <= _LONGEST_WORD}


def candidates(pk: int, words: Words) -> list[int]:
    """The measures that share most of this one's rarer runs, the likeliest first. Two queries."""
    marks = list(kin.marks(words))
    counted = KinMark.objects.filter(mark__in=marks).order_by().values("mark").annotate(texts=Count("pk"))
    rare = {row["mark"]: row["texts"] for row in counted if 1 < row["texts"] <= COMMON}
    shared: Counter[int] = Counter()
    weights: dict[int, float] = {}
    for mark, other in KinMark.objects.filter(mark__in=rare).values_list("mark", "measure_id"):
        shared[other] += 1
        weights[other] = weights.get(other, 0.0) + rare[mark] ** -0.5
    weights.pop(pk, None)
    return sorted(weights, key=lambda other: (-weights[other], other))[:CANDIDATES]


def compare(pk: int, now: datetime) -> int:
    """Look for the kin of one measure, and write the pairs: new, changed, or no longer. Answers how many there are."""
    known = KinText.objects.filter(pk=pk).first()
    if known is None:
        return 0
    mine = _words([pk]).get(pk)
    if mine is None:
        KinText.objects.filter(pk=pk).update(compared_at=now)
        return 0
    partners = {
        other for pair in Kin.objects.of(pk).values_list("first_id", "second_id") for other in pair
    } - {pk}
    others = _words([*partners, *(each for each in candidates(pk, mine[1]) if each not in partners)])
    rarity = _rarity([mine[1], *(words for _, words in others.values())])
    found = []
    for measure, words in others.values():
        first, second = sorted(((mine[0], mine[1]), (measure, words)), key=lambda each: _age(each[0]))
        alike = kin.likeness(first[1], second[1], rarity)
        if alike.is_kin:
            found.append((first[0], second[0], alike))
    _write(known, found, now)
    return len(found)


def _write(known: KinText, found: Sequence[tuple[Measure, Measure, Likeness]], now: datetime) -> None:
    with transaction.atomic():
        chain.lock()
        # read anew in the meantime: whoever comes next compares what stands there now
        if not KinText.objects.filter(pk=known.pk, document_id=known.document_id).update(compared_at=now):
            return
        before = {(row.first_id, row.second_id): row for row in Kin.objects.of(known.pk)}
        for first, second, alike in found:
            row = before.pop((first.pk, second.pk), None) or Kin(first=first, second=second, found_at=now)
            row.kind, row.score, row.evidence = kind_of(first, second, alike), alike.score, evidence_of(alike)
            row.save()
        gone = [row.pk for row in before.values() if row.state == Kin.State.FOUND]
        Kin.objects.filter(pk__in=gone).delete()


def kind_of(first: Measure, second: Measure, alike: Likeness) -> Kin.Kind:
    """What the two are to each other."""
    if not alike.is_whole:
        return Kin.Kind.PARAGRAPH
    if first.congress != second.congress:
        return Kin.Kind.AGAIN
    return Kin.Kind.TWIN if first.type[0] == second.type[0] else Kin.Kind.COMPANION


def evidence_of(alike: Likeness) -> dict[str, Any]:
    """Why the two are kin, as pages tell it and anybody can check it."""
    return {
        "whole": round(alike.whole, 3),
        "part": round(alike.part, 3),
        "carried": [[each.before, each.after, each.how, each.share] for each in alike.carried[:200]],
        "same": sum(each.how == "same" for each in alike.carried),
        "nearly": sum(each.how == "nearly" for each in alike.carried),
        "title_words": list(alike.title_words[:12]),
        "same_title": alike.same_title,
        "same_sponsor": alike.same_sponsor,
    }


def _words(pks: Sequence[int]) -> dict[int, tuple[Measure, Words]]:
    """The measures that are held with a text, and what is compared of each. Two queries, and one for each text not read lately."""
    measures = Measure.every.in_bulk(list(pks))
    return {
        pk: (
            measures[pk],
            msgspec.structs.replace(
                _clauses(rows[0]), title=measures[pk].title or "", sponsor=measures[pk].sponsor_member
            ),
        )
        for pk, rows in held_texts(pks).items()
        if pk in measures
    }


def _clauses(row: MeasureText) -> Words:
    assert row.document_id is not None, "only a held text has words"
    if (found := _READ.get(row.document_id)) is None:
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        found = _READ[row.document_id] = kin.words_of(text_of(row).clauses)
    return found


def _rarity(texts: Sequence[Words]) -> Rarity:
    words = sorted(
        {word for text in texts for word in _kept(text)} | {w for t in texts for w in kin.split(t.title)}
    )
    holding: dict[str, int] = {}
    for some in bulk.chunks(words, 5000):
        holding |= dict(KinWord.objects.filter(word__in=some).values_list("word", "texts"))
    return Rarity(KinText.objects.count(), holding)


def _age(measure: Measure) -> tuple[int, str, int]:
    return measure.congress, str(measure.introduced_on or "9999"), measure.pk
