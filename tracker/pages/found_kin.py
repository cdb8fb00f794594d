"""Kin that no official record names: what was found by comparing texts, with the evidence for each, as pages draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from tracker.ledger.filters import either
from tracker.ledger.models import Measure
from tracker.pages.kin import related_pk
from tracker.pages.sight import Sight
from tracker.pages.stamping import Question
from tracker.texts import lineage
from tracker.texts.models import Kin, KinQuerySet

MOST = 40  # pairs of a measure that a page shows; those of yearly resolutions may be more
CLAUSES = 60  # carried clauses that are listed of one pair; the comparison shows all
_TITLE_WORDS = 6

__all__ = ["FoundKin", "count_of_relatives", "found_kin", "question"]


@dataclass(frozen=True, slots=True)
class CarriedClause:
    """A clause that stands in both: its address in either text, and how near the two are."""

    before: str
    after: str
    before_url: str
    after_url: str
    words: str  # "the same", "nearly the same (79 in 100)"
    edits_url: str | None  # where its edits stand word by word; None: it has none


@dataclass(frozen=True, slots=True)
class FoundKin:
    """One kin of the measure shown. `other` is its row, `before` and `after` the two in the order of their introduction."""

    pk: int
    other: Measure
    before: Measure
    after: Measure
    kind: str
    score: int
    is_whole: bool
    confirmed: bool
    says_no_more: bool  # than what records say too: one title, in one Congress
    why: str
    evidence: str
    compare_url: str | None  # None: not both texts are held
    clauses: tuple[CarriedClause, ...]
    clauses_cut: int


def question(pk: int) -> Question:
    """What a page that shows kin is drawn from: the pairs, and where each of the other measures stands."""
    stand = ("first__last_event", "second__last_event")
    return Question(Kin.objects.of(pk), ("pk", "kind", "score", "state", *stand))


def found_kin(sight: Sight) -> list[FoundKin]:
    """The kin that were found by this moment and not refused: first what is the same as a whole, then by paragraphs. One query.

    Bills of one Congress that the record relates are not listed again for a title that they have in common.
    """
    related = _related(sight)
    shown = [_kin(sight, pair) for pair in _pairs(sight).select_related("first", "second")]
    shown = [each for each in shown if _known(each.other.introduced_on, sight)]
    shown = [each for each in shown if not (each.says_no_more and each.other.pk in related)]
    return sorted(shown, key=lambda each: (not each.is_whole, not each.confirmed, -each.score, each.other.pk))


def count_of_relatives(sight: Sight) -> int:
    """How many other measures the record relates it to, were found to be its kin, or are the same through others: each once.

    One query; two more where any is the same.
    """
    related = _related(sight)
    found = related.copy()
    pairs = _pairs(sight).values_list(
        "kind", "first_id", "first__introduced_on", "second_id", "second__introduced_on"
    )
    whole = False
    for kind, first, first_on, second, second_on in pairs:
        pk, on = (second, second_on) if first == sight.measure.pk else (first, first_on)
        whole = whole or kind != Kin.Kind.PARAGRAPH
        if _known(on, sight):
            found.add(pk)
    if whole:
        line = lineage.line(sight.measure.pk, as_of=sight.clock.as_of)
        days = (
            Measure.objects.filter(pk__in=line)
            .exclude(pk=sight.measure.pk)
            .values_list("pk", "introduced_on")
        )
        found.update(pk for pk, on in days if _known(on, sight))
    return len(found)


def _related(sight: Sight) -> set[int | str]:
    """What the record relates it to; a measure of no known kind by its name."""
    return {related_pk(each.id) or each.id for each in sight.kin}


def _pairs(sight: Sight) -> KinQuerySet:
    pairs = Kin.objects.of(sight.measure.pk).shown()
    return pairs if sight.clock.as_of is None else pairs.filter(found_at__lte=sight.clock.as_of)


def _known(introduced_on: date | None, sight: Sight) -> bool:
    return sight.clock.on is None or (introduced_on is not None and introduced_on <= sight.clock.on)


def _kin(sight: Sight, pair: Kin) -> FoundKin:
    before, after = pair.first, pair.second
    other = after if before.pk == sight.measure.pk else before
    carried = pair.evidence.get("carried", [])
    suffix = f"&{sight.clock.suffix[1:]}" if sight.clock.suffix else ""
    compare_url = f"{sight.base}text/compare/?from={quote(_named(before))}&to={quote(_named(after))}{suffix}"
    return FoundKin(
        pk=pair.pk,
        other=other,
        before=before,
        after=after,
        kind=pair.kind,
        score=pair.score,
        is_whole=pair.is_whole,
        confirmed=pair.state == Kin.State.CONFIRMED,
        says_no_more=pair.kind == Kin.Kind.TITLE
        and before.congress == after.congress
        and pair.state != Kin.State.CONFIRMED,
        why=_why(pair, other, later=other.pk == after.pk),
        evidence=evidence_words(pair.evidence, pair.score),
        compare_url=compare_url if pair.evidence.get("has_texts", True) else None,
        clauses=tuple(_clause(row, before, after, compare_url) for row in carried[:CLAUSES]),
        clauses_cut=max(len(carried) - CLAUSES, 0),
    )


def _clause(row: Sequence[Any], before: Measure, after: Measure, compare_url: str) -> CarriedClause:
    old, new, how, share = row
    return CarriedClause(
        old,
        new,
        f"{before.get_absolute_url()}text/#{old}",
        f"{after.get_absolute_url()}text/#{new}",
        "the same"
        if how == "same"
        else f"nearly the same ({min(round(100 * share), 99)} in 100 of its words’ weight)",
        None if how == "same" else f"{compare_url}#{new}",
    )


def _named(measure: Measure) -> str:
    return f"{measure.congress}/{measure.type}/{measure.number}"


def _why(pair: Kin, other: Measure, *, later: bool) -> str:
    if pair.kind == Kin.Kind.AGAIN:
        return "The same, in a later Congress" if later else "The same, in an earlier Congress"
    if pair.kind == Kin.Kind.COMPANION:
        return f"The same, in the {'House' if other.type[0] == 'h' else 'Senate'}"
    if pair.kind == Kin.Kind.TWIN:
        return "The same, in this chamber and Congress"
    if pair.kind == Kin.Kind.TITLE:
        same = pair.evidence.get("same_title") or pair.evidence.get("one_title")
        alike = f"The same {'title' if same else 'sponsor, and much of the title'}"
        if same and pair.evidence.get("same_sponsor"):
            alike = "The same sponsor and title"
        return f"{alike}, in {_where(pair, other, later=later)}"
    return "Shares clauses, and is another measure as a whole"


def _where(pair: Kin, other: Measure, *, later: bool) -> str:
    if pair.first.congress == pair.second.congress:
        return f"the {'House' if other.type[0] == 'h' else 'Senate'}"
    return "a later Congress" if later else "an earlier Congress"


def evidence_words(evidence: dict[str, Any], score: int) -> str:
    """ "27 clauses are the same and 4 nearly so; the same sponsor; both titles say …; 88 in 100 of the words' weight"."""
    parts = []
    same, nearly = evidence.get("same", 0), evidence.get("nearly", 0)
    if same and nearly:
        parts.append(f"{same} {'clause is' if same == 1 else 'clauses are'} the same and {nearly} nearly so")
    elif same or nearly:
        count = same or nearly
        parts.append(
            f"{count} {'clause is' if count == 1 else 'clauses are'} {'the same' if same else 'nearly the same'}"
        )
    if evidence.get("has_texts", True):
        parts.append(f"{score} in 100 of the fuller text stand in the other, rarer words weighing more")
    else:
        parts.append("not both texts are held, so the titles alone are compared")
    parts.append("the same sponsor" if evidence.get("same_sponsor") else "another sponsor")
    words = evidence.get("title_words", [])[:_TITLE_WORDS]
    if evidence.get("same_title"):
        parts.append("the same title but for days and forms")
    elif evidence.get("one_title"):
        parts.append("a title of either is the other’s too, word for word")
    elif words:
        parts.append("both titles say " + either([f"“{word}”" for word in words], word="and"))
    sentence = "; ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."
