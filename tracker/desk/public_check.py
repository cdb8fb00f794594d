"""What readers get of the check of a kept article: verdicts with short quotes, where an editor chose so for the words they see.

The article is another's, so readers get no more of it than it takes to name a statement. Its text is never given out: not
here, nor in pages, feeds, the API or exports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.desk import kinds
from tracker.desk.kept_articles import opened
from tracker.desk.models import ArticleCheck, Kind
from tracker.desk.published import Shown
from tracker.press.result import Claim

QUOTE = 160  # characters of one statement
MOST_QUOTES = 12
SHARE = 5  # all quotes together are no more than a fifth of the article
JUDGED = ("false", "outgrown", "true")


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """A statement that the record could judge; `quote` is short, and `cut` says whether it was longer."""

    claim: Claim
    quote: str
    cut: bool


@dataclass(frozen=True, slots=True)
class PublicCheck:
    """`left_out` is how many statements more were judged than are quoted; `changed_at` since when the verdicts are these."""

    day: str
    claims: list[PublicClaim]
    left_out: int
    changed_at: datetime


def stamp(entry: int) -> list[object]:
    """What a page with these verdicts is drawn from. One query."""
    row = ArticleCheck.objects.filter(entry=entry).values_list("changed_at", "revision_number").first()
    return list(row or ())


def of(shown: Shown) -> PublicCheck | None:
    """The verdicts that readers are shown beside an entry; None where they are shown none. At most one query.

    Those the record disagrees with are quoted first, where not all may be; they stand in the order of the article.
    """
    words = shown.words
    if shown.kind != Kind.PRESS_COVERAGE or not isinstance(words, kinds.PressCoverage) or not words.verdicts:
        return None
    row = ArticleCheck.objects.filter(entry=shown.number, revision_number=shown.row.revision_number).first()
    result = None if row is None else opened(row.result)
    if row is None or result is None:
        return None
    judged = [claim for claim in result.claims if claim.verdict in JUDGED]
    chosen, room = list[Claim](), row.length // SHARE
    for claim in sorted(judged, key=lambda claim: JUDGED.index(claim.verdict)):
        length = len(_short(claim.quote)[0])
        if len(chosen) < MOST_QUOTES and length <= room:
            chosen.append(claim)
            room -= length
    chosen.sort(key=lambda claim: claim.at)
    claims = [PublicClaim(claim, *_short(claim.quote)) for claim in chosen]
    return PublicCheck(result.date, claims, len(judged) - len(claims), row.changed_at)


def _short(quote: str) -> tuple[str, bool]:
    """The quote on one line, cut between words where it is long."""
    line = " ".join(quote.split())
    if len(line) <= QUOTE:
        return line, False
    return line[:QUOTE].rpartition(" ")[0] or line[:QUOTE], True
