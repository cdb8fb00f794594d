"""Where the chambers themselves tell of a vote."""

from __future__ import annotations

_HOUSE = "https://clerk.house.gov/Votes/{year}{number}"
_SENATE = (
    "https://www.senate.gov/legislative/LIS/roll_call_votes/vote{congress}{session}/"
    "vote_{congress}_{session}_{number:05d}.htm"
)


def official_page(chamber: str, congress: int, session: int, year: int, number: int) -> str:
    """The chamber's own page of a vote."""
    pattern = _HOUSE if chamber == "house" else _SENATE
    return pattern.format(congress=congress, session=session, year=year, number=number)
