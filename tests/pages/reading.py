"""Reading a page as its reader does: the words, the links, and what it cost."""

from __future__ import annotations

import html
import re

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_BREAKS = re.compile(r"<[^>]*>")


def visible(page: str) -> str:
    """The words of a page, tags taken away, in one line."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    words = " ".join(html.unescape(_BREAKS.sub(" ", bare)).split())
    return re.sub(r" (?=[.,;:])", "", words)


def links(page: str) -> set[str]:
    """Where its links lead."""
    return {html.unescape(found) for found in re.findall(r'<a [^>]*?href="([^"]*)"', page)}


def first_words(page: str, tag: str) -> str:
    """The words of the first element with this tag."""
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, flags=re.S)
    return visible(found[1]) if found else ""


def queries(path: str) -> int:
    """How many queries the page costs when nothing of it is kept."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        response = Client().get(path)
    assert response.status_code == 200, path
    return len(asked)
