"""What may stand in an address: numbers without leading zeros, the eight types, ids of members and committees.

One measure has one address, so whatever else is typed is no page.
"""

from __future__ import annotations

from django.urls import register_converter

from tracker.congress.measures import TYPES


class CongressNumber:
    """ "119"."""

    regex = r"[1-9][0-9]{0,2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class MeasureNumber(CongressNumber):
    """ "145"; a row id has room for six digits."""

    regex = r"[1-9][0-9]{0,5}"


class TypeCode:
    """ "sres"."""

    regex = "|".join(TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ChamberName(TypeCode):
    """ "senate"."""

    regex = r"house|senate"


class Year(CongressNumber):
    """ "2025"."""

    regex = r"1[789][0-9]{2}|2[0-9]{3}"


class SessionNumber(CongressNumber):
    """ "1", as the Senate counts."""

    regex = r"[12]"


class CongressGovForm(TypeCode):
    """ "senate-resolution", as in Congress.gov's own addresses."""

    regex = "|".join(known.congress_gov for known in TYPES.values())


class NthCongress(TypeCode):
    """ "119th", as in Congress.gov's own addresses; the view knows which ending is which number's."""

    regex = r"[1-9][0-9]{0,2}(?:st|nd|rd|th)"


class Bioguide(TypeCode):
    """ "T000476"."""

    regex = r"[A-Z][0-9]{6}"


class CommitteeCode(TypeCode):
    """ "ssfr00"."""

    regex = r"[a-z]{4}[0-9]{2}"


def register() -> None:
    register_converter(CongressNumber, "congress")
    register_converter(MeasureNumber, "number")
    register_converter(TypeCode, "type")
    register_converter(ChamberName, "chamber")
    register_converter(Year, "year")
    register_converter(SessionNumber, "session")
    register_converter(CongressGovForm, "form")
    register_converter(NthCongress, "nth")
    register_converter(Bioguide, "bioguide")
    register_converter(CommitteeCode, "committee")
