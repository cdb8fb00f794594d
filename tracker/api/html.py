"""HTML that a source wrote, so that it can stand in anybody's page."""

from __future__ import annotations

import nh3

_TAGS = {
    "p",
    "br",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "sub",
    "sup",
    "ul",
    "ol",
    "li",
    "a",
    "blockquote",
    "table",
    "tr",
    "th",
    "td",
}
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"http", "https"}


def cleaned(html: str) -> str:
    """Without anything but plain markup and links. Where nothing had to go, it is to the letter what the source wrote."""
    safe = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
    return html if _spelt_alike(safe) == _spelt_alike(html) else safe


def _spelt_alike(html: str) -> str:
    """Two spellings of one markup made equal: those in which nh3 writes differently from the sources."""
    return html.replace("&nbsp;", "\xa0").replace("&amp;", "&").replace("<br/>", "<br>")
