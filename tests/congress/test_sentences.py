"""One sentence on a status: known ones word by word, and grammar for every code and type."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.committees import committee_in_line, committee_name
from tracker.congress.measures import TYPES
from tracker.congress.sentences import status_sentence, written_day
from tracker.congress.stages import PENDING, STATUS_LABELS, Status

FOREIGN = ["Foreign Relations Committee"]


def told(
    type: str,
    code: str,
    since: str | None = "2025-03-27",
    line: str | None = None,
    *,
    committees: list[str] | None = None,
    introduced_on: str | None = "2025-03-27",
    before: Status | None = None,
    congress: int = 119,
    law: str | None = None,
) -> str:
    return status_sentence(
        type=type,
        status=Status(code, since, None, before),
        action_text=line,
        introduced_on=introduced_on,
        committees=committees or [],
        congress=congress,
        law=law,
    )


def test_s_res_145_is_with_its_committee() -> None:
    assert told("sres", "referred", committees=FOREIGN) == (
        "The Senate referred it to its Foreign Relations Committee on March 27, 2025, the day it was introduced."
    )


def test_s_res_599_died_where_it_lay() -> None:
    before = Status("referred", "2024-03-20", 0)
    assert told("sres", "died", "2025-01-03", committees=FOREIGN, congress=118, before=before) == (
        "It died with the 118th Congress on January 3, 2025, in the Senate Foreign Relations Committee, "
        "where it had been since March 20, 2024."
    )


@pytest.mark.parametrize(
    ("type", "line", "sentence"),
    [
        ("sres", "Submitted in the Senate, considered, and agreed to without amendment by Unanimous Consent.",
         "The Senate agreed to it by unanimous consent on March 27, 2025: a Senate resolution is then final, and not law."),
        ("hres", "On agreeing to the resolution Agreed to by recorded vote: 217 - 212 (Roll no. 198).",
         "The House agreed to it by 217 votes to 212 on March 27, 2025: a House resolution is then final, and not law."),
        ("hconres", "On motion that the House agree to the Senate amendment Agreed to by the Yeas and Nays: 216 - 214.",
         "Both chambers agreed to it, the second on March 27, 2025: a concurrent resolution is then final, and not law."),
    ],
)  # fmt: skip
def test_an_agreement_says_how_and_that_it_is_not_law(type: str, line: str, sentence: str) -> None:
    assert told(type, "agreed_to", line=line) == sentence


@pytest.mark.parametrize(
    ("committees", "line", "to"),
    [
        (["Judiciary Committee"], None, "its Judiciary Committee"),
        (["Energy and Commerce Committee", "Ways and Means Committee"], None, "its Energy and Commerce Committee and its Ways and Means Committee"),
        (["A Committee", "B Committee", "C Committee"], None, "three of its committees"),
        (["Committee"] * 21, None, "21 of its committees"),
        (["Committee on House Administration"], None, "its Committee on House Administration"),
        (["Intelligence (Permanent Select) Committee"], None, "its Permanent Select Committee on Intelligence"),
        ([], "Referred to the House Committee on the Judiciary.", "its Judiciary Committee"),
        ([], None, "committee"),
    ],
)  # fmt: skip
def test_a_referral_names_its_committees(committees: list[str], line: str | None, to: str) -> None:
    assert (
        told("hr", "referred", "2025-04-01", line, committees=committees)
        == f"The House referred it to {to} on April 1, 2025."
    )


@pytest.mark.parametrize(
    ("type", "code", "line", "sentence"),
    [
        ("hr", "referred", "Ordered to be Reported by Voice Vote.", "A House committee voted to report it on March 27, 2025."),
        ("s", "referred", "Committee on Finance. Ordered to be reported favorably.", "The Senate Finance Committee voted to report it on March 27, 2025."),
        ("hr", "reported", "Reported (Amended) by the Committee on Natural Resources. H. Rept. 119-187.", "The House Natural Resources Committee reported it on March 27, 2025."),
        ("hres", "reported", "The House Committee on Rules reported an original measure, H. Rept. 119-1, by Mr. Jack.", "The House Rules Committee reported it on March 27, 2025."),
        ("sres", "reported", "Select Committee on Intelligence. Original measure reported to Senate.", "The Senate Select Committee on Intelligence reported it on March 27, 2025."),
        ("hr", "on_calendar", "Placed on the Union Calendar, Calendar No. 5.", "It was placed on the House’s Union Calendar on March 27, 2025."),
        ("s", "on_calendar", "Placed on Senate Legislative Calendar under General Orders.", "It was placed on the Senate’s calendar on March 27, 2025."),
        ("s", "on_calendar", "Senate Committee on the Judiciary discharged by Unanimous Consent.", "The Senate took it from its Judiciary Committee on March 27, 2025, and may take it up."),
        ("hr", "passed_house", "On passage Passed by the Yeas and Nays: 216 - 214 (Roll no. 50).", "The House passed it by 216 votes to 214 on March 27, 2025; the Senate has yet to decide."),
        ("s", "passed_senate", "Passed Senate without amendment by Yea-Nay Vote. 70 - 28. Record Vote Number: 151.", "The Senate passed it by 70 votes to 28 on March 27, 2025; the House has yet to decide."),
        ("hconres", "passed_house", "On agreeing to the resolution Agreed to without objection.", "The House agreed to it without objection on March 27, 2025; the Senate has yet to decide."),
        ("hr", "resolving_differences", None, "Since March 27, 2025, both chambers have passed it, but not in the same words."),
        ("sconres", "resolving_differences", None, "Since March 27, 2025, both chambers have agreed to it, but not in the same words."),
        ("hr", "passed_both", None, "Both chambers passed it in the same words, the second on March 27, 2025; it has yet to be presented to the President."),
        ("hr", "to_president", None, "It was presented to the President on March 27, 2025, and awaits a decision."),
        ("hr", "enacted", "Became Public Law No: 119-4.", "It became Public Law 119-4 on March 27, 2025."),
        ("hr", "enacted", "Became Private Law No: 119-1.", "It became Private Law 119-1 on March 27, 2025."),
        ("hr", "enacted", "Signed by President.", "The President signed it into law on March 27, 2025."),
        ("hr", "vetoed", "Vetoed by President.", "The President vetoed it on March 27, 2025."),
        ("hr", "failed", "On passage Failed by the Yeas and Nays: 200 - 220.", "It failed in the House by 200 votes to 220 on March 27, 2025."),
        ("hr", "failed", "On motion to suspend the rules and pass the bill Failed by the Yeas and Nays: (2/3 required): 211 - 217.", "It failed in the House by 211 votes to 217 on March 27, 2025, where it needed two thirds."),
        ("hr", "failed", "Upon reconsideration, under the order of 9/29/2025, not having achieved 60 votes in the affirmative, failed of passage in Senate by Yea-Nay Vote. 55 - 45.", "It failed in the Senate by 55 votes to 45 on March 27, 2025, where it needed 60 votes."),
        ("hres", "failed", "On motion to table the measure Agreed to by the Yeas and Nays: 214 - 213 (Roll no. 276).", "The House laid it on the table by 214 votes to 213 on March 27, 2025, and so put it aside for good."),
        ("sjres", "failed", "Indefinitely postponed by Senate by Unanimous Consent.", "The Senate postponed it indefinitely on March 27, 2025."),
        ("hres", "withdrawn", None, "It was withdrawn on March 27, 2025."),
        ("hr", "reserved", None, "The number is reserved, and no measure has been introduced under it."),
    ],
)  # fmt: skip
def test_a_status_is_told_by_its_line(type: str, code: str, line: str | None, sentence: str) -> None:
    assert told(type, code, line=line, introduced_on=None) == sentence


def test_the_number_of_the_law_may_be_given() -> None:
    assert (
        told("hr", "enacted", "2025-04-10", "Signed by President.", law="119-5")
        == "It became Public Law 119-5 on April 10, 2025."
    )
    assert (
        told("hr", "veto_overridden", law="119-5")
        == "It became Public Law 119-5 on March 27, 2025, over the President’s veto."
    )


@pytest.mark.parametrize(
    ("type", "before", "where"),
    [
        ("hr", "introduced", ", referred to no committee."),
        ("hr", "referred", ", in committee, where it had been since March 20, 2024."),
        ("hr", "reported", ", reported but not taken up."),
        ("sres", "on_calendar", ", on the Senate’s calendar, where it had been since March 20, 2024."),
        ("hr", "passed_house", ", passed by the House but not by the Senate."),
        ("sconres", "passed_senate", ", agreed to by the Senate but not by the House."),
        ("hr", "resolving_differences", ", passed by both chambers but not in the same words."),
        ("hr", "passed_both", ", passed by both chambers but never made law."),
        ("hr", "to_president", ", presented to the President but never made law."),
    ],
)
def test_what_died_is_told_with_where_it_stood(type: str, before: str, where: str) -> None:
    sentence = told(type, "died", "2025-01-03", congress=118, before=Status(before, "2024-03-20", 0))
    assert sentence == f"It died with the 118th Congress on January 3, 2025{where}"


LINES = [
    None,
    "Became Private Law No: 119-1.",
    "On motion to table Agreed to by voice vote.",
    "Passed Senate by Voice Vote.",
    "x",
]


GAPS = re.compile(r" [ ,;.:]|None|\bon (?!March|the )|\bon\b[^ ]|\bsince\b[^ ]|\bthe the\b|,,|_")


@pytest.mark.parametrize("code", STATUS_LABELS)
@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("since", ["2025-03-07", None])
def test_every_status_of_every_type_is_a_sentence(type: str, code: str, since: str | None) -> None:
    befores = [None, *(Status(before, since) for before in sorted(PENDING))] if code == "died" else [None]
    for before in befores:
        for line in LINES:
            for committees in ([], FOREIGN, FOREIGN * 2, FOREIGN * 5):
                sentence = told(
                    type, code, since, line, committees=committees, introduced_on=since, before=before
                )
                assert re.fullmatch(r"[A-Z][^.\n]*\.", sentence), sentence
                assert not GAPS.search(sentence), sentence
                assert ("March 7, 2025" in sentence) == (since is not None and code != "reserved"), sentence


@given(
    st.text(max_size=200), st.lists(st.text(max_size=40), max_size=4), st.sampled_from(sorted(STATUS_LABELS))
)
def test_any_line_and_any_committee_can_be_told(line: str, committees: list[str], code: str) -> None:
    assert told("hr", code, line=line, committees=committees).endswith(".")


def test_a_day_is_written_out() -> None:
    assert [written_day("2025-03-07"), written_day("2025-02-30"), written_day(None)] == [
        "March 7, 2025",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Foreign Relations Committee", "Foreign Relations Committee"),
        ("Intelligence (Select) Committee", "Select Committee on Intelligence"),
        ("Aging (Special) Committee", "Special Committee on Aging"),
        ("Senate Special Committee on Aging", "Special Committee on Aging"),
        ("Committee on House Administration", "Committee on House Administration"),
        ("House Administration Committee", "House Administration Committee"),
    ],
)
def test_a_listed_committee_has_a_name_for_prose(listed: str, name: str) -> None:
    assert committee_name(listed) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Reported by the Committee on Energy and Commerce. H. Rept. 119-1, Part I.", "Energy and Commerce Committee"),
        ("Committee on Health, Education, Labor, and Pensions. Reported by Senator Cassidy.", "Health, Education, Labor, and Pensions Committee"),
        ("The House Committee on Rules reported an original measure, H. Rept. 119-1.", "Rules Committee"),
        ("Senate Committee on the Judiciary discharged by Unanimous Consent.", "Judiciary Committee"),
        ("Committee on House Administration discharged.", "Committee on House Administration"),
        ("Permanent Select Committee on Intelligence discharged.", "Permanent Select Committee on Intelligence"),
        ("Placed on the Union Calendar.", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_line_names_its_committee(line: str, name: str | None) -> None:
    assert committee_in_line(line) == name
