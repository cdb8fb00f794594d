"""A schema that moves: what is new is counted and shown; what only has another name is never taken for absent."""

from __future__ import annotations

import re

import pytest

from tests.builders import COONS, CRUZ, KING, SHAHEEN, billstatus
from tests.records.documents import bill
from tracker.records.account import ODD_LIMIT, PATHS_LIMIT
from tracker.records.billstatus import read_billstatus
from tracker.records.model import DocumentRefused, Reading

COSPONSORS = [
    (SHAHEEN, "2025-03-27"),
    (COONS, "2025-03-27"),
    (CRUZ, "2025-04-01"),
    (KING, "2025-04-02", "2025-05-01"),
]
WHOLE = billstatus(
    cosponsors=COSPONSORS,
    subjects=("Iran", "Refugees"),
    extra="<summaries><summary><versionCode>00</versionCode><actionDate>2025-03-27</actionDate><actionDesc>Introduced</actionDesc>"
    "<text>Words.</text><updateDate>2025-05-01</updateDate></summary></summaries>"
    "<textVersions><item><type>Introduced in Senate</type><date>2025-03-27T04:00:00Z</date><formats><item>"
    "<url>https://www.govinfo.gov/content/pkg/BILLS-119sres145is/xml/BILLS-119sres145is.xml</url></item></formats></item></textVersions>"
    "<relatedBills><item><congress>119</congress><type>HRES</type><number>166</number><title>Iran</title>"
    "<relationshipDetails><item><type>Related bill</type><identifiedBy>CRS</identifiedBy></item></relationshipDetails></item></relatedBills>"
    "<amendments><amendment><number>1</number><type>SAMDT</type><congress>119</congress>"
    "<submittedDate>2025-04-04T04:00:00Z</submittedDate><sponsors><item><fullName>Sen. Cruz, Ted [R-TX]</fullName></item></sponsors>"
    "<cosponsors><item><bioguideId>K000383</bioguideId><fullName>Sen. King</fullName><sponsorshipDate>2025-04-04</sponsorshipDate>"
    "</item></cosponsors><actions><actions><item><actionDate>2025-04-04</actionDate><text>Submitted.</text>"
    "<committees><item><systemCode>ssfr00</systemCode><name>Foreign Relations</name></item></committees></item></actions></actions>"
    "</amendment></amendments>",
)


def renamed(old: str, new: str, body: bytes = WHOLE) -> bytes:
    found = re.sub(rb"(</?)" + old.encode() + rb"(/?>)", rb"\1" + new.encode() + rb"\2", body)
    assert found != body
    return found


def with_later_elements(body: bytes) -> bytes:
    """The file of a later schema: an element more in everything that is no list."""
    later = b"<laterElement kind='1'>not in the schema of today</laterElement>"
    for name in (b"bill", b"billStatus", b"amendment", b"summary"):
        body = body.replace(b"</" + name + b">", later + b"</" + name + b">")
    body = body.replace(b"</fullName>", b"</fullName>" + later).replace(
        b"</actionDate>", b"</actionDate>" + later
    )
    body = body.replace(b"</systemCode>", b"</systemCode>" + later).replace(
        b"</titleType>", b"</titleType>" + later
    )
    return body.replace(b"<version>3.0.0</version>", b"<version>4.0.0</version>")


def refusal(body: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_billstatus(body)
    return str(refused.value)


def test_a_later_schema_with_more_elements_is_read_and_they_are_counted() -> None:
    before, after = read_billstatus(WHOLE), read_billstatus(with_later_elements(WHOLE))
    assert after.record == before.record
    assert after.missing == before.missing
    assert after.unknown == {
        "version 4.0.0": 1,
        "laterElement": 1,
        "bill/laterElement": 1,
        "bill/sponsors/item/laterElement": 1,
        "bill/cosponsors/item/laterElement": 4,
        "bill/actions/item/laterElement": 2,
        "bill/committees/item/laterElement": 1,
        "bill/titles/item/laterElement": 1,
        "bill/summaries/summary/laterElement": 2,
        "bill/amendments/amendment/laterElement": 1,
        "bill/amendments/amendment/sponsors/item/laterElement": 1,
        "bill/amendments/amendment/cosponsors/item/laterElement": 1,
        "bill/amendments/amendment/actions/actions/item/laterElement": 1,
        "bill/amendments/amendment/actions/actions/item/committees/item/laterElement": 1,
    }


@pytest.mark.parametrize("version", ["3.0.1", "4", "0"])
def test_a_version_that_was_never_met_is_counted(version: str) -> None:
    assert read_billstatus(bill(version=version)).unknown == {f"version {version}": 1}


@pytest.mark.parametrize("version", ["3.0.0", "1.0.0", ""])
def test_a_version_that_is_known_or_not_told_is_not(version: str) -> None:
    assert read_billstatus(bill(version=version)).unknown == {}


@pytest.mark.parametrize(
    ("old", "part"),
    [
        ("committees", "committees"),
        ("subjects", "subjects"),
        ("summaries", "summaries"),
        ("textVersions", "text_versions"),
        ("relatedBills", "related"),
        ("amendments", "amendments"),
        ("introducedDate", "introduced_on"),
    ],
)
def test_a_part_under_another_name_is_missing_beside_an_unknown_one(old: str, part: str) -> None:
    only_top = re.sub(
        rb"<committees><item><systemCode>ssfr00</systemCode><name>Foreign Relations</name></item></committees>",
        b"",
        WHOLE,
    )
    reading = read_billstatus(renamed(old, "anotherName", only_top))
    assert part in reading.missing
    assert reading.unknown == {"bill/anotherName": 1}


def test_a_part_that_is_just_not_there_is_missing_too_with_nothing_unknown() -> None:
    reading = read_billstatus(bill("<cosponsors/>"))
    assert reading.unknown == {}
    assert "cosponsors" not in reading.missing
    assert {"laws", "titles", "title", "amendments"} <= set(reading.missing)


def test_cosponsors_renamed_everywhere_leave_those_of_amendments_in_doubt_too() -> None:
    reading = read_billstatus(renamed("cosponsors", "coSponsorList"))
    assert reading.unknown == {"bill/coSponsorList": 1, "bill/amendments/amendment/coSponsorList": 1}
    assert {"cosponsors", "amendments"} <= set(reading.missing)


def test_rows_under_another_name_leave_their_part_in_doubt() -> None:
    row = "<{0}><bioguideId>K000383</bioguideId></{0}>"
    for rows in (row.format("entry"), row.format("item") + row.format("entry")):
        reading = read_billstatus(bill(f"<cosponsors>{rows}</cosponsors>"))
        assert reading.unknown == {"bill/cosponsors/entry": 1}
        assert "cosponsors" in reading.missing

    counted = read_billstatus(bill(f"<cosponsors>{row.format('item')}<sums><all>1</all></sums></cosponsors>"))
    assert counted.unknown == {"bill/cosponsors/sums": 1}
    assert "cosponsors" not in counted.missing


def test_subject_terms_under_another_name_leave_the_subjects_in_doubt() -> None:
    reading = read_billstatus(renamed("legislativeSubjects", "terms"))
    assert reading.record.subjects == ()
    assert "subjects" in reading.missing


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("actionDate", "actionDate was expected, in bill/"),
        ("bioguideId", "bioguideId was expected, in bill/cosponsors/item"),
        ("sponsorshipDate", "sponsorshipDate was expected, in bill/cosponsors/item"),
        ("systemCode", "systemCode was expected, in bill/committees/item"),
        ("activities", "activities was expected, in bill/committees/item"),
        ("versionCode", "versionCode was expected, in bill/summaries/summary"),
        ("formats", "formats was expected, in bill/textVersions/item"),
        ("relationshipDetails", "relationshipDetails was expected, in bill/relatedBills/item"),
        ("submittedDate", "submittedDate was expected, in bill/amendments/amendment"),
        ("text", "text was expected, in bill/actions/item"),
        ("titleType", "titleType was expected, in bill/titles/item"),
    ],
)
def test_what_every_row_must_have_is_not_taken_for_absent_under_another_name(old: str, said: str) -> None:
    assert refusal(renamed(old, "anotherName")).startswith("unknown part anotherName where ")
    assert said in refusal(renamed(old, "anotherName"))


@pytest.mark.parametrize("name", ["number", "type", "congress"])
def test_a_measure_without_its_name_is_refused(name: str) -> None:
    body = bill().replace(f"<{name}>".encode(), b"<other>").replace(f"</{name}>".encode(), b"</other>")
    assert refusal(body) == f"the document does not say which measure it is about: no {name}"


def test_days_that_are_missing_without_a_stranger_beside_them_are_absent() -> None:
    body = bill(
        "<cosponsors><item><bioguideId>K000383</bioguideId><fullName>King</fullName></item></cosponsors>"
    )
    assert read_billstatus(body).record.cosponsors[0].joined_on is None


def test_an_unknown_text_is_no_date_and_stands_for_none() -> None:
    body = bill(
        "<cosponsors><item><bioguideId>K000383</bioguideId><fullName>King</fullName><mood>cheerful</mood></item></cosponsors>"
    )
    assert read_billstatus(body).unknown == {"bill/cosponsors/item/mood": 1}


def test_a_text_with_elements_in_it_keeps_all_its_words_and_is_told() -> None:
    reading = read_billstatus(bill("<title>A <i>very</i> long<br/> title</title>"))
    assert reading.record.title == "A very long title"
    assert reading.unknown == {"bill/title/…": 1}


def test_a_row_that_is_a_bare_text_is_told() -> None:
    body = bill("<subjects><legislativeSubjects><item>Iran</item><item/></legislativeSubjects></subjects>")
    assert read_billstatus(body).unknown == {"bill/subjects/legislativeSubjects/item/text()": 1}


def test_of_a_repeated_element_the_first_that_is_not_empty_counts() -> None:
    assert read_billstatus(bill("<title/><title>First</title><title>Second</title>")).record.title == "First"


def test_paths_are_counted_up_to_a_limit() -> None:
    reading = read_billstatus(bill("".join(f"<part{i}/><part{i}/>" for i in range(PATHS_LIMIT + 30))))
    assert len(reading.unknown) == PATHS_LIMIT + 1
    assert reading.unknown["…"] == 60


# Values that cannot be what they claim


def odd(inner: str) -> Reading:
    reading = read_billstatus(bill(inner))
    assert reading.unknown == {}
    return reading


@pytest.mark.parametrize("day", ["2025-02-30", "0000-00-00", "1025-01-01", "soon"])
def test_a_day_that_is_none_is_kept_as_written_and_told(day: str) -> None:
    reading = odd(
        f"<introducedDate>{day}</introducedDate><cosponsors><item><bioguideId>K000383</bioguideId>"
        f"<sponsorshipDate>{day}</sponsorshipDate><sponsorshipWithdrawnDate>{day}</sponsorshipWithdrawnDate></item></cosponsors>"
        f"<actions><item><actionDate>{day}</actionDate></item></actions>"
    )
    assert reading.record.introduced_on == reading.record.actions[0].on == day
    assert set(reading.odd) == {
        f"introduced_on: {day}",
        f"cosponsors[0].joined_on: {day}",
        f"cosponsors[0].withdrawn_on: {day}",
        f"actions[0].on: {day}",
    }


def test_an_instant_of_2015_for_a_day_is_that_day() -> None:
    reading = odd(
        "<cosponsors><item><bioguideId>K000383</bioguideId><sponsorshipDate>2015-03-23T04:00:00Z</sponsorshipDate></item></cosponsors>"
    )
    assert (reading.record.cosponsors[0].joined_on, reading.odd) == ("2015-03-23", ())


def test_a_roll_call_that_its_numbers_do_not_name_is_left_out_and_told() -> None:
    vote = "<recordedVote><chamber>House</chamber><congress>119</congress><sessionNumber>1</sessionNumber><rollNumber>6x</rollNumber></recordedVote>"
    reading = odd(
        f"<actions><item><actionDate>2025-03-06</actionDate><recordedVotes>{vote}</recordedVotes></item></actions>"
    )
    assert reading.record.actions[0].recorded_votes == ()
    assert reading.odd == ("actions[0].recorded_votes: House/119/1/6x",)


def test_relations_and_amendments_without_a_true_number_are_left_out_and_told() -> None:
    reading = odd(
        "<relatedBills><item><congress>119</congress><type>HRES</type><number>1e9</number></item></relatedBills>"
        "<amendments><amendment><congress>119</congress><type>SAMDT</type><number/></amendment></amendments>"
    )
    assert (reading.record.related, reading.record.amendments) == ((), ())
    assert reading.odd == ("related[0]: 119/HRES/1e9", "amendments[0]: 119/SAMDT/–")


def test_odd_values_are_told_up_to_a_limit_and_cut() -> None:
    row = "<item><actionDate>" + "9" * 500 + "</actionDate></item>"
    reading = odd(f"<actions>{row * (ODD_LIMIT + 20)}</actions>")
    assert len(reading.odd) == ODD_LIMIT
    assert all(len(line) < 100 for line in reading.odd)
