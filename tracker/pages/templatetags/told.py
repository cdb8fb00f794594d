"""A told event as HTML: names linked, the record's own words in its own type, what is gone struck through."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.ledger.words import Came, Gone, Other, OurEntry, Person, Piece, Quoted, Told
from tracker.pages.templatetags.record import member

register = template.Library()


@register.simple_tag
def told(line: Told) -> SafeString:
    """The line without a full stop; what the source took back is struck."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in line.pieces))


def _piece(piece: Piece) -> SafeString:
    match piece:
        case Person():
            return member(piece.member, piece.name, piece.party, piece.state)
        case Other():
            return format_html('<a href="/measures/{}/">{}</a>', piece.key, str(piece))
        case OurEntry():
            return format_html('<a href="/entries/{}/">{}</a>', piece.number, piece.text)
        case Quoted():
            return format_html('<span class="record" dir="auto">{}</span>', piece.text)
        case Came():
            return format_html('<ins class="record" dir="auto">{}</ins>', piece.text)
        case Gone():
            return format_html('<del class="record" dir="auto">{}</del>', piece.text)
        case _:
            return format_html("{}", piece.text)
