"""What the machine could not settle by itself, and what an admin can do about it. The front page itself: test_waiting.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import cast
from tracker.desk.models import Act
from tracker.ledger.models import Document, DueFetch, Measure, Source, measure_pk

pytestmark = pytest.mark.django_db


def _signed_in(role: str) -> Client:
    return cast.signed_in(cast.person(f"{role}@example.org", role))


def _set_aside(number: int = 145) -> DueFetch:
    return DueFetch.objects.create(
        measure_id=measure_pk(119, "sres", number),
        reason="listed",
        due_at=timezone.now() - timedelta(hours=2),
        attempts=6,
        error="whoever took it ended <without> an answer",
        set_aside=True,
    )


def _measure(number: int, **fields: object) -> Measure:
    now = timezone.now()
    document, _ = Document.objects.get_or_create(
        sha256="0" * 64,
        defaults={"source": "govinfo", "format": "billstatus-xml", "fetched_at": now, "packed": b""},
    )
    return Measure.objects.create(
        id=measure_pk(119, "sres", number),
        congress=119,
        type="sres",
        number=number,
        origin="official",
        title="A resolution",
        origin_chamber="senate",
        status="referred",
        status_sentence="Referred.",
        seen_at=now,
        changed_at=now,
        last_event=0,
        document=document,
        **fields,
    )


def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: Client) -> None:
    answer = client.get("/desk/")
    assert answer.headers["Location"] == "/accounts/login/?next=/desk/"


def test_with_nothing_to_settle_it_says_so() -> None:
    client = _signed_in("editor")
    assert "The machine has settled everything by itself" in client.get("/desk/unsettled/").content.decode()
    assert "Nothing waits for you" in client.get("/desk/").content.decode()


def test_the_front_page_counts_what_is_unsettled_and_leads_to_it() -> None:
    _set_aside()
    page = _signed_in("editor").get("/desk/").content.decode()
    assert "1 set aside, 0 unconfirmed" in page
    assert 'href="/desk/unsettled/"' in page


def test_what_was_set_aside_is_listed_with_its_reason_as_words() -> None:
    _set_aside()
    page = _signed_in("editor").get("/desk/unsettled/").content.decode()
    assert "119/sres/145" in page
    assert "ended &lt;without&gt; an answer" in page


def test_unconfirmed_vanished_and_failing_are_listed() -> None:
    now = timezone.now()
    _measure(
        1, unconfirmed_document="0" * 64, unconfirmed_since=now, unconfirmed_reason="12 of 18 cosponsors gone"
    )
    _measure(2, vanished_at=now)
    Source.objects.create(name="govinfo", failing_since=now, error="no answer since 09:15")
    page = _signed_in("contributor").get("/desk/unsettled/").content.decode()
    assert "12 of 18 cosponsors gone" in page
    assert 'href="/measures/119/sres/2/"' in page
    assert "no answer since 09:15" in page


@pytest.mark.parametrize(("role", "allowed"), [("contributor", False), ("editor", False), ("admin", True)])
def test_only_an_admin_has_it_tried_again(role: str, allowed: bool) -> None:
    row = _set_aside()
    client = _signed_in(role)
    assert ("try-again" in client.get("/desk/unsettled/").content.decode()) is allowed
    answer = client.post("/desk/try-again/", {"measure": row.pk})
    assert answer.status_code == (302 if allowed else 403)
    row.refresh_from_db()
    assert row.set_aside is not allowed
    assert (row.attempts, row.error) == ((0, None) if allowed else (6, row.error))


def test_one_is_tried_again_or_all() -> None:
    first, second, third = _set_aside(1), _set_aside(2), _set_aside(3)
    admin = _signed_in("admin")
    admin.post("/desk/try-again/", {"measure": first.pk})
    assert set(DueFetch.objects.filter(set_aside=True)) == {second, third}
    admin.post("/desk/try-again/", {"measure": "no number"})
    admin.post("/desk/try-again/", {"measure": "9" * 40})
    assert DueFetch.objects.filter(set_aside=True).count() == 2
    admin.post("/desk/try-again/")
    assert not DueFetch.objects.filter(set_aside=True).exists()
    assert [act.summary for act in Act.objects.filter(verb="try_again").order_by("pk")] == [
        "Had 1 measure that had been set aside tried again",
        "Had 2 measures that had been set aside tried again",
    ]


def test_a_link_changes_nothing_and_a_stranger_may_not_try() -> None:
    _set_aside()
    assert _signed_in("admin").get("/desk/try-again/").status_code == 405
    assert Client().post("/desk/try-again/").status_code == 403
    assert DueFetch.objects.filter(set_aside=True).exists()


def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    django_assert_max_num_queries: object,
) -> None:
    client = _signed_in("admin")
    for number in range(1, 40):
        _set_aside(number)
        _measure(number, vanished_at=timezone.now())
    for path in ("/desk/unsettled/", "/desk/"):
        with django_assert_max_num_queries(15):
            client.get(path)
