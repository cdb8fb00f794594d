"""How pages print what the record holds: names with their party, days, instants, numbers.

Every tag here gives finished HTML, escaped; nothing asks the database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.congress import calendar
from tracker.congress.calendar import instant as read_instant
from tracker.congress.calendar import valid_day
from tracker.congress.people import PARTIES, display_name
from tracker.ledger.filters import ordinal
from tracker.pages.found import mark_found

register = template.Library()

_COLOURS = {"D": "d", "R": "r"}  # everyone else is grey: STYLE.md says why


def party_colour(party: str | None) -> str:
    """The class that colours a party: `d`, `r`, or `i` for every other."""
    return _COLOURS.get((party or "")[:1], "i")


@register.simple_tag
def party(letter: str | None, state: str | None = None, district: int | None = None) -> SafeString:
    """`R-NC`, or `D-NY-15` where a district is given, in the party's colour. Nothing where neither is known."""
    words = "-".join(str(part) for part in (letter, state, district or None) if part)
    if not words:
        return SafeString("")
    return format_html('<span class="party {}">{}</span>', party_colour(letter), words)


def most_first(by_party: dict[str, int]) -> list[tuple[str, int]]:
    """Counts by party in one order on every database: PostgreSQL keeps the keys of a JSON object in its own."""
    return sorted(by_party.items(), key=lambda row: (-row[1], row[0]))


@register.simple_tag
def party_counts(by_party: dict[str, int]) -> SafeString:
    """`12 D, 6 R`, each in its colour, most first; equal counts by their letter."""
    return format_html_join(
        ", ",
        '<span class="party {}">{} {}</span>',
        ((party_colour(letter), f"{count:,}", letter) for letter, count in most_first(by_party) if count),
    )


@register.simple_tag
def member(
    bioguide: str | None,
    name: str | None,
    letter: str | None = None,
    state: str | None = None,
    district: int | None = None,
    link: bool = True,
) -> SafeString:
    """A member: the name in reading order, linked to the member's page where an id is known, then party and state.

    `name` is taken as a source writes it ("Sen. Tillis, Thomas [R-NC]") or as it is to be read.
    """
    shown = display_name(name) or bioguide or "someone whom the record does not name"
    said = format_html("<bdi>{}</bdi>", shown)
    if link and bioguide:
        said = format_html('<a href="/members/{}/">{}</a>', bioguide, said)
    seat = party(letter, state, district)
    return format_html("{} {}", said, seat) if seat else said


@register.filter
def party_name(letter: str | None) -> str:
    """ "Democrat" for "D"; a letter that is not known stays what it is."""
    return PARTIES.get(letter or "", letter or "")


@register.filter
def plain_day(value: date | str | None) -> str:
    """ "Mar 27, 2025". A text that is no day comes back as the source wrote it, and says so."""
    day = _day(value)
    if day is None:
        return f"{value} (date not valid)" if value else ""
    return f"{day:%b} {day.day}, {day.year}"


@register.filter
def day(value: date | str | None) -> SafeString:
    """A `<time>` as "Mar 27, 2025"."""
    return _time(value, plain_day(value))


@register.filter
def long_day(value: date | str | None) -> SafeString:
    """A `<time>` as "Friday, May 29, 2026", for headings."""
    found = _day(value)
    if found is None:
        return _time(value, plain_day(value))
    return _time(found, f"{found:%A, %B} {found.day}, {found.year}")


@register.filter
def short_day(value: date | str | None) -> SafeString:
    """A `<time>` as "May 29", where the year is plain from what stands around it."""
    found = _day(value)
    return _time(value, plain_day(value) if found is None else f"{found:%b} {found.day}")


@register.filter
def plain_instant(value: datetime | str | None) -> str:
    """ "Nov 24, 2026, 20:47 UTC". A text that is no instant comes back as it is."""
    moment = read_instant(value) if isinstance(value, str) else value
    if moment is None:
        return str(value or "")
    moment = moment.astimezone(UTC)
    return f"{plain_day(moment.date())}, {moment:%H:%M} UTC"


@register.filter
def instant(value: datetime | str | None) -> SafeString:
    """A `<time>` as "Nov 24, 2026, 20:47 UTC"."""
    moment = read_instant(value) if isinstance(value, str) else value
    if moment is None:
        return format_html("{}", value or "")
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}">{}</time>', stamp, plain_instant(moment))


@register.filter
def nth_congress(number: int) -> str:
    """ "119th Congress"."""
    return f"{ordinal(number)} Congress"


@register.filter
def nth(number: int) -> str:
    """ "119th"."""
    return ordinal(number)


@register.filter
def nth_if_over(number: int) -> str:
    """ "118th" of a Congress that is over, whose numbers have begun anew since; "" of the one that sits."""
    return ordinal(number) if calendar.is_over(number, calendar.today()) else ""


@register.filter
def reading_order(name: str | None) -> str:
    """A member's name as it is read, from as a source writes it."""
    return display_name(name)


@register.filter
def found(text: str, query: str) -> SafeString:
    """The text with the searched words marked."""
    return mark_found(text, query)


@register.filter
def thousands(number: int | None) -> str:
    """ "11,448"; nothing for None."""
    return "" if number is None else f"{number:,}"


@register.filter
def counted(number: int, nouns: str) -> str:
    """ "no cosponsors", "1 cosponsor", "18 cosponsors", from "cosponsor,cosponsors"."""
    one, many = nouns.split(",")
    return f"1 {one}" if number == 1 else f"{number:,} {many}" if number else f"no {many}"


def _day(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).date()
    return valid_day(value) if isinstance(value, str) else value


def _time(value: date | str | None, words: str) -> SafeString:
    found = _day(value)
    if found is None:
        return format_html("{}", words)
    return format_html('<time datetime="{}">{}</time>', found.isoformat(), words)
