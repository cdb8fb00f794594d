"""`/measures`: every key of the contract, paging, and both clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.api.conftest import Reader
from tests.api.holding import FIRST_SEEN, LAWLER, TODAY, WARNOCK, cosponsor, hold, record
from tracker.ledger.apply import apply
from tracker.ledger.incoming import Incoming
from tracker.ledger.models import Document
from tracker.records.model import (
    ActionRecord,
    AmendmentRecord,
    CosponsorRecord,
    EstimateRecord,
    LawRecord,
    RelationDetail,
    RelationRecord,
    SummaryRecord,
    TextFormat,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)

pytestmark = pytest.mark.django_db

SHORT = [
    "id", "congress", "type", "number", "citation", "title", "origin_chamber", "introduced_on", "status", "sponsor",
    "cosponsor_counts", "latest_action", "policy_area", "origin", "url", "seen_at", "changed_at",
]  # fmt: skip
WHOLE = [
    *SHORT, "titles", "sponsors", "cosponsors", "actions", "committees", "subjects", "summaries", "text_versions",
    "related", "amendments", "laws", "notes", "committee_reports", "cbo_estimates", "entries", "source",
]  # fmt: skip

SRES145 = b"""<?xml version="1.0" encoding="utf-8"?>
<billStatus><version>3.0.0</version><bill>
<number>145</number><updateDate>2025-06-17T10:56:16Z</updateDate><originChamber>Senate</originChamber>
<originChamberCode>S</originChamberCode><type>SRES</type><introducedDate>2025-03-27</introducedDate><congress>119</congress>
<committees><item><activities><item><date>2025-03-27T16:35:22Z</date><name>Referred To</name></item></activities>
<chamber>Senate</chamber><name>Foreign Relations Committee</name><systemCode>ssfr00</systemCode><type>Standing</type></item></committees>
<actions><item><actionDate>2025-03-27</actionDate><committees><item><name>Foreign Relations Committee</name>
<systemCode>ssfr00</systemCode></item></committees><sourceSystem><name>Senate</name></sourceSystem>
<text>Referred to the Committee on Foreign Relations. (text: CR S1912-1913)</text><type>IntroReferral</type></item>
<item><actionCode>10000</actionCode><actionDate>2025-03-27</actionDate><sourceSystem><code>9</code><name>Library of Congress</name>
</sourceSystem><text>Introduced in Senate</text><type>IntroReferral</type></item></actions>
<sponsors><item><bioguideId>T000476</bioguideId><district/><fullName>Sen. Tillis, Thomas [R-NC]</fullName><party>R</party>
<state>NC</state></item></sponsors>
<cosponsors><item><bioguideId>W000790</bioguideId><fullName>Sen. Warnock, Raphael G. [D-GA]</fullName>
<isOriginalCosponsor>True</isOriginalCosponsor><party>D</party><sponsorshipDate>2025-03-27</sponsorshipDate><state>GA</state></item>
<item><bioguideId>C001056</bioguideId><fullName>Sen. Cornyn, John [R-TX]</fullName><isOriginalCosponsor>False</isOriginalCosponsor>
<party>R</party><sponsorshipDate>2025-04-10</sponsorshipDate><state>TX</state></item></cosponsors>
<textVersions><item><date>2025-03-27T04:00:00Z</date><formats><item>
<url>https://www.govinfo.gov/bulkdata/BILLS/119/1/sres/BILLS-119sres145is.xml</url></item></formats><type>Introduced in Senate</type></item>
</textVersions>
<title>A resolution.</title><titles><item><title>A resolution.</title><titleType>Display Title</titleType>
<titleTypeCode>45</titleTypeCode></item></titles>
<latestAction><actionDate>2025-03-27</actionDate><text>Referred to the Committee on Foreign Relations. (text: CR S1912-1913)</text></latestAction>
</bill></billStatus>"""
SRES145_URL = "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119sres145.xml"


def test_a_measure_has_every_key_of_the_contract(reader: Reader) -> None:
    body = SRES145
    incoming = Incoming(
        119, "sres", 145, body, "govinfo", Document.Format.BILLSTATUS, SRES145_URL, FIRST_SEEN, mark="m"
    )
    apply([incoming], now=FIRST_SEEN, today=TODAY)
    measure = reader.get("/measures/119/sres/145")
    key = measure["actions"][0]["key"]
    assert list(measure) == WHOLE
    assert measure["status"].pop("sentence")
    assert measure == {
        "id": "119/sres/145",
        "congress": 119,
        "type": "sres",
        "number": 145,
        "citation": "S.Res. 145",
        "title": "A resolution.",
        "origin_chamber": "senate",
        "introduced_on": "2025-03-27",
        "status": {
            "code": "referred",
            "label": "Referred to committee",
            "since": "2025-03-27",
            "action": key,
        },
        "sponsor": {
            "member": "T000476",
            "name": "Sen. Tillis, Thomas [R-NC]",
            "party": "R",
            "state": "NC",
            "district": None,
        },
        "cosponsor_counts": {"total": 2, "withdrawn": 0, "by_party": {"D": 1, "R": 1}},
        "latest_action": {
            "on": "2025-03-27",
            "text": "Referred to the Committee on Foreign Relations. (text: CR S1912-1913)",
        },
        "policy_area": None,
        "origin": "official",
        "url": "http://testserver/measures/119/sres/145/",
        "seen_at": "2025-04-01T12:00:00Z",
        "changed_at": "2025-04-01T12:00:00Z",
        "titles": [
            {
                "type": "Display Title",
                "type_code": "45",
                "chamber": None,
                "text_version": None,
                "title": "A resolution.",
            }
        ],
        "sponsors": [
            {
                "member": "T000476",
                "name": "Sen. Tillis, Thomas [R-NC]",
                "party": "R",
                "state": "NC",
                "district": None,
                "by_request": False,
            }
        ],
        "cosponsors": [
            {
                "member": "W000790",
                "name": "Sen. Warnock, Raphael G. [D-GA]",
                "party": "D",
                "state": "GA",
                "district": None,
                "joined_on": "2025-03-27",
                "original": True,
                "withdrawn_on": None,
            },
            {
                "member": "C001056",
                "name": "Sen. Cornyn, John [R-TX]",
                "party": "R",
                "state": "TX",
                "district": None,
                "joined_on": "2025-04-10",
                "original": False,
                "withdrawn_on": None,
            },
        ],
        "actions": [
            {
                "key": key,
                "on": "2025-03-27",
                "at": None,
                "text": "Referred to the Committee on Foreign Relations. (text: CR S1912-1913)",
                "code": None,
                "type": "IntroReferral",
                "source": "Senate",
                "committees": ["ssfr00"],
                "recorded_votes": [],
            },
            {
                "key": measure["actions"][1]["key"],
                "on": "2025-03-27",
                "at": None,
                "text": "Introduced in Senate",
                "code": "10000",
                "type": "IntroReferral",
                "source": "Library of Congress",
                "committees": [],
                "recorded_votes": [],
            },
        ],
        "committees": [
            {
                "code": "ssfr00",
                "name": "Foreign Relations Committee",
                "chamber": "senate",
                "activities": [{"name": "Referred To", "at": "2025-03-27T16:35:22Z"}],
                "subcommittees": [],
            }
        ],
        "subjects": [],
        "summaries": [],
        "text_versions": [
            {
                "code": "is",
                "name": "Introduced in Senate",
                "on": "2025-03-27",
                "formats": [
                    {
                        "type": "xml",
                        "url": "https://www.govinfo.gov/bulkdata/BILLS/119/1/sres/BILLS-119sres145is.xml",
                    }
                ],
            }
        ],
        "related": [],
        "amendments": [],
        "laws": [],
        "notes": [],
        "committee_reports": [],
        "cbo_estimates": [],
        "entries": [],
        "source": {
            "name": "govinfo",
            "url": SRES145_URL,
            "updated_at": "2025-06-17T10:56:16Z",
            "fetched_at": "2025-04-01T12:00:00Z",
            "sha256": Document.digest(body),
        },
    }


def test_parts_are_shown_in_the_contracts_terms(reader: Reader) -> None:
    hold(
        record(
            "119/hr/22",
            sponsors=(LAWLER,),
            actions=(
                ActionRecord(
                    "2025-07-15",
                    "On passage Passed by recorded vote: 218 - 206 (Roll no. 123).",
                    "8000",
                    "Floor",
                    "House floor actions",
                    time="20:07:00",
                    recorded_votes=(
                        VoteReference("house", 119, 1, 123, "2025-07-16T00:07:00Z", "https://clerk.house.gov/x"),
                    ),
                ),
                ActionRecord("2025-02-30", None),
            ),
            titles=(TitleRecord("A bill", "Official Title as Introduced", "6", "House", "IH"),),
            summaries=(
                SummaryRecord(
                    "00",
                    "2025-01-03",
                    "Introduced in House",
                    "<p>AT&T<script>alert(1)</script></p>",
                    "2025-02-01T10:00:00+02:00",
                ),
            ),
            text_versions=(
                TextVersionRecord("ih", "Introduced in House", "2025-01-20T04:00:00Z", None, (TextFormat("https://x/y.pdf", "pdf"),)),
                TextVersionRecord("enr", "Enrolled Bill"),
            ),
            related=(RelationRecord("119/s/1", "The same", (RelationDetail("Identical bill", "House"),)),),
            amendments=(AmendmentRecord("119/hamdt/1", purpose="To strike.", latest_on="2025-07-15", latest_text="Agreed to."), AmendmentRecord("119/hamdt/2")),
            laws=(LawRecord("Public Law", "119-1"),),
            notes=("See H.R. 23.",),
            committee_reports=("H. Rept. 119-1",),
            estimates=(EstimateRecord("2025-03-15T03:30:00Z", "H.R. 22", "https://www.cbo.gov/1"),),
        )
    )  # fmt: skip
    measure = reader.get("/measures/119/hr/22")
    assert measure["sponsor"]["district"] == 17
    passed, undated = measure["actions"]
    assert passed["at"] == "2025-07-16T00:07:00Z"  # Washington's 20:07, in summer
    assert passed["recorded_votes"] == [
        {
            "chamber": "house",
            "congress": 119,
            "session": 1,
            "roll": 123,
            "on": "2025-07-15",
            "url": "https://clerk.house.gov/x",
        }
    ]
    assert (undated["on"], undated["at"], undated["text"]) == (None, None, None)  # 30 February is no day
    assert measure["titles"][0] == {
        "type": "Official Title as Introduced",
        "type_code": "6",
        "chamber": "house",
        "text_version": "IH",
        "title": "A bill",
    }
    assert measure["summaries"] == [
        {
            "version": "00",
            "on": "2025-01-03",
            "stage": "Introduced in House",
            "html": "<p>AT&amp;T</p>",
            "updated_at": "2025-02-01T08:00:00Z",
        }
    ]
    assert [v["on"] for v in measure["text_versions"]] == ["2025-01-20", None]
    assert measure["text_versions"][1] == {"code": "enr", "name": "Enrolled Bill", "on": None, "formats": []}
    assert measure["related"] == [
        {"measure": "119/s/1", "title": "The same", "relations": [{"type": "Identical bill", "by": "House"}]}
    ]
    assert measure["amendments"] == [
        {
            "id": "119/hamdt/1",
            "purpose": "To strike.",
            "description": None,
            "latest_action": {"on": "2025-07-15", "text": "Agreed to."},
        },
        {"id": "119/hamdt/2", "purpose": None, "description": None, "latest_action": None},
    ]
    assert measure["laws"] == [{"type": "Public Law", "number": "119-1"}]
    assert measure["notes"] == ["See H.R. 23."]
    assert measure["committee_reports"] == ["H. Rept. 119-1"]
    assert measure["cbo_estimates"] == [
        {"on": "2025-03-14", "title": "H.R. 22", "url": "https://www.cbo.gov/1"}
    ]


def test_a_measure_without_anything_has_every_key_all_the_same(reader: Reader) -> None:
    empty: dict[str, Any] = {"sponsors": (), "actions": (), "committees": (), "introduced_on": None}
    hold(record("119/hr/2", title="Reserved for the Speaker.", updated_at=None, **empty))
    measure = reader.get("/measures/119/hr/2")
    assert list(measure) == WHOLE
    assert (measure["sponsor"], measure["latest_action"], measure["introduced_on"]) == (None, None, None)
    assert measure["cosponsor_counts"] == {"total": 0, "withdrawn": 0, "by_party": {}}
    assert measure["status"]["code"] == "reserved"
    assert measure["source"]["updated_at"] is None


def test_the_short_form_is_the_beginning_of_the_whole_one(reader: Reader) -> None:
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(LAWLER, withdrawn_on="2025-05-01"))))
    (short,) = reader.get("/measures")["results"]
    assert list(short) == SHORT
    whole = reader.get("/measures/119/sres/145")
    assert short == {key: whole[key] for key in SHORT}
    assert short["cosponsor_counts"] == {"total": 1, "withdrawn": 1, "by_party": {"D": 1}}


def test_a_starter_measure_says_what_it_is(reader: Reader) -> None:
    hold(record(), source="starter")
    assert reader.get("/measures/119/sres/145")["origin"] == "starter"


# Paging

SORTS = ["changed", "introduced", "cosponsors", "number", "relevance"]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_hold_every_measure_once_in_order(reader: Reader, sort: str) -> None:
    for n in range(1, 8):
        many = {
            "introduced_on": None if n % 3 == 0 else f"2025-03-{10 + n // 2}",
            "cosponsors": tuple(cosponsor(WARNOCK) for _ in range(n % 2)),
            "title": "Iran " * (1 + n % 3),
        }
        hold(record(f"{118 + n % 2}/sres/{n}", **many), at=FIRST_SEEN + timedelta(minutes=n // 3))
    query = f"/measures?sort={sort}" + ("&q=Iran" if sort == "relevance" else "")
    everything = [measure["id"] for measure in reader.get(f"{query}&limit=250")["results"]]
    paged = [measure["id"] for page in reader.pages(f"{query}&limit=2") for measure in page]
    assert len(everything) == 7
    assert paged == everything


def test_a_measure_that_comes_meanwhile_moves_no_other(reader: Reader) -> None:
    for n in range(1, 5):
        hold(record(f"119/sres/{n}"), at=FIRST_SEEN + timedelta(minutes=n))
    first = reader.get("/measures?limit=2")
    hold(record("119/sres/99"), at=FIRST_SEEN + timedelta(hours=1))
    second = reader.get(first["next"])
    ids = [measure["id"] for measure in first["results"] + second["results"]]
    assert ids == ["119/sres/4", "119/sres/3", "119/sres/2", "119/sres/1"]
    assert second["next"] is None


def test_the_next_page_keeps_the_filters(reader: Reader) -> None:
    hold(record("119/sres/1"), record("119/hr/1"), record("119/sres/2"), record("119/sres/3"))
    pages = list(reader.pages("/measures?type=sres&limit=1&sort=number"))
    assert [measure["id"] for page in pages for measure in page] == ["119/sres/1", "119/sres/2", "119/sres/3"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=251", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("limit=٣", "limit"),
        ("cursor=", "cursor"),
        ("cursor=bm9uc2Vuc2U", "cursor"),
        ("cursor=WzFd", "cursor"),  # of another list
        ("sort=number&cursor=WzEuNSwgMV0", "cursor"),
        ("sort=number&cursor=Wzk5OTk5OTk5OTk5OSwxXQ", "cursor"),  # a number that no column holds
        ("type=zres", "type"),
        ("page=2", "page"),
        ("utm_source=mail", "utm_source"),
        ("topic=iran", "topic"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(reader: Reader, query: str, parameter: str) -> None:
    problem = reader.problem(f"/measures?{query}", 400)
    assert problem["parameter"] == parameter
    assert problem["accepted"]
    assert problem["detail"].startswith(f"{parameter}=")


# Both clocks

MAY = datetime(2025, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def joined_in_may() -> None:
    """Seen on 1 April; on 1 May a document showed that Warnock had joined on 10 April."""
    hold(record())
    joined = (cosponsor(WARNOCK, "2025-04-10"),)
    hold(record(cosponsors=joined, updated_at="2025-05-01T08:00:00Z", title="A new title."), at=MAY)


def test_as_of_shows_what_was_known_then(reader: Reader, joined_in_may: None) -> None:
    before = reader.get("/measures/119/sres/145?as_of=2025-04-30")
    assert (before["title"], before["cosponsors"]) == ("A measure numbered 145.", [])
    assert before["cosponsor_counts"]["total"] == 0
    assert before["changed_at"] == "2025-04-01T12:00:00Z"
    assert before["source"]["updated_at"] == "2025-04-01T08:00:00Z"
    after = reader.get("/measures/119/sres/145?as_of=2025-05-01")  # the end of that day
    assert (after["title"], len(after["cosponsors"])) == ("A new title.", 1)
    assert after["changed_at"] == "2025-05-01T12:00:00Z"
    assert reader.get("/measures/119/sres/145?as_of=2025-05-01T11:59:59Z")["cosponsors"] == []
    assert len(reader.get("/measures/119/sres/145?as_of=2025-05-01T14:00:00%2B02:00")["cosponsors"]) == 1
    assert after == reader.get("/measures/119/sres/145")


def test_on_shows_what_was_officially_so_that_day(reader: Reader, joined_in_may: None) -> None:
    before = reader.get("/measures/119/sres/145?on=2025-04-09")
    assert (before["title"], before["cosponsors"], before["cosponsor_counts"]["total"]) == (
        "A new title.",
        [],
        0,
    )
    assert reader.get("/measures/119/sres/145?on=2025-04-10")["cosponsor_counts"] == {
        "total": 1,
        "withdrawn": 0,
        "by_party": {"D": 1},
    }


def test_before_it_was_known_a_measure_is_not_there_and_says_since_when_it_is(reader: Reader) -> None:
    hold(record())
    problem = reader.problem("/measures/119/sres/145?as_of=2025-03-31", 404)
    assert problem["detail"] == "119/sres/145: known here since 2025-04-01T12:00:00Z."
    problem = reader.problem("/measures/119/sres/145?on=2025-03-26", 404)
    assert problem["detail"] == "119/sres/145: introduced on 2025-03-27."


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("as_of=yesterday", "as_of"),
        ("as_of=", "as_of"),
        ("as_of=2025-02-30", "as_of"),
        ("on=2025-05-01T12:00:00Z", "on"),
        ("on=2025-05-01&on=2025-05-02", "on"),
        ("lang=en", "lang"),
    ],
)
def test_a_clock_that_cannot_be_read_is_named(reader: Reader, query: str, parameter: str) -> None:
    hold(record())
    assert reader.problem(f"/measures/119/sres/145?{query}", 400)["parameter"] == parameter


@pytest.mark.parametrize(
    "path",
    [
        "/measures/119/sres/146",
        "/measures/119/zres/145",
        "/measures/119/sres/0",
        f"/measures/119/sres/{10**30}",
    ],
)
def test_a_measure_that_is_not_held_is_not_found(reader: Reader, path: str) -> None:
    hold(record())
    reader.problem(path, 404)
    reader.problem(f"{path}/changes", 404)


# Its changes


def test_the_changes_of_a_measure_are_its_own_in_the_order_observed(
    reader: Reader, joined_in_may: None
) -> None:
    hold(record("119/sres/9"))
    events = reader.get("/measures/119/sres/145/changes")
    assert events["results"][0]["kind"] == "introduced"
    assert {event["kind"] for event in events["results"][1:]} == {"cosponsor_added", "title_changed"}
    assert events["next"] is None
    joined = reader.get("/measures/119/sres/145/changes?kind=cosponsor_added")["results"]
    assert [(event["subject"], event["occurred_on"], event["observed_at"]) for event in joined] == [
        ("W000790", "2025-04-10", "2025-05-01T12:00:00Z")
    ]
    assert [len(page) for page in reader.pages("/measures/119/sres/145/changes?limit=2")] == [2, 1]


def test_asking_for_a_measure_costs_few_queries_however_many_stand_behind_it(
    reader: Reader, django_assert_num_queries: Any
) -> None:
    many = tuple(
        CosponsorRecord(f"X{n:06}", "Rep. X", "D", "NY", str(n % 20), "2025-03-27") for n in range(300)
    )
    hold(record(cosponsors=many), record("119/sres/1"))
    for path in ("/measures/119/sres/145", "/measures/119/sres/1"):
        with django_assert_num_queries(3):
            reader.get(path)
    with django_assert_num_queries(2):
        reader.get("/measures?type=sres&status=referred&party=R&committee=ssfr00")


def test_a_record_says_the_day_it_stood_so_and_not_today(reader: Reader) -> None:
    over = hold(record("113/sres/1", introduced_on="2013-01-22", actions=()))
    assert over[0].events == 1
    assert reader.get("/measures/113/sres/1?on=2014-01-01")["status"]["code"] != "died"
    assert reader.get("/measures/113/sres/1?on=2015-01-03")["status"]["code"] == "died"
    assert date.fromisoformat(reader.get("/measures/113/sres/1")["status"]["since"]) == date(2015, 1, 3)
