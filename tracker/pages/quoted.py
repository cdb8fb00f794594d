"""What others wrote as HTML, or as an address, made fit to stand on a page.

Summaries, notes and authority statements come as HTML that is not always valid; addresses come from documents that
anyone may one day have tampered with. Nothing reaches a page but the few tags here and addresses of the web.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString

_TAGS = {"p", "br", "b", "strong", "i", "em", "sub", "sup", "ul", "ol", "li", "blockquote", "pre", "a"}
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"http", "https"}


def clean_html(html: str | None) -> SafeString:
    """This HTML with paragraphs, lists, emphasis and web links only; "" for none. Everything else is dropped."""
    cleaned = nh3.clean(
        html or "", tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener nofollow"
    )
    return SafeString(cleaned)  # safe: what nh3 leaves are the tags listed above, without scripts or styles


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web that a link may lead to; None for `javascript:` and all else."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # "http://[": no address at all
        return None
    return url.strip() if parts.scheme in _SCHEMES and parts.hostname else None
