"""What a measure's titles say of it, without what all titles say: the words they are compared by, and found again by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tracker.records.bill_text import normalised
from tracker.texts import forms
from tracker.texts.words import split

FEWEST = 3  # telling words of a short title that only one subject has: fewer are many bills' ("FAIR Act")
FEWEST_OFFICIAL = 8  # the same of an official title, which says what law it amends before it says to what end

_MADE_OF_TITLES = frozenset(
    split(
        "an a the of to in on for and or by with that as at from its their his her this be is it into "
        "resolution concurrent joint original bill act expressing sense senate house representatives congress"
    )
)
_QUOTED = re.compile(r'"([^"]{3,200})"')
_MOSTLY_IN_NAMES = frozenset(("national", "annual"))
_DAY_OR_YEAR = re.compile(r"(19|20)\d\d|[1-9]|[12]\d|3[01]")

Name = tuple[str, ...]


@lru_cache(maxsize=4096)
def telling(title: str) -> frozenset[str]:
    """What a title says of its subject: neither what all titles say, nor the days and years that change with each Congress."""
    return frozenset(_in_order(title))


@lru_cache(maxsize=4096)
def quoted(title: str) -> frozenset[frozenset[str]]:
    """What a title names in quotation marks, each as its words without days, years and forms."""
    names = (telling(name) - _MOSTLY_IN_NAMES for name in _QUOTED.findall(normalised(title)))
    return frozenset(name for name in names if len(name) > 1)


def names(title: str, listed: Iterable[tuple[str, str | None]] = ()) -> frozenset[Name]:
    """Those of a bill's titles that no other subject is likely to have, each as its telling words in their order.

    `title` is the one that it goes by, `listed` are all with their types, of which those of its parts are left out. What is
    made for one year keeps the year: the next is another.

    >>> names("PLUM Act of 2020", [("Inspector General Access Act of 2019", "Short Title(s) as Introduced")])
    frozenset({('inspector', 'general', 'access')})
    """
    said = [(title, title.lower().startswith(("to ", "a bill ")))]
    said += [
        (each, "official" in (type or "").lower())
        for each, type in listed
        if "portion" not in (type or "").lower()
    ]
    found = ((_in_order(each, of_a_year=forms.is_of_a_year(each)), official) for each, official in said)
    return frozenset(
        name for name, official in found if len(name) >= (FEWEST_OFFICIAL if official else FEWEST)
    )


def _in_order(title: str, *, of_a_year: bool = False) -> Name:
    said = (word for word in split(title) if of_a_year or not _DAY_OR_YEAR.fullmatch(word))
    return tuple(word for word in said if word not in _MADE_OF_TITLES)
