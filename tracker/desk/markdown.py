"""Markdown as staff write it, and the HTML that readers get of it.

Two fences, one behind the other: the renderer knows no raw HTML and no images and links to the web alone; whatever it
gives goes through nh3 with a short list of tags. So a hole in the one still does not reach a reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import nh3
from django.conf import settings
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from tracker.desk.web_address import is_web_address

LONGEST = 50_000  # bytes of UTF-8; a text as long takes well under a second, whatever is in it

_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https"}
_REL = "nofollow noopener"
# Headings would break the order of the page that an entry stands on; references and rules are of no use in so short a text.
_UNUSED = ["image", "html_block", "html_inline", "heading", "lheading", "hr", "reference", "fence", "code"]


_ENDS = re.compile(r"</(?:p|li|blockquote)>|<br */?>")
_TAG = re.compile(r"<[^>]*>")


class TooLong(ValueError):
    """The text is longer than `LONGEST` bytes."""


def _renderer() -> MarkdownIt:
    # maxNesting: what is nested deeper is dropped by the renderer, so a text of ">>>>>…" costs no more than another
    renderer = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(_UNUSED)
    renderer.validateLink = is_web_address  # type: ignore[assignment, method-assign]  # its documented way to say which links it makes
    return renderer


_MARKDOWN = _renderer()


def render(text: str) -> SafeString:
    """Paragraphs, lists, quotations, emphasis and links as HTML; everything else stays as it was typed. Raises TooLong."""
    _bounded(text)
    return cleaned(_MARKDOWN.render(text))


def render_line(text: str) -> SafeString:
    """One line: emphasis and links as HTML, no paragraph round it. Raises TooLong."""
    _bounded(text)
    return cleaned(_MARKDOWN.renderInline(text))


def cleaned(html: str) -> SafeString:
    """HTML of ours with the few tags of `render` and nothing else; links lead to the web, or to a page of this site."""
    return SafeString(
        _clean(html, _same_address)
    )  # safe: what nh3 leaves are the tags listed above, without scripts or styles


def with_whole_addresses(html: str) -> SafeString:
    """The same with links to pages of this site written in full, for whoever shows it elsewhere: the API, feeds, mail."""
    return SafeString(_clean(html, _whole_address))  # safe, as above


def plain(html: str) -> str:
    """The words of such HTML as text, a line for each paragraph and point."""
    broken = _ENDS.sub("\n", html.replace("\n", " "))
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in broken.split("\n"))
    return "\n".join(line for line in lines if line)


def _clean(html: str, address: Callable[[str], str | None]) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        return address(value) if name == "href" else value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=_REL,
        attribute_filter=attribute,
    )


def _same_address(value: str) -> str | None:
    return value if _is_ours(value) or is_web_address(value) else None


def _whole_address(value: str) -> str | None:
    return f"{settings.SITE_URL}{value}" if _is_ours(value) else _same_address(value)


def _is_ours(value: str) -> bool:
    """Whether it is a path of this site; "//evil.example" is none."""
    return value.startswith("/") and not value.startswith(("//", "/\\"))


def _bounded(text: str) -> None:
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise TooLong(f"longer than {LONGEST:,} bytes")
