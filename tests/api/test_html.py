"""HTML of the sources: nothing unsafe passes, and what is safe is not touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.api.html import cleaned


@pytest.mark.parametrize(
    "html",
    [
        "<p><strong>Sunset Act</strong></p><ul><li>one,</li></ul>",
        "<p>Centers for Medicare & Medicaid Services</p>",
        "<p>it is\xa0so.<br/><br/>Then</p>",
        '<p>see <a href="https://crs.gov/Reports/IF13134">CRS In Focus</a></p>',
        "no markup at all",
        "",
    ],
)
def test_what_is_safe_stays_to_the_letter(html: str) -> None:
    assert cleaned(html) == html


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<img src="https://x/y.png">', ""),
        ("<iframe src=//x></iframe>b", "b"),
        ('<p style="color:red">a</p>', "<p>a</p>"),
        ("<strong>never closed", "<strong>never closed</strong>"),
        ("&lt;script&gt; & <b>c</b><style>p{}</style>", "&lt;script&gt; &amp; <b>c</b>"),
    ],
)
def test_what_is_not_is_taken_out(html: str, safe: str) -> None:
    assert cleaned(html) == safe


@given(
    st.lists(
        st.sampled_from(["<", ">", "&amp;", "&", "lt;", "script", "p", "/", "br", " ", "&nbsp;", '"', "a"])
    )
)
def test_cleaning_twice_changes_nothing_more(parts: list[str]) -> None:
    once = cleaned("".join(parts))
    assert cleaned(once) == once
    assert "<script" not in once
