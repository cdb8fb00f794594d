"""The desk's list of measures: filtered, worked through in bulk, kept under names, opened from a citation."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.desk import cast
from tests.pages.reading import links, visible
from tracker.desk import care, lists, seen, topics
from tracker.desk.measure_list import DeskFilters
from tracker.desk.models import Act, Care, SavedList, Seen, User
from tracker.desk.topics import TopicWords
from tracker.ledger import chain
from tracker.ledger.filters import BadFilter
from tracker.ledger.models import Measure, measure_pk

pytestmark = pytest.mark.django_db


def pk(number: int) -> int:
    return measure_pk(119, "sres", number)


@pytest.fixture
def four(db: None, editor: User, admin: User) -> None:
    """1 is the editor's, 2 the admin's and pressing, 3 nobody's and in a topic that is not public, 4 nobody's."""
    hold(*(record(f"119/sres/{n}", title=f"A resolution on refugees {n}.") for n in range(1, 5)))
    care.assign([pk(1)], editor, admin)
    care.assign([pk(2)], admin, editor)
    care.set_priority([pk(2)], Care.Priority.HIGH, editor)
    topics.put_in(topics.make(TopicWords("Hidden"), editor), [pk(3)], editor)


def found(query: str, me: User) -> set[int]:
    return {row.number for row in DeskFilters.from_query(QueryDict(query)).measures(me)}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {1, 2, 3, 4}),
        ("assigned=me", {1}),
        ("assigned=nobody", {3, 4}),
        ("priority=high", {2}),
        ("priority=normal", {1, 3, 4}),
        ("priority=normal&priority=high", {1, 2, 3, 4}),
        ("priority=low", set()),
        ("topic=hidden", {3}),
        ("q=refugees&assigned=nobody&topic=hidden", {3}),
        ("type=hres", set()),
        ("seen=never", {2, 3, 4}),
        ("seen=changed", set()),
    ],
)
def test_the_list_knows_what_readers_know_and_what_only_the_desk_knows(
    four: None, editor: User, query: str, numbers: set[int]
) -> None:
    assert found(query, editor) == numbers


def test_a_colleague_is_named_by_the_accounts_number(four: None, editor: User, admin: User) -> None:
    assert found(f"assigned={admin.pk}", editor) == {2}


def test_what_changed_since_it_was_seen_is_found(four: None, editor: User) -> None:
    hold(record("119/sres/1", cosponsors=(cosponsor(WARNOCK),), updated_at="2025-05-01T08:00:00Z"))
    assert found("seen=changed", editor) == {1}
    seen.mark(editor, [pk(1)], chain.head().count)
    assert found("seen=changed", editor) == set()


@pytest.mark.parametrize(
    "query",
    ["assigned=somebody", "assigned=999", "assigned=%00", "priority=urgent", "topic=nothing", "topic=%00", "seen=yes",
     "type=zres", "colour=red", "q=" + "a" * 300, "page=0"],
)  # fmt: skip
def test_what_means_nothing_is_said_on_the_page_and_nothing_falls_over(
    four: None, editor: User, query: str
) -> None:
    answer = cast.signed_in(editor).get(f"/desk/measures/?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_list_read_from_its_own_query_string_is_the_same_list(four: None, editor: User) -> None:
    query = (
        "type=sres&q=refugees&sort=number&assigned=nobody&priority=high&priority=low&topic=hidden&seen=never"
    )
    once = DeskFilters.from_query(QueryDict(query))
    assert DeskFilters.from_query(QueryDict(once.query())) == once


def test_the_page_says_in_words_what_it_holds(four: None, editor: User) -> None:
    page = cast.signed_in(editor).get("/desk/measures/?assigned=nobody&topic=hidden").content.decode()
    assert "1 measure, looked after by nobody, in “Hidden”" in visible(page)
    assert "/desk/measures/119/sres/3/" in links(page)


def test_what_the_form_has_no_control_for_is_kept_when_it_is_sent(four: None, editor: User) -> None:
    page = (
        cast.signed_in(editor)
        .get("/desk/measures/?type=sres&type=hres&congress=119&congress=118")
        .content.decode()
    )
    assert '<input type="hidden" name="type" value="hres">' in page
    assert '<input type="hidden" name="congress" value="118">' in page


def test_an_unpublished_topic_is_no_filter_for_readers(four: None, client: Any) -> None:
    assert client.get("/measures/?topic=hidden").status_code == 400


def test_the_list_costs_the_same_however_many_there_are(
    four: None, editor: User, django_assert_max_num_queries: Any
) -> None:
    hold(*(record(f"119/sres/{n}", title="On refugees.") for n in range(10, 80)))
    care.assign([pk(n) for n in range(10, 80)], editor, editor)
    client = cast.signed_in(editor)
    with django_assert_max_num_queries(15):
        client.get("/desk/measures/?q=refugees&assigned=me&seen=never&priority=normal&topic=hidden")
    with django_assert_max_num_queries(15):
        assert "71 measures" in client.get("/desk/measures/?assigned=me&page=2").content.decode()


# Bulk


def bulk(user: User, **sent: Any) -> str:
    answer = cast.signed_in(user).post("/desk/measures/bulk/", sent, follow=True)
    return visible(answer.content.decode())


def test_those_chosen_are_given_to_a_colleague(four: None, editor: User, admin: User) -> None:
    said = bulk(editor, do="assign", person=str(admin.pk), chosen=[pk(2), pk(3), "x", "9" * 30])
    assert "1 measure given to Ada Admin; 1 was so already." in said
    assert Care.objects.get(pk=pk(3)).assigned_to == admin


def test_all_that_the_list_finds_are_put_into_a_topic_and_taken_out(four: None, editor: User) -> None:
    assert "2 measures put into “Hidden”; 1 was so already" in bulk(
        editor, do="put_in", topic="hidden", all="1", query="priority=normal"
    )
    assert found("topic=hidden", editor) == {1, 3, 4}
    assert "1 measure taken out of “Hidden”" in bulk(editor, do="take_out", topic="hidden", chosen=[pk(4)])
    assert found("topic=hidden", editor) == {1, 3}


def test_names_with_braces_in_them_are_said_as_they_are(four: None, editor: User) -> None:
    topics.make(TopicWords("{0} {x} <b>%s</b>", "odd"), editor)
    assert "1 measure put into “{0} {x} <b>%s</b>”." in bulk(editor, do="put_in", topic="odd", chosen=[pk(4)])


def test_a_priority_is_set_and_what_was_seen_is_marked(four: None, editor: User) -> None:
    assert "2 measures now of low priority" in bulk(
        editor, do="prioritise", priority="low", chosen=[pk(1), pk(4)]
    )
    assert found("priority=low", editor) == {1, 4}
    assert "3 measures marked as seen; 1 was so already." in bulk(
        editor, do="seen", all="1", till=str(chain.head().count)
    )
    assert Seen.objects.filter(by=editor).count() == 4


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"do": "assign", "person": "me"}, "choose measures"),
        ({"do": "assign", "person": "999", "chosen": [1]}, "choose a colleague"),
        ({"do": "put_in", "topic": "nothing", "chosen": [1]}, "choose a topic"),
        ({"do": "prioritise", "priority": "urgent", "chosen": [1]}, "choose a priority"),
        ({"do": "explode", "chosen": [1]}, "choose what to do"),
        ({"do": "seen", "chosen": [1]}, "the page did not say up to which change"),
        ({"do": "seen", "till": "1", "all": "1", "query": "type=zres"}, "no such type"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_done(
    four: None, editor: User, sent: dict[str, Any], why: str
) -> None:
    acts = Act.objects.count()
    assert why in bulk(editor, **sent)
    assert Act.objects.count() == acts


def test_more_than_fifty_are_asked_about_once_and_done_when_confirmed(four: None, editor: User) -> None:
    hold(*(record(f"119/hres/{n}") for n in range(1, 61)))
    client = cast.signed_in(editor)
    sent = {"do": "prioritise", "priority": "low", "all": "1", "query": "type=hres"}
    asked = client.post("/desk/measures/bulk/", sent)
    assert "Give 60 measures low priority?" in visible(asked.content.decode())
    assert not Care.objects.filter(priority=Care.Priority.LOW).exists()
    hold(record("119/hres/61"))
    again = client.post("/desk/measures/bulk/", {**sent, "expected": "60"})
    assert "The list has changed since you were asked" in visible(again.content.decode())
    client.post("/desk/measures/bulk/", {**sent, "expected": "61"})
    assert Care.objects.filter(priority=Care.Priority.LOW).count() == 61


def test_more_than_five_hundred_are_refused_with_what_to_do(editor: User) -> None:
    hold(*(record(f"119/hres/{n}") for n in range(1, 502)))
    assert "more than 500 measures. Filter it more" in bulk(editor, do="assign", person="me", all="1")
    assert not Care.objects.exists()


def test_a_contributor_may_mark_as_seen_and_no_more(four: None, contributor: User) -> None:
    client = cast.signed_in(contributor)
    page = client.get("/desk/measures/").content.decode()
    assert 'value="assign"' not in page
    assert 'value="seen"' in page
    for sent in (
        {"do": "assign", "person": "me"},
        {"do": "put_in", "topic": "hidden"},
        {"do": "prioritise", "priority": "low"},
    ):
        assert client.post("/desk/measures/bulk/", {**sent, "chosen": [pk(4)]}).status_code == 403
    assert (
        client.post("/desk/measures/bulk/", {"do": "seen", "till": "4", "chosen": [pk(4)]}).status_code == 302
    )


# Opened from a citation


@pytest.mark.parametrize(
    "text", ["S.Res. 2", "s res 2 119th", "SRES2", "119/sres/2", "S. Res. 2 (119th Congress)"]
)
def test_a_citation_in_any_spelling_opens_the_measure(four: None, editor: User, text: str) -> None:
    answer = cast.signed_in(editor).get("/desk/open/", {"q": text})
    assert answer.headers["Location"] == "/desk/measures/119/sres/2/"


@pytest.mark.parametrize("text", ["refugees", "S.Res. 999", "", "\0", "x" * 300])
def test_anything_else_is_a_search(four: None, editor: User, text: str) -> None:
    answer = cast.signed_in(editor).get("/desk/open/", {"q": text})
    assert answer.headers["Location"].startswith("/desk/measures/")
    assert cast.signed_in(editor).get(answer.headers["Location"]).status_code in (200, 400)


# Under a name


def test_a_list_is_saved_shared_renamed_and_deleted(four: None, editor: User, admin: User) -> None:
    mine, theirs = cast.signed_in(editor), cast.signed_in(admin)
    mine.post(
        "/desk/lists/new/", {"of": "measures", "query": "assigned=me&type=sres", "name": "My resolutions"}
    )
    row = SavedList.objects.get()
    assert lists.address(row) == "/desk/measures/?type=sres&assigned=me"
    assert "My resolutions" in visible(mine.get("/desk/measures/").content.decode())
    assert "My resolutions" not in theirs.get("/desk/lists/").content.decode()
    assert theirs.post(f"/desk/lists/{row.pk}/", {"name": "Stolen"}).status_code == 404
    mine.post(f"/desk/lists/{row.pk}/", {"name": "Ours", "shared": "1"})
    assert "Ours" in theirs.get("/desk/lists/").content.decode()
    assert theirs.post(f"/desk/lists/{row.pk}/", {"do": "delete"}).status_code == 403
    mine.post(f"/desk/lists/{row.pk}/", {"do": "delete"})
    assert not SavedList.objects.exists()
    assert {act.verb for act in Act.objects.filter(object=f"list/{row.pk}")} == {
        "save_list",
        "change_list",
        "delete_list",
    }


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"of": "measures", "query": "type=zres", "name": "x"}, "no such type"),
        ({"of": "measures", "query": "", "name": "  "}, "Give the list a name"),
        ({"of": "measures", "query": "", "name": "x" * 81}, "at most 80"),
        ({"of": "entries", "query": "state=nothing", "name": "x"}, "cannot be kept"),
    ],
)
def test_a_list_that_cannot_be_kept_is_told_beside_its_name(
    editor: User, sent: dict[str, str], why: str
) -> None:
    answer = cast.signed_in(editor).post("/desk/lists/new/", sent)
    assert answer.status_code == 422
    assert why in visible(answer.content.decode())
    assert not SavedList.objects.exists()


def test_a_list_of_the_same_name_is_replaced_and_another_persons_is_not(editor: User, admin: User) -> None:
    lists.save(editor, "measures", "A", "type=sres", shared=False)
    lists.save(editor, "measures", "A", "type=hres", shared=False)
    lists.save(admin, "measures", "A", "type=s", shared=False)
    assert sorted(SavedList.objects.values_list("query", flat=True)) == ["type=hres", "type=s"]


def test_a_list_cannot_take_the_name_of_another(editor: User) -> None:
    lists.save(editor, "measures", "A", "", shared=False)
    other = lists.save(editor, "measures", "B", "", shared=False)
    with pytest.raises(lists.NotKept):
        lists.rename(editor, other, "A", shared=False)
    assert Measure.objects.count() == 0


def test_filters_of_readers_lists_are_refused_in_their_own_words() -> None:
    with pytest.raises(BadFilter, match="accepted: hr, s,"):
        DeskFilters.from_query(QueryDict("type=zres"))
