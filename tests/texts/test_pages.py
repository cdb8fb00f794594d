"""The reading page and the comparison, as readers get them: words, anchors, clocks, and what is said where nothing is held."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.pages.reading import first_words, links, queries, visible
from tests.texts.conftest import IS, Press, record
from tests.texts.printed import PARAGRAPHS, RECITALS, bill_dtd
from tracker.sources.errors import SourceUnreachable
from tracker.texts import due
from tracker.texts.models import MeasureText
from tracker.texts.polling import poll_texts

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/text/"
COMPARE = f"{PAGE}compare/"
MARCH = ("is", IS, "2025-03-27")
JUNE = ("ats", "Agreed to Senate", "2025-06-02")
NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
LATER = [*PARAGRAPHS[:1], PARAGRAPHS[1].replace("mend", "repair"), "thanks them all; and", PARAGRAPHS[2]]


@pytest.fixture
def two(press: Press) -> Press:
    """Two versions, both held."""
    record(145, MARCH, JUNE)
    press.texts = {
        "BILLS-119sres145is": bill_dtd(),
        "BILLS-119sres145ats": bill_dtd(paragraphs=LATER),
    }
    assert poll_texts().held == 2
    return press


def page(path: str = PAGE, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, visible(response.content.decode())[:500]
    return response.content.decode()


def test_the_furthest_text_is_read_with_an_address_for_every_clause(two: Press) -> None:
    body = page()
    said = visible(body)
    assert "Agreed to Senate, Jun 2, 2025" in said
    assert "3 recitals, then 5 clauses of what is resolved" in said
    for words in (
        "rivers cross the borders of several States;",
        "calls on the States to repair",
        "Resolved,",
        "S. RES. 145",
    ):
        assert words in said
    assert re.findall(r'<li class="clause[^"]*" id="([^"]*)"', body) == [
        "w1",
        "w2",
        "w3",
        "r1",
        "p1",
        "p2",
        "p3",
        "p4",
    ]
    assert '<a class="mark" href="#p2" aria-label="Paragraph (2)">(2)</a>' in body
    assert '<span class="whereas">Whereas</span> rivers' in body


def test_any_version_can_be_chosen_and_is_compared_with_its_neighbours(two: Press) -> None:
    body = page(f"{PAGE}?version=is")
    assert "calls on the States to mend" in visible(body)
    assert f"{COMPARE}?from=is&to=ats" in links(body)
    assert {f"{PAGE}?version=is", f"{PAGE}?version=ats"} <= links(body)
    assert 'aria-current="true">Introduced in Senate</a>' in body


def test_a_page_says_which_document_it_is_from(two: Press) -> None:
    row = MeasureText.objects.get(version="ats")
    said = visible(page())
    assert "BILLS-119sres145ats, read from GovInfo’s XML; held since" in said
    assert row.document_id is not None and row.document_id[:16] in said
    assert "https://www.govinfo.gov/content/pkg/BILLS-119sres145ats/pdf/BILLS-119sres145ats.pdf" in links(
        page()
    )


def test_a_version_that_the_record_does_not_list_is_named_with_those_that_it_does(two: Press) -> None:
    said = visible(page(f"{PAGE}?version=eh", 400))
    assert "eh" in said and "ats, is" in said


@pytest.mark.parametrize("path", [f"{PAGE}?verzion=is", f"{COMPARE}?form=is"])
def test_an_unknown_parameter_is_refused(two: Press, path: str) -> None:
    assert "no such parameter" in visible(page(path, 400))


def test_where_no_text_is_listed_that_is_said(press: Press) -> None:
    record(145)
    assert "The record lists no text yet." in visible(page())


def test_where_the_source_has_no_text_the_page_says_since_when_and_what_next(press: Press) -> None:
    record(145, MARCH)
    with time_machine.travel(NOW, tick=False):
        poll_texts()
        said = visible(page())
    assert (
        "Listed here since Jul 1, 2025, 12:00 UTC, and not held: GovInfo did not have it as text when last asked, "
        "on Jul 1, 2025, 12:00 UTC. It is asked again after Jul 1, 2025, 18:00 UTC." in said
    )


def test_where_the_source_does_not_answer_that_is_said(press: Press, monkeypatch) -> None:
    record(145, MARCH)
    due.find(NOW)
    (row,) = due.lease(datetime.now(UTC), limit=1)
    due.unanswered(row, str(SourceUnreachable("govinfo", "text", "no answer")), NOW)
    assert "GovInfo did not answer when last asked. It is asked again at the next poll." in visible(page())


def test_what_was_never_asked_for_is_said_to_wait(press: Press) -> None:
    record(145, MARCH)
    assert "It is fetched from GovInfo when the sources are next asked." in visible(page())


def test_texts_of_bills_are_said_not_to_be_fetched(press: Press) -> None:
    record(7, ("is", IS, "2025-03-27"), type="s")
    assert "are not fetched; the links lead to GovInfo." in visible(page("/measures/119/s/7/text/"))


def test_of_several_versions_the_one_asked_for_says_why_it_is_not_held(press: Press) -> None:
    record(145, MARCH, JUNE)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    poll_texts()
    assert "Introduced in Senate, Mar 27, 2025" in visible(page())
    said = visible(page(f"{PAGE}?version=ats"))
    assert "Agreed to Senate is not held here. Listed here since" in said


def test_an_earlier_moment_shows_only_what_was_held_by_then(press: Press) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        record(145, MARCH)
        clock.shift(timedelta(days=2))
        press.texts["BILLS-119sres145is"] = bill_dtd()
        poll_texts()
        clock.shift(timedelta(days=2))
        assert "It was not held yet at that moment; it is since Jul 3, 2025" in visible(
            page(f"{PAGE}?as_of=2025-07-02")
        )
        assert RECITALS[1][8:] in visible(page(f"{PAGE}?as_of=2025-07-03"))


def test_links_stay_at_the_moment_asked_for(two: Press) -> None:
    day = datetime.now(UTC).date().isoformat()
    assert f"{PAGE}?version=is&as_of={day}" in links(page(f"{PAGE}?as_of={day}"))


def test_a_page_is_drawn_anew_when_a_text_comes(press: Press) -> None:
    record(145, MARCH)
    client = Client()
    first = client.get(PAGE)
    assert client.get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 304
    press.texts["BILLS-119sres145is"] = bill_dtd()
    poll_texts()
    second = client.get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200 and PARAGRAPHS[0] in visible(second.content.decode())


def test_the_pages_of_texts_cost_few_queries(two: Press) -> None:
    page()
    assert queries(PAGE) <= 14
    assert queries(f"{COMPARE}?from=is&to=ats") <= 14


def test_two_versions_are_compared_word_by_word(two: Press) -> None:
    body = page(f"{COMPARE}?from=is&to=ats")
    assert first_words(body, "h1") == "1 clause new, 1 edited, 6 the same"
    assert "<del>mend</del> <ins>repair</ins> what floods" in body
    said = visible(body)
    assert "From Introduced in Senate, Mar 27, 2025, to Agreed to Senate, Jun 2, 2025" in said
    assert "4 clauses the same: recitals 1 to 3" not in said and "3 clauses the same: recitals 1 to 3" in said
    assert "The same: paragraph (4)" in said and "The same; it was (3)" in said  # a number alone is no edit
    assert f"{COMPARE}?from=ats&to=is" in links(body)


def test_without_a_choice_the_last_two_versions_are_compared(two: Press) -> None:
    assert first_words(page(COMPARE), "h1") == first_words(page(f"{COMPARE}?from=is&to=ats"), "h1")


def test_texts_of_two_measures_are_compared(two: Press) -> None:
    record(599, MARCH, congress=118)
    two.texts["BILLS-118sres599is"] = bill_dtd(
        [*RECITALS[1:], RECITALS[0]], PARAGRAPHS, chapeau="That it is sense of the Senate that the Senate—"
    )
    assert poll_texts().held == 1
    for way in (
        "from=118/sres/599/is&to=is",
        "from=118/sres/599&to=119/sres/145/is",
        "from=S.+Res.+599+(118th+Congress)&to=is",
    ):
        body = page(f"{COMPARE}?{way}")
        said = visible(body)
        assert "From S.Res. 599 of the 118th Congress, Introduced in Senate" in said
        assert first_words(body, "h1") == "1 clause moved, 1 edited, 5 the same"
        assert "Moved; it was recital 3" in said


def test_equal_texts_are_said_to_be_equal(two: Press) -> None:
    assert first_words(page(f"{COMPARE}?from=is&to=is"), "h1") == "Word for word the same, in 7 clauses"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=eh", "from"),
        ("to=118/sres/1/is", "to"),
        ("from=118/xres/1", "from"),
        ("from=0/sres/1", "from"),
        ("from=%3Cscript%3E", "from"),
        ("from=is&from=ats", "from"),
        ("from=118/sres", "from"),
    ],
)
def test_what_names_no_text_held_is_refused_with_what_is_accepted(
    two: Press, query: str, parameter: str
) -> None:
    body = page(f"{COMPARE}?{query}", 400)
    said = visible(body)
    assert parameter in said
    assert "is" in said and "<script>" not in body


def test_one_version_alone_offers_to_choose(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    poll_texts()
    said = visible(page(COMPARE))
    assert "Only one version of its text is held." in said
    assert first_words(page(COMPARE), "h1") == "Compare its text with another"


def test_without_any_text_the_comparison_says_where_to_look(press: Press) -> None:
    record(145, MARCH)
    assert "No text of this measure is held here yet" in visible(page(COMPARE))


def test_hostile_words_stay_words(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd(
        ['Whereas <script>alert(1)</script> & "so";'], ["{{ x }} <b>"]
    )
    poll_texts()
    body = page()
    assert "<script>alert" not in body and "&lt;script&gt;alert(1)" in body
    assert "{{ x }}" in body


def test_what_a_committee_struck_is_shown_apart(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd(
        (),
        body='<section changed="deleted"><enum>1.</enum><text>Old.</text></section><section><enum>1.</enum><text>New.</text></section>',
    )
    poll_texts()
    body = page()
    assert "1 clause printed struck through" in visible(body)
    assert 'id="x-s1"' in body and 'id="s1"' in body


def test_the_overview_shows_what_is_resolved_where_no_summary_is_listed(two: Press) -> None:
    body = page("/measures/119/sres/145/")
    said = visible(body)
    assert "Agreed to Senate, Jun 2, 2025: 3 recitals, then 5 clauses of what is resolved" in said
    assert LATER[2] in said and RECITALS[1] not in said
    assert {PAGE, COMPARE} <= links(body)


def test_the_overview_cuts_long_texts_and_says_how_much_more_there_is(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd(paragraphs=[f"asks for thing {n};" for n in range(1, 31)])
    poll_texts()
    body = page("/measures/119/sres/145/")
    assert "19 clauses more in the whole text" in visible(body)
    assert f"{PAGE}#resolved" in links(body)


def test_the_overview_is_drawn_anew_when_a_text_comes(press: Press) -> None:
    record(145, MARCH)
    client = Client()
    before = client.get("/measures/119/sres/145/")
    press.texts["BILLS-119sres145is"] = bill_dtd()
    poll_texts()
    assert client.get("/measures/119/sres/145/", headers={"If-None-Match": before["ETag"]}).status_code == 200


def test_the_page_of_sources_counts_texts_and_names_those_that_cannot_be_read(two: Press) -> None:
    record(7, MARCH)
    record(8, MARCH)
    two.texts["BILLS-119sres7is"] = b"<resolution/>"
    poll_texts()
    body = page("/sources/")
    said = visible(body)
    assert "Held 2 published texts" in said
    assert (
        "1 text that records list and GovInfo does not have as text; asked for again, the next after" in said
    )
    assert "BILLS-119sres7is no recital, section or paragraph is in it" in said
    assert "/measures/119/sres/7/text/" in links(body)
