"""What chambers do by form, told by the words that a title begins with: such texts say the same but for a name or a number."""

from __future__ import annotations

import re

# What chambers do by form, the same words each time but for a number or a name. Two such are kin only if these are the same,
_ROUTINE = re.compile(
    r"(an? (original )?(joint |concurrent )?resolution )?(to )?"
    r"(provid\w+ for (the )?(further |immediate )?consideration|relating to (the )?consideration|waiving a requirement"
    r"|provid\w+ amounts for the expenses|authoriz\w+ (expen|testimony|representation|the use of|document)"
    r"|provid\w+ for (a )?(congressional )?disapproval|disapproving|relating to (a national|the disapproval)"
    r"|terminat\w+ the national emergency|requesting information|dismissing the election contest"
    r"|direct\w* the (president|removal|secretary|attorney general)|of inquiry|requesting the president"
    r"|provid\w+ for (a |an |the )?(conditional|joint|adjournment|correction|printing)"
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

_WON = re.compile(r"(an? resolution )?(commend\w+ and )?congratulat\w+", re.IGNORECASE)
_SEASON = re.compile(r"\b(\d{4}|\d+(?:st|nd|rd|th|d)|[IVXL]{2,})\b")  # 2024, 103rd, LVIII


def is_routine(title: str) -> bool:
    """Whether it is a chamber's housekeeping, or what a statute gives a form to: only the same thing named makes two kin."""
    return _ROUTINE.match(title) is not None


def is_done_once(title: str) -> bool:
    """Whether it elects, appoints, informs or mourns: the next one of its kind is another, whatever it says."""
    return _ONCE.match(title) is not None


def is_another_season(one: str, two: str) -> bool:
    """Whether both congratulate on a victory, and not on the same one: teams win again, in the same words."""
    if not (_WON.match(one) and _WON.match(two)):
        return False
    before, after = set(_SEASON.findall(one)), set(_SEASON.findall(two))
    return bool(before and after) and before.isdisjoint(after)
