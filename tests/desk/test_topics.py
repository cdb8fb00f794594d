"""Topics: made, ordered and filled by staff, proposed to by a rule, and for readers there only when they are public."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.api.conftest import Reader
from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.desk import writing
from tests.pages.reading import links, queries, visible
from tracker.desk import topic_rules, topics
from tracker.desk.models import Act, Entry, Kind, Topic, User
from tracker.desk.public_topics import PublicTopics
from tracker.desk.starter_topic import load_starter_topic
from tracker.desk.topics import TopicWords
from tracker.ledger.filters import BadFilter
from tracker.ledger.models import Measure, measure_pk
from tracker.ledger.starter import load_starter

pytestmark = pytest.mark.django_db

ASHRAF = TopicWords("Iranian refugees", description="People of *Ashraf*.", rule="q=refugees", is_public=True)


@pytest.fixture
def reader() -> Reader:
    return Reader()


def pk(number: int) -> int:
    return measure_pk(119, "sres", number)


@pytest.fixture
def three(db: None) -> None:
    hold(
        record("119/sres/1", title="Protecting refugees."),
        record("119/sres/2", title="Protecting refugees again."),
        record("119/sres/3", title="Honouring a baker."),
    )


@pytest.fixture
def refugees(three: None, editor: User) -> Topic:
    made = topics.make(ASHRAF, editor)
    topics.put_in(made, [pk(1)], editor)
    made.refresh_from_db()
    return made


# What staff do


def test_a_topic_is_made_with_a_short_name_of_its_own_and_comes_last(editor: User) -> None:
    first, second = topics.make(ASHRAF, editor), topics.make(TopicWords("Bees & honey"), editor)
    assert (first.slug, second.slug) == ("iranian-refugees", "bees-honey")
    assert first.position < second.position
    assert [act.verb for act in Act.objects.order_by("pk")] == ["make_topic", "make_topic"]


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        (TopicWords("  "), "name", "Give the topic a name"),
        (TopicWords("x" * 121), "name", "has 121 characters; at most 120"),
        (TopicWords("Iranian refugees"), "name", "There is a topic “Iranian refugees” already"),
        (TopicWords("ایران"), "slug", "Give a short name"),
        (TopicWords("Two", slug="Not This"), "slug", "“Not This”: give small letters"),
        (TopicWords("Two", slug="iranian-refugees"), "slug", "Another topic has the address"),
        (TopicWords("Two", description="x" * 60_000), "description", "longer than"),
        (TopicWords("Two", rule="type=zres"), "rule", "type=zres: no such type; accepted: hr, s,"),
        (TopicWords("Two", rule="colour=red"), "rule", "colour=red: no such parameter"),
        (TopicWords("Two", rule="topic=iranian-refugees"), "rule", "cannot lead to topics"),
        (TopicWords("Two", rule="&".join("type=sres" for _ in range(600))), "rule", "longer than 2000"),
        (TopicWords("Two", rule="&".join("a" for _ in range(600))), "rule", "too many filters"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_topic_is_refused_beside_its_field(
    editor: User, words: TopicWords, field: str, said: str
) -> None:
    topics.make(ASHRAF, editor)
    with pytest.raises(topics.Refused) as refused:
        topics.make(words, editor)
    assert said in refused.value.faults[field]
    assert Topic.objects.count() == 1


def test_a_rule_may_be_a_whole_address_of_the_list(editor: User) -> None:
    words = TopicWords("Iran", rule="https://example.org/measures/?q=iran&sort=number&page=3")
    assert topics.make(words, editor).rule == "q=iran"


def test_who_has_not_read_the_newest_words_does_not_overwrite_them(refugees: Topic, editor: User) -> None:
    read = TopicWords.of(refugees).mark
    topics.change(refugees, TopicWords("Refugees", "iranian-refugees"), editor, read=read)
    with pytest.raises(topics.Overtaken) as overtaken:
        topics.change(refugees, TopicWords("Mine", "mine"), editor, read=read)
    assert overtaken.value.now.name == "Refugees"


def test_a_rule_alone_changes_nothing_that_readers_see(refugees: Topic, editor: User) -> None:
    before = refugees.changed_at
    words = TopicWords.of(refugees)
    changed = topics.change(
        refugees,
        TopicWords(words.name, words.slug, words.description, "q=bees", True),
        editor,
        read=words.mark,
    )
    assert (changed.rule, changed.changed_at) == ("q=bees", before)


def test_topics_stand_where_they_are_put(editor: User) -> None:
    made = [topics.make(TopicWords(name), editor) for name in "abc"]
    topics.put_at(made[2], 1, editor)
    assert [row.name for row in Topic.objects.order_by("position")] == ["c", "a", "b"]
    topics.put_at(made[2], 99, editor)
    assert [row.name for row in Topic.objects.order_by("position")] == ["a", "b", "c"]
    assert Act.objects.filter(verb="order_topics").count() == 2


def test_a_rule_proposes_what_it_finds_and_never_again_what_was_refused(
    refugees: Topic, editor: User
) -> None:
    assert [row.pk for row in topic_rules.proposed(refugees)] == [pk(2)]
    assert topic_rules.proposals([refugees]) == {refugees.pk: 1}
    assert topics.refuse(refugees, [pk(1), pk(2)], editor) == 1  # the one in it stays
    assert not topic_rules.proposed(refugees).exists()
    hold(record("119/sres/4", title="More refugees."))
    assert [row.pk for row in topic_rules.proposed(refugees)] == [pk(4)]
    topics.put_in(refugees, [pk(4)], editor)
    topics.take_out(refugees, [pk(4)], editor)
    assert topic_rules.proposals([refugees]) == {}


def test_a_measure_refused_once_can_be_put_in_all_the_same(refugees: Topic, editor: User) -> None:
    topics.refuse(refugees, [pk(2)], editor)
    assert topics.put_in(refugees, [pk(2), pk(2), 12345], editor) == 1
    assert refugees.measures.filter(refused=False).count() == 2


def test_the_proposals_of_all_topics_cost_one_query(
    three: None, editor: User, django_assert_num_queries: Any
) -> None:
    made = [topics.make(TopicWords(f"t{n}", rule="q=refugees&congress=119"), editor) for n in range(12)]
    with django_assert_num_queries(1):
        assert set(topic_rules.proposals(made).values()) == {2}


def test_a_topic_that_something_is_written_about_cannot_be_deleted(refugees: Topic, editor: User) -> None:
    now = timezone.now()
    entry = Entry.objects.create(topic=refugees, kind="note", author=editor, created_at=now, changed_at=now)
    with pytest.raises(topics.Refused):
        topics.delete(refugees, editor)
    entry.delete()
    topics.delete(refugees, editor)
    assert not Topic.objects.exists()
    assert Act.objects.get(verb="delete_topic").before["measures"] == ["119/sres/1"]


# What readers see


def test_a_public_topic_has_a_page_with_its_measures_and_stands_on_theirs(refugees: Topic) -> None:
    page = Client().get("/topics/iranian-refugees/")
    words = visible(page.content.decode())
    assert "People of Ashraf." in words
    assert "<em>Ashraf</em>" in page.content.decode()
    assert "1 measure, referred to committee" in words
    assert "/measures/119/sres/1/" in links(page.content.decode())
    assert "Iranian refugees" in visible(Client().get("/topics/").content.decode())
    assert "/topics/iranian-refugees/" in links(Client().get("/measures/119/sres/1/").content.decode())
    assert "/topics/iranian-refugees/" not in links(Client().get("/measures/119/sres/2/").content.decode())


def test_lists_are_filtered_by_topic_on_pages_and_in_the_api(refugees: Topic, reader: Reader) -> None:
    page = Client().get("/measures/?topic=iranian-refugees").content.decode()
    assert "1 measure in the topic “Iranian refugees”" in visible(page)
    assert [row["id"] for row in reader.get("/measures?topic=iranian-refugees")["results"]] == ["119/sres/1"]
    events = reader.get("/changes?topic=iranian-refugees")["results"]
    assert {event["measure"] for event in events} == {"119/sres/1"}
    changes = Client().get("/changes/?topic=iranian-refugees").content.decode()
    assert "S.Res. 1" in visible(changes)
    assert "S.Res. 2" not in visible(changes)


def test_the_api_tells_what_a_topic_holds(refugees: Topic, reader: Reader) -> None:
    (short,) = reader.get("/topics")["results"]
    assert short == {
        "slug": "iranian-refugees",
        "name": "Iranian refugees",
        "measures": 1,
        "changed_at": "2025-04-01T12:00:00Z",
        "url": "http://testserver/topics/iranian-refugees/",
    }
    whole = reader.get("/topics/iranian-refugees")
    assert whole == {
        **short,
        "html": "<p>People of <em>Ashraf</em>.</p>\n",
        "by_status": {"referred": 1},
        "entries": [],
    }
    reader.problem("/topics/bees", 404)


PUBLIC = [
    "/topics/",
    "/topics/hidden/",
    "/measures/",
    "/measures/?topic=hidden",
    "/measures/119/sres/1/",
    "/changes/?topic=hidden",
    "/api/v1/topics",
    "/api/v1/topics/hidden",
    "/api/v1/measures?topic=hidden",
    "/api/v1/changes?topic=hidden",
    "/api/v1/openapi.json",
    "/topics/hidden/changes.atom",
    "/feeds/changes.atom?topic=hidden",
    "/measures/changes.atom?topic=hidden",
    "/calendar.ics?topic=hidden",
]


def _answers() -> dict[str, tuple[int, bytes, str]]:
    cache.clear()
    found = {}
    for path in PUBLIC:
        answer = Client().get(path)
        found[path] = (answer.status_code, answer.content, answer.headers.get("ETag", ""))
    return found


def test_a_topic_that_is_not_public_is_nowhere(three: None, editor: User) -> None:
    before = _answers()
    secret = topics.make(TopicWords("Marker of a secret", "hidden", "Marker", "q=refugees"), editor)
    topics.put_in(secret, [pk(1)], editor)
    assert _answers() == before
    assert {status for path, (status, *_) in before.items() if "topic=hidden" in path} == {400}
    assert {status for path, (status, *_) in before.items() if "topics/hidden" in path} == {404}


@pytest.mark.parametrize(
    "path",
    [
        "/topics/",
        "/topics/iranian-refugees/",
        "/measures/",
        "/measures/?topic=iranian-refugees",
        "/measures/119/sres/2/",
        "/changes/?topic=iranian-refugees",
        "/api/v1/topics",
        "/api/v1/topics/iranian-refugees",
        "/api/v1/measures?topic=iranian-refugees",
        "/api/v1/changes?topic=iranian-refugees",
        "/topics/iranian-refugees/changes.atom",
        "/feeds/changes.atom?topic=iranian-refugees",
        "/measures/changes.atom?topic=iranian-refugees",
        "/calendar.ics?topic=iranian-refugees",
    ],
)
def test_a_page_is_another_once_a_measure_came_to_the_topic(refugees: Topic, editor: User, path: str) -> None:
    before = Client().get(path).headers["ETag"]
    topics.put_in(refugees, [pk(2)], editor)
    answer = Client().get(path, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


def test_a_topic_taken_from_readers_is_gone_at_once(refugees: Topic, editor: User) -> None:
    assert Client().get("/topics/iranian-refugees/").status_code == 200
    words = TopicWords.of(refugees)
    topics.change(
        refugees, TopicWords(words.name, words.slug, words.description, words.rule), editor, read=words.mark
    )
    assert Client().get("/topics/iranian-refugees/").status_code == 404
    assert Client().get("/measures/?topic=iranian-refugees").status_code == 400


def test_the_log_of_entries_names_a_topic_as_it_is_called_now(
    refugees: Topic, contributor: User, editor: User
) -> None:
    writing.public(contributor, editor, {"topic_id": refugees.pk}, Kind.NOTE)
    assert "Iranian refugees" in visible(Client().get("/changes/entries/").content.decode())
    words = TopicWords.of(refugees)
    topics.change(
        refugees, TopicWords("Refugees of Iran", words.slug, is_public=True), editor, read=words.mark
    )
    assert "Refugees of Iran" in visible(Client().get("/changes/entries/").content.decode())


def test_a_condition_of_topics_knows_none_that_is_not_public(three: None, editor: User) -> None:
    for slug, is_public, found in (("hidden", False, 0), ("shown", True, 1)):
        topics.put_in(topics.make(TopicWords(slug, is_public=is_public), editor), [pk(1)], editor)
        assert Measure.objects.filter(PublicTopics().condition([slug])).count() == found


def test_hostile_words_of_a_topic_are_shown_as_words(three: None, editor: User) -> None:
    made = topics.make(
        TopicWords("<script>alert(1)</script>", "hostile", "<img src=x onerror=alert(1)> [x](javascript:alert(1))",
                   is_public=True), editor
    )  # fmt: skip
    topics.put_in(made, [pk(1)], editor)
    for path in (
        "/topics/",
        "/topics/hostile/",
        "/measures/",
        "/measures/119/sres/1/",
        "/measures/?topic=hostile",
    ):
        page = Client().get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


def test_the_pages_of_topics_cost_the_same_however_much_is_in_them(refugees: Topic, editor: User) -> None:
    few = [queries(path) for path in ("/topics/", "/topics/iranian-refugees/")]
    hold(*(record(f"119/sres/{n}", cosponsors=(cosponsor(WARNOCK),)) for n in range(10, 60)))
    topics.put_in(refugees, [pk(n) for n in range(10, 60)], editor)
    for n in range(20):
        topics.make(TopicWords(f"Topic {n}", is_public=True), editor)
    assert [queries(path) for path in ("/topics/", "/topics/iranian-refugees/")] == few
    assert max(few) < 12


def test_a_rule_that_filters_nothing_is_refused(editor: User) -> None:
    with pytest.raises(BadFilter, match="does not filter"):
        topic_rules.read_rule("q=")


# The one that comes with Whereas


def test_a_topic_comes_with_the_starter_record_once(editor: User) -> None:
    load_starter()
    assert load_starter_topic()
    page = visible(Client().get("/topics/ashraf-3/").content.decode())
    assert "S.Res. 599" in page
    assert "S.Res. 145" in page
    assert not load_starter_topic()
    (made,) = Topic.objects.all()
    assert topic_rules.proposals([made]) == {}
    topics.delete(made, editor)
    assert not load_starter_topic()


def test_it_does_not_come_where_staff_have_a_topic_or_the_record_is_official(editor: User) -> None:
    hold(record("118/sres/599"), record("119/sres/145"))
    assert not load_starter_topic()
    assert not Topic.objects.exists()
