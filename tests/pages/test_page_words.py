"""Small rules of what stands on pages: citations in print, quoted HTML, addresses, kin, clocks, cut lists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import Http404, QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tracker.ledger.filters import BadFilter
from tracker.ledger.models import Measure, Relation, measure_key
from tracker.pages.citing import printed_citation, printed_law
from tracker.pages.clocks import only, read_clock
from tracker.pages.kin import kin, related_pk
from tracker.pages.paging import cut
from tracker.pages.quoted import clean_html, web_address
from tracker.records.model import MeasureRecord, RelationDetail, RelationRecord


@pytest.mark.parametrize(
    ("congress", "type", "number", "printed"),
    [
        (119, "sres", 145, "S. Res. 145, 119th Cong., 1st Sess. (2025)"),
        (119, "hconres", 14, "H. Con. Res. 14, 119th Cong., 1st Sess. (2025)"),
        (119, "hr", 1, "H.R. 1, 119th Cong., 1st Sess. (2025)"),
        (122, "s", 5, "S. 5, 122d Cong., 1st Sess. (2025)"),
        (103, "hjres", 5, "H.J. Res. 5, 103d Cong., 1st Sess. (2025)"),
    ],
)
def test_measures_are_cited_as_lawyers_print_them(congress, type, number, printed):
    assert printed_citation(congress, type, number, introduced_on=date(2025, 3, 27)) == printed


def test_the_second_session_is_2d_and_a_law_is_cited_by_its_number():
    assert printed_citation(118, "sres", 599, introduced_on=date(2024, 3, 20)).endswith("2d Sess. (2024)")
    assert printed_law("Private Law", "119-1", None) == "Priv. L. No. 119-1"
    assert printed_citation(119, "hjres", 25, introduced_on=None, law=printed_law("Public Law", "119-5", date(2025, 4, 10))) == (
        "H.J. Res. 25, 119th Cong., Pub. L. No. 119-5 (2025)"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a <b>b</b><br>c</p>", "<p>a <b>b</b><br>c</p>"),
        ("<p onclick=x()>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)><iframe src=//x></iframe>", ""),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener nofollow">a</a>'),
        ("<ul><li>one<li>two</ul", "<ul><li>one</li><li>two</li></ul>"),
        (None, ""),
    ],
)
def test_quoted_html_keeps_a_few_tags_and_no_more(html, clean):
    assert clean_html(html) == clean


@given(st.text())
def test_no_text_gets_a_script_through(text):
    for html in (text, f"<p {text}>a</p>", f"<a href='{text}'>a</a>"):
        cleaned = clean_html(html).casefold()
        assert "<script" not in cleaned and "javascript:" not in cleaned.split('href="')[-1].split('"')[0]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.govinfo.gov/x.xml", "https://www.govinfo.gov/x.xml"),
        (" http://x.gov/ ", "http://x.gov/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//x.gov/", None),
        ("https://", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(url, address):
    assert web_address(url) == address


def test_kin_from_both_sides_keep_each_reason_once():
    details = (RelationDetail("Related bill", "House"), RelationDetail("Procedurally-related", "House"))
    record = MeasureRecord(119, "sres", 145, related=(RelationRecord("119/hres/166", "Its twin", details),))
    twin = Measure(id=1197000166, congress=119, type="hres", number=166, title="Its twin, whole")
    same, other = (
        Relation(other_id=1198000145, type=kind, by="House") for kind in ("Related bill", "Identical bill")
    )
    (found,) = kin(record, {twin.pk: twin}, [(twin, same), (twin, other)])
    assert found.measure is twin
    assert found.why == "Related bill and procedurally related, says the House; identical bill, says the House, in the record of H.Res. 166"  # fmt: skip


def test_kin_without_a_reason_say_that_there_is_none():
    (found,) = kin(MeasureRecord(119, "sres", 145, related=(RelationRecord("119/hres/166"),)), {})
    assert found.why == "Related, for a reason that the record does not give"


@pytest.mark.parametrize("id", ["119/hres", "x/hres/1", "119/bill/1", "119/hres/x", "", "1/2/3/4"])
def test_an_id_of_no_measure_has_no_row(id):
    assert related_pk(id) is None


def test_an_id_of_a_measure_has_the_row_of_its_key():
    assert measure_key(related_pk("119/hres/166")) == "119/hres/166"


@pytest.mark.parametrize(
    ("query", "as_of", "day"),
    [
        ("as_of=2025-05-01", datetime(2025, 5, 1, 23, 59, 59, tzinfo=UTC), date(2025, 5, 1)),
        ("as_of=2025-05-01T12:00:00Z", datetime(2025, 5, 1, 12, tzinfo=UTC), date(2025, 5, 1)),
        ("as_of=2025-05-01T22:00:00-04:00", datetime(2025, 5, 2, 2, tzinfo=UTC), date(2025, 5, 1)),
        ("as_of=2025-05-01T22:00:00+02:00", datetime(2025, 5, 1, 20, tzinfo=UTC), date(2025, 5, 1)),
        ("on=2025-05-01", None, date(2025, 5, 1)),
        ("as_of=&on=", None, date(2026, 11, 24)),
    ],
)
def test_clocks_are_read_from_the_address(query, as_of, day):
    clock = read_clock(QueryDict(query))
    assert clock.as_of == as_of
    assert clock.day(date(2026, 11, 24)) == day


def test_a_clock_keeps_its_links_at_its_moment():
    assert read_clock(QueryDict("as_of=2025-05-01&on=2025-04-01")).suffix == "?as_of=2025-05-01&on=2025-04-01"
    assert read_clock(QueryDict("utm_source=x")).suffix == ""


@given(st.text(max_size=40))
def test_any_other_moment_is_refused_in_one_line(text):
    query = QueryDict(mutable=True)
    query["as_of"] = text
    try:
        read_clock(query)
    except BadFilter as problem:
        assert problem.parameter == "as_of" and "\n" not in problem.reason


def test_parameters_that_a_page_does_not_know_are_named():
    with pytest.raises(BadFilter) as refused:
        only(QueryDict("colour=red"), frozenset({"page"}))
    assert str(refused.value) == "colour=red: no such parameter; accepted: page"


@given(st.lists(st.integers(), max_size=60), st.integers(1, 9))
def test_the_pages_of_a_list_are_the_list(rows, size):
    first = cut(rows, 1, size)
    pages = [cut(rows, number, size) for number in range(1, first.last + 1)]
    assert [row for page in pages for row in page.rows] == rows
    assert pages[-1].next is None and first.previous is None
    with pytest.raises(Http404):
        cut(rows, first.last + 1, size)
