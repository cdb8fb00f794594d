"""Feeds, read by a feed reader: every change once, under an id that never changes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries, Settings

from tests.builders import AGREED, COONS, CRUZ, INTRODUCED, REFERRED, SHAHEEN, billstatus, held, incoming
from tests.desk import cast
from tests.desk.writing import public
from tracker.desk import publishing
from tracker.desk.models import Kind
from tracker.ledger import chain
from tracker.ledger.apply import apply

pytestmark = pytest.mark.django_db

LATER = "2025-06-03T10:00:00Z"
NS = "{http://www.w3.org/2005/Atom}"
ATOM = etree.RelaxNG(file=str(Path(__file__).with_name("atom.rng")))


def read(client: Client, address: str) -> Any:
    """The feed at an address, as a feed reader sees it; well formed, or the test fails."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(io.BytesIO(answer.content))
    assert not feed.bozo, feed.bozo_exception
    hold_to_the_standard(answer.content)
    return feed


def hold_to_the_standard(body: bytes) -> None:
    """Fail where RFC 4287 is not kept: in its grammar, or in what it says beside it."""
    document = etree.fromstring(body)
    ATOM.assertValid(document)
    for part in [document, *document.findall(f"{NS}entry")]:
        kinds = [(link.get("rel", "alternate"), link.get("type")) for link in part.findall(f"{NS}link")]
        assert len(kinds) == len(set(kinds)), "two links of one kind"
    ids = [entry.findtext(f"{NS}id") for entry in document.findall(f"{NS}entry")]
    assert len(ids) == len(set(ids)), "one id twice"
    assert [link.get("href") for link in document.findall(f"{NS}link") if link.get("rel") == "self"]


def whole(client: Client, address: str) -> list[Any]:
    """The items of all pages of a feed."""
    items: list[Any] = []
    following: str | None = address
    while following:
        feed = read(client, following)
        items += feed.entries
        following = next(
            (link.href.removeprefix("http://testserver") for link in feed.feed.links if link.rel == "next"),
            None,
        )
    return items


def test_what_one_document_brought_is_one_item_in_plain_words(client: Client) -> None:
    held()
    held(
        updated_at=LATER,
        cosponsors=[(COONS, "2025-06-02"), (CRUZ, "2025-06-02")],
        actions=[AGREED, REFERRED, INTRODUCED],
    )
    feed = read(client, "/feeds/changes.atom")
    newest, oldest = feed.entries
    assert newest.title.startswith("S.Res. 145 (119th): Agreed to; before: referred to committee. ")
    assert len(newest.title) <= 200
    assert oldest.title == "S.Res. 145 (119th): Introduced by Thomas Tillis (R-NC); referred to committee."
    assert "/members/C001088/" in newest.summary
    assert newest.link == "http://testserver/measures/119/sres/145/"
    assert newest.id == "tag:testserver,2026:event:2"


def test_late_news_comes_when_it_is_learned_and_says_how_late(client: Client) -> None:
    with time_machine.travel(datetime(2025, 6, 1, 12, tzinfo=UTC)):
        held()
    with time_machine.travel(datetime(2025, 7, 17, 12, tzinfo=UTC)):
        late = ("2025-06-25", "Star Print ordered on the resolution.", None)
        held(updated_at="2025-07-17T10:00:00Z", actions=[late, REFERRED, INTRODUCED])
    item = read(client, "/feeds/changes.atom").entries[0]
    assert "(Jun 25, 2025, reported 22 days late)" in item.summary
    assert item.updated == "2025-07-17T12:00:00+00:00"


def test_a_first_load_is_news_to_nobody(client: Client) -> None:
    held(loading=True)
    assert read(client, "/feeds/changes.atom").entries == []
    assert read(client, "/measures/119/sres/145/changes.atom").entries == []


def test_pages_hold_every_item_once(client: Client) -> None:
    apply([incoming(billstatus(number), number) for number in range(1, 251)])
    items = whole(client, "/feeds/changes.atom")
    assert len(items) == len({item.id for item in items}) == 250
    assert items[0].title.startswith("S.Res. 250 ")


def test_a_document_of_more_than_a_page_stays_one_item(client: Client) -> None:
    held()
    many = [((f"A{n:06}", f"Sen. Name{n}, A. [D-NC]", "D", "NC"), "2025-06-02") for n in range(150)]
    held(updated_at=LATER, cosponsors=many)
    items = whole(client, "/feeds/changes.atom")
    assert [item.id for item in items] == ["tag:testserver,2026:event:2", "tag:testserver,2026:event:1"]


def test_ids_stay_over_a_rebuild(client: Client) -> None:
    held()
    held(updated_at=LATER, cosponsors=[(SHAHEEN, "2025-06-02")])
    before = [item.id for item in read(client, "/feeds/changes.atom").entries]
    call_command("rebuild")
    assert [item.id for item in read(client, "/feeds/changes.atom").entries] == before


def test_the_feed_of_all_changes_shows_the_head_of_the_ledger(client: Client) -> None:
    held()
    head = chain.head()
    assert f'count="{head.count}" hash="{head.hash}"' in client.get("/feeds/changes.atom").content.decode()


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("/measures/119/sres/145/changes.atom", [145]),
        ("/measures/changes.atom?q=refugees", [145]),
        ("/measures/changes.atom?type=hres", []),
        ("/measures/changes.atom?q=refugees&kind=status_changed", []),
        ("/members/T000476/changes.atom", [146, 145]),
        ("/members/C001098/changes.atom", [146]),
        ("/committees/ssfr00/changes.atom", [146, 145]),
    ],
)
def test_each_feed_has_the_changes_of_what_it_is_about(
    client: Client, address: str, numbers: list[int]
) -> None:
    held()
    held(146, title="A resolution on bridges.")
    held(146, title="A resolution on bridges.", updated_at=LATER, cosponsors=[(CRUZ, "2025-06-02")])
    items = read(client, address).entries
    assert list(dict.fromkeys(int(item.title.split()[1]) for item in items)) == numbers


def test_the_feed_of_one_who_joined_tells_of_the_joining_alone(client: Client) -> None:
    held(146)
    held(146, updated_at=LATER, cosponsors=[(CRUZ, "2025-06-02"), (COONS, "2025-06-02")])
    (item,) = read(client, "/members/C001098/changes.atom").entries
    assert item.title == "S.Res. 146 (119th): Ted Cruz (R-TX) joined as cosponsor."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/feeds/changes.atom?type=zres", "zres"),
        ("/feeds/changes.atom?before=last", "before"),
        ("/feeds/changes.atom?colour=red", "colour"),
        ("/measures/119/sres/145/changes.atom?type=sres", "no parameter of this feed"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(client: Client, address: str, said: str) -> None:
    held()
    answer = client.get(address)
    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/measures/119/sres/9/changes.atom",
        "/members/Z999999/changes.atom",
        "/committees/zzzz00/changes.atom",
        "/topics/none/changes.atom",
    ],
)
def test_a_feed_of_what_is_not_held_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_our_entries_on_a_member_are_in_the_members_feed_and_no_withdrawn_words(
    client: Client,
) -> None:
    held()
    contributor, editor = cast.a_contributor(), cast.an_editor()
    shown = public(contributor, editor, {"member": "T000476"}, Kind.STATUS_UPDATE, title="A hearing is near")
    public(contributor, editor, {"member": "C001088"}, Kind.STATUS_UPDATE, title="Of another")
    feed = read(client, "/members/T000476/changes.atom")
    assert feed.entries[0].title == "A hearing is near"
    assert "Of another" not in str(feed.entries)
    assert "marked as ours" in feed.feed.subtitle
    publishing.withdraw(shown.entry, editor, why="It was wrong.")
    newest = read(client, "/members/T000476/changes.atom").entries[0]
    assert newest.title == "Status update withdrawn"
    assert "A hearing is near" not in client.get("/members/T000476/changes.atom").content.decode()


def test_who_has_the_feed_already_is_told_so_for_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held()
    first = client.get("/feeds/changes.atom")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    with django_assert_num_queries(1):
        again = client.get("/feeds/changes.atom", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304
    held(146)
    assert client.get("/feeds/changes.atom", HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 200


def test_hostile_words_stay_words(client: Client) -> None:
    words = '<script>alert(1)</script> & "quotes" \x85 ]]>'
    held(title=words)
    held(updated_at=LATER, title=words + "!")
    feed = read(client, "/feeds/changes.atom")
    assert "<script" not in feed.entries[0].summary
    assert "&lt;script" in feed.entries[0].summary


def test_the_tag_names_the_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://whereas.example.org"
    held()
    assert read(client, "/feeds/changes.atom").entries[0].id == "tag:whereas.example.org,2026:event:1"
