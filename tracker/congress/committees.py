"""Names of committees, as lists of committees and lines of actions write them, in the form that prose uses."""

from __future__ import annotations

import re

_KINDS = r"(?:permanent select|select|special|joint)"
_BRACKETED = re.compile(rf"(?P<of>.+) \((?P<kind>{_KINDS})\) committee", re.IGNORECASE)
_IN_LINE = re.compile(
    rf"(?P<kind>{_KINDS} )?committee on (?P<of>[^.]{{1,160}}?)(?=\.|,? (?:reported|discharged|ordered)\b|$)",
    re.IGNORECASE,
)
_CHAMBER = re.compile(
    r"(?:the )?(?:house|senate) (?=(?:committee|permanent|select|special)\b)", re.IGNORECASE
)


def committee_name(name: str) -> str:
    """A committee's name as prose has it, from the name in a list of committees.

    "Foreign Relations Committee" stays; "Intelligence (Select) Committee" becomes "Select Committee on Intelligence",
    "Senate Special Committee on Aging" loses its chamber.
    """
    plain = _CHAMBER.sub("", " ".join(name.split()), count=1)
    bracketed = _BRACKETED.fullmatch(plain)
    return f"{bracketed['kind']} Committee on {bracketed['of']}" if bracketed else plain


def committee_in_line(line: str) -> str | None:
    """The first committee that a line of actions names, as prose has it, or None.

    "Reported by the Committee on Natural Resources. H. Rept. 119-187." names the Natural Resources Committee.
    """
    named = _IN_LINE.search(line)
    if named is None:
        return None
    of = named["of"].removeprefix("the ")
    if named["kind"]:
        return f"{named['kind'].strip().title()} Committee on {of}"
    return f"Committee on {of}" if of.startswith("House ") else f"{of} Committee"
