"""Following from the page: asked, confirmed at the address, changed, left; and nobody learns who follows what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client

from tests.builders import AGREED, INTRODUCED, REFERRED, held
from tests.following.cast import a_follower, deliver, following, from_here_on
from tracker.following import asking, sending
from tracker.following.models import Follow, Follower, Mailing

pytestmark = pytest.mark.django_db

ADDRESS = "/follow/?measure=119/sres/145"


@pytest.fixture(autouse=True)
def _measure() -> None:
    held()
    from_here_on()


def ask(client: Client, email: str = "reader@example.org", address: str = ADDRESS, **fields: str) -> str:
    answer = client.post(address, {"email": email, "rhythm": "at_once", **fields})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def link(text: str, ending: str) -> str:
    """The address of our own with this ending in a mail."""
    found = re.search(rf"http://testserver(/follow/\S*{ending})", text)
    assert found, text
    return found[1]


def test_from_the_form_to_the_first_news(client: Client) -> None:
    said = ask(client)
    assert "reader@example.org" in said
    sending.send_due()
    (question,) = mail.outbox
    assert question.to == ["reader@example.org"]
    assert question.subject == "Please confirm: follow S.Res. 145 (119th Congress)"
    confirm = link(question.body, r"/confirm/\d+/")

    assert "Yes, follow" in client.get(confirm).content.decode()
    assert Follow.objects.get().confirmed_at is None  # a program that opens links has confirmed nothing
    answer = client.post(confirm)
    assert answer.status_code == 302
    assert "You follow 1 thing" in client.get(answer["Location"]).content.decode()

    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    assert deliver() == 1
    assert mail.outbox[1].subject.startswith("S.Res. 145 (119th): Agreed to")


def test_without_a_yes_no_news_comes(client: Client) -> None:
    ask(client)
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    deliver()
    assert [one.subject for one in mail.outbox] == ["Please confirm: follow S.Res. 145 (119th Congress)"]


def test_the_answer_is_the_same_for_an_address_that_is_known(client: Client) -> None:
    following(a_follower("known@example.org"), "measure", "119/sres/145")
    new = ask(client, "new@example.org").replace("new@", "X@")
    known = ask(client, "known@example.org").replace("known@", "X@")
    assert re.sub(r'value="\w{64}"', "", new) == re.sub(r'value="\w{64}"', "", known)
    assert Mailing.objects.filter(follower__email="known@example.org").count() == 0


@pytest.mark.parametrize("typed", ["Reader@EXAMPLE.org", " Reader@example.org ", "reader@example.org"])
def test_an_address_is_one_however_its_case_is_written(client: Client, typed: str) -> None:
    ask(client, "Reader@example.org")
    ask(client, typed)
    assert [one.email for one in Follower.objects.all()] == ["Reader@example.org"]


def test_an_address_with_a_plus_is_an_address_of_its_own(client: Client) -> None:
    ask(client, "reader@example.org")
    ask(client, "reader+news@example.org")
    assert Follower.objects.count() == 2


def test_what_others_put_on_links_is_passed_over_and_what_means_nothing_is_named(client: Client) -> None:
    assert client.get("/follow/?utm_source=mail").status_code == 200
    assert client.get(f"{ADDRESS}&fbclid=1").status_code == 200
    for beside in ("mesure=119/sres/146", "type=sres"):
        answer = client.get(f"{ADDRESS}&{beside}")
        assert answer.status_code == 400
        assert beside.partition("=")[0] in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "reader",
        "reader@",
        "@example.org",
        "a b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a@b" * 200,
    ],
)
def test_what_is_no_address_is_told_beside_its_field(client: Client, typed: str) -> None:
    answer = client.post(ADDRESS, {"email": typed, "rhythm": "daily"})
    assert answer.status_code == 400
    assert 'aria-describedby="email-wrong"' in answer.content.decode()
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("rhythm", "hourly"), ("hour", "24"), ("hour", "x"), ("weekday", "7"), ("zone", "Mars/Base")],
)
def test_a_rhythm_that_means_nothing_is_refused_and_keeps_what_was_typed(
    client: Client, field: str, value: str
) -> None:
    answer = client.post(ADDRESS, {"email": "reader@example.org", "rhythm": "daily", field: value})
    assert answer.status_code == 400
    assert 'value="reader@example.org"' in answer.content.decode()
    assert not Follower.objects.exists()


def test_an_address_is_asked_three_times_an_hour_and_no_more(client: Client) -> None:
    for number in range(146, 151):
        held(number)
        ask(client, address=f"/follow/?measure=119/sres/{number}")
    assert Mailing.objects.count() == 3


def test_whoever_never_answers_is_asked_six_times_and_no_more(client: Client) -> None:
    for number in range(146, 156):
        held(number)
        ask(client, address=f"/follow/?measure=119/sres/{number}")
        Mailing.objects.update(created_at=F("created_at") - timedelta(minutes=61))
    assert Mailing.objects.count() == 6


def test_an_owner_is_asked_ten_times_a_day_and_no_more(client: Client) -> None:
    a_follower()
    for number in range(146, 160):
        held(number)
        ask(client, address=f"/follow/?measure=119/sres/{number}")
        Mailing.objects.update(created_at=F("created_at") - timedelta(minutes=61))
    assert Mailing.objects.count() == 10


def test_what_a_stranger_chose_for_an_address_does_not_stand(client: Client) -> None:
    ask(client, rhythm="weekly")
    ask(client, rhythm="at_once")
    assert Follower.objects.get().rhythm == "at_once"
    Follower.objects.update(confirmed_at="2025-06-01T00:00:00Z")
    ask(client, rhythm="weekly")
    assert Follower.objects.get().rhythm == "at_once"


def test_nobody_writes_to_many_strangers_from_one_place(client: Client) -> None:
    for number in range(20):
        ask(client, f"stranger{number}@example.org")
    answer = client.post(ADDRESS, {"email": "one-more@example.org", "rhythm": "daily"})
    assert answer.status_code == 400
    assert Mailing.objects.count() == 20


@pytest.mark.parametrize(
    ("query", "of", "target"),
    [
        ("measure=S.Res. 145 (119th Congress)", "measure", "119/sres/145"),
        ("member=T000476", "member", "T000476"),
        ("committee=ssfr00", "committee", "ssfr00"),
        ("type=sres&q=refugees", "search", "type=sres&q=refugees"),
    ],
)
def test_anything_can_be_followed(client: Client, query: str, of: str, target: str) -> None:
    ask(client, address=f"/follow/?{query}")
    assert list(Follow.objects.values_list("of", "target")) == [(of, target)]


@pytest.mark.parametrize(
    "query",
    [
        "measure=119/sres/999",
        "measure=x",
        "member=Z999999",
        "committee=zzzz00",
        "topic=none",
        "type=zres",
        "colour=red",
    ],
)
def test_what_cannot_be_followed_is_named(client: Client, query: str) -> None:
    answer = client.get(f"/follow/?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[2] in answer.content.decode()


def test_kinds_are_muted_and_a_follow_is_ended_by_its_link(client: Client) -> None:
    follow = following(a_follower(), "measure", "119/sres/145")
    secret = follow.follower.secret
    kinds = [kind for kind in asking.MUTABLE if kind != "title_changed"]
    client.post(f"/follow/{secret}/{follow.pk}/", {"kind": kinds})
    follow.refresh_from_db()
    assert follow.muted == ["title_changed"]
    client.post(f"/follow/{secret}/{follow.pk}/", {"end": "1"})
    assert not Follow.objects.exists()


def test_nobody_reaches_anothers_follow(client: Client) -> None:
    mine, theirs = a_follower("mine@example.org"), a_follower("theirs@example.org")
    follow = following(theirs, "measure", "119/sres/145")
    assert client.post(f"/follow/{mine.secret}/{follow.pk}/", {"end": "1"}).status_code == 404
    assert client.get(f"/follow/{mine.secret}/confirm/{follow.pk}/").status_code == 404
    assert client.get("/follow/a-guess/").status_code == 404
    assert Follow.objects.count() == 1


def test_one_click_in_a_mail_program_ends_everything_at_once() -> None:
    """RFC 8058: a POST with nothing but the link, from nowhere, without a cookie; a GET only shows a button."""
    reader = a_follower()
    following(reader, "measure", "119/sres/145")
    client = Client(enforce_csrf_checks=True)
    address = f"/follow/{reader.secret}/leave/"
    assert client.get(address).status_code == 200
    assert Follower.objects.count() == 1
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    assert deliver() == 0


def test_all_that_is_kept_of_a_reader_can_be_had(client: Client) -> None:
    reader = a_follower()
    following(reader, "measure", "119/sres/145")
    kept = client.get(f"/follow/{reader.secret}/data.json").json()
    assert kept["email"] == "reader@example.org"
    assert kept["follows"][0]["target"] == "119/sres/145"


def test_an_address_that_never_said_yes_is_deleted_after_a_week(client: Client) -> None:
    ask(client)
    following(a_follower("kept@example.org"), "measure", "119/sres/145")
    asking.forget_unconfirmed()
    assert Follower.objects.count() == 2
    Follower.objects.update(created_at="2020-01-01T00:00:00Z")
    Follow.objects.update(created_at="2020-01-01T00:00:00Z")
    asking.forget_unconfirmed()
    assert [one.email for one in Follower.objects.all()] == ["kept@example.org"]


def test_no_answer_is_kept_by_a_cache_or_tells_where_a_reader_came_from(client: Client) -> None:
    reader = a_follower()
    for address in (ADDRESS, f"/follow/{reader.secret}/", f"/follow/{reader.secret}/leave/"):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
