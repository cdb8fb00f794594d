"""Reading one BILLSTATUS file: what is taken, what is refused, and in which words."""

from __future__ import annotations

import pytest

from tests.builders import COONS, SHAHEEN, billstatus
from tests.records.documents import bill, old_bill
from tracker.records.billstatus import read_billstatus
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    CommitteeName,
    CosponsorRecord,
    DocumentRefused,
    EstimateRecord,
    MeasureRecord,
    RelationDetail,
    RelationRecord,
    SummaryRecord,
    TextFormat,
    TextVersionRecord,
    VoteReference,
)


def record_of(body: bytes) -> MeasureRecord:
    reading = read_billstatus(body)
    assert (reading.unknown, reading.odd) == ({}, ())
    return reading.record


def refusal(body: bytes, expected: tuple[int, str, int] | None = None) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_billstatus(body, expected=expected)
    said = str(refused.value)
    assert "\n" not in said and len(said) < 250
    return said


# What is taken


def test_a_cosponsor_who_withdrew_keeps_both_days() -> None:
    body = billstatus(cosponsors=[(SHAHEEN, "2025-03-27"), (COONS, "2025-04-01", "2025-05-02")])
    assert record_of(body).cosponsors == (
        CosponsorRecord("S001181", "Sen. Shaheen, Jeanne [D-NH]", "D", "NH", joined_on="2025-03-27"),
        CosponsorRecord(
            "C001088",
            "Sen. Coons, Christopher A. [D-DE]",
            "D",
            "DE",
            joined_on="2025-04-01",
            withdrawn_on="2025-05-02",
        ),
    )


def test_an_action_has_its_source_committees_calendar_and_roll_call() -> None:
    body = bill(
        "<actions><item><actionDate>2025-03-06</actionDate><actionTime>11:05:31</actionTime><text>On agreeing (Roll no. 62).</text>"
        "<type>Floor</type><actionCode>H37100</actionCode><sourceSystem><code>2</code><name>House floor actions</name></sourceSystem>"
        "<committees><item><systemCode>hsju00</systemCode><name>Judiciary Committee</name></item></committees>"
        "<calendarNumber><calendar>U00094</calendar></calendarNumber>"
        "<recordedVotes><recordedVote><rollNumber>62</rollNumber><url>https://clerk.house.gov/evs/2025/roll062.xml</url>"
        "<chamber>House</chamber><congress>119</congress><date>2025-03-06T16:05:31Z</date><sessionNumber>1</sessionNumber>"
        "</recordedVote></recordedVotes></item></actions>"
    )
    assert record_of(body).actions == (
        ActionRecord(
            "2025-03-06",
            "On agreeing (Roll no. 62).",
            "H37100",
            "Floor",
            "House floor actions",
            "11:05:31",
            (CommitteeName("hsju00", "Judiciary Committee"),),
            (
                VoteReference(
                    "house",
                    119,
                    1,
                    62,
                    "2025-03-06T16:05:31Z",
                    "https://clerk.house.gov/evs/2025/roll062.xml",
                ),
            ),
            "U00094",
        ),
    )


def test_exact_repetitions_stay_and_empty_items_do_not() -> None:
    row = "<item><actionDate>2025-03-27</actionDate><text>Held.</text></item>"
    assert len(record_of(bill(f"<actions>{row}<item/>{row}<item></item></actions>")).actions) == 2


def test_white_space_round_values_is_none_of_the_source() -> None:
    assert record_of(bill("<title>\n   A resolution. \n</title>")).title == "A resolution."
    assert record_of(bill("<title>  </title>")).title is None


@pytest.mark.parametrize(
    ("url", "package", "code", "kind"),
    [
        (
            "https://www.govinfo.gov/bulkdata/BILLS/119/1/sres/BILLS-119sres145is.xml",
            "BILLS-119sres145is",
            "is",
            "xml",
        ),
        (
            "https://www.govinfo.gov/content/pkg/BILLS-119hr1eh1s/html/BILLS-119hr1eh1s.htm",
            "BILLS-119hr1eh1s",
            "eh1s",
            "htm",
        ),
        (
            "https://www.govinfo.gov/content/pkg/BILLS-118hr2enr/pdf/BILLS-118hr2enr.pdf",
            "BILLS-118hr2enr",
            "enr",
            "pdf",
        ),
        (
            "https://www.govinfo.gov/content/pkg/BILLS-118hr2enr/uslm/BILLS-118hr2enr.xml",
            "BILLS-118hr2enr",
            "enr",
            "uslm",
        ),
        (
            "https://www.govinfo.gov/content/pkg/PLAW-119publ4/uslm/PLAW-119publ4.xml",
            "PLAW-119publ4",
            "plaw",
            "uslm",
        ),
        ("https://www.govinfo.gov/somewhere/else", None, None, None),
    ],
)
def test_a_text_is_known_by_its_package(
    url: str, package: str | None, code: str | None, kind: str | None
) -> None:
    body = bill(
        f"<textVersions><item><type>Some Version</type><date/><formats><item><url>{url}</url></item></formats></item></textVersions>"
    )
    assert record_of(body).text_versions == (
        TextVersionRecord(code, "Some Version", None, package, (TextFormat(url, kind),)),
    )


@pytest.mark.parametrize("written", ["2025-03-27T04:00:00Z", "2025-03-27T05:00:00Z", "2025-03-27"])
def test_midnight_of_washington_is_the_day_of_a_text(written: str) -> None:
    body = bill(f"<textVersions><item><type>IS</type><date>{written}</date><formats/></item></textVersions>")
    assert record_of(body).text_versions[0].on == "2025-03-27"


def test_a_text_version_without_name_day_and_address_is_none() -> None:
    assert (
        record_of(bill("<textVersions><item><type/><date/><formats/></item></textVersions>")).text_versions
        == ()
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<text>&lt;p&gt;Words.&lt;/p&gt;</text>",
        "<text><![CDATA[<p>Words.</p>]]></text>",
        "<cdata><text>&lt;p&gt;Words.&lt;/p&gt;</text></cdata>",
    ],
)
def test_a_summary_is_read_wherever_a_file_keeps_its_words(inner: str) -> None:
    body = bill(
        "<summaries><summary><versionCode>00</versionCode><actionDate>2025-03-27</actionDate>"
        f"<actionDesc>Introduced in Senate</actionDesc><updateDate>2025-05-01T10:00:00Z</updateDate>{inner}</summary></summaries>"
    )
    assert record_of(body).summaries == (
        SummaryRecord("00", "2025-03-27", "Introduced in Senate", "<p>Words.</p>", "2025-05-01T10:00:00Z"),
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<constitutionalAuthorityStatementText>&lt;pre&gt;Article I&lt;/pre&gt;</constitutionalAuthorityStatementText>",
        "<cdata><constitutionalAuthorityStatementText>&lt;pre&gt;Article I&lt;/pre&gt;</constitutionalAuthorityStatementText></cdata>",
        "<constitutionalAuthorityStatementText><cdata>&lt;pre&gt;Article I&lt;/pre&gt;</cdata></constitutionalAuthorityStatementText><cdata/>",
    ],
)
def test_a_statement_of_authority_is_read_wherever_a_file_keeps_it(inner: str) -> None:
    assert record_of(bill(inner)).authority == "<pre>Article I</pre>"


def test_relations_notes_reports_and_estimates_are_read() -> None:
    record = record_of(
        bill(
            "<relatedBills><item><congress>119</congress><type>HRES</type><number>166</number><title>Iran</title>"
            "<relationshipDetails><item><type>Related bill</type><identifiedBy>CRS</identifiedBy></item></relationshipDetails>"
            "</item></relatedBills><notes><item><text>See S.2328.</text></item></notes>"
            "<committeeReports><committeeReport><citation>H. Rept.  117-130,Book 1</citation></committeeReport></committeeReports>"
            "<cboCostEstimates><item><pubDate>2025-06-20T14:55:00Z</pubDate><title>S. 1</title><url>https://www.cbo.gov/1</url>"
            "</item></cboCostEstimates>"
        )
    )
    assert record.related == (
        RelationRecord("119/hres/166", "Iran", (RelationDetail("Related bill", "CRS"),)),
    )
    assert record.notes == ("See S.2328.",)
    assert record.committee_reports == ("H. Rept. 117-130,Book 1",)
    assert record.estimates == (EstimateRecord("2025-06-20T14:55:00Z", "S. 1", "https://www.cbo.gov/1"),)


def test_an_amendment_is_read_whole() -> None:
    (amendment,) = record_of(
        bill(
            "<amendments><amendment><number>1717</number><type>SAMDT</type><congress>119</congress><chamber>Senate</chamber>"
            "<purpose>To improve it.</purpose><submittedDate>2025-04-04T04:00:00Z</submittedDate>"
            "<sponsors><item><name>Rules Committee</name></item></sponsors>"
            "<onBehalfOfSponsor><item><bioguideId>O000174</bioguideId><fullName>Sen. Ossoff, Jon [D-GA]</fullName>"
            "<type>Proposed on behalf of</type></item></onBehalfOfSponsor>"
            "<amendedAmendment><congress>119</congress><type>SAMDT</type><number>1716</number></amendedAmendment>"
            "<actions><count>1</count><actions><item><actionDate>2025-04-04</actionDate><text>Submitted.</text></item></actions></actions>"
            "</amendment></amendments>"
        )
    ).amendments
    assert (amendment.id, amendment.amends) == ("119/samdt/1717", "119/samdt/1716")
    assert amendment.sponsors[0].name == "Rules Committee"
    assert amendment.on_behalf_of[0].member == "O000174"
    assert amendment.actions == (ActionRecord("2025-04-04", "Submitted."),)


def test_a_reserved_number_is_a_measure_without_actions() -> None:
    record = record_of(bill("<title>Reserved for the Speaker.</title><actions/>", kind="HR", number="2"))
    assert (record.id, record.actions, record.latest_on) == ("119/hr/2", (), None)


# The schemas before 3.0.0


def test_the_old_schema_gives_the_same_record_as_the_new() -> None:
    old = record_of(
        old_bill(
            "<committees><billCommittees><item><systemCode>ssfr00</systemCode><name>Foreign Relations</name><subcommittees/>"
            "<activities><item><name>Referred to</name><date>2016-04-16T13:06:35Z</date></item></activities></item></billCommittees></committees>"
            "<subjects><billSubjects><primarySubject><name>Crime</name><parentSubject/></primarySubject>"
            "<otherSubjects><item><name>Law</name><parentSubject><name>Rights</name></parentSubject></item></otherSubjects></billSubjects></subjects>"
            "<summaries><billSummaries><item><versionCode>00</versionCode><actionDate>2016-04-16</actionDate><name>Introduced</name>"
            "<text>Words.</text><lastSummaryUpdateDate>2016-05-01T20:40:12Z</lastSummaryUpdateDate></item></billSummaries></summaries>"
            "<cboCostEstimates><item><rptPubDate>2016-06-01T10:00:00Z</rptPubDate><rptTitle>S. 1</rptTitle><rptUrl>https://c/1</rptUrl></item></cboCostEstimates>"
            "<relatedBills><item><congress>114</congress><type>S.</type><number>2</number><latestTitle>Other</latestTitle></item></relatedBills>"
        )
    )
    assert (old.id, old.policy_area, old.subjects) == ("114/hjres/45", "Crime", ("Law",))
    assert old.committees[0].activities == (ActivityRecord("Referred to", "2016-04-16T13:06:35Z"),)
    assert old.summaries == (
        SummaryRecord("00", "2016-04-16", "Introduced", "Words.", "2016-05-01T20:40:12Z"),
    )
    assert old.estimates == (EstimateRecord("2016-06-01T10:00:00Z", "S. 1", "https://c/1"),)
    assert old.related == (RelationRecord("114/s/2", "Other"),)


def test_an_action_of_2016_has_one_committee_and_a_clock_of_twelve_hours() -> None:
    body = old_bill(
        "<actions><actionTypeCounts><freeText>2</freeText></actionTypeCounts><item><actionDate>2016-01-06</actionDate>"
        "<actionTime>12:05AM</actionTime><text>Held.</text><links/>"
        "<committee><systemCode>hsju10</systemCode><name>Constitution</name></committee></item></actions>"
    )
    assert record_of(body).actions == (
        ActionRecord(
            "2016-01-06", "Held.", time="00:05:00", committees=(CommitteeName("hsju10", "Constitution"),)
        ),
    )


@pytest.mark.parametrize(
    ("chamber", "at", "expected"),
    [
        ("House", "2016-01-07T22:54:47Z", ["named", "named too"]),  # the rows that name its roll
        ("Senate", "2016-01-07T18:15:00Z", ["at its minute"]),  # else the row of its instant
        ("Senate", "2016-01-07T15:00:00Z", ["on the floor"]),  # else the newest on that floor that day
        ("Senate", "2016-01-09T15:00:00Z", ["of that day"]),  # else the newest of the day
    ],
)
def test_a_roll_call_beside_the_actions_is_put_to_those_it_belongs_to(
    chamber: str, at: str, expected: list[str]
) -> None:
    def row(day: str, text: str, more: str = "") -> str:
        return f"<item><actionDate>{day}</actionDate><text>{text}</text>{more}</item>"

    floor = "<type>Floor</type><sourceSystem><name>Senate</name></sourceSystem>"
    rows = (
        row("2016-01-09", "of that day")
        + row("2016-01-07", "named (Roll no. 20)")
        + row("2016-01-07", "named too: Roll no. 20.")
        + row("2016-01-07", "at its minute", "<actionTime>01:15PM</actionTime>")
        + row("2016-01-07", "on the floor", floor)
        + row("2016-01-07", "on the floor before", floor)
        + row("2016-01-05", "another roll of a day before (Roll no. 20)")
    )
    vote = (
        f"<recordedVote><chamber>{chamber}</chamber><congress>114</congress><sessionNumber>2</sessionNumber>"
        f"<rollNumber>20</rollNumber><date>{at}</date><fullActionName>Passage</fullActionName></recordedVote>"
    )
    record = record_of(old_bill(f"<actions>{rows}</actions><recordedVotes>{vote}</recordedVotes>"))
    with_vote = [action.text or "" for action in record.actions if action.recorded_votes]
    assert len(with_vote) == len(expected)
    assert all(text.startswith(start) for text, start in zip(with_vote, expected, strict=True))


def test_a_roll_call_of_a_day_without_actions_is_told_as_odd() -> None:
    vote = (
        "<recordedVote><chamber>House</chamber><congress>114</congress><sessionNumber>2</sessionNumber>"
        "<rollNumber>20</rollNumber><date>2016-01-07T22:54:47Z</date></recordedVote>"
    )
    reading = read_billstatus(old_bill(f"<recordedVotes>{vote}</recordedVotes>"))
    assert reading.odd == ("recorded_votes: house 114/2/20: no action of its day",)


def test_a_house_calendar_beside_the_actions_is_put_to_the_one_that_placed_it_there() -> None:
    rows = "".join(
        f"<item><actionDate>2016-01-07</actionDate><text>{text}</text></item>"
        for text in (
            "Placed on Senate Legislative Calendar under General Orders. Calendar No. 83.",
            "Placed on the Union Calendar, Calendar No. 83.",
            "Placed on the House Calendar, Calendar No. 83.",
        )
    )
    calendars = "<item><calendar>U00083</calendar><number/></item><item><calendar>Senate Calendar of Business</calendar></item>"
    record = record_of(old_bill(f"<actions>{rows}</actions><calendarNumbers>{calendars}</calendarNumbers>"))
    assert [action.calendar for action in record.actions] == [None, "U00083", None]


# What is refused


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!doctype html><title>Service unavailable</title>", "web page"),
        (b"\n <HTML><body>403</body></HTML>", "web page"),
        (b'{"error": "UnboundLocalError"}', "JSON"),
        (b"\x00\x01\x02\x03", "not well-formed XML"),
        (b"<billStatus><bill>", "not well-formed XML"),
        (b"<rss/>", "root element is 'rss'"),
        (b'<billStatus xmlns="http://example.org/"><bill/></billStatus>', "root element"),
        (b"<billStatus/>", "no measures"),
        (b"<billStatus><bill/></billStatus>", "no congress"),
        (b"<billStatus><bill/><bill/></billStatus>", "2 measures"),
        ("<billStatus><bill/></billStatus>".encode("utf-16"), "not well-formed XML"),
        (b"<?xml version='1.0' encoding='latin-1'?><billStatus>\xe9</billStatus>", "not well-formed XML"),
    ],
)
def test_what_is_no_billstatus_file_is_refused_in_one_line(body: bytes, said: str) -> None:
    assert said in refusal(body)


@pytest.mark.parametrize(
    "prolog",
    [
        b"",
        b"<?xml version='1.0'?>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n",
        b"<!-- a comment -->\n<!-- <html> -->",
        b"<?xml version='1.0'?><?style x?>",
    ],
)
@pytest.mark.parametrize(
    "declaration",
    [
        b"<!DOCTYPE billStatus>",
        b'<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE b SYSTEM "http://127.0.0.1:1/x.dtd">',
        b"<!doctype b>",
    ],
)
def test_a_document_type_is_refused_before_anything_is_parsed(prolog: bytes, declaration: bytes) -> None:
    assert refusal(prolog + declaration + bill("")) == "document type declaration: not allowed in this XML"


def test_a_bomb_of_entities_is_refused_as_a_document_type() -> None:
    lines = b"".join(b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(12))
    said = refusal(b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + lines + b"]><billStatus>&m;</billStatus>")
    assert "document type" in said


def test_the_words_of_a_summary_may_speak_of_document_types() -> None:
    record = record_of(bill("<title><![CDATA[<!DOCTYPE html> is how a page begins]]></title>"))
    assert record.title == "<!DOCTYPE html> is how a page begins"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": "1e9"}, "number is '1e9'"),
        ({"number": ""}, "no number"),
        ({"number": "0"}, "number is '0'"),
        ({"number": "٣"}, "number is"),
        ({"number": "12345678901"}, "number is"),
        ({"congress": "119 "}, "congress is '119'"),
        ({"congress": "-1"}, "congress is '-1'"),
        ({"kind": "ZRES"}, "type is 'ZRES'"),
    ],
)
def test_a_measure_that_does_not_say_which_it_is_is_refused(given: dict[str, str], said: str) -> None:
    assert said in refusal(bill("", **given))


def test_another_measure_inside_is_refused_by_both_names() -> None:
    said = refusal(billstatus(146), expected=(119, "sres", 145))
    assert "119/sres/146" in said and "119/sres/145" in said
    assert read_billstatus(billstatus(145), expected=(119, "sres", 145)).record.number == 145


def test_a_true_document_of_twenty_megabytes_is_read() -> None:
    row = (
        "<item><actionDate>2025-03-27</actionDate><text>" + "Considered at length. " * 42 + "{}</text></item>"
    )
    body = bill("<actions>" + "".join(row.format(i) for i in range(20_000)) + "</actions>")
    assert len(body) > 19_000_000
    assert len(record_of(body).actions) == 20_000


def test_text_nested_deeper_than_any_document_is_refused() -> None:
    deep = "<later>" * 100 + "</later>" * 100
    assert "deeper than 64" in refusal(bill(deep))
    assert "not well-formed" in refusal(bill("<later>" * 5000 + "</later>" * 5000))
    assert read_billstatus(bill("<later>" * 40 + "</later>" * 40)).unknown == {"bill/later": 1}
