"""Calls to real receivers on loopback: signed, tried again, never led astray; and what staff see of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from tests.builders import AGREED, COONS, INTRODUCED, REFERRED, held
from tests.desk import cast
from tests.following.cast import from_here_on
from tests.following.receivers import Receiver, answering
from tracker.desk.models import Act, OutgoingMail, User
from tracker.following import calling, endpoints, fan_out, targets
from tracker.following.models import Attempt, Call, Endpoint

pytestmark = pytest.mark.django_db

LATER = "2025-06-03T10:00:00Z"


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(targets, "LOOPBACK_TOO", True)
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def owner() -> User:
    return cast.an_editor()


@pytest.fixture
def endpoint(receiver: Receiver, owner: User) -> tuple[Endpoint, str]:
    held()
    from_here_on()
    return endpoints.add(owner, "Newsroom", receiver.url, "")


def something_happens(updated_at: str = LATER) -> None:
    """Three events."""
    held(updated_at=updated_at, cosponsors=[(COONS, "2025-06-02")], actions=[AGREED, REFERRED, INTRODUCED])


def call() -> int:
    fan_out.fan_out()
    return calling.call_due()


def pauses_are_over() -> None:
    past = timezone.now() - timedelta(seconds=1)
    Call.objects.filter(state=Call.State.DUE).update(due_at=past)
    Endpoint.objects.exclude(rests_until=None).update(rests_until=past)


def test_each_event_is_posted_once_oldest_first_and_signed(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    something_happens()
    assert call() == 3
    assert call() == 0
    assert receiver.events == sorted(receiver.events)
    headers, body = receiver.got[0]
    sent = Webhook(endpoint[1]).verify(body, headers)
    assert sent["type"].startswith("change.")
    assert sent["data"]["measure"] == "119/sres/145"
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint[1]).verify(body.replace(b"145", b"146"), headers)


def test_what_is_posted_is_what_the_api_says(
    receiver: Receiver, endpoint: tuple[Endpoint, str], client
) -> None:
    something_happens()
    call()
    answered = {row["id"]: row for row in client.get("/api/v1/changes").json()["results"]}
    for _, body in receiver.got:
        sent = json.loads(body)["data"]
        assert sent == answered[sent["id"]]


def test_the_id_stays_over_all_tries_and_the_time_is_of_each(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    held(146)
    receiver.answer = answering(500)
    call()
    pauses_are_over()
    receiver.answer = None
    assert call() == 1
    first, second = (headers for headers, _ in receiver.got)
    assert first["webhook-id"] == second["webhook-id"]


def test_filters_choose_what_is_posted(receiver: Receiver, owner: User) -> None:
    held()
    from_here_on()
    endpoints.add(owner, "Agreed", receiver.url, "/measures/?type=sres&kind=status_changed")
    something_happens()
    assert call() == 1
    assert json.loads(receiver.got[0][1])["type"] == "change.status_changed"


def test_a_first_load_is_posted_to_nobody(receiver: Receiver, endpoint: tuple[Endpoint, str]) -> None:
    held(147, loading=True)
    assert call() == 0
    assert receiver.got == []


def test_a_former_secret_signs_for_a_day_beside_the_new_one(
    receiver: Receiver, endpoint: tuple[Endpoint, str], owner: User
) -> None:
    row, former = endpoint
    new = endpoints.give_new_secret(row, owner)
    held(146)
    call()
    headers, body = receiver.got[0]
    Webhook(former).verify(body, headers)
    Webhook(new).verify(body, headers)
    Endpoint.objects.update(former_until=timezone.now())
    held(148)
    call()
    headers, body = receiver.got[1]
    Webhook(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(former).verify(body, headers)


def test_secrets_are_not_kept_in_the_open(endpoint: tuple[Endpoint, str]) -> None:
    _, secret = endpoint
    assert secret.removeprefix("whsec_") not in str(Endpoint.objects.values().get())


def test_a_receiver_that_fails_is_tried_eight_times_and_its_owner_told_once(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    held(146)
    receiver.answer = answering(500, b"we are ill")
    for _ in range(12):
        call()
        pauses_are_over()
    assert len(receiver.got) == 8
    assert Call.objects.get().state == Call.State.GIVEN_UP
    assert {row.answer for row in Attempt.objects.all()} == {"we are ill"}
    (mail,) = OutgoingMail.objects.all()
    assert "Newsroom does not accept what it is sent" in mail.subject


def test_pauses_grow_and_an_endpoint_that_rests_is_left_alone(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    held(146)
    receiver.answer = answering(503)
    call()
    call()
    assert len(receiver.got) == 1
    rest = Endpoint.objects.get().rests_until - timezone.now()
    assert timedelta(seconds=40) < rest < timedelta(seconds=75)


def test_a_longer_pause_that_the_receiver_asks_for_is_kept(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    held(146)
    receiver.answer = answering(429, Retry_After="3600")
    call()
    assert Endpoint.objects.get().rests_until > timezone.now() + timedelta(minutes=59)


def test_after_three_days_of_failing_it_is_switched_off_and_the_owner_told(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    held(146)
    receiver.answer = answering(500)
    call()
    Endpoint.objects.update(failing_since=timezone.now() - timedelta(days=3))
    pauses_are_over()
    call()
    row = Endpoint.objects.get()
    assert not row.is_on
    assert "3 days" in row.off_reason
    assert OutgoingMail.objects.filter(subject__contains="switched off").count() == 1
    held(148)
    pauses_are_over()
    assert call() == 0


def test_gone_for_good_switches_off_at_once(receiver: Receiver, endpoint: tuple[Endpoint, str]) -> None:
    held(146)
    receiver.answer = answering(410)
    call()
    assert not Endpoint.objects.get().is_on


def test_after_an_outage_all_come_oldest_first(receiver: Receiver, endpoint: tuple[Endpoint, str]) -> None:
    receiver.answer = answering(502)
    for number in range(146, 151):
        held(number)
        call()
        pauses_are_over()
    receiver.got.clear()
    receiver.answer = None
    assert call() == 5
    assert receiver.events == sorted(receiver.events)
    assert len(set(receiver.events)) == 5


def test_one_event_that_a_receiver_cannot_take_keeps_no_other_from_it(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    def refuse_146(handler: BaseHTTPRequestHandler) -> None:
        bad = b"119/sres/146" in receiver.got[-1][1]
        answering(500 if bad else 204)(handler)

    receiver.answer = refuse_146
    held(146)
    held(148)
    for _ in range(6):
        call()
        pauses_are_over()
    accepted = Call.objects.filter(state=Call.State.ACCEPTED).values_list("event__measure__number", flat=True)
    assert list(accepted) == [148]


def test_a_redirect_is_not_followed(receiver: Receiver, endpoint: tuple[Endpoint, str]) -> None:
    trap = Receiver()
    try:
        held(146)
        receiver.answer = answering(302, Location=trap.url)
        assert call() == 0
        assert trap.got == []
        assert "redirect" in Attempt.objects.get().error
    finally:
        trap.stop()


def test_only_the_beginning_of_an_answer_is_read(receiver: Receiver, endpoint: tuple[Endpoint, str]) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(10_000):
                handler.wfile.write(b"x" * 65_536)
        except OSError:
            return

    held(146)
    receiver.answer = endless
    assert call() == 1
    assert len(Attempt.objects.get().answer) == 4096


def test_an_answer_that_drips_is_left(
    receiver: Receiver, endpoint: tuple[Endpoint, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "WHOLE_SECONDS", 1)
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 1000:
                handler.wfile.write(bytes([byte]))
                if over.wait(0.1):
                    return
        except OSError:
            return

    held(146)
    receiver.answer = drip
    assert call() == 0
    over.set()
    assert "no whole answer" in Attempt.objects.get().error


def test_one_that_is_slow_holds_up_no_other(
    receiver: Receiver, endpoint: tuple[Endpoint, str], owner: User
) -> None:
    other, came = Receiver(), threading.Event()
    try:
        endpoints.add(owner, "Quick", other.url, "")

        def wait_for_the_other(handler: BaseHTTPRequestHandler) -> None:
            came.wait(10)
            answering(204)(handler)

        def tell(handler: BaseHTTPRequestHandler) -> None:
            came.set()
            answering(204)(handler)

        receiver.answer, other.answer = wait_for_the_other, tell
        held(146)
        assert call() == 2
        assert came.is_set()
    finally:
        other.stop()


def test_a_receiver_that_is_not_there_says_no_more_than_one_that_is_silent(
    receiver: Receiver, endpoint: tuple[Endpoint, str]
) -> None:
    receiver.stop()
    held(146)
    call()
    assert Attempt.objects.get().error == "no answer"


# What staff do


def test_the_secret_is_shown_once(receiver: Receiver, owner: User) -> None:
    client = cast.signed_in(owner)
    page = client.post("/desk/webhooks/", {"name": "Newsroom", "url": receiver.url, "query": ""})
    secret = page.content.decode().partition('class="secret">')[2].partition("<")[0]
    assert secret.startswith("whsec_")
    for address in ("/desk/webhooks/", f"/desk/webhooks/{Endpoint.objects.get().pk}/"):
        assert secret not in client.get(address).content.decode()


def test_what_was_typed_wrong_is_told_beside_its_field(owner: User) -> None:
    client = cast.signed_in(owner)
    page = client.post("/desk/webhooks/", {"name": "Bad", "url": "http://10.0.0.1/", "query": "type=zres"})
    assert page.status_code == 400
    assert 'aria-describedby="url-wrong"' in page.content.decode()
    assert 'value="type=zres"' in page.content.decode()


def test_each_try_is_shown_and_can_be_made_again(
    receiver: Receiver, endpoint: tuple[Endpoint, str], owner: User
) -> None:
    client, (row, _) = cast.signed_in(owner), endpoint
    receiver.answer = answering(500, b"<script>alert(1)</script>")
    held(146)
    call()
    page = client.get(f"/desk/webhooks/{row.pk}/").content.decode()
    assert "answered 500" in page
    assert "&lt;script&gt;" in page
    receiver.answer = None
    assert call() == 0  # the endpoint rests
    client.post(f"/desk/webhooks/{row.pk}/calls/{Call.objects.get().pk}/again/")
    assert call() == 1
    verbs = set(Act.objects.values_list("verb", flat=True))
    assert {"add_webhook", "resend_webhook"} <= verbs


def test_an_editor_sees_no_webhook_of_another(endpoint: tuple[Endpoint, str]) -> None:
    other = cast.signed_in(cast.another_editor())
    assert other.get(f"/desk/webhooks/{endpoint[0].pk}/").status_code == 404
    assert other.post(f"/desk/webhooks/{endpoint[0].pk}/change/", {"do": "delete"}).status_code == 404
    assert cast.signed_in(cast.an_admin()).get(f"/desk/webhooks/{endpoint[0].pk}/").status_code == 200


def test_one_person_has_ten_endpoints_at_most(receiver: Receiver, owner: User) -> None:
    for number in range(10):
        endpoints.add(owner, f"Endpoint {number}", receiver.url, "")
    with pytest.raises(endpoints.Wrong):
        endpoints.add(owner, "One more", receiver.url, "")


def test_switched_off_it_is_told_of_nothing_and_on_again_of_what_comes(
    receiver: Receiver, endpoint: tuple[Endpoint, str], owner: User
) -> None:
    row, _ = endpoint
    endpoints.switch(row, owner, on=False)
    held(146)
    assert call() == 0
    assert "Send again" not in cast.signed_in(owner).get(f"/desk/webhooks/{row.pk}/").content.decode()
    endpoints.switch(row, owner, on=True)
    held(148)
    assert call() == 1
