"""How near two measures are by their words: what of one stands in the other, clause by clause. Pure, and bounded.

A word counts as part of both texts where it stands in a run of four that both have within a clause; it weighs the more the
rarer it is among all texts held, so that what all resolutions say ("Resolved, That it is the sense of the Senate")
weighs next to nothing. `docs/TEXTS.md` has the rules and what they find.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from tracker.records.bill_text import Clause, normalised

RUN = 4  # words in a row that both must have
MARKS_A_CLAUSE = 4  # runs by which a clause is found again: those of the smallest digests, a fair draw
MOST_MARKS = 160  # of a text
MOST_WORDS = 60_000  # of a text that are weighed; the longest resolution held has about half as many
SHORTEST = 8  # words of a clause that can be told from others

WHOLE = 0.5  # of either text's weight: from here on the one is the other again
TITLED = 0.3  # the same where sponsor and title are the same, too
NEARLY = 0.6  # of a clause's weight: from here on it is that clause, edited
SUBJECT = (
    0.35  # of either text's uncommon words that the other must have, however much of its formulas it has
)
PARAGRAPH = (
    36.0  # the weight of a shared clause that makes two texts kin by a paragraph: some nine rare words
)
FEWEST_RARE = 6  # different rare words that such a paragraph has
UNCOMMON, RARE = 3.0, 4.0  # weights: a word that one text in twenty has, one in fifty
SAME_TITLE = 0.8
ROUTINE = 0.85  # of the uncommon words of a chamber's housekeeping, which is formulas but for what it names

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_MADE_OF_TITLES = frozenset(
    _WORD.findall(
        "a an the of to in on for and or by with that as at from its their his her this be is it into "
        "resolution concurrent joint bill act expressing sense senate house representatives congress"
    )
)

# What chambers do by form, the same words each time but for a number or a name. Two such are kin only if these are the same,
_ROUTINE = re.compile(
    r"(an? (original )?(joint |concurrent )?resolution )?(to )?"
    r"(provid\w+ for (the )?(further |immediate )?consideration|relating to (the )?consideration|waiving a requirement"
    r"|provid\w+ amounts for the expenses|authoriz\w+ (expen|testimony|representation|the use of|document)"
    r"|provid\w+ for (a )?(congressional )?disapproval|disapproving|relating to (a national|the disapproval)"
    r"|direct\w* the (president|removal|secretary|attorney general)|of inquiry|requesting the president"
    r"|provid\w+ for (a |an |the )?(conditional|joint|adjournment|correction|printing)"
    r"|permit\w+ |proposing an? .*amendment to the constitution)",
    re.IGNORECASE,
)
# … and what is over when it is done never comes back.
_ONCE = re.compile(
    r"(an? (original )?(joint |concurrent )?resolution )?(to )?"
    r"(elect\w+ |ranking |constitut\w+ the |appoint\w+ |fixing the |inform\w* |notify\w* |provid\w+ for the (hour|counting)"
    r"|relating to the death|expressing the profound)",
    re.IGNORECASE,
)
_DAY_OR_YEAR = re.compile(r"(19|20)\d\d|[1-9]|[12]\d|3[01]")

Standing = Literal["same", "nearly"]


class Words(msgspec.Struct, frozen=True):
    """What a comparison needs of one measure: the words of its clauses and title, and who brought it in."""

    clauses: tuple[tuple[str, tuple[str, ...]], ...]  # anchor, words
    title: str = ""
    sponsor: str | None = None

    @property
    def is_routine(self) -> bool:
        """Whether it is a chamber's housekeeping, by the words that its title begins with."""
        return _ROUTINE.match(self.title) is not None

    @property
    def is_done_once(self) -> bool:
        """Whether it elects, appoints, informs or mourns: the next one of its kind is another, whatever it says."""
        return _ONCE.match(self.title) is not None


class Carried(msgspec.Struct, frozen=True):
    """One clause that stands in both, by its anchor in either."""

    before: str
    after: str
    how: Standing
    share: float  # of the later clause's weight, 0 to 1


class Likeness(msgspec.Struct, frozen=True):
    """The evidence for one pair. `whole` and `part` are shares of the two texts' weight: of the fuller one, of the other."""

    whole: float
    part: float
    subject: (
        float  # the smaller of the shares of either's uncommon words, each counted once, that the other has
    )
    carried: tuple[Carried, ...]
    paragraph: float  # the weight of the rare words of the clause carried that has most of them
    title_words: tuple[str, ...]  # rarer ones that both titles have, in the order of the later
    same_title: bool
    same_sponsor: bool
    routine: bool  # either is a chamber's housekeeping
    once: bool = False  # either is done with once it is done

    @property
    def is_whole(self) -> bool:
        """Whether the one measure is the other again, whatever became of title and sponsor."""
        if self.once:
            return False
        if self.routine:
            named = self.subject >= ROUTINE or (self.subject >= SUBJECT and self.paragraph >= PARAGRAPH)
            return self.same_title and self.whole >= WHOLE and named
        if self.subject < SUBJECT:
            return False
        return self.whole >= (TITLED if self.same_sponsor and self.same_title else WHOLE)

    @property
    def is_kin(self) -> bool:
        """Whether the two are kin at all: as a whole, or by a paragraph that no formula explains."""
        return self.is_whole or (not self.routine and not self.once and self.paragraph >= PARAGRAPH)

    @property
    def score(self) -> int:
        """Hundredths: how much of the fuller text stands in the other."""
        return round(100 * self.whole)


class Rarity:
    """How rare words are among the texts held. With few texts or none every word is taken as rare."""

    def __init__(self, texts: int, holding: Mapping[str, int]) -> None:
        self.texts, self.holding = max(texts, 500), holding

    def weight(self, word: str) -> float:
        """About 0 for a word that all texts have, 6 to 11 for one that none has."""
        return max(math.log((self.texts + 1) / (self.holding.get(word, 0) + 1)), 0.0)


def words_of(clauses: Iterable[Clause], *, title: str = "", sponsor: str | None = None) -> Words:
    """The words of a text as they are compared: lower case, without marks; clauses too short to be told apart left out."""
    found, left = [], MOST_WORDS
    for clause in clauses:
        words = split(clause.words)[:left]
        left -= len(words)
        if len(words) >= SHORTEST:
            found.append((clause.anchor, words))
    return Words(tuple(found), title, sponsor)


def split(text: str) -> tuple[str, ...]:
    """The words of a text, lower case.

    >>> split("Whereas, the Senate’s  duty—")
    ('whereas', 'the', "senate's", 'duty')
    """
    return tuple(_WORD.findall(normalised(text).lower()))


def marks(words: Words) -> dict[int, str]:
    """The runs by which this text is found among others: a number of 63 bits → the anchor of its clause.

    The same sentence has the same marks wherever it stands, and an edited one keeps most of them. At most `MOST_MARKS`.
    """
    found: dict[int, str] = {}
    for anchor, clause in words.clauses:
        drawn = sorted({_number(run) for run in _runs(clause)})[:MARKS_A_CLAUSE]
        for mark in drawn:
            found.setdefault(mark, anchor)
    return {mark: found[mark] for mark in sorted(found)[:MOST_MARKS]}


def likeness(before: Words, after: Words, rarity: Rarity) -> Likeness:
    """What of the two measures is the same, weighed. Never raises; costs time in proportion to the two texts' lengths."""
    weights = {
        word: rarity.weight(word) for text in (before, after) for _, clause in text.clauses for word in clause
    }
    there, back = _covered(before, after, weights), _covered(after, before, weights)
    common = _title_words(before.title) & _title_words(after.title)
    either = _title_words(before.title) | _title_words(after.title)
    heavy = sum(rarity.weight(word) for word in either)
    carried = tuple(clause for clause, _ in there.clauses)
    return Likeness(
        whole=min(there.share, back.share),
        part=max(there.share, back.share),
        subject=_subject(before, after, weights),
        carried=carried,
        paragraph=max((weight for _, weight in there.clauses), default=0.0),
        title_words=tuple(dict.fromkeys(word for word in split(after.title) if word in common)),
        same_title=bool(heavy) and sum(rarity.weight(word) for word in common) / heavy >= SAME_TITLE,
        same_sponsor=before.sponsor is not None and before.sponsor == after.sponsor,
        routine=before.is_routine or after.is_routine,
        once=before.is_done_once or after.is_done_once,
    )


def _subject(before: Words, after: Words, weights: Mapping[str, float]) -> float:
    """How much of what either text is about the other is about, too; 1 where neither has an uncommon word."""
    one, two = (
        {word for _, clause in text.clauses for word in clause if weights[word] >= UNCOMMON}
        for text in (before, after)
    )
    shared = sum(weights[word] for word in one & two)
    fuller = max(sum(weights[word] for word in one), sum(weights[word] for word in two))
    return shared / fuller if fuller else 1.0


class _Covered(msgspec.Struct):
    share: float
    clauses: list[tuple[Carried, float]]  # with the weight of what is rare in it


def _covered(source: Words, target: Words, weights: Mapping[str, float]) -> _Covered:
    """How much of the target stands in the source, and which of its clauses."""
    origin: dict[tuple[str, ...], int] = {}
    for place, (_, clause) in enumerate(source.clauses):
        for run in _runs(clause):
            origin.setdefault(run, place)
    total = shared = 0.0
    clauses = []
    for anchor, clause in target.clauses:
        kept = [False] * len(clause)
        places: dict[int, int] = {}
        for at, run in enumerate(_runs(clause)):
            if (found_in := origin.get(run)) is not None:
                kept[at : at + RUN] = [True] * len(run)
                places[found_in] = places.get(found_in, 0) + 1
        heavy = sum(weights[word] for word in clause)
        found = sum(weights[word] for word, is_kept in zip(clause, kept, strict=True) if is_kept)
        total += heavy
        shared += found
        if places and heavy and found / heavy >= NEARLY:
            best = max(places, key=lambda place: (places[place], -place))
            old_anchor, old = source.clauses[best]
            how: Standing = "same" if old == clause else "nearly"
            clauses.append(
                (Carried(old_anchor, anchor, how, round(found / heavy, 3)), _rare(clause, kept, weights))
            )
    return _Covered(shared / total if total else 0.0, clauses)


def _rare(clause: Sequence[str], kept: Sequence[bool], weights: Mapping[str, float]) -> float:
    """The weight of the different rare words that were kept; 0 for fewer than `FEWEST_RARE`."""
    rare = {word for word, is_kept in zip(clause, kept, strict=True) if is_kept and weights[word] >= RARE}
    return sum(weights[word] for word in rare) if len(rare) >= FEWEST_RARE else 0.0


def _runs(clause: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(clause[at : at + RUN]) for at in range(max(len(clause) - RUN + 1, 0))]


def _number(run: tuple[str, ...]) -> int:
    digest = hashlib.blake2b(" ".join(run).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


@lru_cache(maxsize=4096)
def _title_words(title: str) -> frozenset[str]:
    """What a title says of its subject: neither what all titles say, nor the days and years that change with each Congress."""
    return frozenset(word for word in split(title) if not _DAY_OR_YEAR.fullmatch(word)) - _MADE_OF_TITLES
