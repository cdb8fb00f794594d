"""A published text of a measure → its recitals and clauses, each with an anchor that the same clause keeps.

Sources: GovInfo's XML in the bill DTD, GPO's USLM 2.1, and, where there is neither, the plain text of GovInfo's `.htm`.
The three say the same words in different dress; `docs/TEXTS.md` says how anchors are made and what is left out.
"""

from __future__ import annotations

from tracker.records import bill_text_plain, bill_text_xml
from tracker.records.model import DocumentRefused
from tracker.records.text_model import (
    ActionLine,
    BillText,
    Clause,
    TextHead,
    digest_of,
    normalised,
    plain_marks,
)

__all__ = [
    "ActionLine",
    "BillText",
    "Clause",
    "TextHead",
    "digest_of",
    "normalised",
    "plain_marks",
    "read_bill_text",
]

_PAGES = (b"<html", b"<!doctype html", b"<pre")


def read_bill_text(body: bytes) -> BillText:
    """Read one published text, whichever of the formats it is in.

    Raises DocumentRefused, in one line, for bytes that are no text of a measure: empty, cut off, an error page, another
    kind of XML, XML that declares entities or is nested too deep, a text without a single clause.
    """
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise DocumentRefused("the document is empty")
    if start.startswith(b"<") and not start.startswith(_PAGES):
        return bill_text_xml.read(body)
    return bill_text_plain.read(body)
