"""How the pages of one measure print what only they show: people, committees, places in the sources, plain numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.congress.calendar import WASHINGTON, washington_day
from tracker.congress.supporters import Person
from tracker.pages.spans import lag_words
from tracker.pages.templatetags.record import day, member, party_colour, plain_day

register = template.Library()

register.filter("colour", party_colour)

_CHAMBER_OF_COMMITTEE = re.compile(r"^(?:House|Senate) Committee on (?:the )?")
_SYSTEMS = {
    "House committee actions": "House committee",
    "House floor actions": "House floor",
}


@register.simple_tag
def person(who: Person, link: bool = True) -> SafeString:
    """A member as a record names one, linked where an id is known, with party and place."""
    return member(who.member, who.name, who.party, who.state, who.district, link)


@register.simple_tag
def committee_link(code: str | None, name: str | None) -> SafeString:
    """A committee's name, linked to its page where the source gives its code."""
    words = committee_name(name) or code or "a committee that the record does not name"
    return format_html('<a href="/committees/{}/">{}</a>', code, words) if code else format_html("{}", words)


@register.filter
def committee_name(name: str | None) -> str:
    """ "Foreign Relations" for "Foreign Relations Committee", as running text says it."""
    return (name or "").removesuffix(" Committee").removesuffix(" Subcommittee")


@register.filter
def without_chamber(name: str) -> str:
    """ "Foreign Relations" for "Senate Committee on Foreign Relations", under a heading that names the chamber."""
    return committee_name(_CHAMBER_OF_COMMITTEE.sub("", name))


@register.filter
def source_system(name: str) -> str:
    """A source of actions as a line names it: "House floor" for "House floor actions"."""
    return _SYSTEMS.get(name, name)


@register.filter
def washington(value: datetime | str | None) -> SafeString:
    """The day in Washington that an instant falls on, as a `<time>`; a text that is no instant, as written."""
    if isinstance(value, datetime):
        return day(value.astimezone(WASHINGTON).date())
    found = washington_day(value)
    return day(found) if found is not None else format_html("{}", plain_day(value))


@register.filter
def subject_query(name: str) -> str:
    """The query string of the list of measures with this subject or policy area."""
    return urlencode({"subject": name})


@register.filter
def plural(number: int, nouns: str) -> str:
    """One of two nouns: "Sponsor" for one, "Sponsors" for any other number, from "Sponsor,Sponsors"."""
    one, many = nouns.split(",")
    return one if number == 1 else many


@register.filter
def unlocal(number: float) -> str:
    """A number as SVG reads it, whatever the language of the page."""
    return f"{number:g}"


@register.filter
def add_to(number: float, more: float) -> str:
    """The sum of a place in a drawing and a distance, as SVG reads it."""
    return f"{number + float(more):g}"


@register.filter
def lag(value: timedelta) -> str:
    """ "13 minutes ago", "just now"."""
    return "just now" if value < timedelta(minutes=1) else f"{lag_words(value)} ago"


@register.filter
def iso(value: date | datetime | None) -> str:
    """A day as form fields and addresses write it: "2025-05-01"."""
    return "" if value is None else f"{value:%Y-%m-%d}"
