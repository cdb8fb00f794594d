"""Everything that changed: by day and measure, in plain words, paged by cursor, and arriving on an open page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.api.holding import hold, record
from tests.builders import COONS, CRUZ, INTRODUCED, KING, REFERRED, SHAHEEN, brought, held
from tests.pages.holding import several
from tests.pages.reading import first_words, links, queries, visible
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def page(address: str = "/changes/") -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def told(address: str = "/changes/") -> list[str]:
    """The words of each changed measure, newest first."""
    return [visible(item) for item in re.findall(r'<li class="event.*?</li>', page(address), flags=re.S)]


def last() -> int:
    return ChangeEvent.objects.order_by("-id").values_list("id", flat=True)[0]


def arrive(address: str):
    return Client().get(address, headers=HTMX)


def test_what_one_document_changed_stands_together_under_its_measure() -> None:
    with time_machine.travel(datetime(2025, 3, 28, 12, tzinfo=UTC)):
        held(145, cosponsors=[(KING, "2025-03-27")])
    with time_machine.travel(datetime(2025, 4, 3, 12, tzinfo=UTC)):
        brought(145, cosponsors=[(KING, "2025-03-27"), (SHAHEEN, "2025-04-02"), (CRUZ, "2025-04-02")])
    newest, first = told()
    assert newest == (
        "+ S.Res. 145 A resolution protecting refugees. Jeanne Shaheen D-NH and Ted Cruz R-TX joined as cosponsors"
        "; now 3 ( 1 D, 1 I, 1 R ) Apr 2, 2025"
    )
    assert first == (
        "• S.Res. 145 A resolution protecting refugees. Introduced by Thomas Tillis R-NC; referred to committee Mar 27, 2025"
    )
    assert re.findall(r"<h2>(.*?)</h2>", page()) == [
        '<time datetime="2025-04-03">Thursday, April 3, 2025</time>',
        '<time datetime="2025-03-28">Friday, March 28, 2025</time>',
    ]


def test_a_change_that_was_learned_late_says_how_late() -> None:
    with time_machine.travel(datetime(2025, 4, 1, 12, tzinfo=UTC)):
        held(145)
    with time_machine.travel(datetime(2025, 4, 24, 12, tzinfo=UTC)):
        brought(145, cosponsors=[(KING, "2025-04-02")])
    assert told()[0].endswith("Apr 2, 2025, learned 22 days later")


def test_a_day_on_which_everything_was_learned_late_says_it_once() -> None:
    with time_machine.travel(datetime(2025, 4, 1, 12, tzinfo=UTC)):
        held(145)
        held(146)
    with time_machine.travel(datetime(2025, 4, 24, 12, tzinfo=UTC)):
        brought(145, cosponsors=[(KING, "2025-04-02")])
        brought(146, cosponsors=[(KING, "2025-04-04")])
    assert "Thursday, April 24, 2025 learned 20 to 22 days after the official days given here" in visible(
        page()
    )
    assert [line.rsplit(")", 1)[1] for line in told()[:2]] == [" Apr 4, 2025", " Apr 2, 2025"]


def test_what_the_source_took_back_is_struck_through() -> None:
    again = (("2025-04-02", "Held at the desk.", None), REFERRED, INTRODUCED)
    held(145, actions=again)
    brought(145)
    assert '<del class="record" dir="auto">Held at the desk.</del>' in page()


def test_first_loads_are_told_to_nobody_unless_asked_for() -> None:
    held(1, loading=True)
    assert told() == []
    assert "No change has been seen since the first load, which brought 1 measure." in visible(page())
    assert len(told("/changes/?kind=loaded")) == 1


def test_a_number_of_a_congress_that_is_over_is_told_with_it() -> None:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        hold(record("118/sres/599"), record("119/sres/145"), loading=True)
        lines = {line.split(" A measure")[0].removeprefix("• ") for line in told("/changes/?kind=loaded")}
    assert lines == {"S.Res. 599 118th", "S.Res. 145"}


def test_a_list_of_changes_is_narrowed_as_a_list_of_measures_is() -> None:
    held(1, title="A resolution on bees.")
    held(2, title="A resolution on wasps.")
    brought(2, title="A resolution on wasps.", cosponsors=[(COONS, "2025-04-02")])
    assert len(told("/changes/?q=wasps")) == 2
    assert [item[0] for item in told("/changes/?kind=cosponsor_added")] == ["+"]
    assert told("/changes/?type=hres") == []
    assert first_words(page("/changes/?type=sres"), "h1") == "Changes to Senate resolutions, newest first"
    assert "Names that joined 1" in visible(page("/changes/?q=wasps"))


def test_pages_by_cursor_hold_every_change_once_and_lead_back() -> None:
    several(range(1, 251))
    address, seen = "/changes/", []
    while address:
        text = page(address)
        seen += re.findall(r'class="designation" href="(.*?)"', text)
        older = [link for link in links(text) if "before=" in link]
        newer = [link for link in links(text) if "after=" in link]
        address = older[0] if older else ""
    assert seen == [f"/measures/119/sres/{number}/" for number in range(250, 0, -1)]
    back = page(newer[0])
    assert re.findall(r'class="designation" href="(.*?)"', back) == seen[100:200]
    (first_page,) = [link for link in links(back) if "after=" in link]
    assert Client().get(first_page)["Location"] == "/changes/"


def test_a_page_does_not_end_in_the_middle_of_a_document() -> None:
    held(1)
    several(range(2, 100))
    brought(
        1,
        cosponsors=[
            (SHAHEEN, "2025-04-02"),
            (COONS, "2025-04-02"),
            (CRUZ, "2025-04-03"),
            (KING, "2025-04-03"),
        ],
    )
    held(100)
    first = page()
    assert first.count("joined as cosponsors") == 2
    (older,) = [link for link in links(first) if "before=" in link]
    assert "joined as" not in page(older)


def test_a_document_of_more_changes_than_a_page_is_told_in_a_few_lines() -> None:
    held(1)
    brought(
        1,
        actions=[
            *((f"2025-04-{n % 28 + 1:02}", f"Line {n}.", None) for n in range(90)),
            REFERRED,
            INTRODUCED,
        ],
    )
    (item, _) = told()
    assert "Actions: 85 more like this" in item
    assert item.count("Line ") == 5


def test_an_open_page_is_told_what_came_after_the_change_it_knows_last() -> None:
    held(1)
    known = last()
    held(2)
    response = arrive(f"/changes/?after={known}")
    text = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'class="designation" href="(.*?)"', text) == ["/measures/119/sres/2/"]
    assert '<li class="event new">' in text
    assert f"after={last()}" in text  # where it will ask next
    assert "no-store" in response["Cache-Control"]


def test_nothing_new_costs_one_query_and_says_nothing(django_assert_num_queries) -> None:
    held(1)
    known = last()
    with django_assert_num_queries(1):
        response = arrive(f"/changes/?after={known}")
    assert (response.status_code, response.content) == (204, b"")
    assert "private" in response["Cache-Control"]


def test_changes_that_the_filters_leave_out_move_the_cursor_and_nothing_else() -> None:
    held(1)
    known = last()
    held(2)
    text = arrive(f"/changes/?type=hres&after={known}").content.decode()
    assert "designation" not in text
    assert f"type=hres&amp;after={last()}" in text


def test_a_flood_is_offered_and_not_poured_out() -> None:
    held(1)
    known = last()
    several(range(2, 110))
    text = arrive(f"/changes/?after={known}").content.decode()
    assert "More than 100 changes are new. Show them" in visible(text)
    assert "designation" not in text
    assert "hx-get" not in text


@pytest.mark.parametrize(
    "query", ["before=x", "after=-1", "before=1&after=2", "kind=gossip", "page=2", "before=" + "9" * 19]
)
def test_a_parameter_that_means_nothing_is_a_400(query: str) -> None:
    assert Client().get(f"/changes/?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["", "?type=sres&kind=introduced&q=refugees&committee=ssfr00&sponsor=T000476"]
)
def test_changes_cost_the_same_for_ten_measures_and_for_a_hundred(query: str) -> None:
    several(range(1, 11))
    few = queries(f"/changes/{query}")
    several(range(11, 101), cosponsors=[(COONS, "2025-03-28")])
    assert queries(f"/changes/{query}") == few < 12


def test_hostile_words_are_shown_as_they_are() -> None:
    held(1, title="<b>x</b>", actions=(("2025-03-27", "<script>alert(1)</script>", None),))
    brought(1, title="</h1><img src=x onerror=alert(1)>", actions=(("2025-03-27", "<i>y</i>", None),))
    text = page()
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
