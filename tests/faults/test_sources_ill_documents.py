"""Documents that are whole and wrong, or true and strange: nothing is invented, nothing is lost, and what is odd is named.

RELIABILITY, section 3: S6 to S16. The measure is S.Res. 145 of the 119th Congress.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.ailing import (
    LATER,
    Sources,
    assert_marked,
    assert_told_in_lines,
    assert_well,
    held,
    impatient,
    kinds,
    record,
    told,
    validators,
    whole,
)
from tracker.ledger import outside
from tracker.ledger.audit import audit
from tracker.ledger.load import load_folder
from tracker.ledger.models import (
    Action,
    ChangeEvent,
    Cosponsorship,
    DueFetch,
    Folder,
    Measure,
    Source,
    SourceFile,
    UnknownPart,
    measure_pk,
)
from tracker.sources.http import Limits

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

THIS, OTHER = measure_pk(119, "sres", 145), measure_pk(119, "sres", 146)
ONE = r"/BILLSTATUS-119sres145\.xml$"
ALL = r"119sres\d+$"
SOME = r"119sres\d*[59]$"


def measure() -> Measure:
    return Measure.objects.get(pk=THIS)


def ail(sources: Sources, measures: str, kind: str, *, at: datetime | None = None, **how) -> list[str]:
    """Let the documents of these measures be ill, and listed as updated a quarter of an hour later; poll once."""
    sources.wait(minutes=15)
    sources.replay.faults(
        sources.ill(r"/BILLSTATUS-119sres\d+\.xml$", kind, only=measures, **how), sources.touch(measures, at)
    )
    return sources.poll()


def recover(sources: Sources, measures: str) -> list[str]:
    """Let them be well, and listed as updated once more; poll once."""
    sources.wait(minutes=15)
    sources.replay.faults(sources.touch(measures))
    return sources.poll()


# S6


def test_a_record_of_twenty_megabytes_is_taken_shown_and_given_up_only_when_that_is_confirmed(
    sources, client, monkeypatch
):
    fetcher = impatient(Limits())
    monkeypatch.setattr(outside, "fetcher", lambda: fetcher)
    assert ail(sources, "119sres145$", "huge", megabytes=20) == []
    assert kinds(THIS) == {"loaded": 1, "action_added": 20_000}
    assert Action.objects.filter(measure=THIS).count() == 20_002
    page = client.get("/measures/119/sres/145/")
    assert page.status_code == 200 and len(page.content) < 200_000
    for part in ("actions/", "changes/"):
        assert client.get(f"/measures/119/sres/145/{part}").status_code == 200
    changes = client.get("/api/v1/measures/119/sres/145/changes?limit=250").json()
    assert len(changes["results"]) == 250 and changes["next"]
    assert client.get("/api/v1/measures/119/sres/145").status_code == 200

    assert recover(sources, "119sres145$") == []
    assert "2 actions just now; 20002 stood" in (measure().unconfirmed_reason or "").replace(",", "")
    assert kinds(THIS) == {"loaded": 1, "action_added": 20_000}
    assert recover(sources, "119sres145$") == []
    assert kinds(THIS) == {"loaded": 1, "action_added": 20_000, "action_removed": 20_000}
    assert measure().unconfirmed_reason is None
    whole()


# S8


def test_unknown_elements_everywhere_make_no_event_and_are_counted(sources):
    before = held()
    assert ail(sources, "119sres14[0-9]$", "schema") == []
    assert kinds() == {"loaded": 192}
    assert measure().updated_at == f"{sources.at:%Y-%m-%dT%H:%M:%SZ}"  # taken, and kept as it came
    paths = UnknownPart.objects.in_bulk()
    documents = Measure.objects.filter(number__range=(140, 149)).count()
    assert paths["bill/laterElement"].documents == paths["version 4.0.0"].documents == documents
    assert_well("govinfo")
    assert recover(sources, "119sres14[0-9]$") == []
    assert kinds() == {"loaded": 192}
    assert rows(held()) == rows(before)
    whole()


def test_a_list_under_a_name_that_nobody_knows_is_not_absent_however_often_it_comes(sources):
    names = list(Cosponsorship.objects.filter(measure=THIS).values_list("pk", flat=True))
    assert len(names) == 15
    for turn in range(4):
        assert ail(sources, "119sres145$", "schema", rename={"cosponsors": "coSponsorList"}) == [], turn
        assert measure().unconfirmed_reason
        assert "coSponsorList" in measure().unconfirmed_reason
        assert list(Cosponsorship.objects.filter(measure=THIS).values_list("pk", flat=True)) == names
        assert UnknownPart.objects.get(pk="bill/coSponsorList").documents >= turn + 1
    assert kinds() == {"loaded": 192}
    assert any("unknown part bill/coSponsorList" in drift.line for drift in audited(sources))
    assert recover(sources, "119sres145$") == []
    assert measure().unconfirmed_reason is None
    assert kinds() == {"loaded": 192}
    whole()


# S9


def test_a_list_that_is_empty_for_one_poll_says_nothing(sources):
    before = rows(held())
    assert ail(sources, "119sres145$", "strip", tags=["cosponsors"]) == []
    doubted = measure()
    assert "no cosponsors just now; 15 stood" in (doubted.unconfirmed_reason or "")
    assert doubted.unconfirmed_document and doubted.unconfirmed_since
    assert doubted.cosponsor_count == 15
    assert recover(sources, "119sres145$") == []
    assert kinds() == {"loaded": 192}
    assert rows(held()) == before
    whole()


def test_a_list_that_stays_empty_is_believed_and_its_names_come_back_in_order(sources):
    for _ in range(3):
        assert ail(sources, "119sres145$", "strip", tags=["cosponsors"]) == []
    assert kinds(THIS) == {"loaded": 1, "cosponsor_removed": 15}
    assert measure().cosponsor_count == 0
    assert measure().unconfirmed_reason is None
    assert recover(sources, "119sres145$") == []
    assert kinds(THIS) == {"loaded": 1, "cosponsor_removed": 15, "cosponsor_added": 15}
    told_of = list(ChangeEvent.objects.filter(measure_id=THIS).order_by("pk").values_list("kind", "subject"))
    assert [kind for kind, _ in told_of] == ["loaded", *["cosponsor_removed"] * 15, *["cosponsor_added"] * 15]
    assert sorted(subject for _, subject in told_of[1:16]) == sorted(subject for _, subject in told_of[16:])
    whole()


# S10


@pytest.mark.parametrize("runs", [1, 2, 5])
def test_a_measure_that_is_gone_has_vanished_after_two_listings_and_returns_once(sources, runs):
    before = of_this()
    sources.replay.faults({"match": "119sres145$", "kind": "vanish"})
    for _ in range(runs):
        sources.wait(days=1)
        audited(sources, repair=True)
    gone = runs > 1
    assert kinds(THIS) == ({"loaded": 1, "vanished": 1} if gone else {"loaded": 1})
    assert (measure().vanished_at is not None) is gone
    assert of_this() == before
    sources.replay.faults()
    sources.wait(days=1)
    audited(sources, repair=True)
    assert kinds(THIS)["vanished"] == kinds(THIS)["returned"] == gone
    assert measure().vanished_at is None
    for _ in range(2):
        sources.wait(days=1)
        assert sources.poll() == []
    assert kinds(THIS)["vanished"] == kinds(THIS)["returned"] == gone
    assert not DueFetch.objects.exists()
    whole()


def test_a_measure_that_is_gone_from_the_lists_and_answers_still_has_not_vanished(sources):
    """Absence needs its own address as a witness; here the lists alone are wrong."""
    sources.wait(days=30)
    sources.poll()
    newest = Measure.objects.latest("number")
    assert newest.seen_at > datetime(2025, 7, 1, tzinfo=UTC)
    lists = r"sitemap|/bulkdata/json/"
    sources.replay.faults(sources.ill(lists, "back", to="2025-06-25"))
    for _ in range(4):
        sources.wait(days=1)
        audited(sources, repair=True)
    newest.refresh_from_db()
    assert newest.vanished_at is None
    assert "vanished" not in kinds()


# S11


@pytest.mark.parametrize(
    "where",
    [r"/BILLSTATUS-119sres\d+\.xml$", "sitemap", "", r"\.zip$"],
    ids=["files", "sitemaps", "everything", "zip"],
)
def test_a_source_that_goes_back_in_time_takes_nothing_back(where, sources, settings):
    before, events = held(), told()
    sources.wait(minutes=15)
    if where == r"\.zip$":
        Folder.objects.update(zip_etag=None, zip_last_modified=None)
        sources.replay.faults(sources.ill(where, "back", to="2025-05-01"))
        with sources.now():
            load_folder(outside.govinfo(), 119, "sres", mark="of then")
            assert sources.poll() == []
    else:
        sources.replay.faults(sources.touch(ALL), sources.ill(where, "back", to="2025-05-01"))
        assert sources.poll() == []
    assert (told(), rows(held())) == (events, rows(before))
    if where.startswith("/BILL"):
        assert Source.objects.get(pk="govinfo").stale_answers > 50
        assert DueFetch.objects.exists()  # asked for again
    sources.go(LATER)
    sources.replay.faults(sources.touch(ALL))  # else files would be older than what the touch before brought
    assert sources.poll() == []
    ended = held()
    assert not DueFetch.objects.exists()
    whole()
    assert rows(ended) != rows(before)  # it goes on


# S12


def test_dates_that_move_alone_say_nothing_and_cost_one_fetch_each(sources):
    before = rows(held())
    sources.wait(minutes=15)
    sources.replay.faults(sources.touch(ALL))
    asked = sources.replay.stats()["file"]
    assert sources.poll() == []
    assert sources.replay.stats()["file"] - asked == 192
    assert kinds() == {"loaded": 192}
    assert rows(held()) == before
    for _ in range(2):
        sources.wait(minutes=15)
        assert sources.poll() == []
    assert sources.replay.stats()["file"] - asked == 192
    whole()


def test_so_many_dates_that_move_that_the_zip_is_read_say_nothing_either(sources):
    sources.go(datetime(2025, 12, 15, tzinfo=UTC))
    assert sources.poll() == []
    events, count = told(), Measure.objects.count()
    assert count > 300
    sources.wait(minutes=15)
    sources.replay.faults(sources.touch(ALL))
    asked = sources.replay.stats()
    for _ in range(2):
        assert sources.poll() == []
        assert told() == events
        sources.wait(minutes=15)
    served = sources.replay.stats()
    assert served["zip"] - asked["zip"] == 1
    assert served["file"] - asked["file"] < 10
    assert not DueFetch.objects.exists()
    whole()


def test_a_date_ten_years_ahead_blinds_no_later_poll(sources):
    sources.wait(minutes=15)
    sources.replay.faults(sources.touch(ALL, datetime(2035, 6, 9, tzinfo=UTC)))
    assert sources.poll() == []
    assert kinds() == {"loaded": 192}
    sources.replay.faults()
    sources.go(LATER)
    assert sources.poll() == []
    assert kinds()["cosponsor_added"] == 4
    assert Source.objects.get(pk="govinfo").stale_answers == 0
    whole()


# S13


@pytest.mark.parametrize("kind", ["duplicate", "reorder"])
def test_lists_doubled_or_backwards_make_no_event_and_no_other_status(kind, sources):
    before = dict(Measure.objects.values_list("pk", "status"))
    assert ail(sources, SOME, kind) == []
    assert kinds() == {"loaded": 192}
    assert dict(Measure.objects.values_list("pk", "status")) == before
    assert recover(sources, SOME) == []
    assert kinds() == {"loaded": 192}
    whole()


@pytest.mark.parametrize("by", [1, -1])
def test_rows_that_slip_between_pages_of_the_api_are_found(by, sources, settings):
    """GovInfo stands still, and the API alone tells what changed: in pages of one, so to speak, that slip."""
    settings.CONGRESS_API_KEY = "planted-key-of-a-test"
    sources.go(LATER + timedelta(days=2))
    still = sources.ill("sitemap|/rss/", "back", to="2025-06-09T12:00:00Z")
    sources.replay.faults(still)
    with_api = sources.poll
    assert with_api() == []
    found = kinds()
    assert found["cosponsor_added"] > 0  # a day late, and so taken from the API
    sources.replay.faults(still, sources.ill("/v3/", "slip", by=by))
    for _ in range(2):
        sources.wait(minutes=15)
        assert sources.poll() == []
    assert kinds() == found
    whole()


# S14


IMPOSSIBLE = [
    ("actions/item/actionDate", "2025-02-30"),
    ("actions/item/actionDate", "0000-00-00"),
    ("actions/item/actionDate", "2125-01-01"),
    ("actions/item/actionDate", "1025-01-01"),
    ("actions/item/actionDate", ""),
    ("cosponsors/item/sponsorshipDate", "2025-02-30"),
    ("cosponsors/item/bioguideId", "Z999999"),
    ("introducedDate", "0000-00-00"),
    ("updateDate", "2125-01-01T00:00:00Z"),
    ("updateDate", "soon"),
    ("committees/item/activities/item/date", "2025-13-01T00:00:00Z"),
    ("textVersions/item/date", "2025-02-30T04:00:00Z"),
    ("sponsors/item/bioguideId", ""),
]


@pytest.mark.parametrize(("path", "value"), IMPOSSIBLE)
def test_an_impossible_value_is_kept_as_written_and_the_rest_is_taken(path, value, sources, client):
    assert ail(sources, "119sres145$", "edit", path=path, value=value, first=1) == []
    assert measure().unconfirmed_reason is None
    sources.replay.faults()
    page, answer = client.get("/measures/119/sres/145/"), client.get("/api/v1/measures/119/sres/145")
    assert page.status_code == answer.status_code == 200
    assert client.get("/measures/119/sres/145/changes/").status_code == 200
    assert client.get("/measures/?q=Iran&sort=introduced").status_code == 200
    if path != "updateDate":
        assert UnknownPart.objects.filter(path__startswith="odd value: ").exists() or kinds(THIS) != {
            "loaded": 1
        }
        assert recover(sources, "119sres145$") == []
        assert measure().introduced_on is not None
    assert Action.objects.filter(measure=THIS).exists()
    whole()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("number", "1e9"),
        ("number", "146"),
        ("congress", "119 "),
        ("congress", "118"),
        ("type", "HRES"),
        ("type", ""),
    ],
)
def test_a_document_that_does_not_say_which_measure_it_is_is_refused_whole(path, value, sources):
    before, kept = record(), validators()
    failed = ail(sources, "119sres145$", "edit", path=path, value=value)
    assert_told_in_lines(failed, "govinfo")
    assert "119/sres/145" in failed[0]
    assert record() == before
    assert validators() == kept
    assert_marked("govinfo")
    assert Source.objects.get(pk="govinfo").refused_answers == 1
    assert recover(sources, "119sres145$") == []
    assert kinds() == {"loaded": 192}


# S15


def test_another_measures_record_in_a_file_is_refused_for_both(sources):
    before = record()
    (line,) = ail(sources, "119sres145$", "swap", **{"with": "119sres142"})
    assert "119/sres/142" in line and "119/sres/145" in line
    assert_told_in_lines([line], "govinfo")
    assert assert_marked("govinfo").error == line
    assert record() == before
    assert recover(sources, "119sres145$") == []
    assert kinds() == {"loaded": 192}
    assert_well("govinfo")


# S16


def test_hostile_text_is_stored_and_shown_as_it_is_written(sources, client):
    assert ail(sources, ALL, "inject") == []
    assert not Measure.objects.exclude(unconfirmed_document=None).exists()
    script = "<script>alert(1)</script>"
    struck = Measure.objects.filter(title=script).first()
    assert struck is not None
    page = client.get(struck.get_absolute_url()).content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert b"<script>alert(1)" not in page
    for address in (
        "/",
        "/measures/",
        "/changes/",
        "/members/",
        "/feeds/changes.atom",
        "/calendar.ics",
        "/sources/",
    ):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        if address.endswith(".ics"):  # no HTML, and never taken for it: words stand there as they are
            assert answer["Content-Type"].startswith("text/calendar")
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert b"\r\nBcc:" not in body
            continue
        for hostile in (b"<script>alert(1)", b"<img src=x onerror", b'href="javascript:', b"\r\nBcc:"):
            assert hostile not in body, (address, hostile)
    for each in Measure.objects.order_by("pk")[:24]:
        body = client.get(each.get_absolute_url()).content
        for hostile in (b"<script>alert(1)", b"<img src=x onerror", b'href="javascript:'):
            assert hostile not in body, (each, hostile)
    answer = client.get(f"/api/v1/measures/{struck.key}")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["title"] == script
    whole()


@pytest.mark.parametrize("value", ["x" * 200_000, "\u202egnp.exe", "{{ settings.SECRET_KEY }}"])
def test_text_that_no_program_likes_is_taken_whole(value, sources, client):
    assert ail(sources, "119sres145$", "inject", value=value) == []
    assert measure().title == value
    assert client.get("/measures/119/sres/145/").status_code == 200
    assert client.get("/api/v1/measures/119/sres/145").json()["title"] == value
    whole()


# all at once


def test_a_source_whose_files_are_all_unreadable_is_left_alone_after_twenty(sources):
    before, asked = record(), sources.replay.stats()["file"]
    failed = ail(sources, ALL, "edit", path="number", value="1e9")
    assert_told_in_lines(failed, "govinfo")
    assert "20 of 20 cannot be read: nothing more is taken in this poll" in failed[-1]
    assert sources.replay.stats()["file"] - asked == 20
    assert record() == before
    assert DueFetch.objects.count() == 192
    assert not DueFetch.objects.exclude(leased_by=None).exists()
    assert recover(sources, ALL) == []
    assert kinds() == {"loaded": 192}
    assert not DueFetch.objects.exists()


def test_a_source_that_emptied_a_list_everywhere_is_left_before_it_is_believed_everywhere(sources):
    failed = ail(sources, ALL, "strip", tags=["cosponsors", "actions", "titles"])
    assert "lost a whole list at once: nothing more is taken in this poll" in failed[-1]
    doubted = Measure.objects.exclude(unconfirmed_document=None).count()
    assert 3 < doubted < 30
    assert kinds().keys() <= {
        "loaded",
        "cosponsor_removed",
        "action_removed",
        "status_changed",
        "title_changed",
    }
    assert recover(sources, ALL) == []
    assert not Measure.objects.exclude(unconfirmed_document=None).exists()
    assert_well("govinfo")
    whole()


def rows(found: dict) -> dict:
    """The record without the update dates and documents of measures, which a touch moves."""
    plain = dict(found)
    names = [f.attname for f in Measure._meta.concrete_fields]
    for moving in ("updated_at", "document_id"):
        assert moving in names
    plain["Measure"] = list(
        Measure.objects.order_by("pk").values_list("pk", "title", "status", "cosponsor_count", "latest_on")
    )
    return plain


def of_this() -> list[list[tuple]]:
    """What is held of the one measure."""
    parts = (Cosponsorship, Action, SourceFile)
    found = [list(part.objects.filter(measure_id=THIS).order_by("pk").values_list()) for part in parts[:2]]
    return [*found, [(measure().title, measure().status, measure().document_id, measure().updated_at)]]


def audited(sources: Sources, *, repair: bool = False):
    with sources.now():
        return audit(repair=repair)
