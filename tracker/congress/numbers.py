"""Small numbers in words, as running text writes them and as it is read."""

from __future__ import annotations

# fmt: off
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
"""Each number's word at the number's place."""


def number_word(number: int, *, most: int = 20, none: str = "zero") -> str:
    """A number in words up to `most` (twenty at most), in digits beyond; `none` is what 0 is called.

    >>> number_word(0, none="no"), number_word(3), number_word(1200)
    ('no', 'three', '1,200')
    """
    if number == 0:
        return none
    return NUMBERS[number] if 0 < number <= min(most, 20) else f"{number:,}"
