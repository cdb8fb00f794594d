"""Pages that say what was wrong, in the site's own look, whatever it was."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.reading import first_words, visible
from tracker.pages.views import home

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there_says_how_addresses_are_made() -> None:
    response = Client().get("/measures/119/sres/")
    assert response.status_code == 404
    assert first_words(response.content.decode(), "h1") == "There is no such page here"
    assert "/measures/119/sres/145/" in visible(response.content.decode())


def test_what_django_refuses_is_a_400_in_the_same_look(settings) -> None:
    settings.ALLOWED_HOSTS = ["here.example"]
    response = Client().get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    page = response.content.decode()
    assert first_words(page, "h1") == "This request could not be understood"
    assert "elsewhere.example" not in page


def test_what_fails_here_is_said_without_asking_the_database(monkeypatch, django_assert_num_queries) -> None:
    def fails(*args: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(home, "only", fails)
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert first_words(page, "h1") == "Something failed here"
    assert "secret" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/measures/?%3Cscript%3E=1",
        "/measures/?type=%3Cscript%3Ealert(1)%3C/script%3E",
        "/bill/%3Cb%3E-congress/house-bill/1",
        "/measures/?q=%7B%7B7|add:7%7D%7D&type=x",
    ],
)
def test_what_an_address_holds_is_shown_as_it_is(path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (400, 404)
    page = response.content.decode()
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_refused_parameter_can_be_left_out_by_one_link() -> None:
    page = Client().get("/measures/?type=zres&q=iran").content.decode()
    assert 'href="/measures/?q=iran"' in page
