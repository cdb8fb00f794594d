"""How pages print recorded votes: names as a vote lists them, seats and bars drawn, hours of Washington."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.congress.calendar import WASHINGTON
from tracker.congress.vote_sentences import plural
from tracker.ledger.models import Position, RollCall
from tracker.pages.seats import Seats
from tracker.pages.source_health import NAMES
from tracker.pages.templatetags.record import party, plain_day
from tracker.pages.told_votes import Group

register = template.Library()

register.filter("party_plural", plural)


@register.simple_tag
def voter_name(row: Position) -> SafeString:
    """A member by the full name where one is known, linked; else as the file prints the name."""
    if row.member_id is None:
        return format_html("<bdi>{}</bdi>", row.name)
    name = row.member.name if row.member is not None else row.name
    return format_html('<a href="/members/{}/"><bdi>{}</bdi></a>', row.member_id, name)


@register.simple_tag
def voter(row: Position) -> SafeString:
    """The same with party and state."""
    return format_html("{} {}", voter_name(row), party(row.party, row.state))


@register.simple_tag
def vote_cell(count: int, position: str, letter: str) -> SafeString:
    """A cell of the table by party, whose number leads to the names."""
    if not count:
        return format_html('<td class="number none">{}</td>', 0)
    query = urlencode({"position": position, **({"party": letter} if letter else {})})
    return format_html('<td class="number"><a href="?{}#all">{}</a></td>', query, count)


@register.simple_tag
def seats_drawn(drawn: Seats) -> SafeString:
    """Seats as an SVG; the table beside it has the same numbers."""
    return format_html(
        '<svg viewBox="0 0 {} {}" width="{}" aria-hidden="true">{}</svg>',
        drawn.width,
        drawn.height,
        drawn.width,
        format_html_join("", '<path class="{}" d="{}"/>', drawn.paths),
    )


@register.simple_tag
def vote_bar(vote: RollCall) -> SafeString:
    """For and against in one bar: tall is for, low against."""
    if not vote.cast:
        return SafeString("")
    return format_html(
        '<svg class="ballot-bar" viewBox="0 0 {} 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="yea" width="{}" height="12"/><rect class="nay" x="{}" y="4" width="{}" height="4"/></svg>',
        vote.cast,
        vote.yea,
        vote.yea,
        vote.nay,
    )


_CITATION = re.compile(r"((?:H|S)\.(?:\w+\.)*) (?=\d)")


@register.filter
def unbroken(headline: str) -> str:
    """What was done, with no line broken within "H.R. 6047"."""
    return _CITATION.sub("\\1\u00a0", headline)


@register.filter
def from_party(group: Group, letter: str) -> int:
    """How many of a party are in a group of seats."""
    return dict(group.split).get(letter, 0)


@register.filter
def washington_time(at: datetime) -> SafeString:
    """A `<time>` as "Mar 11, 2025, 5:51 pm", Washington's."""
    here = at.astimezone(WASHINGTON)
    return format_html(
        '<time datetime="{}">{}, {}</time>', here.isoformat(), plain_day(here.date()), _clock(here)
    )


@register.filter
def washington_clock(at: datetime) -> str:
    """ "5:51 pm", Washington's."""
    return _clock(at.astimezone(WASHINGTON))


def _clock(here: datetime) -> str:
    return f"{here.hour % 12 or 12}:{here:%M} {'pm' if here.hour >= 12 else 'am'}"


@register.filter
def without_slash(path: str) -> str:
    """An address of a page as the API has it."""
    return path.rstrip("/")


@register.filter
def chamber_source(name: str) -> str:
    """ "The Senate", of the name of a source, to begin a sentence with."""
    words = NAMES.get(name, name)
    return words[:1].upper() + words[1:]
