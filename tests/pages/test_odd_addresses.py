"""Addresses that nobody means: each is answered plainly, and none is an error of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.reading import visible

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nth", ["119st", "0th", "0119th", "1000th", f"{'9' * 5000}th", "١١٩th", "xth", "th"])
def test_what_is_no_number_of_a_congress_is_no_page(nth: str) -> None:
    assert Client().get(f"/bill/{nth}-congress/senate-resolution/145").status_code == 404


@pytest.mark.parametrize("nth", ["93rd", "101st", "102nd", "111th", "119th"])
def test_every_congress_is_found_under_congress_govs_address(nth: str) -> None:
    response = Client().get(f"/bill/{nth}-congress/senate-resolution/145")
    assert response.status_code == 301
    assert response["Location"] == f"/measures/{nth[:-2]}/sres/145/"


def test_the_first_page_names_a_parameter_it_does_not_know() -> None:
    response = Client().get("/?x=1")
    assert response.status_code == 400
    assert "x=1" in visible(response.content.decode())


def test_the_first_page_passes_over_what_others_put_on_links() -> None:
    assert Client().get("/?utm_source=mail&fbclid=1&gclid=2&mc_cid=3").status_code == 200
