"""Key points on public pages lead to the clauses that they retell: to those that can be read here, and to no others."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.api.holding import hold, record
from tests.desk import writing
from tests.desk.measures import TITLE, arrive
from tests.pages.reading import links, visible
from tracker.desk import published, publishing
from tracker.desk.models import Kind, Publication, User
from tracker.ledger.models import ChangeEvent, Measure
from tracker.records.model import TextVersionRecord

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/"
PRINTED = TextVersionRecord("is", "Introduced in Senate", "2025-03-27", "BILLS-119sres145is")
CLAUSE = f"{PAGE}text/?version=is#p1"


def without_text() -> Measure:
    hold(record("119/sres/145", title=TITLE, text_versions=(PRINTED,)))
    return Measure.objects.get(number=145, congress=119)


def with_text() -> Measure:
    measure = without_text()
    arrive(measure)
    return measure


def ours(page: str) -> str:
    return " ".join(re.findall(r'<(?:aside|div) class="ours".*?</(?:aside|div)>', page, re.S))


def pages(publication: Publication) -> tuple[str, str]:
    return PAGE, f"/entries/{publication.entry_id}/"


def test_a_point_leads_to_its_clause_in_the_version_that_it_retells(contributor: User, editor: User) -> None:
    publication = writing.public(contributor, editor, writing.about(with_text()))
    for path in pages(publication):
        shown = ours(Client().get(path).content.decode())
        assert CLAUSE in links(shown)
        assert "of the refugees. (paragraph 1)" in visible(shown)
    text, anchor = CLAUSE.split("#")
    assert f'id="{anchor}"' in Client().get(text).content.decode()


def test_while_its_text_is_not_held_the_clause_is_named_without_a_link(
    contributor: User, editor: User
) -> None:
    publication = writing.public(contributor, editor, writing.about(without_text()))
    for path in pages(publication):
        shown = ours(Client().get(path).content.decode())
        assert not any("/text/" in link for link in links(shown))
        assert "of the refugees. (paragraph 1 of the text)" in visible(shown)


def test_a_page_that_was_kept_is_old_once_the_text_is_held(contributor: User, editor: User) -> None:
    measure = without_text()
    publication = writing.public(contributor, editor, writing.about(measure))
    before = {path: Client().get(path) for path in pages(publication)}
    arrive(measure)
    for path, old in before.items():
        again = Client().get(path, headers={"If-None-Match": old["ETag"]})
        assert again.status_code == 200, path
        assert CLAUSE in links(ours(again.content.decode()))


def test_each_point_is_led_by_itself_and_other_links_are_left_alone(contributor: User, editor: User) -> None:
    tied = {"kind": "clause", "version": "is", "anchor": "p1", "digest": None}
    later = {**tied, "version": "ats"}
    points = [
        {"text": "It [says](https://example.org/#p1) so (paragraph 1)", "tied": None},
        {"text": "Of the engrossed text.", "tied": later},
        {"text": "Of the introduced one.", "tied": tied},
        {"text": "It was referred.", "tied": {"kind": "action", "key": "abc"}},
    ]
    about = writing.about(with_text())
    publication = writing.public(contributor, editor, about, fields={"lead": "", "points": points})
    shown = ours(Client().get(PAGE).content.decode())
    assert links(shown) >= {"https://example.org/#p1", CLAUSE, f"{PAGE}actions/#a-abc"}
    assert "It says so (paragraph 1) " in visible(shown)
    assert "Of the engrossed text. (paragraph 1 of the text)" in visible(shown)
    assert "Of the introduced one. (paragraph 1)" in visible(shown)
    publication.refresh_from_db()
    assert publishing.digest(publication) == publication_digest(publication)


def publication_digest(publication: Publication) -> str:
    """What the ledger has of it: how a page draws the links is no part of what was published."""
    return str(ChangeEvent.objects.get(pk=publication.event_id).became["digest"])


def test_only_pages_with_key_points_ask_which_texts_are_held(
    contributor: User, editor: User, django_assert_num_queries
) -> None:
    measure = with_text()
    writing.public(contributor, editor, writing.about(measure), Kind.NOTE)
    notes = published.of_measure(measure.pk)
    with django_assert_num_queries(0):
        assert published.led_to_clauses(notes) == notes
    writing.public(contributor, editor, writing.about(measure))
    every = published.of_measure(measure.pk)
    with django_assert_num_queries(1):
        published.led_to_clauses(every)
