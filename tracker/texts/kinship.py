"""Kin among the measures held: texts are read into an index, looked up by their rarer runs, and the likely ones compared.

A measure costs one look-up and at most `CANDIDATES` comparisons and some of titles, however many texts are held. Every step
may be killed, run twice, or beside itself: what is due is told by rows (`KinText`), and pairs are written under the ledger's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from tracker.ledger import chain
from tracker.ledger.models import Measure
from tracker.texts import kin, kin_index
from tracker.texts.kin import Likeness
from tracker.texts.kin_index import HeldRarity, Read, forget, words_of_measures
from tracker.texts.models import Kin, KinText

_MOST_COMPARED = 200_000  # pairs that a round remembers, some 50 MB
_LAWS = ("hr", "s", "hjres", "sjres")  # what becomes law, as resolutions do not

__all__ = ["Found", "are_kin", "compare", "evidence_of", "find", "forget", "kind_of"]

_Pair = tuple[int, int]
_Documents = tuple[str | None, str | None]
Compared = dict[_Pair, _Documents]  # pairs that a round compared → the documents that it found them by


class Found(msgspec.Struct):
    """What one round did."""

    read: int = 0  # texts new to the index
    compared: int = 0  # measures, those without a text too
    pairs: int = 0  # that are kin
    left: int = 0  # measures still to be compared


def find(
    seconds: float | None = None,
    progress: Callable[[Found], None] = lambda found: None,
    *,
    now: datetime | None = None,
) -> Found:
    """Read what came since, and look for its kin; with `seconds`, no new batch is begun after them."""
    now = now or timezone.now()
    begun, found = monotonic(), Found()

    def over() -> bool:
        return seconds is not None and monotonic() - begun > seconds

    while not over() and (pks := kin_index.unread()):
        found.read += kin_index.read(pks, now)
        progress(found)
    found.left = KinText.objects.filter(compared_at=None).count()
    compared: Compared = {}
    rarity = HeldRarity()
    while not over() and (pks := kin_index.due()):
        if rarity.is_full:
            rarity = HeldRarity()
        if len(compared) > _MOST_COMPARED:
            compared.clear()
        found.pairs += compare(pks, now, rarity, compared)
        found.compared += len(pks)
        found.left = max(found.left - len(pks), 0)
        progress(found)
    found.left = KinText.objects.filter(compared_at=None).count()
    return found


def compare(pks: Sequence[int], now: datetime, rarity: HeldRarity, compared: Compared) -> int:
    """Look for the kin of these measures, and write the pairs: new, changed, or no longer.

    Answers how many pairs each is in, added up. Pairs in `compared`, by the documents that both still have, stay as they
    were found from the other side.
    """
    known = KinText.objects.in_bulk(pks)
    pairs = _pairs(known)
    documents = {key: (first.document, second.document) for key, (first, second) in pairs.items()}
    settled = {key for key in pairs if compared.get(key) == documents[key]}
    fresh = {key: pair for key, pair in pairs.items() if key not in settled}
    rarity.learn({each.measure.pk: each.words for pair in fresh.values() for each in pair}.values())
    found = {key: row for key, (first, second) in fresh.items() if (row := _kin(first, second, rarity, now))}
    done, count = _write(known, found, fresh, settled, now)
    for key in pairs:
        sides = done.intersection(key)
        if key in settled or len(sides) == 2:
            compared.pop(key, None)  # from both sides now
        elif sides:
            compared[key] = documents[key]
    return count


def _pairs(pks: Collection[int]) -> dict[_Pair, tuple[Read, Read]]:
    """Each of these measures with those that it was kin of, and those that it is likely to be kin of."""
    mine = words_of_measures(pks)
    others: dict[int, list[int]] = {pk: [] for pk in mine}
    for first, second in Kin.objects.of(*mine).order_by("pk").values_list("first_id", "second_id"):
        for pk, other in ((first, second), (second, first)):
            if pk in mine:
                others[pk].append(other)
    for pk, likely in kin_index.candidates(mine).items():
        others[pk] += likely
    reads = mine | words_of_measures({pk for some in others.values() for pk in some} - mine.keys())
    pairs = (
        _in_order(mine[pk], reads[other]) for pk, some in others.items() for other in some if other in reads
    )
    return {(first.measure.pk, second.measure.pk): (first, second) for first, second in pairs}


def _in_order(one: Read, other: Read) -> tuple[Read, Read]:
    return (one, other) if _age(one.measure) < _age(other.measure) else (other, one)


def _kin(first: Read, second: Read, rarity: HeldRarity, now: datetime) -> Kin | None:
    """What the two are to each other, not stored yet; None for nothing."""
    alike = kin.likeness(first.words, second.words, rarity)
    if not are_kin(first.measure, second.measure, alike):
        return None
    return Kin(
        first=first.measure,
        second=second.measure,
        kind=kind_of(first.measure, second.measure, alike),
        score=alike.score,
        evidence=evidence_of(alike),
        found_at=now,
    )


def _write(
    known: Mapping[int, KinText],
    found: Mapping[_Pair, Kin],
    fresh: Collection[_Pair],
    settled: Collection[_Pair],
    now: datetime,
) -> tuple[set[int], int]:
    """Write what became of the pairs that were compared; answers of which measures, and how many pairs each is in, added up.

    Left out are measures read anew in the meantime: whoever comes next compares what stands there now.
    """
    with transaction.atomic():
        chain.lock()
        documents = KinText.objects.filter(pk__in=known).values_list("pk", "document_id")
        done = {pk for pk, document in documents if document == known[pk].document_id}
        KinText.objects.filter(pk__in=done).update(compared_at=now)
        before = {(row.first_id, row.second_id): row for row in Kin.objects.of(*done)}
        gone = [
            row.pk
            for key, row in before.items()
            if key in fresh and key not in found and row.state == Kin.State.FOUND
        ]
        Kin.objects.filter(pk__in=gone).delete()
        # a pair found again keeps since when it is known, and what staff settled of it
        Kin.objects.bulk_create(
            [row for key, row in found.items() if done.intersection(key)],
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["kind", "score", "evidence"],
        )
    kept = [*found, *(key for key in settled if key in before)]
    return done, sum(len(done.intersection(key)) for key in kept)


def are_kin(first: Measure, second: Measure, alike: Likeness) -> bool:
    """Whether the two are kin, by their words or by what titles say."""
    return alike.is_kin or _is_titled(first, second, alike)


def kind_of(first: Measure, second: Measure, alike: Likeness) -> Kin.Kind:
    """What the two are to each other."""
    if not alike.is_whole:
        return Kin.Kind.TITLE if _is_titled(first, second, alike) else Kin.Kind.PARAGRAPH
    if first.congress != second.congress:
        return Kin.Kind.AGAIN
    return Kin.Kind.TWIN if first.type[0] == second.type[0] else Kin.Kind.COMPANION


def _is_titled(first: Measure, second: Measure, alike: Likeness) -> bool:
    """Within one Congress of bills alone, of either chamber one, that have one title; a bill is no resolution that came back."""
    both_laws = (first.type in _LAWS) == (second.type in _LAWS)
    apart = first.congress != second.congress or (alike.one_title and first.type[0] != second.type[0])
    return apart and both_laws and alike.is_by_title


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
        "one_title": alike.one_title,
        "has_texts": alike.has_texts,
    }


def _age(measure: Measure) -> tuple[int, str, int]:
    return measure.congress, str(measure.introduced_on or "9999"), measure.pk
