"""The words of an entry as HTML: the same for the preview, for readers' pages, the API, feeds and mail."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.congress.calendar import valid_day
from tracker.desk import kinds, markdown
from tracker.desk.kinds import (
    Correction,
    KeyPoints,
    Note,
    Point,
    Position,
    PressCoverage,
    StatusUpdate,
    Tied,
    TiedToClause,
    Words,
)

_EMPTY = SafeString()


def html(made: Words, about: str) -> SafeString:
    """The words in the few tags of `tracker.desk.markdown`, without the title. `about` is "119/sres/145", "member/T000476", ….

    Links to this site's own pages begin with a slash. The text of an article is never among it.
    """
    match made:
        case KeyPoints(lead=lead, points=points):
            listed = format_html_join("", "<li>{}</li>", ((_point(point, about),) for point in points))
            whole = format_html("{}{}", _body(lead), format_html("<ol>{}</ol>", listed) if points else "")
        case StatusUpdate():
            whole = format_html("{}{}", _body(made.body), _paragraph("Seen: ", _seen(made)))
        case Note(body=body):
            whole = _body(body)
        case PressCoverage():
            whole = format_html("{}{}", _paragraph("", article_named(made)), _body(made.body))
        case Correction(of=of, body=body):
            named = format_html('<a href="/entries/{}/">what it corrects</a>', of) if of else _EMPTY
            whole = format_html("{}{}", _body(body), _paragraph("See ", named))
        case Position():
            whole = format_html("{}{}", _paragraph("", _stated(made)), _body(made.body))
    return markdown.cleaned(whole)


def tied_to(tied: Tied, about: str) -> tuple[str, str]:
    """What a point is tied to, in words ("paragraph 1", "recital 3"), and its address on this site."""
    if isinstance(tied, TiedToClause):
        return clause_named(tied.anchor), f"/measures/{about}/text/#{tied.anchor}"
    return "official action", f"/measures/{about}/actions/#a-{tied.key}"


def led_to_held(html: str, made: Words, about: str, held: Collection[str]) -> str:
    """Key points as `html` rendered them, each led to its clause of the version it retells where that is `held`; else it
    names the clause without a link that would lead nowhere."""
    done, rest = "", html
    for tied in (point.tied for point in made.points if point.tied) if isinstance(made, KeyPoints) else ():
        if not isinstance(tied, TiedToClause):
            continue
        named, address = tied_to(tied, about)
        link = re.search(rf'<a href="{re.escape(address)}"([^>]*)>\({re.escape(named)}\)</a>(?=</li>)', rest)
        if link is None:
            continue
        path = f"/measures/{about}/text/?version={tied.version}#{tied.anchor}"
        led = f'<a href="{path}"{link[1]}>({named})</a>' if tied.version in held else f"({named} of the text)"
        done, rest = f"{done}{rest[: link.start()]}{led}", rest[link.end() :]
    return done + rest


def clause_named(anchor: str) -> str:
    """A clause as our words call it: "paragraph 1" for p1, "recital 3" for w3, "section 2" for s2.

    >>> clause_named("p3-A")
    'paragraph 3(A)'
    """
    found = re.fullmatch(r"([pws])(\d+)((?:-[A-Za-z0-9]+)*)", anchor)
    if found is None:
        return "its clause"
    name = {"p": "paragraph", "w": "recital", "s": "section"}[found[1]]
    within = "".join(f"({part})" for part in found[3].split("-")[1:])
    return f"{name} {found[2]}{within}"


def article_named(made: PressCoverage) -> SafeString:
    """ "Headline", linked where there is an address, then the outlet and the day: whatever of it is known."""
    name = made.headline or ("the article" if made.url else "")
    first = format_html('<a href="{}">{}</a>', made.url, name) if made.url else name
    parts = [part for part in (first, made.outlet, _day(made.on)) if part]
    return format_html_join(", ", "{}", ((part,) for part in parts))


def _point(point: Point, about: str) -> SafeString:
    text = markdown.render_line(point.text)
    if point.tied is None:
        return text
    words, address = tied_to(point.tied, about)
    return format_html('{} <a href="{}">({})</a>', text, address, words)


def _body(text: str) -> SafeString:
    return markdown.render(text) if text else _EMPTY


def _paragraph(before: str, inside: SafeString) -> SafeString:
    return format_html("<p>{}{}</p>", before, inside) if inside else _EMPTY


def _seen(made: StatusUpdate) -> SafeString:
    where = made.seen_where or made.source_url
    seen = format_html('<a href="{}">{}</a>', made.source_url, where) if made.source_url else where
    return format_html("{}{}{}", seen, ", " if seen and made.on else "", _day(made.on))


def _stated(made: Position) -> SafeString:
    stance = kinds.STANCES.get(made.stance, "")
    stated = format_html('<a href="{}">{}</a>', made.url, stance or "its position") if made.url else stance
    return format_html(
        "<strong>{}</strong> {}{}", made.who, stated, format_html(", {}", _day(made.on)) if made.on else ""
    )


def _day(text: str) -> str:
    day = valid_day(text)
    return f"{day:%b} {day.day}, {day.year}" if day else ""
