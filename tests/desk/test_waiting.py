"""The desk's front page: one sentence of what waits, and each list of it in the order in which it is to be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.api.holding import FIRST_SEEN, LAWLER, TILLIS, WARNOCK, cosponsor, hold, record
from tests.desk import cast, writing
from tests.pages.reading import first_words, links, visible
from tracker.desk import care, entries, kept_articles, seen, topics, unsaved, waiting
from tracker.desk.models import Difference, Entry, HandEntered, Kind, OutgoingMail, Revision, Seen, User
from tracker.desk.topics import TopicWords
from tracker.ledger import chain
from tracker.ledger.models import measure_pk

pytestmark = pytest.mark.django_db


def pk(number: int = 145) -> int:
    return measure_pk(119, "sres", number)


def about(number: int = 145) -> dict[str, Any]:
    return {"measure_id": pk(number)}


def moves(number: int, day: int, *names: Any, at: Any = None) -> None:
    hold(
        record(f"119/sres/{number}", cosponsors=names, updated_at=f"2025-06-{day:02}T08:00:00Z"),
        at=at or FIRST_SEEN + timedelta(days=day),
    )


@pytest.fixture(autouse=True)
def held(db: None) -> None:
    hold(*(record(f"119/sres/{number}", title=f"On refugees {number}.") for number in (1, 2, 145)))


def front(user: User) -> str:
    return cast.signed_in(user).get("/desk/").content.decode()


def test_with_nothing_to_do_it_says_so(contributor: User) -> None:
    page = front(contributor)
    assert first_words(page, "h1") == "Nothing waits for you."
    assert "You look after no measure yet" in visible(page)


def test_one_sentence_says_what_waits(contributor: User, editor: User, admin: User) -> None:
    writing.in_review(contributor, about())
    asked = writing.draft(contributor, about(1))
    entries.ask(asked, contributor, version=1, reviewer=editor)
    own = writing.in_review(editor, about(2))
    entries.send_back(own, admin, version=1, why="Say where the number is from.")
    writing.public(
        contributor, admin, about(), Kind.NOTE, fields={"body": "It has no more names than one name."}
    )
    care.assign([pk(2)], editor, admin)
    moves(2, 2, cosponsor(WARNOCK))
    sentence = first_words(front(editor), "h1")
    assert sentence == (
        "Two entries wait for a second pair of eyes, one of them for yours by name; one draft of yours was sent back; "
        "one measure you look after moved."
    )


@pytest.mark.parametrize(
    ("asked", "others", "said"),
    [
        (1, 0, "One entry waits for a second pair of eyes, yours by name."),
        (0, 1, "One entry waits for a second pair of eyes."),
        (2, 0, "Two entries wait for a second pair of eyes, both for yours by name."),
        (3, 0, "Three entries wait for a second pair of eyes, all of them for yours by name."),
        (2, 1, "Three entries wait for a second pair of eyes, two of them for yours by name."),
    ],
)
def test_it_says_in_words_which_of_them_ask_for_me_by_name(
    contributor: User, editor: User, asked: int, others: int, said: str
) -> None:
    for number in range(asked + others):
        entry = writing.draft(contributor, about())
        entries.ask(entry, contributor, version=1, reviewer=editor if number < asked else None)
    assert first_words(front(editor), "h1") == said


def test_who_never_marked_anything_is_not_told_that_they_did(editor: User) -> None:
    care.assign([pk(2)], editor, editor)
    assert "Nothing new in the 1 measure you look after." in visible(front(editor))


def test_what_is_asked_of_me_comes_first_then_what_waits_longest(
    contributor: User, editor: User, other_editor: User
) -> None:
    old, new, mine, theirs = (writing.in_review(contributor, about()) for _ in range(4))
    now = timezone.now()
    for entry, hours in ((old, 9), (new, 1), (mine, 0), (theirs, 5)):
        Entry.objects.filter(pk=entry.pk).update(asked_at=now - timedelta(hours=hours))
    Entry.objects.filter(pk=mine.pk).update(reviewer=editor)
    Entry.objects.filter(pk=theirs.pk).update(reviewer=other_editor)
    found = waiting.entries(editor)
    assert [entry.pk for entry in found.to_review] == [mine.pk, old.pk, theirs.pk, new.pk]
    assert "asked of you" in visible(front(editor))


def test_nobody_is_asked_to_review_what_they_wrote_in(contributor: User, editor: User, admin: User) -> None:
    entry = writing.draft(contributor, about())
    Revision.objects.create(
        entry=entry, number=2, based_on=1, title="x", fields=writing.POINTS, by=editor, at=timezone.now()
    )
    Entry.objects.filter(pk=entry.pk).update(version=2, state="in_review", asked_at=timezone.now())
    assert waiting.entries(editor).to_review == []
    assert waiting.counts(editor).to_review == 0
    assert waiting.counts(admin).to_review == 1
    assert waiting.counts(contributor).to_review == 0  # who may not review


def test_what_was_sent_back_stands_first_among_my_drafts_with_the_reason(
    contributor: User, editor: User
) -> None:
    back = writing.in_review(contributor, about())
    entries.send_back(back, editor, version=1, why="Say <b>where</b>.")
    newer = writing.draft(contributor, about(1), title="Another")
    found = waiting.entries(contributor)
    assert [entry.pk for entry in found.drafts] == [back.pk, newer.pk]
    page = front(contributor)
    assert "Sent back: Say <b>where</b>." in visible(page).replace("“", "").replace("”", "")
    assert "<b>where</b>" not in page
    assert waiting.entries(editor).drafts == []


def test_a_correction_is_a_draft_of_who_writes_it(contributor: User, editor: User, admin: User) -> None:
    colleagues = writing.public(editor, admin, about()).entry
    starter = writing.public(editor, admin, about(1)).entry
    Entry.objects.filter(pk=starter.pk).update(author=None)  # it came with Whereas
    for entry in (colleagues, starter):
        entries.save(entry, contributor, based_on=1, title="A correction", fields=writing.POINTS)
    assert {entry.pk for entry in waiting.entries(contributor).drafts} == {colleagues.pk, starter.pk}
    assert waiting.counts(contributor).drafts == 2
    client = cast.signed_in(contributor)
    assert visible(client.get("/desk/").content.decode()).count("A correction key points") == 2
    for query in ("author=drafts", "author=me", f"author={contributor.pk}", "state=draft&author=me"):
        page = client.get(f"/desk/entries/?{query}").content.decode()
        assert {f"/desk/entries/{colleagues.pk}/", f"/desk/entries/{starter.pk}/"} <= links(page), query
    assert waiting.entries(admin).drafts == []


def test_words_that_are_not_saved_are_among_my_drafts_wherever_the_entry_stands(
    contributor: User, editor: User, admin: User
) -> None:
    entry = writing.public(editor, admin, about()).entry
    unsaved.keep(entry, contributor, based_on=1, title="Typed", fields=writing.POINTS)
    assert [each.pk for each in waiting.entries(contributor).drafts] == [entry.pk]
    assert waiting.counts(contributor).drafts == 1
    assert "Words of yours are not saved" in visible(front(contributor))
    page = cast.signed_in(contributor).get("/desk/entries/?author=drafts").content.decode()
    assert f"/desk/entries/{entry.pk}/" in links(page)
    for somebody in (editor, admin):
        assert waiting.entries(somebody).drafts == []
        assert "Words of yours" not in visible(front(somebody))


# News of what one looks after


def test_news_are_told_until_they_are_marked_as_seen(editor: User, admin: User) -> None:
    care.assign([pk(1), pk(2)], editor, admin)
    moves(1, 1, cosponsor(WARNOCK))
    moves(2, 2, cosponsor(LAWLER))
    moves(145, 3, cosponsor(LAWLER))
    client = cast.signed_in(editor)
    page = client.get("/desk/").content.decode()
    assert "Raphael G. Warnock D-GA joined as cosponsor" in visible(page)
    assert [news.measure.number for news in seen.news_for(editor)] == [2, 1]
    client.post("/desk/seen/", {"till": str(chain.head().count), "measure": [pk(1)]})
    assert [news.measure.number for news in seen.news_for(editor)] == [2]
    assert seen.news_for(admin) == []


def test_what_happens_after_the_page_was_made_is_not_marked_by_it(editor: User, admin: User) -> None:
    care.assign([pk(1)], editor, admin)
    moves(1, 1, cosponsor(WARNOCK))
    client = cast.signed_in(editor)
    page = client.get("/desk/").content.decode()
    till = page.partition('name="till" value="')[2].partition('"')[0]
    moves(1, 2, cosponsor(WARNOCK), cosponsor(LAWLER))
    client.post("/desk/seen/", {"till": till, "measure": [pk(1)]})
    (news,) = seen.news_for(editor)
    assert [str(line) for line in news.lines] == ["Michael Lawler (R-NY) joined as cosponsor."]


def test_a_mark_never_runs_ahead_of_the_ledger_or_back(editor: User) -> None:
    seen.mark(editor, [pk(1), 12345], 10**15)
    assert Seen.objects.get().event == chain.head().count
    seen.mark(editor, [pk(1)], 1)
    assert Seen.objects.get().event == chain.head().count


@pytest.mark.parametrize(
    "sent",
    [{}, {"till": "x", "measure": "1"}, {"till": "1", "measure": "x"}, {"till": "9" * 40, "measure": "1"}],
)
def test_odd_marks_are_passed_over(editor: User, sent: dict[str, str]) -> None:
    assert cast.signed_in(editor).post("/desk/seen/", sent).status_code == 302
    assert not Seen.objects.exists()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/desk/\\evil.example", "/accounts/"]
)
def test_a_mark_leads_nowhere_else(editor: User, back: str) -> None:
    answer = cast.signed_in(editor).post("/desk/seen/", {"till": "1", "measure": pk(1), "back": back})
    assert answer.headers["Location"] == "/desk/"


# What nobody has written about, and what else is there


def test_a_measure_that_moved_much_without_a_word_is_named(contributor: User, editor: User) -> None:
    now = timezone.now()
    names = [cosponsor(who, "2026-05-01") for who in (WARNOCK, LAWLER, TILLIS)]
    moves(1, 1, *names, at=now)
    moves(2, 2, *names, at=now)
    writing.draft(contributor, about(2))
    (busy,) = waiting.busy()
    assert (busy.citation, busy.told) == ("S.Res. 1", "3 names joined")
    assert "S.Res. 1 3 names joined since May 1, 2026" in visible(front(editor))


def test_what_topics_propose_and_what_differs_by_hand_is_counted(editor: User) -> None:
    topics.make(TopicWords("Refugees", rule="q=refugees"), editor)
    now = timezone.now()
    hand = HandEntered.objects.create(
        measure_id=pk(), citation="x", title="x", by=editor, created_at=now, changed_at=now
    )
    Difference.objects.create(hand_entered=hand, field="title")
    Difference.objects.create(hand_entered=hand, field="status", outcome="record")
    page = front(editor)
    assert "Refugees 3 measures" in visible(page)
    assert "1 difference is open" in visible(page)


def test_press_coverage_and_what_colleagues_did_are_listed(contributor: User, editor: User) -> None:
    writing.public(contributor, editor, about(), Kind.PRESS_COVERAGE)
    page = visible(front(contributor))
    assert "Senators act The Example, S.Res. 145" in page
    assert "Edith Editor published it: press coverage, S.Res. 145" in page
    assert "Cora Contributor asked for a review" not in page


def test_an_article_leads_to_the_other_measures_that_it_names(contributor: User, editor: User) -> None:
    article = "The senators want S.Res. 1 and S. Res. 145. They do not want S.Res. 2 of the 118th Congress. Nor S.Res. 999."
    words = {**writing.WORDS[Kind.PRESS_COVERAGE], "article": article}
    writing.draft(contributor, about(), Kind.PRESS_COVERAGE, fields=words)
    kept_articles.look_again()
    assert "The Example, S.Res. 145; names S.Res. 1 Lately" in visible(front(editor))


def test_mail_that_cannot_leave_is_said(editor: User, admin: User, settings: Any) -> None:
    OutgoingMail.objects.create(
        to=admin,
        subject="x",
        text="x",
        about="x",
        due_at=timezone.now(),
        attempts=2,
        error="SMTPServerDisconnected: gone",
    )
    assert "A mail could not be sent: SMTPServerDisconnected: gone. 1 mail waits for another try." in visible(
        front(editor)
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "No mail leaves: mails are put into files" in visible(front(editor))


def test_the_front_page_leads_to_everything(contributor: User, editor: User) -> None:
    entry = writing.in_review(contributor, about())
    found = links(front(editor))
    assert {
        f"/desk/entries/{entry.pk}/",
        "/desk/measures/119/sres/145/",
        "/desk/lists/",
        "/desk/entries/new/",
    } <= found


def test_the_front_page_asks_the_database_at_most_fifteen_times(
    contributor: User, editor: User, admin: User, django_assert_max_num_queries: Any
) -> None:
    numbers = range(200, 260)
    hold(*(record(f"119/sres/{n}", title="On refugees.") for n in numbers))
    care.assign([pk(n) for n in numbers], editor, admin)
    for n in numbers:
        (writing.in_review if n % 2 else writing.draft)(contributor, about(n))
    for n in range(1, 6):
        topics.make(TopicWords(f"Topic {n}", rule="q=refugees"), editor)
        writing.public(contributor, admin, about(145), Kind.NOTE, fields={"body": "It has no cosponsors."})
    now = timezone.now()
    for n in numbers:
        moves(n, 1, cosponsor(WARNOCK), cosponsor(LAWLER), at=now)
    moves(145, 1, cosponsor(WARNOCK), at=now)
    client = cast.signed_in(editor)
    for path in (
        "/desk/",
        "/desk/outgrown/",
        "/desk/articles/",
        "/desk/topics/",
        "/desk/topics/1/",
        "/desk/lists/",
        "/desk/unsettled/",
    ):
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code in (200, 404), path
