"""How public pages travel: the same bytes for all, validators that cost one query, fragments that no cache keeps."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

from tests.builders import brought, held
from tests.pages.reading import links

pytestmark = pytest.mark.django_db

LISTS = ("/", "/measures/", "/measures/?q=refugees", "/changes/")
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("path", LISTS)
def test_a_page_may_be_kept_by_any_cache_for_a_minute(path: str) -> None:
    held()
    response = Client().get(path)
    assert response["Cache-Control"] == "public, max-age=60"
    assert {"HX-Request", "HX-History-Restore-Request", "Accept-Encoding"} == set(
        response["Vary"].split(", ")
    )
    assert response["ETag"].startswith('W/"')
    assert "Set-Cookie" not in response
    assert not response.cookies


@pytest.mark.parametrize("path", ["/measures/?q=refugees", "/changes/"])
def test_a_page_that_did_not_change_costs_one_query(path: str, django_assert_num_queries) -> None:
    held()
    etag = Client().get(path)["ETag"]
    with django_assert_num_queries(1):
        response = Client().get(path, headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "public, max-age=60"
    with django_assert_num_queries(1):
        assert Client().get(path).status_code == 200  # drawn before: sent again as it was packed then


@pytest.mark.parametrize("path", LISTS)
def test_a_change_of_the_record_changes_the_page(path: str) -> None:
    held()
    before = Client().get(path)["ETag"]
    brought(146)
    response = Client().get(path, headers={"If-None-Match": before})
    assert response.status_code == 200
    assert response["ETag"] != before


def test_two_lists_have_two_validators() -> None:
    held()
    assert Client().get("/measures/?type=sres")["ETag"] != Client().get("/measures/?type=hres")["ETag"]


@pytest.mark.parametrize("path", LISTS)
def test_packed_or_not_it_is_the_same_page_for_everyone(path: str) -> None:
    held()
    plain = Client().get(path)
    packed = Client().get(
        path, headers={"Accept-Encoding": "gzip, br", "User-Agent": "another", "Cookie": "sessionid=x"}
    )
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]
    assert "Content-Encoding" not in Client().get(path, headers={"Accept-Encoding": "gzip;q=0"})


@pytest.mark.parametrize("path", LISTS)
def test_a_fragment_is_kept_by_no_cache_and_is_not_a_page(path: str) -> None:
    held()
    whole = Client().get(path)
    part = Client().get(path, headers=HTMX)
    assert "private" in part["Cache-Control"]
    assert "no-store" in part["Cache-Control"]
    assert "ETag" not in part
    assert "HX-Request" in part["Vary"]
    assert b"<html" in whole.content
    assert b"<html" not in part.content


def test_htmx_that_restores_history_is_given_the_whole_page() -> None:
    held()
    response = Client().get("/measures/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in response.content


def test_a_cache_that_is_down_costs_nobody_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no cache listens")

    held()
    monkeypatch.setattr(LocMemCache, "get", fails)
    monkeypatch.setattr(LocMemCache, "set", fails)
    assert Client().get("/measures/").status_code == 200


@pytest.mark.parametrize("path", [*LISTS, "/measures/?type=zres", "/nowhere/"])
def test_a_page_asks_nobody_else_and_holds_nothing_inline(path: str) -> None:
    held()
    page = Client().get(path).content.decode()
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)", page)


@pytest.mark.parametrize("path", [*LISTS, "/measures/?type=zres", "/nowhere/"])
def test_the_policy_for_scripts_and_styles_is_strict(path: str) -> None:
    policy = Client().get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_every_link_of_the_frame_leads_somewhere() -> None:
    held()
    for link in links(Client().get("/").content.decode()):
        if link.startswith("/"):
            assert Client().get(link).status_code == 200, link


@pytest.mark.parametrize("path", LISTS)
def test_pages_are_only_read(path: str) -> None:
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200
