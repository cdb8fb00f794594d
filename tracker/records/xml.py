"""XML of strangers, read so that it can do no harm: no document type, no entity, no network, bounded depth and size.

Every file of the sources is UTF-8; a declaration of another encoding is not followed, so that bytes mean one thing
only and a document type cannot hide in a second reading.
"""

from __future__ import annotations

import re
from typing import NoReturn

from lxml import etree

from tracker.records.model import DocumentRefused

DEPTH_LIMIT = 64

_BLANK = b" \t\r\n"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What may stand before the first element: white space, comments, processing instructions, and the XML declaration.
_PROLOG = re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (DEPTH_LIMIT + 1) + ")")
_ONE_LINE = re.compile(r"\s+")


def safe_parser(*, blank_text: bool) -> etree.XMLParser:
    """A parser that reads no entity, no definition and nothing from elsewhere; it keeps blank text between elements or not.

    Threads may share it: lxml locks a parser while it parses.
    """
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_blank_text=not blank_text,
        remove_comments=True,
        remove_pis=True,
    )


_PARSER = safe_parser(blank_text=False)


def read_xml(body: bytes, *, root: str) -> etree._Element:
    """The root element `root` of the document in `body`, without comments and blank text.

    Raises DocumentRefused, in one line: for an empty body, an HTML page, JSON, a document type declaration, XML that
    is not well-formed UTF-8, another root element. Nesting beyond `DEPTH_LIMIT` is for `refuse_depth` to find:
    a reader that descends into known elements only need not look for it.
    """
    start = _start(body)
    head = body[start : start + 16].lower()
    if not head:
        raise DocumentRefused("the document is empty")
    if head.startswith((b"<html", b"<!doctype html")):
        raise DocumentRefused("the answer is a web page, not XML")
    if head.startswith(b"<!doctype"):
        raise DocumentRefused("document type declaration: not allowed in this XML")
    if head[:1] in b"{[":
        raise DocumentRefused("the answer is JSON, not XML")
    try:
        element = etree.fromstring(body, _PARSER)
    except etree.XMLSyntaxError as error:
        raise DocumentRefused(f"not well-formed XML: {one_line(error.msg or 'cut off')}") from error
    if element.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefused("document type declaration: not allowed in this XML")
    if element.tag != root:
        raise DocumentRefused(f"the root element is {one_line(str(element.tag), 60)!r}, not {root!r}")
    return element


def refuse_depth(element: etree._Element) -> None:
    """Raises DocumentRefused where elements are nested deeper than `DEPTH_LIMIT` anywhere in the document."""
    if _TOO_DEEP(element):
        raise DocumentRefused(f"elements are nested deeper than {DEPTH_LIMIT}")


def one_line(text: str, limit: int = 160) -> str:
    """The text with white space folded, cut to `limit` signs: for messages that quote a stranger's words."""
    folded = _ONE_LINE.sub(" ", text).strip()
    return folded if len(folded) <= limit else folded[: limit - 1] + "…"


def refuse(reason: str) -> NoReturn:
    """Raises DocumentRefused with this reason in one line."""
    raise DocumentRefused(one_line(reason))


def _start(body: bytes) -> int:
    """Where the first markup begins that is neither white space, comment nor processing instruction."""
    position = len(_BYTE_ORDER_MARK) if body.startswith(_BYTE_ORDER_MARK) else 0
    while found := _PROLOG.match(body, position):
        position = found.end()
    return position
