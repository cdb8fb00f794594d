"""Kin among the measures held: texts are read into an index, looked up by their rarer runs, and the likely ones compared.

A measure costs one look-up and at most `CANDIDATES` comparisons and some of titles, however many texts are held. Every step
may be killed, run twice, or beside itself: what is due is told by rows (`KinText`), and pairs are written under the ledger's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
    while not over() and (pks := kin_index.due()):
        rarity = HeldRarity()
        if len(compared) > _MOST_COMPARED:
            compared.clear()
        for pk in pks:
            found.pairs += compare(pk, now, rarity, compared)
            found.compared += 1
        found.left = max(found.left - len(pks), 0)
        progress(found)
    found.left = KinText.objects.filter(compared_at=None).count()
    return found


def compare(pk: int, now: datetime, rarity: HeldRarity, compared: Compared) -> int:
    """Look for the kin of one measure, and write the pairs: new, changed, or no longer. Answers how many there are.

    Pairs in `compared`, by the documents that both still have, stay as they were found from the other side.
    """
    known = KinText.objects.filter(pk=pk).first()
    if known is None:
        return 0
    mine = words_of_measures([pk]).get(pk)
    if mine is None:
        KinText.objects.filter(pk=pk).update(compared_at=now)
        return 0
    partners = {
        other for pair in Kin.objects.of(pk).values_list("first_id", "second_id") for other in pair
    } - {pk}
    likely = kin_index.candidates(mine.measure, mine.words)
    others = words_of_measures([*partners, *(each for each in likely if each not in partners)])
    pairs = [_in_order(mine, each) for each in others.values()]
    documents = {_key(*pair): (pair[0].document, pair[1].document) for pair in pairs}
    settled = {key for key in documents if compared.get(key) == documents[key]}
    fresh = [pair for pair in pairs if _key(*pair) not in settled]
    rarity.learn(each.words for pair in fresh for each in pair)
    found = []
    for first, second in fresh:
        alike = kin.likeness(first.words, second.words, rarity)
        if are_kin(first.measure, second.measure, alike):
            found.append((first.measure, second.measure, alike))
    kept = _write(known, found, settled, now)
    if kept is None:
        return 0
    for key in settled:
        del compared[key]  # from both sides now
    compared |= {key: by for key, by in documents.items() if key not in settled}
    return kept


def _in_order(one: Read, other: Read) -> tuple[Read, Read]:
    return (one, other) if _age(one.measure) < _age(other.measure) else (other, one)


def _key(first: Read, second: Read) -> _Pair:
    return first.measure.pk, second.measure.pk


def _write(
    known: KinText,
    found: Sequence[tuple[Measure, Measure, Likeness]],
    settled: Collection[_Pair],
    now: datetime,
) -> int | None:
    """How many pairs are kin now; None where the measure was read anew in the meantime, and nothing is written."""
    with transaction.atomic():
        chain.lock()
        # whoever comes next compares what stands there now
        if not KinText.objects.filter(pk=known.pk, document=known.document_id).update(compared_at=now):
            return None
        before = {(row.first_id, row.second_id): row for row in Kin.objects.of(known.pk)}
        stay = [before.pop(key) for key in settled if key in before]
        for first, second, alike in found:
            row = before.pop((first.pk, second.pk), None) or Kin(first=first, second=second, found_at=now)
            row.kind, row.score, row.evidence = kind_of(first, second, alike), alike.score, evidence_of(alike)
            row.save()
        gone = [row.pk for row in before.values() if row.state == Kin.State.FOUND]
        Kin.objects.filter(pk__in=gone).delete()
    return len(found) + len(stay)


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
