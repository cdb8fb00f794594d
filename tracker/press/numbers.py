"""Numbers in figures and in words, with what is said around them: "more than 200", "nearly two dozen"."""

from __future__ import annotations

import re

from tracker.congress.numbers import NUMBERS

_ONES = NUMBERS[1:20]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS: dict[str, int] = {word: number for number, word in enumerate(_ONES, start=1)}
for _place, _ten in enumerate(_TENS, start=2):
    _WORDS[_ten] = 10 * _place
    for _one in range(1, 10):
        _WORDS[f"{_ten}-{_ONES[_one - 1]}"] = 10 * _place + _one
_WORDS |= {
    "a dozen": 12,
    "two dozen": 24,
    "three dozen": 36,
    "four dozen": 48,
    "a hundred": 100,
    "one hundred": 100,
    "two hundred": 200,
    "a single": 1,
    "no": 0,
    "zero": 0,
    "a pair of": 2,
}

_NAMED = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
#: A number as a pattern, in small letters, as lines have them.
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,6}}|{_NAMED})(?![\w-]|[.,][0-9])"
#: What limits a number, before it.
LIMIT = r"(?:more than|over|at least|no fewer than|not fewer than|fewer than|less than|under|nearly|almost|about|around|roughly|some|approximately|close to|up to|only|just|exactly|upward of|upwards of|a total of|as many as|now|all|even|another)"


def number(written: str) -> int | None:
    """What a number in figures or words counts, or None."""
    plain = written.casefold().replace(",", "")
    return int(plain) if plain.isdecimal() else _WORDS.get(plain)


def agrees(limit: str | None, said: int, counts: set[int]) -> bool:
    """Whether one of the counts is what "more than `said`" and the like say."""
    match (limit or "").casefold():
        case "more than" | "over" | "upward of" | "upwards of":
            return any(count > said for count in counts)
        case "at least" | "no fewer than" | "not fewer than":
            return any(count >= said for count in counts)
        case "fewer than" | "less than" | "under":
            return any(count < said for count in counts)
        case "nearly" | "almost" | "close to":
            return any(0.85 * said <= count <= said for count in counts)
        case "about" | "around" | "roughly" | "some" | "approximately":
            return any(abs(count - said) <= max(1, 0.1 * said) for count in counts)
    return said in counts
