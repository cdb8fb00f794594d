"""The chambers' files of a vote: what is read from them, what is refused, and that nothing else ever comes out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vote_builders import HOUSE, SENATE, house_vote, senate_vote
from tracker.congress.roll_calls import Tally
from tracker.records.house_vote import read_house_vote
from tracker.records.model import DocumentRefused
from tracker.records.roll_call import measure_named, mismatches
from tracker.records.senate_vote import read_senate_vote


def test_a_roll_call_of_the_house_is_read_whole() -> None:
    record = read_house_vote(house_vote(), expected=(119, 1, 123))
    assert record.key == "119/house/2025/123"
    assert (record.on, record.at) == ("2025-03-11", datetime(2025, 3, 11, 21, 51, tzinfo=UTC))
    assert (record.question, record.result, record.outcome) == ("On Passage", "Passed", "agreed")
    assert (record.threshold, record.form) == ("1/2", "vote")
    assert record.matters[0].measure == "119/hjres/25"
    assert record.printed == record.counted == Tally(yea=4, nay=3, not_voting=1)
    assert record.by_party["R"] == Tally(yea=3, nay=1)
    first = record.voters[0]
    assert (first.id, first.name, first.party, first.state, first.cast, first.position) == (
        "A000370", "Adams", "D", "NC", "Nay", "nay",
    )  # fmt: skip
    assert mismatches(record) == []


def test_aye_and_no_count_as_yea_and_nay_and_stand_as_printed() -> None:
    votes = [(*HOUSE[0][:4], "No"), (*HOUSE[1][:4], "Aye")]
    record = read_house_vote(house_vote(votes=votes, kind="RECORDED VOTE"))
    assert [(v.cast, v.position) for v in record.voters] == [("No", "nay"), ("Aye", "yea")]
    assert mismatches(record) == []


def test_two_thirds_are_told_by_the_type() -> None:
    assert read_house_vote(house_vote(kind="2/3 YEA-AND-NAY")).threshold == "2/3"


SPEAKER = (
    "<totals-by-candidate><candidate>Johnson (LA)</candidate><candidate-total>2</candidate-total></totals-by-candidate>"
    "<totals-by-candidate><candidate>Jeffries</candidate><candidate-total>1</candidate-total></totals-by-candidate>"
    "<totals-by-candidate><candidate>Present</candidate><candidate-total>0</candidate-total></totals-by-candidate>"
    "<totals-by-candidate><candidate>Not Voting</candidate><candidate-total>0</candidate-total></totals-by-candidate>"
)


def test_an_election_of_a_speaker_has_candidates_whatever_its_type_says() -> None:
    votes = [
        (*HOUSE[0][:4], "Jeffries"),
        (*HOUSE[1][:4], "Johnson (LA)"),
        (*HOUSE[3][:4], "Johnson (LA)"),
    ]
    body = house_vote(
        2, votes=votes, issue="", question="Election of the Speaker", result="Johnson (LA)", totals=SPEAKER
    )
    record = read_house_vote(body)
    assert (record.form, record.outcome, record.threshold) == ("election", "elected", None)
    assert record.candidates == {"Johnson (LA)": 2, "Jeffries": 1}
    assert [(v.cast, v.position) for v in record.voters][:2] == [
        ("Jeffries", "candidate"),
        ("Johnson (LA)", "candidate"),
    ]
    assert record.matters == ()
    assert mismatches(record) == []


def test_who_voted_for_nobody_in_an_election_is_held_against_the_totals_printed_among_the_candidates() -> (
    None
):
    votes = [(*HOUSE[0][:4], "Jeffries"), (*HOUSE[1][:4], "Johnson (LA)"), (*HOUSE[3][:4], "Johnson (LA)"), (*HOUSE[4][:4], "Present")]  # fmt: skip
    one = "<candidate>Present</candidate><candidate-total>{}</candidate-total>"
    told = SPEAKER.replace(one.format(0), one.format(1))
    record = read_house_vote(house_vote(2, votes=votes, issue="", result="Johnson (LA)", totals=told))
    assert mismatches(record) == []
    wrong = SPEAKER.replace(one.format(0), one.format(2))
    record = read_house_vote(house_vote(2, votes=votes, issue="", result="Johnson (LA)", totals=wrong))
    assert [str(each) for each in mismatches(record)] == ["present: 2 printed, 1 counted"]


def test_a_call_of_the_house_decides_nothing() -> None:
    votes = [(*HOUSE[0][:4], "Present"), (*HOUSE[1][:4], "Not Voting")]
    record = read_house_vote(
        house_vote(
            1, votes=votes, issue="QUORUM", question="Call of the House", kind="QUORUM", result="Passed"
        )
    )
    assert (record.form, record.outcome, record.threshold) == ("quorum", "none", None)
    assert record.counted == Tally(present=1, not_voting=1)


def test_files_from_before_ids_were_printed_are_read_all_the_same() -> None:
    record = read_house_vote(house_vote(votes=[("", "Adams", "D", "NC", "Nay")]))
    assert record.voters[0].id is None


def test_a_total_that_the_names_do_not_make_is_found() -> None:
    body = house_vote().replace(b"<yea-total>4</yea-total>", b"<yea-total>5</yea-total>")
    assert [str(each) for each in mismatches(read_house_vote(body))] == ["yea: 5 printed, 4 counted"]


def test_a_vote_of_the_senate_is_read_whole() -> None:
    record = read_senate_vote(senate_vote(), expected=(119, 1, 549))
    assert record.key == "119/senate/2025/549"
    assert (record.on, record.at) == ("2025-03-04", datetime(2025, 3, 4, 23, 5, tzinfo=UTC))
    assert record.modified_at == "2025-03-04T23:20:00Z"
    assert (record.question, record.outcome) == ("On the Joint Resolution", "agreed")
    assert record.matters[0].measure == "119/sjres/3"
    assert record.counted == Tally(yea=2, nay=2)
    assert (record.voters[2].id, record.voters[2].name) == ("S363", "Angus King")
    assert record.tie_break is None


def test_a_tie_that_the_vice_president_broke_leaves_the_counts_even() -> None:
    record = read_senate_vote(senate_vote(tie=("Vice President of the United States", "Yea")))
    assert record.counted == Tally(yea=2, nay=2)
    assert record.tie_break is not None and record.tie_break.cast == "Yea"
    assert record.outcome == "agreed"
    assert mismatches(record) == []


def test_a_nomination_is_no_measure() -> None:
    record = read_senate_vote(
        senate_vote(document=("PN", "11-2"), question="On the Nomination", result="Nomination Confirmed")
    )
    (matter,) = record.matters
    assert (matter.measure, matter.nomination) == (None, "PN11-2")
    assert record.outcome == "agreed"


def test_nominations_en_bloc_are_all_named() -> None:
    documents = "".join(
        f"<document><document_type>PN</document_type><document_number>{n}</document_number><document_name>PN{n}</document_name></document>"
        for n in ("12-1", "345")
    )
    record = read_senate_vote(senate_vote(documents=documents))
    assert [matter.nomination for matter in record.matters] == ["PN12-1", "PN345"]


def test_a_treaty_is_named_as_such() -> None:
    documents = "<document><document_type>Treaty Doc.</document_type><document_number>118-1</document_number><document_name>Treaty Doc. 118-1</document_name></document>"
    (matter,) = read_senate_vote(senate_vote(documents=documents)).matters
    assert (matter.measure, matter.treaty) == (None, "Treaty Doc. 118-1")


def test_an_amendment_stands_with_the_measure_that_it_amends() -> None:
    record = read_senate_vote(senate_vote(document=("S.Con.Res.", "7"), amendment="S.Amdt. 14"))
    assert (record.matters[0].amendment, record.matters[0].measure) == ("119/samdt/14", "119/sconres/7")
    assert record.matters[0].name == "S.Amdt. 14 to S.Con.Res. 7"


def test_guilty_and_not_guilty_are_for_and_against() -> None:
    votes = [(*SENATE[0][:4], "Guilty"), (*SENATE[1][:4], "Not Guilty")]
    record = read_senate_vote(
        senate_vote(votes=votes, question="Guilty or Not Guilty", result="Not Guilty", threshold="2/3")
    )
    assert [v.position for v in record.voters] == ["yea", "nay"]
    assert (record.outcome, mismatches(record)) == ("rejected", [])


@pytest.mark.parametrize(
    ("written", "measure"),
    [
        ("H J RES 139", "119/hjres/139"),
        ("H R 1", "119/hr/1"),
        ("S.Con.Res. 7", "119/sconres/7"),
        ("S. 5", "119/s/5"),
        ("S CON RES 7", "119/sconres/7"),
        ("QUORUM", None),
        ("PN 12", None),
        ("H R 0", None),
        ("H R", None),
        (None, None),
    ],
)
def test_a_measure_is_told_by_its_name(written: str | None, measure: str | None) -> None:
    assert measure_named(written, 119) == measure


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>Not available</title>", "web page"),
        (house_vote()[:900], "not well-formed"),
        (house_vote(votes=[], totals=""), "nobody's vote"),
        (house_vote(on="11-Foo-2025"), "action-date"),
        (house_vote(session="fourth"), "session"),
        (house_vote().replace(b"<rollcall-num>123<", b"<rollcall-num>x<"), "rollcall-num"),
        (house_vote(124), "is vote 124"),
        (senate_vote(), "root element"),
        (house_vote(doctype='<!DOCTYPE rollcall-vote [<!ENTITY a "b">]>'), "document type"),
    ],
)
def test_what_is_no_such_roll_call_of_the_house_is_refused_in_a_line(body: bytes, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refused:
        read_house_vote(body, expected=(119, 1, 123))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (house_vote(), "document type"),
        (senate_vote(on="Someday"), "vote_date"),
        (senate_vote(session=2), "session 2"),
        (senate_vote().replace(b"<yeas>2<", b"<yeas>two<"), "yeas"),
        (senate_vote(votes=[]), "nobody's vote"),
    ],
)
def test_what_is_no_such_vote_of_the_senate_is_refused_in_a_line(body: bytes, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why):
        read_senate_vote(body, expected=(119, 1, 549))


@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    reader, body = data.draw(
        st.sampled_from([(read_house_vote, house_vote()), (read_senate_vote, senate_vote())])
    )
    changed = bytearray(body)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        if data.draw(st.booleans()):
            changed[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
        else:
            changed[at] = data.draw(st.integers(0, 255))
    try:
        record = reader(bytes(changed))
    except DocumentRefused as refused:
        assert "\n" not in str(refused)
    else:
        assert record.counted.all == len(record.voters)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_in_any_element_are_read_or_refused(words: str, day: str) -> None:
    try:
        read_house_vote(
            house_vote(
                question=words,
                result=words,
                issue=words,
                title=words,
                on=day.replace("<", "").replace("&", ""),
            )
        )
        read_senate_vote(senate_vote(question=words, result=words, title=words))
    except DocumentRefused as refused:
        assert "\n" not in str(refused)
