"""Who looks after which measure: given, ranked and noted by staff, told by mail, and never shown to readers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.desk import cast, writing
from tests.pages.reading import visible
from tracker.desk import care, seen
from tracker.desk.models import Act, Care, OutgoingMail, Seen, Topic, User
from tracker.desk.topics import TopicWords, make
from tracker.ledger.models import Measure, measure_pk

pytestmark = pytest.mark.django_db

HIGH, NORMAL = Care.Priority.HIGH, Care.Priority.NORMAL
PAGE = "/desk/measures/119/sres/145/"


def pk(number: int) -> int:
    return measure_pk(119, "sres", number)


@pytest.fixture
def measure(db: None) -> Measure:
    hold(record("119/sres/145", title="Protecting refugees."))
    return Measure.objects.get(pk=pk(145))


def give(measure: Measure, by: User, to: User | None, *, version: int = 0, **more: Any) -> Care:
    words = {"priority": NORMAL, "note": "", **more}
    return care.look_after(measure, by, version=version, assigned_to=to, **words)


# One measure


def test_whoever_is_given_a_measure_is_told_and_their_news_begin_now(
    measure: Measure, editor: User, admin: User
) -> None:
    kept = give(measure, admin, editor, priority=HIGH, note="Ask the office.")
    assert (kept.assigned_to, kept.priority, kept.note, kept.version) == (editor, HIGH, "Ask the office.", 1)
    assert "is yours to look after" in OutgoingMail.objects.get(to=editor).subject
    assert Seen.objects.get(by=editor).event == measure.last_event
    act = Act.objects.get(object="119/sres/145")
    assert (act.verb, act.by, act.after["assigned_to"]) == ("assign", admin, f"account/{editor.pk}")


def test_whoever_takes_a_measure_themself_gets_no_mail(measure: Measure, editor: User) -> None:
    give(measure, editor, editor)
    assert not OutgoingMail.objects.exists()


def test_whoever_read_an_older_version_overwrites_nothing(
    measure: Measure, editor: User, admin: User
) -> None:
    give(measure, admin, editor, note="First.")
    with pytest.raises(care.Overtaken) as overtaken:
        give(measure, editor, None, note="Second.")
    assert overtaken.value.now.note == "First."
    assert Care.objects.get().note == "First."


def test_what_is_the_same_is_not_written(measure: Measure, editor: User) -> None:
    give(measure, editor, editor)
    assert give(measure, editor, editor, version=1).version == 1
    assert Act.objects.count() == 1


def test_a_contributor_may_note_and_may_not_assign(measure: Measure, contributor: User) -> None:
    assert give(measure, contributor, None, note="Seen in the press.").note == "Seen in the press."
    for changed in ({"to": contributor}, {"to": None, "priority": HIGH}):
        with pytest.raises(PermissionDenied):
            give(measure, contributor, version=1, note="Seen in the press.", **changed)
    assert Care.objects.get().assigned_to is None


@pytest.mark.parametrize(
    ("given", "field"),
    [({"note": "x" * 5_001}, "note"), ({"priority": 7}, "priority"), ({"to": "gone"}, "assigned_to")],
)
def test_what_cannot_be_kept_is_named_by_its_field(
    measure: Measure, editor: User, admin: User, given: dict[str, Any], field: str
) -> None:
    admin.is_active = False
    admin.save()
    given = {name: admin if value == "gone" else value for name, value in given.items()}
    to = given.pop("to", None)
    with pytest.raises(care.NotKept) as refused:
        give(measure, editor, to, **given)
    assert list(refused.value.errors) == [field]


# Many at once


def test_many_are_given_at_once_with_one_mail_and_an_act_each(editor: User, admin: User) -> None:
    hold(*(record(f"119/sres/{n}") for n in range(1, 31)))
    numbers = [pk(n) for n in range(1, 31)]
    assert care.assign(numbers, editor, admin) == 30
    assert care.assign(numbers, editor, admin) == 0
    assert OutgoingMail.objects.get().subject == "30 measures are yours to look after"
    assert Act.objects.filter(verb="assign").count() == 30
    assert care.set_priority(numbers[:5], HIGH, admin) == 5
    assert Care.objects.filter(priority=HIGH, version=2).count() == 5


def test_more_than_five_hundred_at_once_are_refused(editor: User) -> None:
    with pytest.raises(ValueError, match="at most 500"):
        care.assign(range(501), editor, editor)


# Its pages


def test_the_page_keeps_what_is_given_and_says_so(measure: Measure, editor: User, admin: User) -> None:
    client = cast.signed_in(editor)
    sent = {"version": "0", "assigned_to": str(admin.pk), "priority": "high", "note": "A <b>note</b>."}
    answer = client.post(f"{PAGE}care/", sent, follow=True)
    page = answer.content.decode()
    assert "Kept." in visible(page)
    assert "A &lt;b&gt;note&lt;/b&gt;." in page
    kept = Care.objects.get()
    assert (kept.assigned_to, kept.priority) == (admin, HIGH)


def test_a_page_overtaken_shows_both_and_loses_nothing(measure: Measure, editor: User, admin: User) -> None:
    give(measure, admin, admin, note="Theirs.")
    client = cast.signed_in(editor)
    sent = {"version": "0", "assigned_to": str(editor.pk), "priority": "low", "note": "Mine."}
    answer = client.post(f"{PAGE}care/", sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert ">Mine.</textarea>" in page
    assert 'name="version" value="1"' in page
    again = client.post(f"{PAGE}care/", {**sent, "version": "1"})
    assert again.status_code == 302
    assert Care.objects.get().note == "Mine."


def test_a_wrong_field_is_told_beside_it_and_the_rest_stays(measure: Measure, editor: User) -> None:
    sent = {"version": "0", "assigned_to": "999", "priority": "high", "note": "Mine."}
    answer = cast.signed_in(editor).post(f"{PAGE}care/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose one of your colleagues" in page
    assert ">Mine.</textarea>" in page


def test_a_contributor_sees_who_looks_after_it_and_keeps_a_note(
    measure: Measure, contributor: User, editor: User
) -> None:
    give(measure, editor, editor)
    client = cast.signed_in(contributor)
    assert 'name="assigned_to"' not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}care/", {"version": "1", "note": "From me."})
    kept = Care.objects.get()
    assert (kept.note, kept.assigned_to) == ("From me.", editor)
    forged = client.post(f"{PAGE}care/", {"version": "2", "note": "", "assigned_to": str(contributor.pk)})
    assert forged.status_code == 403
    assert Care.objects.get().assigned_to == editor


def test_its_topics_are_kept_by_their_boxes(measure: Measure, editor: User) -> None:
    one, two = make(TopicWords("One"), editor), make(TopicWords("Two"), editor)
    client = cast.signed_in(editor)
    client.post(f"{PAGE}topics/", {"topic": ["one", "two"]})
    client.post(f"{PAGE}topics/", {"topic": ["two"]})
    inside = {topic.slug for topic in Topic.objects.filter(measures__refused=False)}
    assert inside == {"two"}
    assert one.measures.get().refused
    assert not two.measures.get().refused


def test_nothing_of_it_reaches_a_reader(measure: Measure, editor: User, admin: User) -> None:
    paths = ["/", "/measures/", "/measures/119/sres/145/", "/changes/", "/api/v1/measures", "/api/v1/measures/119/sres/145",
             "/api/v1/changes", "/api/v1/stats"]  # fmt: skip

    def answers() -> list[tuple[bytes, str]]:
        cache.clear()
        return [(a.content, a.headers.get("ETag", "")) for a in (Client().get(path) for path in paths)]

    before = answers()
    give(measure, admin, editor, note="MARKER", priority=HIGH)
    seen.mark(editor, [measure.pk], 99)
    assert answers() == before


@pytest.mark.parametrize(
    "path", ["/desk/measures/119/sres/9999/", "/desk/measures/119/zres/1/", "/desk/measures/99999/sres/1/"]
)
def test_a_measure_that_is_not_held_has_no_page(measure: Measure, editor: User, path: str) -> None:
    assert cast.signed_in(editor).get(path).status_code == 404


def test_its_page_costs_the_same_however_much_is_kept(
    measure: Measure, editor: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        make(TopicWords(f"Topic {n}"), editor)
        give(measure, editor, editor, note=f"Note {n}.", version=n)
    hold(record("119/sres/145", cosponsors=tuple(cosponsor(WARNOCK, f"2025-05-{n:02}") for n in range(1, 29)),
                updated_at="2025-06-01T08:00:00Z"))  # fmt: skip
    client = cast.signed_in(editor)
    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200


def test_its_acts_say_what_was_changed_in_one_sentence(measure: Measure, editor: User, admin: User) -> None:
    give(measure, admin, editor)
    give(measure, admin, editor, version=1, priority=HIGH)
    give(measure, admin, None, version=2, note="Ask the office.")
    assert list(Act.objects.filter(object=measure.key).order_by("pk").values_list("summary", flat=True)) == [
        "Changed who looks after 119/sres/145",
        "Changed the priority of 119/sres/145",
        "Changed who looks after 119/sres/145, its priority and its private note",
    ]


def test_its_page_tells_who_did_what_with_its_entries(measure: Measure, contributor: User) -> None:
    client = cast.signed_in(contributor)
    assert "Nobody has done anything with it here yet." in visible(client.get(PAGE).content.decode())
    writing.in_review(contributor, writing.about(measure))
    words = visible(client.get(PAGE).content.decode())
    done = words[words.index("Who did what") :]
    assert "Nobody has done anything" not in done
    for act in Act.objects.filter(object__startswith="entry/"):
        assert act.summary in done


def test_its_page_says_of_nobody_that_they_marked_it(
    measure: Measure, contributor: User, editor: User
) -> None:
    give(measure, editor, contributor)
    words = visible(cast.signed_in(contributor).get(PAGE).content.decode())
    assert "Nothing new to you" in words and "since you marked" not in words


def test_a_topic_counts_nothing_as_none(editor: User) -> None:
    topic = make(TopicWords("Bees", "bees", rule="q=bees"), editor)
    words = visible(cast.signed_in(editor).get(f"/desk/topics/{topic.pk}/").content.decode())
    assert "No measures in it, none proposed, none refused." in words
