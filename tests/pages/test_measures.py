"""The list of measures: what it says, counts, marks and offers, and what it costs."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import AGREED, COONS, CRUZ, INTRODUCED, KING, REFERRED, SHAHEEN, brought, held
from tests.pages.holding import several
from tests.pages.reading import first_words, links, queries, visible

pytestmark = pytest.mark.django_db


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def fragment(address: str) -> str:
    return Client().get(address, headers={"HX-Request": "true"}).content.decode()


@pytest.fixture
def three() -> None:
    held(1, title="A resolution condemning Iran.", cosponsors=[(SHAHEEN, "2025-03-27"), (CRUZ, "2025-04-01")])
    held(2, title="A resolution honoring Iranian women.", actions=(AGREED, REFERRED, INTRODUCED))
    held(3, title="A resolution on bees.", committees=[("ssaf00", "Agriculture Committee")])


def test_the_heading_is_the_sentence_of_the_list(three: None) -> None:
    assert first_words(page("/measures/"), "h1") == "3 measures"
    assert first_words(page("/measures/?type=sres&status=agreed_to"), "h1") == "1 Senate resolution agreed to"


def test_an_entry_says_status_sponsor_names_and_when(three: None) -> None:
    words = visible(page("/measures/?q=condemning"))
    assert (
        "S.Res. 1 Referred to committee A resolution condemning Iran. Thomas Tillis R-NC, 2 cosponsors: 1 D, 1 R"
        in words
    )
    assert "introduced Mar 27, 2025" in words


def test_searched_words_are_marked_and_so_are_words_that_begin_alike(three: None) -> None:
    found = page("/measures/?q=iran")
    assert "<mark>Iran</mark>." in found
    assert "bees" not in found
    assert "<mark>Iranian</mark>" in page("/measures/?q=iranian")


def test_each_choice_carries_the_number_it_would_show(three: None) -> None:
    listed = visible(page("/measures/?status=agreed_to"))
    assert "Referred to committee 2" in listed
    assert "Agreed to 1" in listed
    assert "Foreign Relations Committee (1)" in listed


def test_a_chip_drops_one_filter_and_keeps_the_others(three: None) -> None:
    assert {"/measures/?q=bees", "/measures/?type=sres"} <= links(page("/measures/?type=sres&q=bees"))


def test_a_filter_that_matches_nothing_offers_the_one_to_drop(three: None) -> None:
    listed = page("/measures/?type=sres&status=enacted&q=iran")
    assert first_words(listed, "h1").startswith("No Senate resolutions became law")
    assert "Drop “became law”: 1 measure matches without it." in visible(listed)
    assert "/measures/?type=sres&q=iran" in links(listed)
    assert "Drop “zzzz”: 3 measures match without it." in visible(page("/measures/?q=zzzz"))


def test_nothing_held_says_what_comes_next() -> None:
    assert "The first load begins by itself" in visible(page("/measures/"))


def test_a_long_list_is_paged_by_number_and_the_pages_hold_every_measure_once() -> None:
    several(range(1, 53))
    first, second = page("/measures/?sort=number"), page("/measures/?sort=number&page=2")
    assert "1 to 50 of 52" in visible(first)
    assert "51 to 52 of 52" in visible(second)
    found = {link for text in (first, second) for link in links(text) if link.startswith("/measures/119/")}
    assert found == {f"/measures/119/sres/{number}/" for number in range(1, 53)}
    assert "/measures/?sort=number&page=2" in links(first)


def test_a_page_beyond_the_last_is_not_there_and_says_which_is_the_last(three: None) -> None:
    response = Client().get("/measures/?page=2")
    assert response.status_code == 404
    assert "This list ends at page 1; page 2 was asked for." in visible(response.content.decode())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("type=zres", "type: no such type"),
        ("page=0", "page: not a page of this list"),
        ("page=501", "a number from 1 to 500"),
        ("page=%D9%A1", "page: not a page of this list"),
        ("page=" + "9" * 30, "page: not a page of this list"),
        ("colour=red", "colour: no such parameter"),
        ("introduced_after=2025-02-30", "introduced_after: not a day"),
        ("q=" + "x" * 201, "q: longer than 200 characters"),
        ("q=a%00b", "q: has control characters in it"),
        ("sort=relevance", "sort: needs a search (q)"),
        ("updated_since=2025-01-01", "updated_since: no such parameter"),
    ],
)
def test_a_parameter_that_means_nothing_is_a_400_that_names_it(query: str, said: str, three: None) -> None:
    response = Client().get(f"/measures/?{query}")
    assert response.status_code == 400
    assert said in visible(response.content.decode())
    assert "Accepted: " in visible(response.content.decode())


def test_what_others_put_on_links_changes_nothing(three: None) -> None:
    tagged = page("/measures/?utm_source=x&fbclid=1&gclid=2&mc_cid=3&type=sres")
    assert first_words(tagged, "h1") == "3 Senate resolutions"


def test_hostile_words_are_shown_as_they_are(three: None) -> None:
    held(4, title="</title><script>alert(1)</script> {{ 7|add:7 }}")
    listed = page("/measures/?q=%3Cscript%3Ealert(1)")
    assert "<script>alert" not in listed
    assert "&lt;script&gt;" in listed
    assert "{{ 7|add:7 }}" in page("/measures/")


@pytest.mark.parametrize(
    "query", ["", "?type=sres&status=referred&party=R&committee=ssfr00&sponsor=T000476&q=refugees"]
)
def test_the_list_costs_the_same_for_ten_measures_and_for_fifty(query: str) -> None:
    several(range(1, 11))
    few = queries(f"/measures/{query}")
    several(range(11, 51), cosponsors=[(COONS, "2025-03-28"), (KING, "2025-03-29")])
    assert queries(f"/measures/{query}") == few < 12


def test_an_empty_list_with_every_filter_costs_at_most_twelve_queries(three: None) -> None:
    everything = (
        "q=iran&congress=119&type=sres&chamber=senate&status=enacted&sponsor=T000476&party=R&committee=ssfr00"
        "&subject=Bees&introduced_after=2025-01-01&introduced_before=2026-01-01&changed_after=2025-01-01"
    )
    assert queries(f"/measures/?{everything}") <= 12


def test_htmx_is_given_the_part_and_the_address_of_what_it_shows(three: None) -> None:
    response = Client().get("/measures/?q=bees&type=&committee=&sort=", headers={"HX-Request": "true"})
    words = response.content.decode()
    assert "<html" not in words
    assert '<section id="results"' in words
    assert "<title>1 measure" in words
    assert response["HX-Push-Url"] == "/measures/?q=bees"


def test_what_the_form_cannot_show_is_kept_when_it_is_sent(three: None) -> None:
    listed = page("/measures/?sponsor=T000476&committee=ssfr00&committee=ssaf00&subject=A&subject=B")
    for name, value in (("sponsor", "T000476"), ("committee", "ssaf00"), ("subject", "B")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in listed


def test_before_any_news_the_newest_measures_lead_and_after_it_what_changed_last() -> None:
    held(2, loading=True, introduced_on="2025-06-02", title="A newer resolution.")
    older = "An older resolution, loaded last."
    held(9, loading=True, title=older)
    loaded = page("/measures/")
    assert loaded.index("A newer resolution.") < loaded.index("An older resolution")
    assert "Last introduced first." in visible(loaded)
    brought(9, title=older, cosponsors=[(SHAHEEN, "2025-06-03")], updated_at="2025-06-04T10:00:00Z")
    told = page("/measures/")
    assert told.index("An older resolution") < told.index("A newer resolution.")
    assert "Last changed first." in visible(told)
