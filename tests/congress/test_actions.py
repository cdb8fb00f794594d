"""A corpus of action lines, each with the oddity it stands for: what it does to the measure it is listed under."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.actions import Effect, Event, read_action

E = Effect
HOUSE, SENATE = "house", "senate"


def passed(chamber: str, *, amended: bool = False) -> Event:
    return Event(E.PASSED, chamber, amended)


LINES: list[tuple[str | None, str | None, Event | None]] = [
    # introductions, under codes that else mean something more
    ("Introduced in House", "1000", Event(E.INTRODUCED)),
    ("Introduced in Senate", None, Event(E.INTRODUCED)),
    (None, "Intro-H", Event(E.INTRODUCED)),
    ("Submitted in House", "H11100", Event(E.INTRODUCED)),
    ("Submitted in House", "H12100", Event(E.INTRODUCED)),
    ("Submitted in House", "H30000", Event(E.INTRODUCED)),
    ("Submitted in the Senate.", None, Event(E.INTRODUCED)),
    # in committee
    ("Referred to the House Committee on the Judiciary.", "H11100", Event(E.REFERRED)),
    ("Read twice and referred to the Committee on Finance.", None, Event(E.REFERRED)),
    ("Read twice and referred jointly to the Committees on Appropriations; the Budget.", None, Event(E.REFERRED)),  # S 2067
    ("Referred sequentially to the Committee on Armed Services, then to be discharged.", None, Event(E.REFERRED)),  # S 1602
    ("Received in the Senate and Read twice and referred to the Committee on Finance.", None, Event(E.REFERRED)),
    ("Referred to the Subcommittee on Health.", None, Event(E.REFERRED)),
    ("Rereferred to the Committee on Rules.", None, Event(E.REFERRED)),
    ("Ordered to be Reported (Amended) by the Yeas and Nays: 26 - 16.", None, Event(E.REFERRED)),
    ("Committee on Finance. Ordered to be reported without amendment favorably.", None, Event(E.REFERRED)),
    ("Committee Consideration and Mark-up Session Held", None, None),
    ("Committee on Finance. Hearings held.", None, None),
    # reported
    ("Reported (Amended) by the Committee on Natural Resources. H. Rept. 119-187.", "5000", Event(E.REPORTED)),
    ("Reported in House", None, Event(E.REPORTED)),
    ("The House Committee on Rules reported an original measure, H. Rept. 119-1, by Mr. Jack.", "H12100", Event(E.REPORTED)),
    ("Committee on Foreign Relations. Reported by Senator Risch without amendment.", "14000", Event(E.REPORTED)),
    ("Select Committee on Intelligence. Original measure reported to Senate by Senator Cotton.", None, Event(E.REPORTED)),
    ("Sent by a wording yet unknown.", "H12200", Event(E.REPORTED)),
    (None, "5000", None),  # HRES 27
    ("Supplemental report filed by the Committee on Energy and Commerce, H. Rept. 119-2, Part II.", "H12210", None),
    ("By Senator Lee from Committee on Energy and Natural Resources filed written report.", "14900", None),
    ("Rules Committee Resolution H. Res. 5 Reported to House. Rule provides for consideration of H.R. 1.", "H1L210", None),
    ("Rules Committee Resolution H. Res. 5 Reported to House. Rule provides for consideration of H.R. 1.", None, None),
    ("Amendment reported by the House Committee on Rules", None, None),
    # on the calendar
    ("Placed on the Union Calendar, Calendar No. 5.", "H12410", Event(E.ON_CALENDAR)),
    ("Read the second time. Placed on Senate Legislative Calendar under General Orders.", None, Event(E.ON_CALENDAR)),
    ("Submitted in the Senate Placed on Senate Executive Calendar under Over, Under the Rule.", None, Event(E.ON_CALENDAR)),  # SRES 532
    ("Introduced in the Senate. Read twice. Pursuant to PL 118-50(e)(1), Placed on Senate Legislative Calendar.", None, Event(E.ON_CALENDAR)),  # SJRES 117 of the 118th
    ("Committee on House Administration discharged.", "H12300", Event(E.ON_CALENDAR)),
    ("Senate Committee on Finance discharged by Unanimous Consent.", None, Event(E.ON_CALENDAR)),
    ("Senate Committee on the Budget discharged by petition, pursuant to 5 U.S.C. 802(c).", None, Event(E.ON_CALENDAR)),
    ("Motion to place bill on Consensus Calendar filed by Mr. Lawler.", "H12440", None),
    ("Motion to Discharge Committee filed by Mrs. Luna. Petition No: 119-1.", "H17000", None),
    ("Motion to discharge Senate Committee on Foreign Relations rejected by Yea-Nay Vote. 47 - 53.", None, None),
    ("Subcommittee on Water, Wildlife and Fisheries Discharged.", None, None),
    # passed, agreed to
    ("Passed/agreed to in House: On passage Passed by the Yeas and Nays: 235 - 191.", "8000", passed(HOUSE)),
    ("On passage Passed by the Yeas and Nays: 235 - 191. (text of amendment in the nature of a substitute: CR H3160)", "H37100", passed(HOUSE, amended=True)),  # S 1318
    ("On motion to suspend the rules and pass the bill, as amended Agreed to by voice vote.", "H37300", passed(HOUSE, amended=True)),
    ("On agreeing to the resolution Agreed to without objection. (text: CR H1)", None, passed(HOUSE)),
    ("On agreeing to the resolution, as amended Agreed to pursuant to H. Res. 5.", None, passed(HOUSE, amended=True)),
    ("Pursuant to the provisions of H. Res. 294, H. Res. 293 is considered passed House.", "H1B000", passed(HOUSE)),
    ("Passed Senate without amendment by Unanimous Consent.", None, passed(SENATE)),
    ("Passed Senate with an amendment by Voice Vote.", None, passed(SENATE, amended=True)),
    ("Passed Senate, under the order of 6/8/21, having achieved 60 votes in the affirmative, with an amendment.", None, passed(SENATE, amended=True)),
    ("Submitted in the Senate, considered, and agreed to without amendment and with a preamble by Unanimous Consent.", None, passed(SENATE)),
    ("Received in the Senate, read twice, considered, read the third time, and passed, under the order of 11/18/25, without amendment.", None, passed(SENATE)),  # HR 4405
    ("Resolution agreed to in Senate without amendment and an amended preamble by Unanimous Consent.", None, passed(SENATE, amended=True)),
    ("Passed Senate without amendment, pursuant to the order of 1/30/1975 as amended by the order of 4/11/1986.", None, passed(SENATE)),
    ("Rule H. Res. 161 passed House.", "H1L220", None),
    ("Rule H. Res. 161 passed House.", None, None),
    ("On agreeing to the Rules amendment (A001) Agreed to without objection.", None, None),
    ("On agreeing to that portion electing the Chaplain Agreed to by voice vote.", None, None),  # HRES 1 of the 118th
    ("Amendment SA 5 agreed to in Senate by Unanimous Consent.", None, None),
    ("Motion to proceed to consideration of measure agreed to in Senate by Yea-Nay Vote. 52 - 47.", None, None),
    ("POSTPONED PROCEEDINGS - The Chair put the question on passage and announced that the ayes had prevailed.", None, None),
    # failed, tabled, taken up again, withdrawn
    ("Failed of passage/not agreed to in House On passage Failed by the Yeas and Nays: 200 - 220.", "9000", Event(E.FAILED, HOUSE)),
    ("On motion to suspend the rules and pass the resolution Failed by the Yeas and Nays: (2/3 required): 211 - 217.", None, Event(E.FAILED, HOUSE)),
    ("Upon reconsideration, under the order of 9/30/2025, not having achieved 60 votes in the affirmative, failed of passage in Senate by Yea-Nay Vote.", None, Event(E.FAILED, SENATE)),
    ("On motion to table Agreed to by the Yeas and Nays: 344 - 79.", "H36510", Event(E.TABLED)),
    ("On motion to table the measure Failed by recorded vote: 208 - 218.", "H36510", None),
    ("On motion to table the motion to reconsider Agreed to by the Yeas and Nays: 214 - 213.", None, None),
    ("Table Motion to Discharge Agreed to by the Yeas and Nays: 210 - 208.", "H82141", None),
    ("Pursuant to the provisions of H. Res. 294, H. Res. 164 is laid on the table.", "H1B000", Event(E.TABLED)),
    ("Motion to reconsider laid on the table Agreed to without objection.", "H38310", None),
    ("Indefinitely postponed by Senate by Unanimous Consent.", None, Event(E.TABLED)),
    ("On motion to reconsider Agreed to by the Yeas and Nays: 215 - 211.", "H38310", Event(E.RECONSIDERED, HOUSE)),
    ("Motion by Senator Thune to reconsider the vote by which H.R. 5371 failed of passage (Record Vote No. 535) agreed to in Senate by Voice Vote.", None, Event(E.RECONSIDERED, SENATE)),
    ("Motion by Senator Thune to reconsider the vote by which cloture was not invoked agreed to in Senate by Voice Vote.", None, None),
    ("Motion to table the motion to reconsider the vote by which S.J. Res. 49 failed of passage agreed to in Senate.", None, None),
    ("The resolution was withdrawn.", None, Event(E.WITHDRAWN)),
    ("Motion to proceed to consideration of measure withdrawn in Senate.", None, None),
    ("The committee substitute withdrawn by Unanimous Consent.", None, None),
    # between the chambers
    ("On motion that the House agree to the Senate amendment Agreed to by the Yeas and Nays: 216 - 214.", "H41610", Event(E.CONCURRED)),
    ("Resolving differences -- House actions: On motion that the House suspend the rules and agree to the Senate amendment Agreed to by voice vote.", "19500", Event(E.CONCURRED)),
    ("On motion that the House suspend the rules and recede from the House amendment to the Senate amendment to H.R. 7147, and concur in the Senate amendment Agreed to.", None, Event(E.CONCURRED)),
    ("House agreed to Senate amendment pursuant to H. Res. 590.", "H1B000", Event(E.CONCURRED)),  # HR 4
    ("Senate agreed to the House amendment to the Senate amendment to H.R. 302 by Yea-Nay Vote. 90 - 7.", None, Event(E.CONCURRED)),
    ("On motion that the House agree to the Senate amendment Agreed to by recorded vote. (text as House agreed to Senate amendment with amendment: CR H1)", None, Event(E.CONCURRED)),
    ("House agreed to Senate amendment with amendment pursuant to H. Res. 1142", "H1B000", Event(E.IN_DISPUTE)),
    ("On motion that the House agree with an amendment to the Senate amendment Agreed to by recorded vote.", None, Event(E.IN_DISPUTE)),
    ("On motion that the House disagree to the Senate amendment, and request a conference Agreed to by voice vote.", None, Event(E.IN_DISPUTE)),
    ("On motion to concur in portion of Senate amendment preceding title II Agreed to by recorded vote.", "H41541", Event(E.IN_DISPUTE)),  # HR 1314 of the 114th
    ("On motion that the House instruct conferees Failed by the Yeas and Nays: 211 - 213.", "H41610", None),
    ("Motion by Senator McConnell to concur in the House amendment to the Senate amendment made in Senate.", None, None),
    ("Mr. Cole moved that the House agree to the Senate amendment.", "H40150", None),
    ("Message on House action received in Senate and at desk: House amendment to Senate bill.", None, Event(E.IN_DISPUTE)),
    ("Message on Senate action sent to the House.", None, None),
    ("To conference: Mr. Price moved that the House insist upon its amendment, and request a conference.", "20700", Event(E.IN_DISPUTE)),
    ("Conference report filed: Conference report H. Rept. 114-357 filed.", "20900", Event(E.IN_DISPUTE)),
    ("Conference report agreed to in House: On agreeing to the conference report Agreed to.", "21000", Event(E.CONFERENCE_AGREED, HOUSE)),
    ("Senate agreed to conference report by Yea-Nay Vote. 51 - 48.", None, Event(E.CONFERENCE_AGREED, SENATE)),
    ("House requested return of papers pursuant to H.Res. 747", "H1B000", None),  # HR 3426
    ("Senate vitiated previous action of 12/02/2025 by Unanimous Consent.", None, None),  # HR 3174
    ("Motion to table the House message to accompany H.R. 7147 agreed to by Voice Vote.", None, None),
    # the President, the states
    ("Presented to President.", "28000", Event(E.PRESENTED)),
    ("Signed by President.", "E30000", Event(E.SIGNED)),
    ("Signed by President.", "36000", Event(E.SIGNED)),
    ("Became Public Law No: 119-86.", "36000", Event(E.BECAME_LAW)),
    ("Became Private Law No: 119-1.", "41000", Event(E.BECAME_LAW)),
    ("Vetoed by President.", "E30000", Event(E.VETOED)),  # HR 131, HR 504
    ("Pocket Vetoed by President.", "30000", Event(E.VETOED)),
    ("Veto message received in Senate. Ordered held at the desk.", None, None),
    ("On motion to refer the bill and the accompanying veto message to the Committee on Natural Resources.", "H43110", None),
    ("Failed of passage in House over veto On passage, the objections of the President to the contrary notwithstanding Failed.", "33000", Event(E.VETO_SUSTAINED)),
    ("On passage, the objections of the President to the contrary notwithstanding Failed by the Yeas and Nays: (2/3 required): 248 - 177.", None, Event(E.VETO_SUSTAINED)),
    ("Passed House over veto: On passage, the objections of the President to the contrary notwithstanding Passed.", "32000", Event(E.VETO_OVERRIDDEN, HOUSE)),
    ("Passed Senate over veto by Yea-Nay Vote. 81 - 13.", None, Event(E.VETO_OVERRIDDEN, SENATE)),
    ("Presented to the Archivist.", None, Event(E.TO_STATES)),
    # nothing at all
    ("Sponsor introductory remarks on measure. (CR H1)", "B00100", None),
    ("DEBATE - The House proceeded with one hour of debate on H. Res. 5.", "H8D000", None),
    ("Star Print ordered on the joint resolution.", None, None),
    ("", None, None),
    (None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "event"), LINES)
def test_a_line_of_actions_does_what_it_says(text: str | None, code: str | None, event: Event | None) -> None:
    assert read_action(text, code) == event


@pytest.mark.parametrize(("text", "code", "event"), [line for line in LINES if line[0] and line[1]])
def test_the_words_say_the_same_without_a_code(text: str, code: str, event: Event | None) -> None:
    """Records of the 118th and before have no codes here. (What is coded but not worded is not understood then.)"""
    assert read_action(text, None) == (None if text.startswith("Sent by a wording") else event)


@given(st.text(max_size=300), st.none() | st.sampled_from(["8000", "H11100", "19500", "no such code", ""]))
def test_any_line_can_be_read(text: str, code: str | None) -> None:
    read_action(text, code)


@pytest.mark.parametrize(
    "piece", ["Committee on ", "Passed ", "(text: ", ". ", "referred ", "motion to ", " "]
)
def test_a_megabyte_of_a_line_is_read_in_one_go(piece: str) -> None:
    """No time is asserted: were it not linear, this would not end."""
    read_action(piece * (1_000_000 // len(piece)), None)
