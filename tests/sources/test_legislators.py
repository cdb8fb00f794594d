"""The community's lists: five files, asked for again only where they changed."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Asker
from tests.sources.loopback import Loopback, ok, refusal
from tracker.sources.http import BadAnswer, NotThere
from tracker.sources.legislators import NAMES, Legislators


@pytest.fixture
def lists(asker: Asker) -> Legislators:
    return Legislators(asker.fetcher, asker.server.url)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_asked_for_by_its_name(server: Loopback, lists: Legislators, name: str) -> None:
    server.answers(ok(b"- id:\n    bioguide: T000476\n"))
    answer = lists.file(name)
    assert answer is not None and answer.body == b"- id:\n    bioguide: T000476\n"
    assert server.asked[0].path == f"/congress-legislators/{name}.yaml"


def test_a_list_that_did_not_change_is_none(server: Loopback, lists: Legislators) -> None:
    server.answers(refusal("304 x", Content_Length=""))
    assert lists.file("legislators-current", '"7"', None) is None
    assert server.asked[0].headers["if-none-match"] == '"7"'


def test_a_list_that_the_source_lacks_is_not_there(server: Loopback, lists: Legislators) -> None:
    server.answers(refusal("404 Not Found", b"<html>"))
    with pytest.raises(NotThere, match=r"^legislators: legislators-historical: not there \(404\)$"):
        lists.file("legislators-historical")


def test_a_page_instead_of_a_list_is_a_bad_answer(server: Loopback, lists: Legislators) -> None:
    server.answers(ok(b"<!DOCTYPE html><title>404</title>"))
    with pytest.raises(BadAnswer, match="an HTML page came instead of YAML"):
        lists.file("committees-current")


def test_only_the_five_lists_can_be_asked_for(server: Loopback, lists: Legislators) -> None:
    with pytest.raises(KeyError):
        lists.file("../secrets")
    assert server.asked == []
