"""Kin among the measures held: texts are read into an index, looked up by their rarer runs, and the likely ones compared.

A measure costs one look-up and at most `CANDIDATES` comparisons and some of titles, however many texts are held. Every step
may be killed, run twice, or beside itself: what is due is told by rows (`KinText`), and pairs are written under the ledger's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from tracker.texts.kin_index import forget, words_of_measures
from tracker.texts.models import Kin, KinText

_LAWS = ("hr", "s", "hjres", "sjres")  # what becomes law, as resolutions do not

__all__ = ["Found", "compare", "evidence_of", "find", "forget", "kind_of"]


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
    while not over() and (pks := kin_index.due()):
        for pk in pks:
            found.pairs += compare(pk, now)
            found.compared += 1
        found.left = max(found.left - len(pks), 0)
        progress(found)
    found.left = KinText.objects.filter(compared_at=None).count()
    return found


def compare(pk: int, now: datetime) -> int:
    """Look for the kin of one measure, and write the pairs: new, changed, or no longer. Answers how many there are."""
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
    likely = kin_index.candidates(*mine)
    others = words_of_measures([*partners, *(each for each in likely if each not in partners)])
    found = []
    if others:
        rarity = kin_index.rarity_of([mine[1], *(words for _, words in others.values())])
        for each in others.values():
            first, second = sorted((mine, each), key=lambda one: _age(one[0]))
            alike = kin.likeness(first[1], second[1], rarity)
            if alike.is_kin or _is_titled(first[0], second[0], alike):
                found.append((first[0], second[0], alike))
    _write(known, found, now)
    return len(found)


def _write(known: KinText, found: Sequence[tuple[Measure, Measure, Likeness]], now: datetime) -> None:
    with transaction.atomic():
        chain.lock()
        # read anew in the meantime: whoever comes next compares what stands there now
        if not KinText.objects.filter(pk=known.pk, document=known.document_id).update(compared_at=now):
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
        return Kin.Kind.TITLE if _is_titled(first, second, alike) else Kin.Kind.PARAGRAPH
    if first.congress != second.congress:
        return Kin.Kind.AGAIN
    return Kin.Kind.TWIN if first.type[0] == second.type[0] else Kin.Kind.COMPANION


def _is_titled(first: Measure, second: Measure, alike: Likeness) -> bool:
    """Within one Congress the official record itself relates bills of one title; a bill is no resolution that came back."""
    both_laws = (first.type in _LAWS) == (second.type in _LAWS)
    return first.congress != second.congress and both_laws and alike.is_by_title


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
        "has_texts": alike.has_texts,
    }


def _age(measure: Measure) -> tuple[int, str, int]:
    return measure.congress, str(measure.introduced_on or "9999"), measure.pk
