"""Counts that a text says in words: "18 cosponsors", "eight senators", "twelve Republicans". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: number for number, word in enumerate(_UNITS.split(" "))}
_WORDS |= {word: number * 10 for number, word in enumerate(_TENS.split(" "), start=2)}
_WORDS |= {
    f"{tens}-{unit}": number * 10 + value
    for number, tens in enumerate(_TENS.split(" "), start=2)
    for value, unit in enumerate(_UNITS.split(" ")[1:10], start=1)
}

Of = Literal["cosponsors", "names", "D", "R", "I"]

_NOUNS: dict[str, Of] = {
    "cosponsor": "cosponsors",
    "senator": "names",
    "representative": "names",
    "lawmaker": "names",
    "supporter": "names",
    "name": "names",
    "democrat": "D",
    "republican": "R",
    "independent": "I",
}
# "original cosponsors" joined on the first day, however many join later; the words between may say which, not when.
_BETWEEN = "us|u.s.|house|senate|bipartisan|other|democratic|republican|independent|standing"
_COUNT = re.compile(
    rf"(?<![\w.,$-])(?P<number>\d{{1,3}}(?:,\d{{3}})*|{'|'.join(sorted(_WORDS, key=len, reverse=True))})[ \u00a0]"
    rf"(?P<between>(?:(?:{_BETWEEN})[ \u00a0]){{0,2}})(?P<noun>co-?sponsor|{'|'.join(list(_NOUNS)[1:])})(?P<plural>s?)\b",
    re.IGNORECASE,
)
_PARTIES: dict[str, Of] = {"democratic": "D", "republican": "R", "independent": "I"}


@dataclass(frozen=True, slots=True)
class SaidCount:
    """One count: the words themselves, the number, and of whom: cosponsors, names (the sponsor's may be among them), a party's."""

    quote: str
    number: int
    of: Of


def said_counts(text: str) -> Iterator[SaidCount]:
    """The counts of names that a plain text says, in its order."""
    for found in _COUNT.finditer(" ".join(text.split())):
        written = found["number"].lower()
        number = _WORDS.get(written)
        if number is None:
            number = int(written.replace(",", ""))
        of = _NOUNS[found["noun"].lower().replace("-", "")]
        named = [_PARTIES[word] for word in found["between"].lower().split() if word in _PARTIES]
        yield SaidCount(found[0], number, named[0] if named else of)
