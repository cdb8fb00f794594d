"""How near two measures are by their words: what of one stands in the other, clause by clause. Pure, and bounded.

A word counts as part of both texts where it stands in a run of four that both have within a clause; it weighs the more the
rarer it is among all texts held, so that what all resolutions say ("Resolved, That it is the sense of the Senate")
weighs next to nothing. `docs/TEXTS.md` has the rules and what they find.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, pairwise
from sys import intern
from typing import Literal

import msgspec

from tracker.records.bill_text import Clause
from tracker.texts import forms, titles
from tracker.texts.words import split

RUN = 4  # words in a row that both must have
MARKS_A_CLAUSE = 4  # runs by which a clause is found again: those of the smallest digests, a fair draw
MOST_MARKS = 160  # of a text
MOST_WORDS = 60_000  # of a text that are weighed; the longest resolution held has about half as many
FEWEST_WORDS = 40  # of a text that says enough to be compared without the title
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
SEVERAL, FEWEST_SEVERAL = 40.0, 3  # the weight of that many shared clauses together that does the same,
FEWEST_RARE_OF_SEVERAL, TOUCHING_TITLE = 2, 0.1  # each with rare words, where the titles touch each other
UNCOMMON, RARE = 3.0, 4.0  # weights: a word that one text in twenty has, one in fifty
NAMED, NAMED_TITLE = (
    0.35,
    0.85,
)  # of the text, where so much of the titles is the same or they name the same in quotation marks
SAME_TITLE = 0.8  # of both titles' weight; days and forms left out
ALIKE_TITLE, AKIN_TITLE = 0.6, 0.4  # the same, where the sponsor is the same, too; and a paragraph, too
TELLING_TITLE = 25.0  # the weight of a title that needs no sponsor: some four rare words
TITLE_MARKS = 8  # pairs of words by which a title is found again, beside all its words as one
ROUTINE = 0.85  # of the uncommon words of a chamber's housekeeping, which is formulas but for what it names

Standing = Literal["same", "nearly"]


class Words(msgspec.Struct, frozen=True):
    """What a comparison needs of one measure: the words of its clauses and title, and who brought it in."""

    clauses: tuple[tuple[str, tuple[str, ...]], ...]  # anchor, words
    title: str = ""
    sponsor: str | None = None
    names: frozenset[titles.Name] = frozenset()  # of a bill: `titles.names` of all its titles

    @property
    def says_little(self) -> bool:
        """Whether there is no text, or next to none: of some bills a contents alone is printed."""
        return sum(len(words) for _, words in self.clauses) < FEWEST_WORDS

    @property
    def is_routine(self) -> bool:
        """Whether it is a chamber's housekeeping, by the words that its title begins with."""
        return forms.is_routine(self.title)

    @property
    def is_done_once(self) -> bool:
        """Whether it elects, appoints, informs or mourns: the next one of its kind is another, whatever it says."""
        return forms.is_done_once(self.title)


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
    several: float  # the weight of the different rare words of all clauses carried, if they are several
    title_words: tuple[str, ...]  # rarer ones that both titles have, in the order of the later
    title: float  # the share of both titles' weight that both have
    title_weight: float  # of what both have
    same_name: bool  # both titles have the same in quotation marks: "Rare Disease Day"
    other_name: bool  # both name something, and not the same
    one_title: bool  # of both bills: a title of either is, word for word, one of the other, and tells it from all else
    has_texts: bool  # of both; else only the titles are compared
    says_little: bool  # either text, so that titles decide as they do without texts
    same_sponsor: bool
    routine: bool  # either is a chamber's housekeeping
    once: bool = False  # either is done with once it is done

    @property
    def same_title(self) -> bool:
        """Whether both say the same of their subject, but for days and forms."""
        return self.title >= SAME_TITLE

    @property
    def is_whole(self) -> bool:
        """Whether the one measure is the other again, whatever became of title and sponsor."""
        if self.once or not self.has_texts:
            return False
        if self.routine:
            named = self.subject >= ROUTINE or (self.subject >= SUBJECT and self.paragraph >= PARAGRAPH)
            return self.same_title and self.whole >= WHOLE and named
        if self.subject < SUBJECT:
            return False
        if self.same_title and self.same_sponsor:
            return self.whole >= TITLED
        named = self.same_name or self.title >= NAMED_TITLE
        return self.whole >= (NAMED if named else WHOLE)

    @property
    def is_by_paragraph(self) -> bool:
        """Whether a clause that no formula explains stands in both, or some of them that do not explain it singly."""
        if self.routine or self.once:
            return False
        touching = self.title >= TOUCHING_TITLE and not self.other_name
        return self.paragraph >= PARAGRAPH or (touching and self.several >= SEVERAL)

    @property
    def is_by_title(self) -> bool:
        """Whether titles, or sponsor and title, say that it is the same, where the texts do not say it as a whole.

        Of two texts that say enough a paragraph at least has to be the same: a title alone neither proves nor refutes.
        """
        if self.routine or self.once or not (self.says_little or self.is_by_paragraph):
            return False
        if self.one_title:
            return True
        if self.same_sponsor:
            least = ALIKE_TITLE if self.says_little else AKIN_TITLE
            return self.title >= least and self.title_weight >= RARE
        return self.same_title and self.title_weight >= TELLING_TITLE and self.says_little

    @property
    def is_kin(self) -> bool:
        """Whether the words of the two make them kin: as a whole, or by a paragraph. Titles count across Congresses alone."""
        return self.is_whole or self.is_by_paragraph

    @property
    def score(self) -> int:
        """Hundredths: how much of the fuller text stands in the other."""
        return round(100 * self.whole)


class Rarity:
    """How rare words are among the texts held. With few texts or none every word is taken as rare."""

    def __init__(self, texts: int, holding: Mapping[str, int]) -> None:
        self.texts, self.holding = max(texts, 500), holding
        self.weights: Mapping[str, float] = _Weights(self)

    def weight(self, word: str) -> float:
        """About 0 for a word that all texts have, 6 to 11 for one that none has."""
        return self.weights[word]


class _Weights(dict[str, float]):
    """Each word's weight, reckoned once: a comparison asks for those of whole texts."""

    def __init__(self, rarity: Rarity) -> None:
        super().__init__()
        self._texts, self._holding = rarity.texts, rarity.holding

    def __missing__(self, word: str) -> float:
        weight = max(math.log((self._texts + 1) / (self._holding.get(word, 0) + 1)), 0.0)
        self[word] = weight
        return weight


def words_of(
    clauses: Iterable[Clause],
    *,
    title: str = "",
    sponsor: str | None = None,
    names: frozenset[titles.Name] = frozenset(),
) -> Words:
    """The words of a text as they are compared: lower case, without marks; clauses too short to be told apart left out."""
    found, left = [], MOST_WORDS
    for clause in clauses:
        words = tuple(map(intern, split(clause.words)[:left]))  # many texts' words are kept at once
        left -= len(words)
        if len(words) >= SHORTEST:
            found.append((clause.anchor, words))
    return Words(tuple(found), title, sponsor, names)


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


def title_marks(words: Words) -> frozenset[int]:
    """The numbers by which a title is found again: all its words as one, and the pairs of the smallest digests."""
    said = [word for word in dict.fromkeys(split(words.title)) if word in titles.telling(words.title)]
    if not said:
        return frozenset()
    pairs = sorted({_number(("title", *pair)) for pair in pairwise(said)})[:TITLE_MARKS]
    return frozenset((_number(("title", *sorted(said))), *pairs))


def name_marks(words: Words) -> frozenset[int]:
    """The numbers by which a bill is found again under any of its titles that tell it from all others."""
    return frozenset(_number(("name", *name)) for name in words.names)


def likeness(before: Words, after: Words, rarity: Rarity) -> Likeness:
    """What of the two measures is the same, weighed. Never raises; costs time in proportion to the two texts' lengths."""
    weights = rarity.weights
    there, back = _covered(before, after, weights), _covered(after, before, weights)
    common = titles.telling(before.title) & titles.telling(after.title)
    either = titles.telling(before.title) | titles.telling(after.title)
    heavy = sum(rarity.weight(word) for word in either)
    both = sum(rarity.weight(word) for word in common)
    carried = tuple(clause for clause, _ in there.clauses)
    names = titles.quoted(before.title), titles.quoted(after.title)
    return Likeness(
        whole=min(there.share, back.share),
        part=max(there.share, back.share),
        subject=_subject(before, after, weights),
        carried=carried,
        paragraph=max((_rare(rare, weights, FEWEST_RARE) for _, rare in there.clauses), default=0.0),
        several=_several(there.clauses, weights),
        title_words=tuple(dict.fromkeys(word for word in split(after.title) if word in common)),
        title=both / heavy if heavy else 0.0,
        title_weight=both,
        same_name=bool(names[0] & names[1]),
        other_name=(all(names) and not names[0] & names[1]) or forms.is_of_another(before.title, after.title),
        one_title=not before.names.isdisjoint(after.names),
        has_texts=bool(before.clauses and after.clauses),
        says_little=before.says_little or after.says_little,
        same_sponsor=before.sponsor is not None and before.sponsor == after.sponsor,
        routine=before.is_routine or after.is_routine,
        once=before.is_done_once or after.is_done_once or forms.is_another(before.title, after.title),
    )


def _subject(before: Words, after: Words, weights: Mapping[str, float]) -> float:
    """How much of what either text is about the other is about, too; 1 where neither has an uncommon word."""
    one, two = (
        {word for word in set().union(*(clause for _, clause in text.clauses)) if weights[word] >= UNCOMMON}
        for text in (before, after)
    )
    shared = sum(weights[word] for word in one & two)
    fuller = max(sum(weights[word] for word in one), sum(weights[word] for word in two))
    return shared / fuller if fuller else 1.0


class _Covered(msgspec.Struct):
    share: float
    clauses: list[tuple[Carried, frozenset[str]]]  # with what is rare in it


def _covered(source: Words, target: Words, weights: Mapping[str, float]) -> _Covered:
    """How much of the target stands in the source, and which of its clauses."""
    origin: dict[tuple[str, ...], int] = {}
    for place, (_, clause) in enumerate(source.clauses):
        for run in _runs(clause):
            origin.setdefault(run, place)
    by_anchor = dict(source.clauses)
    total = shared = 0.0
    clauses = []
    for anchor, clause in target.clauses:
        kept = [False] * len(clause)
        places: dict[int, int] = {}
        for at, run in enumerate(_runs(clause)):
            if (found_in := origin.get(run)) is not None:
                kept[at : at + RUN] = [True] * len(run)
                places[found_in] = places.get(found_in, 0) + 1
        heavy = sum(map(weights.__getitem__, clause))
        found = sum(map(weights.__getitem__, compress(clause, kept)))
        total += heavy
        shared += found
        if places and heavy and found / heavy >= NEARLY:
            best = max(places, key=lambda place: (places[place], -place))
            old_anchor, old = source.clauses[best]
            if by_anchor.get(anchor) == old:
                old_anchor = anchor  # said more than once: in the same place again
            how: Standing = "same" if old == clause else "nearly"
            rare = () if forms.is_formula(clause) else compress(clause, kept)
            is_rare = frozenset(word for word in rare if weights[word] >= RARE)
            clauses.append((Carried(old_anchor, anchor, how, round(found / heavy, 3)), is_rare))
    return _Covered(shared / total if total else 0.0, clauses)


def _rare(words: frozenset[str], weights: Mapping[str, float], fewest: int) -> float:
    """The weight of these different rare words; 0 for fewer than that."""
    return sum(weights[word] for word in words) if len(words) >= fewest else 0.0


def _several(clauses: Sequence[tuple[Carried, frozenset[str]]], weights: Mapping[str, float]) -> float:
    """The weight of what is rare in these clauses, each word once; 0 where too few of them, each from its own, have some."""
    telling = {carried.before: rare for carried, rare in clauses if len(rare) >= FEWEST_RARE_OF_SEVERAL}
    if len(telling) < FEWEST_SEVERAL:
        return 0.0
    return _rare(frozenset[str]().union(*telling.values()), weights, FEWEST_RARE)


def _runs(clause: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(clause[at:] for at in range(RUN)), strict=False))


def _number(run: tuple[str, ...]) -> int:
    digest = hashlib.blake2b(" ".join(run).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1
