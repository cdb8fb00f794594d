"""What readers see of entries: on pages, in the API, at earlier moments, and in the log; and that nothing else is to be seen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import held
from tests.desk.writing import POINTS, WORDS, about, corrected, draft, in_review, public
from tests.pages.reading import first_words, links, queries, visible
from tracker.desk import entries, publishing
from tracker.desk.models import Kind, Publication, Topic, User
from tracker.ledger.models import ChangeEvent, Measure, Member

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/"
API = f"/api/v1{PAGE.rstrip('/')}"


@pytest.fixture
def of(db: None) -> dict[str, Any]:
    return about(held())


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def ours(page: str) -> str:
    """What stands on a page as ours."""
    return " ".join(re.findall(r"<aside class=\"ours\".*?</aside>", page, re.S))


def api(path: str = API) -> dict[str, Any]:
    response = Client().get(path)
    assert response.status_code == 200, path
    found: dict[str, Any] = response.json()
    return found


def put_back(publication: Publication, **by: int) -> Publication:
    """The same publication as if it had been made earlier; the database is asked to let it be, as no program can."""
    from tests.emptying import GUARDED
    from tracker.ledger import guards

    at = publication.at - timedelta(**by)
    guards.remove(connection, GUARDED)
    Publication.objects.filter(pk=publication.pk).update(at=at, first_at=at)
    ChangeEvent.objects.filter(pk=publication.event_id).update(observed_at=at)
    ChangeEvent.objects.filter(pk__lt=publication.event_id).update(observed_at=at - timedelta(days=1))
    Measure.objects.update(seen_at=at - timedelta(days=1))
    guards.install(connection, GUARDED)
    publication.refresh_from_db()
    return publication


def test_key_points_stand_on_the_page_marked_as_ours_each_with_its_paragraph(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    shown = ours(get(PAGE))
    words = visible(shown)
    assert "In plain words Ours, not Congress’s." in words
    assert "It would ask for protection of the refugees. (paragraph 1 of the text)" in words
    assert "read by a second person before" in words
    assert links(shown) == {f"/entries/{publication.entry_id}/"}  # no text of it is held to lead to


def test_the_same_stands_in_the_api_with_addresses_in_full(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    (entry,) = api()["entries"]
    assert (entry["kind"], entry["title"], entry["revised_at"]) == ("key_points", "In plain words", None)
    assert '<a href="http://testserver/measures/119/sres/145/text/#p1"' in entry["html"]
    assert entry["published_at"] == publication.at.isoformat().replace("+00:00", "Z")
    assert set(entry) == {"kind", "title", "html", "published_at", "revised_at"}


@pytest.mark.parametrize(
    ("kind", "heading", "words"),
    [
        (Kind.STATUS_UPDATE, "What we learned beside the record", "Seen: Letter to the desk, Apr 2, 2025"),
        (Kind.NOTE, "Notes", "A note on how it came about."),
        (Kind.PRESS_COVERAGE, "In the press, beside the record", "Senators act, The Example, Apr 1, 2025"),
        (Kind.CORRECTION, "Corrections", "it is S.Res. 145."),
        (Kind.POSITION, "Where others stand", "Example Union supports it, Apr 3, 2025"),
    ],
)
def test_each_kind_stands_under_its_own_heading(
    contributor: User, editor: User, of: dict[str, Any], kind: str, heading: str, words: str
) -> None:
    public(contributor, editor, of, kind, title="A title")
    shown = visible(ours(get(PAGE)))
    assert shown.startswith(f"{heading} Ours, not Congress’s. A title")
    assert words in shown
    assert api()["entries"][0]["kind"] == kind


def test_a_correction_stands_beneath_the_article_that_it_corrects(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    press = public(contributor, editor, of, Kind.PRESS_COVERAGE, title="")
    fields = {"of": press.entry_id, "body": "It is S.Res. 145."}
    public(contributor, editor, of, Kind.CORRECTION, title="The number", fields=fields)
    page = get(PAGE)
    assert page.count('<aside class="ours"') == 1
    assert re.search(r'class="correction">\s*<h4 dir="auto">The number</h4>', page)


def test_what_was_corrected_says_why_and_both_wordings_can_be_compared(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    corrected(
        first,
        contributor,
        editor,
        fields={"points": [{"text": "It would ask for *safety* of the refugees."}]},
        why="“Protection” said too much.",
    )
    assert "Corrected: “Protection” said too much." in visible(ours(get(PAGE)))
    page = get(f"/entries/{first.entry_id}/")
    assert re.search(r"<del>protection\s*</del>", page)
    assert re.search(r"<ins>safety\s*</ins>", page)
    assert api()["entries"][0]["revised_at"] is not None


def test_any_two_versions_can_be_compared_and_no_other(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    for word in ("second", "third"):
        corrected(first, contributor, editor, fields={"points": [{"text": f"The {word} wording."}]})
    page = get(f"/entries/{first.entry_id}/?from=1&to=3")
    assert "Version 3 against version 1" in visible(page)
    response = Client().get(f"/entries/{first.entry_id}/?from=1&to=4")
    assert response.status_code == 400


def test_what_was_withdrawn_says_why_and_gives_out_its_words_nowhere(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = put_back(public(contributor, editor, of), days=3)
    publishing.withdraw(first.entry, editor, why="It named the wrong chamber.")
    day = first.at.date().isoformat()
    for path in (PAGE, f"{PAGE}?as_of={day}", "/changes/entries/", f"/entries/{first.entry_id}/"):
        page = get(path)
        assert "It named the wrong chamber." in visible(page), path
        assert "ask for" not in page, path
    assert api()["entries"] == []
    assert api(f"{API}?as_of={day}")["entries"] == []


def test_words_that_were_withdrawn_stay_away_when_others_are_published_in_their_place(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = put_back(public(contributor, editor, of), days=3)
    publishing.withdraw(first.entry, editor, why="Wrong.")
    entries.save(
        first.entry, contributor, based_on=1, title="New", fields={"points": [{"text": "New words."}]}
    )
    entries.ask(first.entry, contributor, version=2)
    publishing.publish(first.entry, editor, version=2)
    assert "ask for" not in get(f"/entries/{first.entry_id}/")
    assert api(f"{API}?as_of={first.at.date()}")["entries"] == []
    assert "New words." in get(PAGE)


def test_as_of_shows_entries_as_they_stood_then(contributor: User, editor: User, of: dict[str, Any]) -> None:
    first = put_back(public(contributor, editor, of), days=10)
    corrected(first, contributor, editor, fields={"points": [{"text": "Other words."}]})
    then = (first.at + timedelta(days=1)).date().isoformat()
    before = (first.at - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "protection" in ours(get(f"{PAGE}?as_of={then}"))
    assert "Other words." not in get(f"{PAGE}?as_of={then}")
    assert ours(get(f"{PAGE}?as_of={before}")) == ""
    (entry,) = api(f"{API}?as_of={then}")["entries"]
    assert "protection" in entry["html"]
    assert entry["revised_at"] is None
    assert api(f"{API}?as_of={before}")["entries"] == []


def test_beside_what_was_officially_so_on_a_day_stands_nothing_of_ours(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    public(contributor, editor, of)
    assert ours(get(f"{PAGE}?on=2025-04-01")) == ""
    assert api(f"{API}?on=2025-04-01")["entries"] == []


def test_the_log_tells_each_step_and_who_read_it(
    contributor: User, editor: User, admin: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    corrected(first, contributor, editor, fields={"points": [{"text": "Other words."}]}, why="A slip.")
    entry = draft(admin, of, Kind.NOTE, title="On the name")
    publishing.publish(entry, admin, version=1)
    page = get("/changes/entries/")
    assert first_words(page, "h1") == "3 times something of ours was published, corrected or withdrawn"
    rows = [visible(row) for row in re.findall(r"<tr>.*?</tr>", page, re.S)[1:]]
    assert len(rows) == 3
    assert rows[0].endswith("S.Res. 145 119th On the name Note published without a second reader")
    assert rows[1].endswith("In plain words Key points corrected by a second person A slip.")
    assert rows[2].endswith("In plain words Key points published by a second person")


def test_the_log_of_changes_tells_it_in_words(contributor: User, editor: User, of: dict[str, Any]) -> None:
    first = public(contributor, editor, of)
    corrected(first, contributor, editor, fields={"points": [{"text": "Other words."}]}, why="A slip.")
    words = visible(get("/changes/"))
    assert "Key points published" in words
    assert "Key points corrected: A slip." in words
    assert f"/entries/{first.entry_id}/" in links(get("/changes/"))
    kinds = [event["kind"] for event in api("/api/v1/changes")["results"]]
    assert kinds[-2:] == ["entry_published", "entry_corrected"]
    assert "Key points corrected: A slip." in visible(get(f"{PAGE}changes/"))


def test_an_entry_on_a_member_stands_on_the_members_page_and_in_both_logs(
    contributor: User, editor: User
) -> None:
    held()
    Member.objects.update_or_create(
        bioguide="T000476", defaults={"name": "Thom Tillis", "sort_name": "Tillis"}
    )
    entry = public(contributor, editor, {"member": "T000476"}, Kind.NOTE, title="On his office").entry_id
    assert "On his office" in ours(get("/members/T000476/"))
    assert "Thom Tillis" in visible(get("/changes/entries/"))
    changes = get("/changes/?kind=entry_published")
    assert "Thom Tillis Note published" in visible(changes)
    assert "/members/T000476/" in links(changes)
    event = api("/api/v1/changes")["results"][-1]
    assert (event["measure"], event["url"]) == (None, f"http://testserver/entries/{entry}/")


def test_an_entry_on_a_topic_goes_from_sight_with_its_topic(contributor: User, editor: User) -> None:
    topic = Topic.objects.create(slug="iran", name="Iran", is_public=True, changed_at="2025-01-01T00:00:00Z")
    publication = public(contributor, editor, {"topic_id": topic.pk}, Kind.NOTE, title="On the topic")
    assert "On the topic" in ours(get("/topics/iran/"))
    assert "Iran" in visible(get("/changes/entries/"))
    Topic.objects.update(is_public=False)
    assert "Iran" not in visible(get("/changes/entries/"))
    assert Client().get(f"/entries/{publication.entry_id}/").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/members/T000476", "/api/v1/topics/iran"])
def test_entries_on_members_and_topics_are_in_the_api_as_those_on_measures(
    contributor: User, editor: User, path: str
) -> None:
    held()
    topic = Topic.objects.create(slug="iran", name="Iran", is_public=True, changed_at="2025-01-01T00:00:00Z")
    about_it: dict[str, Any] = {"topic_id": topic.pk} if "topics" in path else {"member": "T000476"}
    publication = public(contributor, editor, about_it, Kind.NOTE, title="On it")
    draft(contributor, about_it, Kind.NOTE, title="Not yet")
    (entry,) = api(path)["entries"]
    assert (entry["kind"], entry["title"], entry["revised_at"]) == ("note", "On it", None)
    assert entry["html"].strip() == "<p>A note on <strong>how</strong> it came about.</p>"
    assert set(entry) == {"kind", "title", "html", "published_at", "revised_at"}
    publishing.withdraw(publication.entry, editor, why="Wrong.")
    assert api(path)["entries"] == []


def test_what_was_kept_of_the_changes_and_their_feed_is_old_once_a_topic_is_not_public(
    contributor: User, editor: User
) -> None:
    topic = Topic.objects.create(slug="iran", name="Iran", is_public=True, changed_at="2025-01-01T00:00:00Z")
    public(contributor, editor, {"topic_id": topic.pk}, Kind.NOTE, title="On the topic")
    for path, words in (("/changes/", "Iran"), ("/feeds/changes.atom", "On the topic")):
        Topic.objects.update(is_public=True)
        first = Client().get(path)
        assert words in first.content.decode()
        Topic.objects.update(is_public=False)
        then = Client().get(path, headers={"If-None-Match": first["ETag"]})
        assert then.status_code == 200
        assert words not in then.content.decode()


def test_a_page_is_new_after_each_step_and_old_before_it(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    def tags() -> list[str]:
        return [Client().get(path)["ETag"] for path in (PAGE, API, "/changes/entries/", "/changes/")]

    before = tags()
    entry = in_review(contributor, of)
    assert tags() == before
    publication = publishing.publish(entry, editor, version=1)
    after = tags()
    assert not set(after) & set(before)
    single = Client().get(f"/entries/{entry.pk}/")["ETag"]
    entries.save(entry, contributor, based_on=1, title="Draft of a correction", fields=POINTS)
    assert tags() == after
    publishing.withdraw(publication.entry, editor, why="Wrong.")
    assert not set(tags()) & set(after)
    assert Client().get(f"/entries/{entry.pk}/")["ETag"] != single


def test_before_it_is_published_an_entry_has_no_page(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = in_review(contributor, of)
    missing = Client().get("/entries/999/")
    found = Client().get(f"/entries/{entry.pk}/")
    assert (found.status_code, missing.status_code) == (404, 404)
    said = visible(found.content.decode())
    named = said.replace(f"entry {entry.pk} ", "entry 999 ").replace(f"entries/{entry.pk}/", "entries/999/")
    assert named == visible(missing.content.decode())


def test_entries_cost_one_query_however_many_there_are(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    page = f"/entries/{public(contributor, editor, of).entry_id}/"
    few = {path: queries(path) for path in (PAGE, "/changes/entries/", page)}
    for kind in (*WORDS, *WORDS):
        public(contributor, editor, of, kind, title="Another")
    assert {path: queries(path) for path in few} == few
    assert max(few.values()) < 16
    with CaptureQueriesContext(connection) as asked:
        api()
    assert len(asked) == 3


def test_the_text_of_an_article_and_the_writers_name_are_nowhere(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of, Kind.PRESS_COVERAGE, title="")
    for path in (PAGE, API, "/changes/entries/", f"/entries/{publication.entry_id}/", "/api/v1/changes"):
        answer = Client().get(path).content.decode()
        assert "whole text of the article" not in answer, path
        assert "example.org/story" in answer or path in ("/changes/entries/", "/api/v1/changes")
        for person in (contributor, editor):
            assert person.email not in answer
            assert person.name not in answer
