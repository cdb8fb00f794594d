"""From a list of actions to one status: short journeys in our words, and what must hold for any list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.congress.test_actions import LINES
from tracker.congress.calendar import last_day, valid_day
from tracker.congress.measures import TYPES
from tracker.congress.stages import (
    PENDING,
    STATUS_LABELS,
    Status,
    derive_history,
    derive_status,
    is_constitutional_amendment,
    is_final,
)

TODAY = date(2026, 6, 20)
LIBRARY = "Library of Congress"


@dataclass(frozen=True)
class Action:
    on: str | None
    text: str | None
    code: str | None = None
    type: str | None = None
    source: str | None = None


def actions(*lines: str) -> list[Action]:
    """Lines "2025-03-27 Introduced in Senate", oldest first, as a source lists them: newest first."""
    return [Action(line[:10], line[11:]) for line in reversed(lines)]


def stands(type: str, listed: Sequence[Action], *, title: str = "An Act", has_law: bool = False, introduced_on: str | None = None,
           congress: int = 119, today: date = TODAY, text_codes: Sequence[str] = ()) -> Status:  # fmt: skip
    return derive_status(
        type=type,
        title=title,
        congress=congress,
        actions=listed,
        has_law=has_law,
        introduced_on=introduced_on,
        today=today,
        text_codes=text_codes,
    )


# name, type, what happened (oldest first), status, since
JOURNEYS: list[tuple[str, str, tuple[str, ...], str, str | None]] = [
    ("nothing is listed", "hr", (), "introduced", None),
    ("introduced", "s", ("2025-03-01 Introduced in Senate",), "introduced", "2025-03-01"),
    ("S.Res. 145", "sres", ("2025-03-27 Introduced in Senate", "2025-03-27 Referred to the Committee on Foreign Relations."), "referred", "2025-03-27"),
    ("referred again", "hr", ("2025-03-01 Referred to the House Committee on Rules.", "2025-04-01 Referred to the Subcommittee on Health."), "referred", "2025-03-01"),
    ("ordered reported is still the committee's", "hr", ("2025-03-01 Introduced in House", "2025-05-01 Ordered to be Reported by Voice Vote."), "referred", "2025-05-01"),
    ("reported", "sres", ("2025-03-01 Introduced in Senate", "2025-05-01 Committee on Finance. Original measure reported to Senate by Senator Crapo."), "reported", "2025-05-01"),
    ("reported and placed", "hr", ("2025-05-01 Reported by the Committee on Rules. H. Rept. 119-1.", "2025-05-01 Placed on the Union Calendar, Calendar No. 5."), "on_calendar", "2025-05-01"),
    ("never down again", "hr", ("2025-05-01 Placed on the Union Calendar, Calendar No. 5.", "2025-06-01 Referred to the House Committee on Rules."), "on_calendar", "2025-05-01"),
    ("agreed to on the first day", "sres", ("2025-03-27 Submitted in the Senate, considered, and agreed to without amendment by Unanimous Consent.",), "agreed_to", "2025-03-27"),
    ("agreed to, and the last line is another", "hres", ("2025-03-27 On agreeing to the resolution Agreed to by voice vote.", "2025-03-27 Motion to reconsider laid on the table Agreed to without objection."), "agreed_to", "2025-03-27"),
    ("passed by the first chamber", "hr", ("2025-03-01 On passage Passed by voice vote.", "2025-03-02 Received in the Senate and Read twice and referred to the Committee on Finance."), "passed_house", "2025-03-01"),
    ("passed by both", "s", ("2025-03-01 Passed Senate without amendment by Voice Vote.", "2025-04-01 On passage Passed by voice vote."), "passed_both", "2025-04-01"),
    ("passed by both in other words", "hr", ("2025-03-01 On passage Passed by voice vote.", "2025-04-01 Passed Senate with an amendment by Voice Vote."), "resolving_differences", "2025-04-01"),
    ("S. 1318: only the text's reference says so", "s", ("2025-11-20 Passed Senate without amendment by Unanimous Consent.", "2026-04-29 Passed/agreed to in House: On passage Passed by the Yeas and Nays.", "2026-04-29 On passage Passed by the Yeas and Nays. (text of amendment in the nature of a substitute: CR H1)"), "resolving_differences", "2026-04-29"),
    ("the message alone says so", "s", ("2025-11-20 Passed Senate without amendment by Voice Vote.", "2026-04-29 On passage Passed by voice vote.", "2026-04-30 Message on House action received in Senate and at desk: House amendment to Senate bill."), "resolving_differences", "2026-04-30"),
    ("H.R. 452: one takes the other's amendment", "hr", ("2025-04-28 On passage Passed by voice vote.", "2025-09-08 Passed Senate with an amendment by Unanimous Consent.", "2025-09-15 On motion that the House suspend the rules and agree to the Senate amendment Agreed to by voice vote."), "passed_both", "2025-09-15"),
    ("H.Con.Res. 14: final when one takes the other's amendment", "hconres", ("2025-02-25 On agreeing to the resolution, as amended Agreed to by voice vote.", "2025-04-05 Resolution agreed to in Senate with an amendment by Yea-Nay Vote.", "2025-04-10 On motion that the House agree to the Senate amendment Agreed to by the Yeas and Nays: 216 - 214."), "agreed_to", "2025-04-10"),
    ("H.R. 7147: back and forth in one day", "hr", ("2026-01-22 On passage Passed by voice vote.", "2026-03-27 House agreed to Senate amendment with amendment pursuant to H. Res. 1142", "2026-03-27 Passed Senate with an amendment by Voice Vote."), "resolving_differences", "2026-03-27"),
    ("in conference", "hr", ("2025-03-01 On passage Passed by voice vote.", "2025-04-01 Passed Senate with an amendment by Voice Vote.", "2025-05-01 Conference report agreed to in House: On agreeing to the conference report Agreed to."), "resolving_differences", "2025-04-01"),
    ("both take the conference's report", "hr", ("2025-03-01 On passage Passed by voice vote.", "2025-04-01 Passed Senate with an amendment by Voice Vote.", "2025-05-01 On agreeing to the conference report Agreed to by voice vote.", "2025-05-02 Senate agreed to conference report by Voice Vote."), "passed_both", "2025-05-02"),
    ("with the President", "hjres", ("2025-03-01 On passage Passed by voice vote.", "2025-04-01 Passed Senate without amendment.", "2025-04-02 Presented to President."), "to_president", "2025-04-02"),
    ("signed, without its number yet", "hr", ("2025-04-02 Presented to President.", "2025-04-05 Signed by President."), "enacted", "2025-04-05"),
    ("law, whatever follows", "hr", ("2025-04-05 Became Public Law No: 119-4.", "2025-04-06 Message on House action received in Senate and at desk: House amendment to Senate bill.", "2025-04-07 On passage Failed by voice vote."), "enacted", "2025-04-05"),
    ("vetoed, and the veto stands", "hr", ("2025-12-18 Presented to President.", "2025-12-29 Vetoed by President.", "2026-01-08 Failed of passage in House over veto On passage, the objections of the President to the contrary notwithstanding Failed."), "vetoed", "2025-12-29"),
    ("overridden by one chamber", "hr", ("2025-12-29 Vetoed by President.", "2026-01-08 Passed House over veto: On passage, the objections of the President to the contrary notwithstanding Passed."), "vetoed", "2025-12-29"),
    ("overridden by both", "hr", ("2025-12-29 Vetoed by President.", "2026-01-08 Passed House over veto: On passage.", "2026-01-09 Passed Senate over veto by Yea-Nay Vote. 81 - 13."), "veto_overridden", "2026-01-09"),
    ("law over a veto", "hr", ("2025-12-29 Vetoed by President.", "2026-01-09 Became Public Law No: 119-9."), "veto_overridden", "2026-01-09"),
    ("a concurrent resolution has no President", "sconres", ("2025-03-01 Resolution agreed to in Senate without amendment.", "2025-03-02 Presented to President."), "passed_senate", "2025-03-01"),
    ("H.Con.Res. 38: failed, and the last line is another", "hconres", ("2025-06-17 Submitted in House", "2026-03-05 On agreeing to the resolution Failed by the Yeas and Nays: 212 - 219.", "2026-03-05 Motion to reconsider laid on the table Agreed to without objection."), "failed", "2026-03-05"),
    ("H.Res. 580: failed, taken up again, agreed to", "hres", ("2025-07-15 Placed on the House Calendar, Calendar No. 37.", "2025-07-15 On agreeing to the resolution Failed by recorded vote: 196 - 223.", "2025-07-16 On motion to reconsider Agreed to by the Yeas and Nays: 215 - 211.", "2025-07-16 On agreeing to the resolution Agreed to by recorded vote: 217 - 212."), "agreed_to", "2025-07-16"),
    ("failed and taken up again, so far", "hres", ("2025-07-15 Placed on the House Calendar, Calendar No. 37.", "2025-07-16 On agreeing to the resolution Failed by recorded vote: 196 - 223.", "2025-07-17 On motion to reconsider Agreed to by the Yeas and Nays: 215 - 211."), "on_calendar", "2025-07-15"),
    ("H.R. 5371: failed twice in the other chamber, then law", "hr", ("2025-09-19 On passage Passed by voice vote.", "2025-09-19 Failed of passage in Senate by Yea-Nay Vote. 44 - 48.", "2025-09-30 Motion by Senator Thune to reconsider the vote by which H.R. 5371 failed of passage agreed to in Senate by Voice Vote.", "2025-09-30 Upon reconsideration, under the order of 9/29/2025, failed of passage in Senate by Yea-Nay Vote. 55 - 45.", "2025-11-10 Passed Senate with an amendment by Yea-Nay Vote. 60 - 40.", "2025-11-12 House agreed to Senate amendment pursuant to H. Res. 873.", "2025-11-12 Presented to President.", "2025-11-12 Signed by President."), "enacted", "2025-11-12"),
    ("failed under suspension, back by the regular order", "hr", ("2025-03-01 On motion to suspend the rules and pass the bill Failed by recorded vote (2/3 required): 250 - 170.", "2025-05-01 Placed on the Union Calendar, Calendar No. 5."), "on_calendar", "2025-05-01"),
    ("passed here and failed there in one day, listed the wrong way round", "hr", ("2025-09-19 Failed of passage in Senate by Voice Vote.", "2025-09-19 On passage Passed by voice vote."), "failed", "2025-09-19"),
    ("a late line does not call it back from the President", "hr", ("2025-03-01 On passage Passed by voice vote.", "2025-04-01 Passed Senate without amendment.", "2025-04-02 Presented to President.", "2025-04-03 Passed Senate with an amendment."), "to_president", "2025-04-02"),
    ("failed in the other chamber, whose calendar it was on", "hr", ("2025-03-01 On passage Passed by voice vote.", "2025-04-01 Failed of passage in Senate by Voice Vote.", "2025-04-02 Placed on Senate Legislative Calendar under General Orders."), "passed_house", "2025-03-01"),
    ("H.Res. 164: tabled by a rule", "hres", ("2025-02-25 Referred to the House Committee on Rules.", "2025-04-08 Pursuant to the provisions of H. Res. 294, H. Res. 164 is laid on the table."), "failed", "2025-04-08"),
    ("S.J.Res. 12: postponed by the Senate", "sjres", ("2025-02-20 Placed on Senate Legislative Calendar under General Orders.", "2025-02-27 Indefinitely postponed by Senate by Unanimous Consent."), "failed", "2025-02-27"),
    ("withdrawn", "hres", ("2025-02-20 Submitted in House", "2025-02-21 The resolution was withdrawn."), "withdrawn", "2025-02-21"),
    ("the other chamber's floor does not agree to a simple resolution", "sres", ("2025-02-20 Submitted in the Senate.", "2025-02-21 On agreeing to the resolution Agreed to by voice vote."), "introduced", "2025-02-20"),
    ("a day that is none", "hr", ("2025-02-20 Introduced in House", "2025-02-30 Referred to the House Committee on Rules."), "referred", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "type", "lines", "code", "since"), JOURNEYS, ids=[journey[0] for journey in JOURNEYS]
)
def test_a_journey_ends_at_its_status(
    name: str, type: str, lines: tuple[str, ...], code: str, since: str | None
) -> None:
    listed = actions(*lines)
    status = stands(type, listed)
    assert (status.code, status.since) == (code, since)
    assert status.action is None or listed[status.action].on == (since or "2025-02-30")


def test_a_line_without_a_valid_day_counts_with_the_older_one_beside_it() -> None:
    listed = [
        Action("2025-02-30", "On passage Passed by voice vote."),
        Action("2025-03-01", "On passage Failed by voice vote."),
    ]
    assert stands("hr", listed) == Status("passed_house", None, 0)


def test_the_line_with_the_laws_number_sets_the_status() -> None:
    listed = actions("2025-04-05 Signed by President.", "2025-04-05 Became Public Law No: 119-4.")
    assert stands("hr", listed) == Status("enacted", "2025-04-05", 0)
    assert stands("hr", list(reversed(listed))) == Status("enacted", "2025-04-05", 1)


def test_of_two_lines_that_say_the_same_the_chambers_own_is_taken() -> None:
    own = Action("2025-05-01", "Passed Senate without amendment by Voice Vote.", source="Senate")
    restated = Action(
        "2025-05-01", "Passed/agreed to in Senate: Passed Senate without amendment.", "17000", source=LIBRARY
    )
    assert stands("s", [own, restated]).action == 0
    assert stands("s", [restated, own]).action == 1
    assert stands("s", [replace(restated, source=None), replace(own, source=None)]).action == 1


def test_without_a_line_for_it_a_measure_is_introduced_on_the_day_that_the_record_gives() -> None:
    assert stands("hr", [], introduced_on="2025-01-03") == Status("introduced", "2025-01-03")
    remark = actions("2025-02-01 Sponsor introductory remarks on measure.")
    assert stands("hr", remark, introduced_on="2025-01-03") == Status("introduced", "2025-01-03")
    assert stands("hr", remark) == Status("introduced", "2025-02-01")
    assert stands("hr", [], introduced_on="0000-00-00") == Status("introduced")


def test_a_reserved_number_waits_for_its_first_action() -> None:
    title = "Reserved for the Speaker."
    assert stands("hr", [], title=title, introduced_on="2025-01-03") == Status("reserved", "2025-01-03")
    assert stands("hr", [Action(None, None)], title=title).code == "reserved"
    assert stands("hr", [], title=title, today=date(2030, 1, 1)).code == "reserved"
    assert stands("hr", actions("2025-02-01 Introduced in House"), title=title).code == "introduced"
    assert stands("hr", [], title="Unreserved Lands Act").code == "introduced"


@pytest.mark.parametrize("type", ["hr", "s", "hjres", "sjres"])
def test_a_listed_law_is_law_though_no_action_says_so(type: str) -> None:
    assert stands(type, actions("2025-04-02 Presented to President."), has_law=True) == Status("enacted")
    vetoed = actions("2025-12-29 Vetoed by President.")
    assert stands(type, vetoed, has_law=True) == Status("veto_overridden")


def test_a_text_printed_as_tabled_tells_that_it_was() -> None:
    introduced = actions("2025-02-01 Submitted in House")
    assert stands("hres", introduced, text_codes=["ih", "lth"]) == Status("failed")
    agreed = actions("2025-02-01 On agreeing to the resolution Agreed to by voice vote.")
    assert stands("hres", agreed, text_codes=["lth"]).code == "agreed_to"


def test_a_text_printed_as_agreed_to_is_believed_only_where_no_action_is_listed() -> None:
    """S.Res. 199 and 200 of the 118th have a text and nothing else."""
    assert stands("sres", [], text_codes=["ats"]) == Status("agreed_to")
    assert (
        stands("sres", actions("2025-02-01 Submitted in the Senate."), text_codes=["ats"]).code
        == "introduced"
    )
    assert stands("s", [], text_codes=["es"]).code == "introduced"


AMENDMENT = "Proposing a balanced budget amendment to the Constitution of the United States."


@pytest.mark.parametrize(
    ("type", "title", "proposes"),
    [
        ("hjres", AMENDMENT, True),
        (
            "sjres",
            "A joint resolution proposing an amendment to the Constitution of the United States.",
            True,
        ),
        ("hjres", ". Proposing amendments to the Constitution", True),  # HJRES 11 begins with its full stop
        ("hjres", "Proposing an amendment to the Rules", False),
        ("hr", AMENDMENT, False),
        ("hjres", None, False),
        ("hjres", "proposing " + "a b " * 100_000, False),
    ],
)
def test_a_constitutional_amendment_is_known_by_its_title(
    type: str, title: str | None, proposes: bool
) -> None:
    assert is_constitutional_amendment(type, title) is proposes


def test_a_constitutional_amendment_goes_to_the_states() -> None:
    listed = actions(
        "2025-03-01 On passage Passed by voice vote.", "2025-04-01 Passed Senate without amendment."
    )
    assert stands("hjres", listed, title=AMENDMENT) == Status("to_archivist", "2025-04-01", 0)
    listed = actions(
        *(f"{action.on} {action.text}" for action in reversed(listed)), "2025-04-09 Presented to President."
    )
    assert stands("hjres", listed, title=AMENDMENT).code == "to_archivist"


END = last_day(118)


@pytest.mark.parametrize(
    ("type", "line", "code", "outlives"),
    [
        ("hr", "Introduced in House", "introduced", 0),
        ("hr", "Referred to the House Committee on Rules.", "referred", 0),
        ("sres", "Placed on Senate Legislative Calendar.", "on_calendar", 0),
        ("hr", "On passage Passed by voice vote.", "passed_house", 0),
        ("hr", "Passed Senate with an amendment.", "resolving_differences", 0),
        ("hr", "Passed Senate without amendment.", "passed_both", 45),
        ("hr", "Presented to President.", "to_president", 45),
    ],
)
def test_what_is_pending_dies_with_its_congress(type: str, line: str, code: str, outlives: int) -> None:
    listed = actions(f"2024-12-20 {line}")

    def on(day: date) -> Status:
        return stands(type, listed, congress=118, today=day)

    alive = Status(code, "2024-12-20", 0)
    assert on(END - timedelta(days=1)) == alive
    if outlives:
        assert on(END + timedelta(days=outlives - 1)) == alive
    assert on(END + timedelta(days=outlives)) == Status("died", "2025-01-03", None, before=alive)


@pytest.mark.parametrize(
    ("type", "line", "code"),
    [
        ("sres", "Resolution agreed to in Senate without amendment.", "agreed_to"),
        ("hr", "Became Public Law No: 118-9.", "enacted"),
        ("hr", "Vetoed by President.", "vetoed"),
        ("hr", "On passage Failed by voice vote.", "failed"),
        ("hres", "On motion to table the measure Agreed to by voice vote.", "failed"),
        ("hres", "The resolution was withdrawn.", "withdrawn"),
    ],
)
def test_what_has_ended_stays_as_it_is(type: str, line: str, code: str) -> None:
    assert stands(type, actions(f"2024-12-20 {line}"), congress=118, today=date(2030, 1, 1)).code == code


def test_a_law_may_come_after_the_end() -> None:
    listed = actions("2024-12-20 Presented to President.", "2025-01-04 Became Public Law No: 118-200.")
    assert stands("hr", listed, congress=118, today=date(2030, 1, 1)) == Status("enacted", "2025-01-04", 0)


def test_the_history_keeps_every_status_in_its_order() -> None:
    _, _, lines, _, _ = next(journey for journey in JOURNEYS if journey[0].startswith("H.Res. 580"))
    history = derive_history(type="hres", title="", congress=119, actions=actions(*lines), has_law=False, introduced_on=None, today=TODAY)  # fmt: skip
    assert [status.code for status in history] == ["on_calendar", "failed", "on_calendar", "agreed_to"]


def test_every_code_has_a_label_and_is_pending_or_final_but_for_the_reserved() -> None:
    assert len(STATUS_LABELS) == 18
    assert set(STATUS_LABELS) > PENDING
    assert {code for code in STATUS_LABELS if not is_final(code)} == PENDING | {"reserved"}
    assert not is_final("no such code")


DAYS = st.dates(date(2025, 1, 3), date(2025, 2, 10)).map(date.isoformat)
ODD_DAYS = st.sampled_from([None, "", "2025-02-30", "soon", "9999-12-31"])
LINE = st.sampled_from([(text, code) for text, code, _ in LINES]) | st.tuples(
    st.none() | st.text(max_size=60), st.none() | st.text(max_size=6)
)
SOURCE = st.sampled_from([None, "Senate", LIBRARY])


def listed_on(days: st.SearchStrategy[str | None]) -> st.SearchStrategy[Action]:
    return st.builds(lambda on, line, source: Action(on, *line, None, source), days, LINE, SOURCE)


ACTION, DATED = listed_on(DAYS | ODD_DAYS), listed_on(DAYS)
TYPE = st.sampled_from(sorted(TYPES))
TITLE = st.none() | st.sampled_from([AMENDMENT, "Reserved for the Speaker.", "An Act"])


@given(
    st.lists(ACTION, max_size=25),
    TYPE,
    TITLE,
    st.booleans(),
    ODD_DAYS,
    st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    st.lists(st.sampled_from(["lth", "ats", "ih"])),
)
def test_any_list_of_actions_has_a_status(
    listed: list[Action],
    type: str,
    title: str | None,
    has_law: bool,
    introduced_on: str | None,
    today: date,
    codes: list[str],
) -> None:
    status = derive_status(
        type=type,
        title=title,
        congress=119,
        actions=listed,
        has_law=has_law,
        introduced_on=introduced_on,
        today=today,
        text_codes=codes,
    )
    assert status.code in STATUS_LABELS
    assert status.since is None or valid_day(status.since)
    assert status.action is None or 0 <= status.action < len(listed)
    assert (status.before is not None) == (status.code == "died")
    if has_law and type in ("hr", "s", "hjres", "sjres") and status.code != "reserved":
        assert status.code in ("enacted", "veto_overridden")
    if today >= date(2027, 2, 17):
        assert status.code not in PENDING


@given(st.lists(ACTION, max_size=15), TYPE, TITLE)
def test_equal_actions_doubled_say_nothing_new(listed: list[Action], type: str, title: str) -> None:
    doubled = [action for action in listed for _ in range(2)]
    once, twice = stands(type, listed, title=title), stands(type, doubled, title=title)
    assert (once.code, once.since) == (twice.code, twice.since)
    assert (once.action is None) == (twice.action is None)
    if once.action is not None and twice.action is not None:
        assert listed[once.action] == doubled[twice.action]


@given(st.lists(DATED, max_size=15, unique_by=lambda action: action.on), TYPE, st.randoms())
def test_days_tell_the_order_where_the_list_does_not(listed: list[Action], type: str, random) -> None:
    mixed = list(listed)
    random.shuffle(mixed)
    one, other = stands(type, listed), stands(type, mixed)
    assert (one.code, one.since) == (other.code, other.since)


@given(
    st.sampled_from(JOURNEYS).filter(
        lambda journey: "day that is none" not in journey[0] and "5371" not in journey[0]
    ),
    st.randoms(),
)
def test_the_order_within_a_day_matters_only_on_one_chambers_floor(journey, random) -> None:
    """H.R. 5371 failed, was taken up again and failed on one day: there the list's own order has to tell."""
    _, type, lines, code, since = journey
    mixed = actions(*lines)
    random.shuffle(mixed)
    mixed.sort(key=lambda action: action.on or "", reverse=True)
    status = stands(type, mixed)
    assert (status.code, status.since) == (code, since)
