"""Texts that the record lists are fetched and kept, once, politely, whoever is killed meanwhile."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from tests.sources.loopback import refusal
from tests.texts.conftest import IS, Press, record
from tests.texts.printed import PLAIN, RECITALS, bill_dtd, uslm
from tracker.ledger import chain, health
from tracker.ledger.models import Document, Source
from tracker.ledger.polling import further, run
from tracker.ledger.rebuild import rebuild
from tracker.texts import due, fetching, keeping
from tracker.texts.clauses import again, clause, clauses_of, held_texts
from tracker.texts.models import Cursor, MeasureText
from tracker.texts.polling import poll_texts

pytestmark = pytest.mark.django_db

MARCH = ("is", IS, "2025-03-27")
JUNE = ("ats", "Agreed to Senate", "2025-06-02")
NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)


def state(package: str = "BILLS-119sres145is") -> str:
    return MeasureText.objects.get(package=package).state


def test_a_text_that_the_record_lists_is_fetched_and_kept(press: Press) -> None:
    measure = record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    report = poll_texts()
    assert report.line() == "texts: 1 due, 1 held, 0 failed"
    text = clauses_of(measure.pk)
    assert text is not None
    assert (text.version, text.name, text.measure) == ("is", IS, "119/sres/145")
    assert text.url == f"{press.server.url}/bulkdata/BILLS/119/1/sres/BILLS-119sres145is.xml"
    document = Document.objects.get(pk=text.sha256)
    assert (document.format, document.measure_id, document.body) == ("bill-text", measure.pk, bill_dtd())
    row = MeasureText.objects.get()
    assert (row.format, row.clause_count, row.word_count) == ("bill-dtd", 7, 72)
    assert clause(measure.pk, "is", "p1") == text.clause("p1")
    assert clause(measure.pk, "is", "p9") is None
    assert clauses_of(measure.pk, "ats") is None


def test_where_nothing_is_due_nothing_is_asked(press: Press, django_assert_max_num_queries) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    poll_texts()
    press.server.asked.clear()
    with django_assert_max_num_queries(3):
        assert poll_texts().line() == "texts: nothing due, 0 failed"
    assert press.asked == []


def test_every_poll_fetches_texts_too() -> None:
    assert poll_texts in further._polls


def test_the_polls_of_rooms_above_end_in_the_reports_of_a_poll(press: Press, monkeypatch) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    monkeypatch.setattr(run, "_one", lambda name, *_: run.SourceReport(name))
    reports = run.poll(take_over=True)
    assert [report.line() for report in reports if report.source == "texts"] == [
        "texts: 1 due, 1 held, 0 failed"
    ]


def test_a_new_version_is_found_by_what_the_ledger_grew(press: Press) -> None:
    record(145, MARCH)
    press.texts |= {"BILLS-119sres145is": bill_dtd(), "BILLS-119sres145ats": bill_dtd(paragraphs=["does."])}
    poll_texts()
    measure = record(145, MARCH, JUNE)
    assert poll_texts().line() == "texts: 1 due, 1 held, 0 failed"
    newest = clauses_of(measure.pk)
    assert newest is not None and newest.version == "ats"
    assert [row.version for row in held_texts([measure.pk])[measure.pk]] == ["ats", "is"]


def test_bills_are_left_alone(press: Press) -> None:
    record(145, MARCH, type="s")
    assert poll_texts().listed == 0
    assert not MeasureText.objects.exists()


@pytest.mark.parametrize("body", [uslm(), PLAIN])
def test_other_dresses_are_kept_as_well(press: Press, body: bytes) -> None:
    measure = record(145, MARCH)
    press.texts["BILLS-119sres145is"] = body
    assert poll_texts().held == 1
    text = clauses_of(measure.pk)
    assert text is not None and text.clause("p3") is not None


def test_a_text_that_is_not_there_is_no_failure_and_is_asked_for_ever_more_rarely(press: Press) -> None:
    record(145, MARCH)
    waits = []
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(8):
            report = poll_texts()
            assert report.failures == []
            assert report.line() == "texts: 1 due, 1 not there (yet), 0 failed"
            row = MeasureText.objects.get()
            assert (row.state, row.error) == ("absent", "govinfo: text BILLS-119sres145is: not there (404)")
            waits.append((row.due_at - datetime.now(UTC)).total_seconds() / 3600)
            press.server.asked.clear()
            poll_texts()
            assert press.asked == []
            clock.move_to(row.due_at)
        press.texts["BILLS-119sres145is"] = bill_dtd()
        assert poll_texts().held == 1
    assert waits == [6, 24, 48, 96, 192, 384, 720, 720]


def test_what_is_no_text_is_not_kept_and_named(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = b"<resolution><form/></resolution>"
    (failure,) = poll_texts().failures
    assert failure == "govinfo: text BILLS-119sres145is: no recital, section or paragraph is in it"
    assert state() == "unreadable"
    assert not Document.objects.filter(format="bill-text").exists()


def test_a_source_that_does_not_answer_leaves_texts_due_and_is_marked(press: Press) -> None:
    for number in (1, 2, 3, 4, 5):
        record(number, MARCH)
    press.ill = refusal("503 Service Unavailable", Retry_After="3600")
    report = poll_texts()
    assert len(report.failures) == 1
    assert set(MeasureText.objects.values_list("state", "leased_by")) == {("due", None)}
    row = Source.objects.get(name=health.GOVINFO)
    assert row.failing_since is not None and row.rest_asked_for
    press.server.asked.clear()
    assert poll_texts().notes == ["texts: wait until GovInfo answers again"]
    assert press.asked == []
    press.ill = None
    press.texts = {f"BILLS-119sres{number}is": bill_dtd(number=number) for number in (1, 2, 3, 4, 5)}
    health.answered(health.GOVINFO, changed=False)
    assert poll_texts().held == 5


def test_where_many_are_lacking_a_zip_brings_them(press: Press, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "WORTH_A_ZIP", 3)
    numbers = (1, 2, 3, 4)
    for number in numbers:
        record(number, MARCH)
    press.texts = {f"BILLS-119sres{number}is": bill_dtd(number=number) for number in numbers[:3]}
    press.zips = {2}
    report = poll_texts()
    assert report.line() == "texts: 4 due, 3 held, 1 not there (yet), 0 failed"
    assert press.asked == [
        "BILLS-119-1-sres.zip",
        "BILLS-119-2-sres.zip",
        "BILLS-119sres4is.xml",
        "BILLS-119sres4is.xml",
        "BILLS-119sres4is.htm",
    ]
    text = clauses_of(MeasureText.objects.get(package="BILLS-119sres1is").measure_id)
    assert text is not None
    assert text.url == f"{press.server.url}/bulkdata/BILLS/119/2/sres/BILLS-119sres1is.xml"
    press.server.asked.clear()
    poll_texts()
    assert press.asked == []  # the zips are not asked again for what they lack


def test_a_zip_that_another_is_at_is_left_to_it(press: Press, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "WORTH_A_ZIP", 2)
    for number in (1, 2):
        record(number, MARCH)
    due.find(datetime.now(UTC))
    due.take(MeasureText.objects.all(), datetime.now(UTC))
    assert poll_texts().listed == 0
    assert press.asked == []
    press.texts = {f"BILLS-119sres{number}is": bill_dtd(number=number) for number in (1, 2)}
    press.zips = {1}
    assert poll_texts(take_over=True).held == 2


def test_a_zip_that_cannot_be_had_leaves_its_texts_to_be_asked_for_again(press: Press, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "WORTH_A_ZIP", 2)
    for number in (1, 2):
        record(number, MARCH)
    press.ill = refusal("503 Service Unavailable", Retry_After="3600")
    assert len(poll_texts().failures) == 1
    assert set(MeasureText.objects.values_list("state", "leased_until", "asked_at")) == {("due", None, None)}


def test_one_poll_asks_for_so_many_and_leaves_the_rest(press: Press, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "SINGLY_A_POLL", 2)
    for number in (1, 2, 3):
        record(number, MARCH)
        press.texts[f"BILLS-119sres{number}is"] = bill_dtd(number=number)
    assert poll_texts().line() == "texts: 2 due, 2 held, 1 left for the next poll, 0 failed"
    assert poll_texts().line() == "texts: 1 due, 1 held, 0 failed"


def test_the_same_bytes_are_one_document(press: Press) -> None:
    record(145, MARCH, JUNE)
    press.texts = dict.fromkeys(("BILLS-119sres145is", "BILLS-119sres145ats"), bill_dtd())
    poll_texts()
    assert Document.objects.filter(format="bill-text").count() == 1
    assert MeasureText.objects.held().count() == 2


def test_what_another_holds_is_left_to_it_and_taken_over_by_hand(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    due.find(datetime.now(UTC))
    assert len(due.lease(datetime.now(UTC), limit=5)) == 1
    assert poll_texts().held == 0
    assert poll_texts(take_over=True).held == 1


def test_a_lease_of_a_killed_worker_runs_out(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    with time_machine.travel(NOW, tick=False) as clock:
        due.find(NOW)
        due.lease(NOW, limit=5)
        clock.shift(due.LEASE + timedelta(seconds=1))
        assert poll_texts().held == 1


def test_texts_are_known_from_when_they_were_held(press: Press) -> None:
    measure = record(145, MARCH, JUNE)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    with time_machine.travel(NOW, tick=False) as clock:
        poll_texts()
        clock.shift(timedelta(days=1))
        press.texts["BILLS-119sres145ats"] = bill_dtd(paragraphs=["does."])
        poll_texts()
    assert clauses_of(measure.pk, as_of=NOW - timedelta(seconds=1)) is None
    then = clauses_of(measure.pk, as_of=NOW)
    assert then is not None and then.version == "is"
    now = clauses_of(measure.pk)
    assert now is not None and now.version == "ats"


def test_a_clause_is_found_again_by_its_words(press: Press) -> None:
    measure = record(145, MARCH, JUNE)
    press.texts = {
        "BILLS-119sres145is": bill_dtd(),
        "BILLS-119sres145ats": bill_dtd(
            ["Whereas something else comes first;", *RECITALS],
            ["honors those who keep and mend the banks;", "asks that this be done within 5 years."],
        ),
    }
    poll_texts()
    old, new = clauses_of(measure.pk, "is"), clauses_of(measure.pk, "ats")
    assert old is not None and new is not None
    found = {each.anchor: again(each, new) for each in old.clauses}
    assert {name: each and each.anchor for name, each in found.items()} == {
        "w1": "w2",
        "w2": "w3",
        "w3": "w4",
        "r1": "r1",
        "p1": "p1",
        "p2": None,
        "p3": "p2",
    }
    assert found["p1"] is not None and found["p1"].digest != old.clauses[4].digest
    assert found["p3"] is not None and found["p3"].digest == old.clauses[6].digest


def test_verify_and_rebuild_hold_with_texts(press: Press) -> None:
    measure = record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    poll_texts()
    said = io.StringIO()
    call_command("verify", stdout=said)
    assert "2 documents hold" in said.getvalue()
    rebuild()
    assert clauses_of(measure.pk) is not None
    assert poll_texts().line() == "texts: nothing due, 0 failed"
    assert chain.head().count == Cursor.objects.get().event


def test_all_measures_are_looked_through_once_a_day_since_a_rebuild_makes_no_events(press: Press) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    with time_machine.travel(NOW, tick=False) as clock:
        poll_texts()
        MeasureText.objects.all().delete()
        assert poll_texts().listed == 0
        clock.shift(due.SWEPT_EVERY + timedelta(minutes=1))
        assert poll_texts().held == 1


def test_a_text_is_kept_whole_or_not_at_all(press: Press, monkeypatch) -> None:
    record(145, MARCH)
    press.texts["BILLS-119sres145is"] = bill_dtd()
    with monkeypatch.context() as broken:
        broken.setattr(keeping, "_hold", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            poll_texts()
    assert not Document.objects.filter(format="bill-text").exists()
    assert state() == "due"
    assert poll_texts(take_over=True).held == 1
