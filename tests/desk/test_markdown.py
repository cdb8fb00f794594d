"""Markdown as staff write it: what it may become, and what nothing makes of it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk import hostile
from tracker.desk import kinds, markdown, rendering
from tracker.desk.models import Kind
from tracker.desk.web_address import NotAnAddress, is_web_address, web_address

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code"}


class Tags(HTMLParser):
    """Every tag and attribute that a piece of HTML has."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.odd: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)


def harmless(html: str) -> bool:
    """Whether there is nothing in it but the few tags, and links to the web or a page of this site, which lend no credit."""
    found = Tags(html)
    for tag, name, value in found.attributes:
        if (tag, name) == ("a", "href"):
            own = value.startswith("/") and not value.startswith(("//", "/\\"))
            if not own and (urlsplit(value).scheme not in ("http", "https") or not is_web_address(value)):
                return False
        elif (tag, name, value) != ("a", "rel", "nofollow noopener") and (tag, name) != ("ol", "start"):
            return False
    return set(found.tags) <= TAGS and not found.odd


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("It *asks* and **begs**.", "<p>It <em>asks</em> and <strong>begs</strong>.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> Quoted.", "<blockquote>\n<p>Quoted.</p>\n</blockquote>"),
        (
            "[Its page](https://www.congress.gov/x?a=1&b=2)",
            '<p><a href="https://www.congress.gov/x?a=1&amp;b=2" rel="nofollow noopener">Its page</a></p>',
        ),
        ("# No heading", "<p># No heading</p>"),
        ("<b>No</b> HTML", "<p>&lt;b&gt;No&lt;/b&gt; HTML</p>"),
        ("R-NC & 5 < 6", "<p>R-NC &amp; 5 &lt; 6</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)
def test_what_it_becomes(text: str, html: str) -> None:
    assert markdown.render(text).strip() == html


@pytest.mark.parametrize("text", hostile.ALL, ids=range(len(hostile.ALL)))
def test_hostile_words_become_harmless_ones(text: str) -> None:
    assert harmless(markdown.render(text))
    assert harmless(markdown.render_line(text))
    assert harmless(markdown.cleaned(text))
    assert harmless(markdown.with_whole_addresses(text))


@given(st.text(max_size=400))
def test_whatever_is_written_becomes_harmless(text: str) -> None:
    assert harmless(markdown.render(text))
    assert harmless(markdown.cleaned(text))


_MARKS = (
    "<",
    ">",
    "[",
    "](",
    ")",
    "*",
    "_",
    "`",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "&",
    '"',
    "'",
    "\\",
    "!",
    "@",
    " ",
    "x",
)
_STARTS = (
    "javascript:",
    "https://a.b/",
    "//",
    "<a href=",
    "<script>",
    "onerror=",
    "&#106;",
    "<!--",
    "-->",
    "\x00",
    "\u202e",
)
_PIECES = st.sampled_from((*_MARKS, *_STARTS))


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_whatever_is_put_together_of_dangerous_pieces_becomes_harmless(text: str) -> None:
    assert harmless(markdown.render(text))
    assert harmless(markdown.cleaned(text))


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = markdown.render(text)
    assert markdown.cleaned(once) == once


@pytest.mark.parametrize("bomb", hostile.BOMBS, ids=range(len(hostile.BOMBS)))
def test_a_bomb_is_a_text_like_another(bomb: str) -> None:
    assert len(bomb.encode()) <= markdown.LONGEST
    html = markdown.render(bomb)
    assert harmless(html)
    assert len(html) < 12 * len(bomb) + 1000


def test_a_text_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(markdown.TooLong):
        markdown.render("x" * (markdown.LONGEST + 1))


@pytest.mark.parametrize("address", hostile.ADDRESSES, ids=range(len(hostile.ADDRESSES)))
def test_an_address_that_is_none_of_the_web_is_refused_in_a_sentence(address: str) -> None:
    try:
        kept = web_address(address)
    except NotAnAddress as problem:
        assert str(problem).endswith(".")
    else:
        assert urlsplit(kept).scheme in ("http", "https")
        assert not set(kept) & set('"<> \n\\@')


@pytest.mark.parametrize("address", hostile.ADDRESSES, ids=range(len(hostile.ADDRESSES)))
def test_an_address_that_got_into_the_database_all_the_same_leads_nowhere(address: str) -> None:
    press = kinds.words(Kind.PRESS_COVERAGE, {"headline": "x", "url": address, "on": "2025-01-01"})
    update = kinds.words(Kind.STATUS_UPDATE, {"source_url": address, "on": "2025-01-01", "body": "x"})
    position = kinds.words(Kind.POSITION, {"who": "x", "url": address, "stance": "supports"})
    for words in (press, update, position):
        assert harmless(rendering.html(words, "119/sres/145"))


@given(st.sampled_from(list(kinds.STANCES)), st.text(max_size=60), st.text(max_size=60))
def test_no_field_of_any_kind_lets_markup_through(stance: str, text: str, other: str) -> None:
    fields = {
        "lead": text, "points": [{"text": other}], "body": text, "outlet": other, "headline": text, "who": other,
        "seen_where": other, "stance": stance, "article": text,
    }  # fmt: skip
    for kind in Kind:
        assert harmless(rendering.html(kinds.read(kind, fields), "119/sres/145"))


def test_plain_words_keep_a_line_for_each_paragraph_and_point() -> None:
    html = markdown.render("One *and* two.\n\n- a & b\n- c\n\nx  \ny")
    assert markdown.plain(html) == "One and two.\na & b\nc\nx\ny"
