"""What chambers do by form, told by the words that a title begins with: such texts say the same but for a name or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from tracker.records.bill_text import normalised

_LOOKED_AT = 60  # words of a clause, by which a formula is told
_WORDED_ALIKE = 75  # of 100: titles that differ in little
_SPELLED_ALIKE = 80  # of 100: one name in two spellings

# What chambers do by form, the same words each time but for a number or a name. Two such are kin only if these are the same,
_ROUTINE = re.compile(
    r"(an? (original )?(joint |concurrent )?resolution )?(to )?"
    r"(provid\w+ for (the )?(further |immediate )?consideration|relating to (the )?consideration|waiving a requirement"
    r"|provid\w+ amounts for the expenses|authoriz\w+ (expen|testimony|representation|the use of|document)"
    r"|provid\w+ for (a )?(congressional )?disapproval|disapproving|relating to (a national|the disapproval)"
    r"|terminat\w+ the national emergency|requesting information|dismissing the election contest"
    r"|direct\w* the (president|removal|secretary|attorney general)|of inquiry|requesting the president"
    r"|provid\w+ for (a |an |the )?(conditional|joint|adjournment|correction|printing)"
    r"|establish\w+ (the|a) (select|special|joint) (sub)?committee"
    r"|permit\w+ |proposing an? .*amendment to the constitution)",
    re.IGNORECASE,
)
# … and what is over when it is done never comes back.
_ONCE = re.compile(
    r"(an? (original )?(joint |concurrent )?resolution )?(to )?"
    r"(elect\w+ |ranking |constitut\w+ the |appoint\w+ |fixing the |inform\w* |notify\w* "
    r"|(establish\w+|authoriz\w+ the speaker to appoint) a committee to (inform|notify)"
    r"|provid\w+ for the (hour|counting)"
    r"|relating to the death|expressing the profound)",
    re.IGNORECASE,
)

_WON = re.compile(
    r"(an? resolution )?(commend\w+ (and )?)?(congratulat\w+|commend\w+ .* for winning )", re.IGNORECASE
)
_SEASON = re.compile(r"\b(\d{4}|\d+(?:st|nd|rd|th|d)|[IVXL]{2,})\b")  # 2024, 103rd, LVIII

# Money and budgets are made for one year, and the next year's are others.
_OF_A_YEAR = re.compile(
    r"\b(fiscal years?|appropriations act|(making|continuing) .*appropriations|cost-of-living)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# Whom or what it is about is named right after these, and two of one wording about two are two measures.
_ABOUT_ONE = re.compile(
    r"(an? (original )?(joint |concurrent )?resolution )?(to )?"
    r"(impeach\w+|call\w+ (?:for|on) .{0,40}\brelease of|censur\w+( and (condemn|remov)\w+)?|expel\w+|reprimand\w+|(commend\w+ and )?congratulat\w+"
    r"|(honor|commemorat|celebrat|remember|recogni[sz])\w+ the (life|lives|memory|legacy|service)\b.*? of"
    r"|(re)?(designat|nam)\w+ (the|a) (facility|.* clinic|.* building|.* courthouse)\b.*? as)\s",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,;:]|\s(?:for|on|of|as|in|upon|who|and)\s", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w'’-]+")
_OFFICES = frozenset(
    re.findall(
        r"\S+",
        "The Mr Mrs Ms Dr Jr Sr II III IV Hon Honorable President Vice Representative Senator Secretary Judge Justice Chief "
        "Associate Attorney General Governor Mayor University College Team Men Women Men's Women's National State States United "
        "America American Post Office Building Department Veterans Affairs Outpatient Clinic Courthouse Federal Congressman "
        "First Lady Sergeant Lieutenant Captain Major Colonel Admiral Officer Specialist Rev Reverend Army Navy Marine Corps",
    )
)

# What statutes say alike, whatever they are about.
_FORMULA = re.compile(
    r"budgetary effects of this (act|resolution|joint resolution) for the purpose of complying"
    r"|\bmay be cited as the\b|\bshall take effect (on|\d+ days after) the date\b"
    r"|if any provision of this (act|resolution)\b.{0,120}\b(invalid|unconstitutional)"
    r"|\b(appropriate|relevant) (congressional committees|committees of congress)\b.{0,40}\bmeans?\b"
)


def is_routine(title: str) -> bool:
    """Whether it is a chamber's housekeeping, or what a statute gives a form to: only the same thing named makes two kin."""
    return _ROUTINE.match(title) is not None


def is_done_once(title: str) -> bool:
    """Whether it elects, appoints, informs or mourns: the next one of its kind is another, whatever it says."""
    return _ONCE.match(title) is not None


def is_of_a_year(title: str) -> bool:
    """Whether it is made for one year alone, as appropriations and budgets are."""
    return _OF_A_YEAR.search(title) is not None


def is_of_another(one: str, two: str) -> bool:
    """Whether two titles name one of many each, such as whom they honor, or say the same but for names that either has alone.

    Of such two, clauses in common may be what is said of all of their kind.
    """
    if _ABOUT_ONE.match(one) and _ABOUT_ONE.match(two):
        return True
    if fuzz.token_set_ratio(one, two) < _WORDED_ALIKE:
        return False
    return all(
        any(name.lower() not in other.lower() for name in _NAME.findall(title[1:]))
        for title, other in ((one, two), (two, one))
    )


def is_formula(clause: Sequence[str]) -> bool:
    """Whether a clause, word by word in lower case, is one that statutes of any subject have alike."""
    return _FORMULA.search(" ".join(clause[:_LOOKED_AT])) is not None


def is_another(one: str, two: str) -> bool:
    """Whether two titles of one form are about two: other people, another season, another year.

    >>> is_another("Impeaching John Deacon Bates, a judge", "Impeaching Amir Hatem Mahdy Ali, a judge")
    True
    >>> is_another("Impeaching Donald J. Trump, President", "Impeaching Donald John Trump, President")
    False
    """
    return _is_another_season(one, two) or _is_another_year(one, two) or _is_about_another(one, two)


def _is_another_season(one: str, two: str) -> bool:
    """Whether both congratulate on a victory, and not on the same one: teams win again, in the same words."""
    if not (_WON.match(one) and _WON.match(two)):
        return False
    before, after = set(_SEASON.findall(one)), set(_SEASON.findall(two))
    return bool(before and after) and before.isdisjoint(after)


def _is_another_year(one: str, two: str) -> bool:
    if not (is_of_a_year(one) and is_of_a_year(two)):
        return False
    before, after = set(_YEAR.findall(one)), set(_YEAR.findall(two))
    return bool(before and after) and before.isdisjoint(after)


def _is_about_another(one: str, two: str) -> bool:
    """Whether either names what the other does not, and the most of it. A name more, an initial or another spelling makes none."""
    before, after = _named(one), _named(two)
    shared = min(_shared(before, after), _shared(after, before))
    fewer = min(len(before), len(after))
    return 2 * shared <= fewer and shared < fewer


def _shared(these: frozenset[str], those: frozenset[str]) -> int:
    return sum(any(fuzz.ratio(name, other) >= _SPELLED_ALIKE for other in those) for name in these)


@lru_cache(maxsize=4096)
def _named(title: str) -> frozenset[str]:
    """The names of the one that such a title is about, without offices and initials; none for other titles."""
    title = normalised(title)
    if (found := _ABOUT_ONE.match(title)) is None:
        return frozenset()
    rest = title[found.end() :].strip(' "')
    rest = re.sub(r"^(?:the |of )+", "", rest, flags=re.IGNORECASE)
    end = _ENDS.search(rest)
    return frozenset(_NAME.findall(rest[: end.start()] if end else rest)) - _OFFICES
