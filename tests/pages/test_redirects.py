"""From other addresses, and from what is typed, to the one measure that is meant."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import billstatus, held, incoming
from tests.pages.reading import first_words
from tracker.ledger.apply import apply

pytestmark = pytest.mark.django_db

LAW = "<laws><item><type>Public Law</type><number>119-4</number></item></laws>"
MEASURE = "/measures/119/sres/145/"


def leads_to(path: str) -> str | None:
    response = Client().get(path)
    return response.headers.get("Location")


def of_the_118th(number: int) -> None:
    apply([incoming(billstatus(number, congress=118), number, congress=118)])


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/119/sres/145", MEASURE),
        ("/119/sres/145/", MEASURE),
        ("/bill/119th-congress/senate-resolution/145", MEASURE),
        ("/bill/119th-congress/senate-resolution/145/", MEASURE),
        ("/bill/119th-congress/senate-resolution/145/cosponsors", f"{MEASURE}sponsors/"),
        ("/bill/119th-congress/senate-resolution/145/text/is", f"{MEASURE}text/"),
        ("/bill/119th-congress/senate-resolution/145/amendments-of-old", MEASURE),
        ("/bill/122nd-congress/house-bill/1", "/measures/122/hr/1/"),
    ],
)
def test_other_addresses_lead_to_the_measure_for_good(path: str, to: str) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Location"]) == (301, to)


@pytest.mark.parametrize(
    "path",
    [
        "/bill/119st-congress/senate-resolution/145",
        "/bill/th-congress/senate-resolution/145",
        "/bill/119th-congress/senate-ballad/145",
        "/119/zres/145",
        "/119/sres/0145",
    ],
)
def test_an_address_that_names_no_measure_is_not_there(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "S.Res. 145",
        "s res 145",
        "Senate Resolution 145",
        "  SRES145 ",
        "S. Res. 145 (119th Congress)",
        "https://www.congress.gov/bill/119th-congress/senate-resolution/145",
    ],
)
def test_a_citation_leads_straight_to_its_measure_from_both_boxes(words: str) -> None:
    held()
    for path in ("/search", "/measures/"):
        response = Client().get(path, {"q": words})
        assert (response.status_code, response.headers.get("Location")) == (302, MEASURE), path


@pytest.mark.parametrize("beside", ["utm_source=x", "type=&committee=&sort="])
def test_what_is_no_filter_does_not_keep_a_citation_from_its_measure(beside: str) -> None:
    held()
    assert leads_to(f"/measures/?q=S.Res.+145&{beside}") == MEASURE


def test_a_citation_without_a_congress_means_the_newest_that_is_held() -> None:
    of_the_118th(599)
    of_the_118th(145)
    held()
    assert leads_to("/search?q=S.Res.+145") == MEASURE
    assert leads_to("/search?q=S.Res.+599") == "/measures/118/sres/599/"
    assert leads_to("/search?q=S.Res.+145+(118th+Congress)") == "/measures/118/sres/145/"


def test_the_other_congresses_of_a_citation_stay_within_reach() -> None:
    of_the_118th(145)
    held()
    response = Client().get("/measures/?q=S.Res.+145&sort=number")
    assert first_words(response.content.decode(), "h1") == "2 measures with “S.Res. 145”"


@pytest.mark.parametrize(
    "words", ["S.Res. 599 (119th Congress)", "S.Res. 7", "refugees", "S.Res. 145 refugees"]
)
def test_what_names_no_held_measure_is_a_search(words: str) -> None:
    held()
    assert (leads_to(f"/search?q={words}") or "").startswith("/measures/?q=")
    assert Client().get("/measures/", {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "words", ["Public Law 119-4", "P.L. 119-4", "pl 119–4", "Pub. L. No. 119-4", "Pub.L. 119-04"]
)
def test_a_public_law_leads_to_the_measure_that_became_it(words: str) -> None:
    held(extra=LAW)
    assert leads_to(f"/search?q={words}") == MEASURE


@pytest.mark.parametrize("words", ["Private Law 119-4", "Public Law 119-5", "Public Law 119"])
def test_another_law_does_not(words: str) -> None:
    held(extra=LAW)
    assert leads_to(f"/search?q={words}") != MEASURE


def test_an_empty_search_is_the_whole_list() -> None:
    assert leads_to("/search") == leads_to("/search?q=+") == "/measures/"


def test_a_search_that_is_too_long_is_told_so_by_the_list() -> None:
    to = leads_to("/search?q=" + "x" * 300)
    assert to is not None
    assert Client().get(to).status_code == 400


def test_htmx_is_never_sent_away_while_somebody_types() -> None:
    held()
    response = Client().get("/measures/?q=S.Res.+145", headers={"HX-Request": "true"})
    assert response.status_code == 200
