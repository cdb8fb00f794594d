"""The small drawings beside a measure in a list: a status against its path, names against the chamber's seats, steps.

Each repeats in shape what stands beside it in words, so a screen reader passes it over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.congress.measures import measure_type
from tracker.congress.people import SEATS
from tracker.congress.stages import STATUS_LABELS
from tracker.congress.stations import Station, stations
from tracker.ledger.models import Measure
from tracker.pages.drawing import support_bar
from tracker.pages.templatetags.record import most_first, party_colour

register = template.Library()

_SPARK_WIDTH, _SPARK_HEIGHT = 72, 20
_AT = {  # statuses that no station is named for, and the stations at which they stand, the first that the path has
    "reported": ("reported", "referred"),
    "on_calendar": ("reported", "referred"),
    "resolving_differences": ("passed_both", "agreed_to"),
    "vetoed": ("to_president",),
    "veto_overridden": ("enacted",),
}
_ENDED = frozenset({"failed", "withdrawn", "died", "vetoed"})


@register.simple_tag
def status(measure: Measure) -> SafeString:
    """The status as an adjective, after its path in small: full squares behind it, hollow ones before, a cross at an end.

    How far a measure had come when it failed or died is not told by its status, so only its beginning is full.
    """
    return format_html(
        '<span class="status">{} {}</span>',
        pips(measure.type, measure.status),
        STATUS_LABELS.get(measure.status, measure.status),
    )


@register.simple_tag
def pips(type: str, status: str) -> SafeString:
    """The path of a measure of this type, one square a station, and how far along it this status stands."""
    path = [station.code for station in _path(type, status == "to_archivist")]
    length, ended = len(path), status in _ENDED
    at = next((path.index(code) for code in _AT.get(status, (status,)) if code in path), None)
    reached = 0 if status == "reserved" else at + 1 if at is not None else 1
    reached = min(reached, length - ended)
    on = "".join(f"M{place * 10} 0h8v8h-8z" for place in range(reached))
    off = "".join(f"M{place * 10 + 0.5} .5h7v7h-7z" for place in range(reached, length - ended))
    x = length * 10 - 10
    return format_html(
        '<svg class="pips" viewBox="0 0 {width} 8" width="{width}" height="8" aria-hidden="true">{}{}{}</svg>',
        format_html('<path class="on" d="{}"/>', on) if on else "",
        format_html('<path class="off" d="{}"/>', off) if off else "",
        format_html('<path class="x" d="M{0} 1l6 6m0-6l-6 6"/>', x + 1) if ended else "",
        width=length * 10 - 2,
    )


@lru_cache(maxsize=32)
def _path(type: str, constitutional_amendment: bool) -> tuple[Station, ...]:
    return stations(type, constitutional_amendment=constitutional_amendment)


@register.simple_tag
def support(measure: Measure) -> SafeString:
    """Sponsor and cosponsors who stand now, by party, out of the seats of the chamber where the measure began."""
    names = dict(most_first(measure.cosponsors_by_party))
    if measure.sponsor_party:
        names[measure.sponsor_party] = names.get(measure.sponsor_party, 0) + 1
    bar = support_bar(names, SEATS[measure_type(measure.type).chamber])
    parts = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="12"/>',
        ((party_colour(part.party), part.x, part.count) for part in bar.segments),
    )
    return format_html(
        '<svg class="support" viewBox="0 0 {width} 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="seats-all" y="3" width="{width}" height="6"/>{parts}<path class="half" d="M{half} 0v12"/></svg>',
        width=bar.width,
        parts=parts,
        half=bar.majority,
    )


@register.simple_tag
def spark(steps: Sequence[tuple[date, int]], begins_on: date, ends_on: date, before: int) -> SafeString:
    """A count that changed on the days of `steps`, from what it was `before` the first day; drawn from zero."""
    span = max((ends_on - begins_on).days, 1)
    highest = max([before, *(count for _, count in steps), 1])

    def up(count: int) -> float:
        return round(_SPARK_HEIGHT - 2 - (_SPARK_HEIGHT - 4) * count / highest, 1)

    path = f"M0 {up(before)}"
    for day, count in steps:
        path += f"H{round(_SPARK_WIDTH * (day - begins_on).days / span, 1)}V{up(count)}"
    return format_html(
        '<svg class="spark" viewBox="0 0 {w} {h}" aria-hidden="true"><path class="base" d="M0 {base}H{w}"/><path d="{path}H{w}"/></svg>',
        w=_SPARK_WIDTH,
        h=_SPARK_HEIGHT,
        base=_SPARK_HEIGHT - 1,
        path=path,
    )
