"""The contract's rules of counting, one by one."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.records.records import measure
from tracker.records.change import Change
from tracker.records.diff import changes, lost_parts
from tracker.records.keys import action_keys
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeName,
    CommitteeRecord,
    CosponsorRecord,
    EstimateRecord,
    LawRecord,
    RelationDetail,
    RelationRecord,
    SponsorRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextFormat,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)

TILLIS = SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")
SHAHEEN = CosponsorRecord("S001181", "Sen. Shaheen, Jeanne [D-NH]", "D", "NH", None, "2025-03-27", True)
COONS = CosponsorRecord("C001088", "Sen. Coons, Christopher A. [D-DE]", "D", "DE", None, "2025-04-01")
REFERRED = ActionRecord(
    "2025-03-27",
    "Referred to the Committee on Foreign Relations.",
    None,
    "IntroReferral",
    "Senate",
    None,
    (CommitteeName("ssfr00", "Foreign Relations Committee"),),
)
PASSED = ActionRecord(
    "2025-05-02", "On passage Passed (Roll no. 5).", "H37100", "Floor", "House floor actions", "11:05:31"
)
VOTE = VoteReference(
    "house", 119, 1, 5, "2025-05-03T03:05:31Z", "https://clerk.house.gov/evs/2025/roll005.xml"
)


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """(kind, subject, official day) of each change between S.Res. 145 with these parts and with those."""
    return [(c.kind, c.subject, c.occurred_on) for c in changes(measure(**before), measure(**after))]


def only(before: dict[str, Any], after: dict[str, Any]) -> Change:
    (change,) = changes(measure(**before), measure(**after))
    return change


def with_(part: Any, **fields: Any) -> Any:
    return msgspec.structs.replace(part, **fields)


# Nothing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"updated_at": "2025-03-28T10:00:00Z"}, {"updated_at": "2026-03-28T10:00:00Z"}),
        ({"updated_with_text_at": None}, {"updated_with_text_at": "2026-03-28T10:00:00Z"}),
        ({"latest_on": "2025-03-28", "latest_text": "Held."}, {"latest_on": "2025-03-29", "latest_text": "Agreed."}),
        ({"title": "A resolution\nprotecting refugees."}, {"title": "A resolution  protecting refugees."}),
        ({"actions": (REFERRED,)}, {"actions": (REFERRED, REFERRED)}),
        ({"actions": (REFERRED, PASSED)}, {"actions": (PASSED, REFERRED)}),
        ({"actions": (REFERRED,)}, {"actions": (with_(REFERRED, text="Referred to  the Committee on\nForeign Relations."),)}),
        ({"cosponsors": (SHAHEEN, COONS)}, {"cosponsors": (COONS, SHAHEEN, COONS)}),
        ({"subjects": ("Iran", "Law")}, {"subjects": ("Law", "Iran", "Law")}),
        ({"summaries": (SummaryRecord("00", "2025-03-27", "Introduced", "<p>Words.</p>", "2025-05-01"),)},
         {"summaries": (SummaryRecord("00", "2025-03-27", "Introduced", "<p> <b>Words</b>.\n</p>".replace("</b>.", ".</b>"), "2025-06-01"),)}),
        ({"related": (RelationRecord("119/hres/166", "Old title", latest_text="Held."),)},
         {"related": (RelationRecord("119/hres/166", "New title", latest_text="Agreed."),)}),
        ({"text_versions": (TextVersionRecord("is", "IS", "2025-03-27", "BILLS-119sres145is"),)},
         {"text_versions": (TextVersionRecord("is", "IS", "2025-03-27", "BILLS-119sres145is", (TextFormat("https://x/y.pdf", "pdf"),)),)}),
    ],
)  # fmt: skip
def test_what_says_nothing_new_makes_no_change(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert told(one, other) == told(other, one) == []


# Actions


def test_an_action_that_comes_is_told_with_its_key_and_instant() -> None:
    change = only({"actions": (REFERRED,)}, {"actions": (PASSED, REFERRED)})
    assert (change.kind, change.before, change.occurred_on) == ("action_added", None, "2025-05-02")
    assert change.subject == action_keys([PASSED])[0]
    assert change.after == {
        "key": change.subject,
        "on": "2025-05-02",
        "at": "2025-05-02T15:05:31Z",
        "text": "On passage Passed (Roll no. 5).",
        "code": "H37100",
        "type": "Floor",
        "source": "House floor actions",
        "committees": [],
        "recorded_votes": [],
    }


def test_one_gone_and_one_come_of_the_same_day_and_code_are_one_edited() -> None:
    longer = with_(PASSED, text="On passage Passed (Roll no. 5). (text: CR H100)")
    change = only({"actions": (PASSED,)}, {"actions": (longer,)})
    assert (change.kind, change.occurred_on) == ("action_edited", "2025-05-02")
    assert change.subject == action_keys([longer])[0]
    assert change.before["text"] == PASSED.text
    assert change.after["text"] == longer.text


def test_of_several_edited_on_one_day_the_most_alike_go_together() -> None:
    one, two = with_(REFERRED, text="Star Print ordered."), with_(REFERRED, text="Held at the desk.")
    one_longer, two_longer = (
        with_(one, text="Star Print ordered on the bill."),
        with_(two, text="Held at the desk today."),
    )
    found = changes(measure(actions=(one, two)), measure(actions=(two_longer, one_longer)))
    assert {(c.kind, c.before["text"], c.after["text"]) for c in found} == {
        ("action_edited", one.text, one_longer.text),
        ("action_edited", two.text, two_longer.text),
    }


def test_more_gone_than_come_leaves_the_rest_removed() -> None:
    rows = [with_(REFERRED, text=f"Action {n}.") for n in range(3)]
    assert sorted(kind for kind, _, _ in told({"actions": tuple(rows[:2])}, {"actions": (rows[2],)})) == [
        "action_edited",
        "action_removed",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "Library of Congress"),
        ("committees", (CommitteeName("ssju00", None),)),
        ("text", "Other words."),
    ],
)
def test_source_committees_and_words_make_an_action_another(field: str, value: Any) -> None:
    assert [
        kind for kind, *_ in told({"actions": (REFERRED,)}, {"actions": (with_(REFERRED, **{field: value}),)})
    ] == ["action_edited"]


@pytest.mark.parametrize(("field", "value"), [("on", "2025-03-28"), ("code", "1000")])
def test_day_and_code_make_it_a_removal_and_an_addition(field: str, value: Any) -> None:
    found = told({"actions": (REFERRED,)}, {"actions": (with_(REFERRED, **{field: value}),)})
    assert [kind for kind, *_ in found] == ["action_removed", "action_added"]


def test_another_time_of_the_same_action_is_a_field() -> None:
    change = only({"actions": (PASSED,)}, {"actions": (with_(PASSED, time="11:06:00"),)})
    assert (change.kind, change.subject) == ("field_changed", f"actions.{action_keys([PASSED])[0]}")
    assert (change.before["at"], change.after["at"]) == ("2025-05-02T15:05:31Z", "2025-05-02T15:06:00Z")


def test_twenty_thousand_actions_that_come_are_as_many_changes() -> None:
    rows = tuple(ActionRecord("2025-03-27", f"Further action {n}.") for n in range(20_000))
    assert len(changes(measure(actions=(REFERRED,)), measure(actions=(*rows, REFERRED)))) == 20_000
    renamed = tuple(ActionRecord("2025-03-27", f"Further act {n}.") for n in range(20_000))
    assert {c.kind for c in changes(measure(actions=rows), measure(actions=renamed))} == {"action_edited"}


def test_actions_are_told_in_the_order_they_happened() -> None:
    rows = tuple(ActionRecord(day, day) for day in ("2025-05-03", "2025-05-02", "2025-05-01"))
    assert [day for *_, day in told({}, {"actions": rows})] == ["2025-05-01", "2025-05-02", "2025-05-03"]


# Roll calls


def test_a_roll_call_is_told_once_however_many_rows_name_it() -> None:
    twin = with_(PASSED, source="Library of Congress", code="8000", recorded_votes=(VOTE,))
    before = {"actions": (REFERRED,)}
    after = {"actions": (twin, with_(PASSED, recorded_votes=(VOTE, VOTE)), REFERRED)}
    votes = [c for c in changes(measure(**before), measure(**after)) if c.kind == "vote_recorded"]
    assert [(c.subject, c.occurred_on) for c in votes] == [("119/house/2025/5", "2025-05-02")]
    assert votes[0].after | {"url": "…"} == {
        "chamber": "house",
        "congress": 119,
        "session": 1,
        "roll": 5,
        "on": "2025-05-02",
        "url": "…",
        "action": action_keys([twin])[0],
    }


def test_a_roll_call_that_comes_to_an_action_already_held_is_told_alone() -> None:
    assert told({"actions": (PASSED,)}, {"actions": (with_(PASSED, recorded_votes=(VOTE,)),)}) == [
        ("vote_recorded", "119/house/2025/5", "2025-05-02")
    ]
    assert told({"actions": (with_(PASSED, recorded_votes=(VOTE,)),)}, {"actions": (PASSED,)}) == []


# Sponsors and cosponsors


def test_a_name_that_joins_and_leaves_makes_a_change_each() -> None:
    left = with_(COONS, withdrawn_on="2025-05-02")
    assert told({"cosponsors": (SHAHEEN,)}, {"cosponsors": (SHAHEEN, COONS)}) == [
        ("cosponsor_added", "C001088", "2025-04-01")
    ]
    assert told({"cosponsors": (COONS,)}, {"cosponsors": (left,)}) == [
        ("cosponsor_withdrawn", "C001088", "2025-05-02")
    ]
    assert told({}, {"cosponsors": (left,)}) == [
        ("cosponsor_added", "C001088", "2025-04-01"),
        ("cosponsor_withdrawn", "C001088", "2025-05-02"),
    ]
    assert told({"cosponsors": (SHAHEEN, COONS)}, {"cosponsors": (SHAHEEN,)}) == [
        ("cosponsor_removed", "C001088", None)
    ]


def test_who_joins_again_on_another_day_is_another_row() -> None:
    left = with_(COONS, withdrawn_on="2025-05-02")
    again = with_(COONS, joined_on="2025-06-01")
    assert told({"cosponsors": (left,)}, {"cosponsors": (left, again)}) == [
        ("cosponsor_added", "C001088", "2025-06-01")
    ]


def test_who_left_and_joined_again_on_the_day_of_joining_has_two_rows() -> None:
    left = with_(COONS, withdrawn_on="2025-04-01")
    assert told({"cosponsors": (COONS,)}, {"cosponsors": (left, COONS)}) == [
        ("cosponsor_added", "C001088", "2025-04-01"),
        ("cosponsor_withdrawn", "C001088", "2025-04-01"),
    ]


@pytest.mark.parametrize(
    ("was", "became"),
    [
        ({"withdrawn_on": "2025-05-02"}, {}),
        ({"withdrawn_on": "2025-05-02"}, {"withdrawn_on": "2025-05-03"}),
        ({}, {"party": "I"}),
    ],
)
def test_a_row_that_is_put_right_is_a_field_of_its_member(
    was: dict[str, Any], became: dict[str, Any]
) -> None:
    found = told({"cosponsors": (with_(COONS, **was),)}, {"cosponsors": (with_(COONS, **became),)})
    assert found == [("field_changed", "cosponsors.C001088", None)]


def test_days_that_are_none_date_no_change() -> None:
    odd = with_(COONS, joined_on="2025-02-30")
    assert told({}, {"cosponsors": (odd,)}) == [("cosponsor_added", "C001088", None)]
    assert only({}, {"cosponsors": (odd,)}).after["joined_on"] == "2025-02-30"


def test_another_sponsor_is_one_change_with_both_lists() -> None:
    other = SponsorRecord("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")
    change = only({"sponsors": (TILLIS,)}, {"sponsors": (other,)})
    assert (change.kind, change.subject) == ("sponsor_changed", "sponsors")
    assert [row["member"] for row in change.before] == ["T000476"]
    assert [row["member"] for row in change.after] == ["C001098"]


# Titles, subjects, policy area


def test_the_display_title_and_the_list_of_titles_make_a_change_each() -> None:
    old, new = TitleRecord("Old", "Display Title", "45"), TitleRecord("New", "Display Title", "45")
    short = TitleRecord("Short", "Short Title", "101", "Senate", "IS")
    found = changes(measure(title="Old", titles=(old, short)), measure(title="New", titles=(short, new)))
    assert [(c.kind, c.subject, c.before, c.after) for c in found] == [
        ("title_changed", "title", "Old", "New"),
        (
            "title_changed",
            "titles",
            [
                {
                    "type": "Display Title",
                    "type_code": "45",
                    "chamber": None,
                    "text_version": None,
                    "title": "Old",
                }
            ],
            [
                {
                    "type": "Display Title",
                    "type_code": "45",
                    "chamber": None,
                    "text_version": None,
                    "title": "New",
                }
            ],
        ),
    ]


def test_subjects_are_told_once_with_both_lists() -> None:
    change = only({"subjects": ("Iran",)}, {"subjects": ("Iran", "Law", "Asia")})
    assert (change.kind, change.before, change.after) == (
        "subjects_changed",
        ["Iran"],
        ["Iran", "Law", "Asia"],
    )


def test_a_policy_area_comes_by_its_name() -> None:
    change = only({}, {"policy_area": "International Affairs"})
    assert (change.kind, change.before, change.after) == (
        "policy_area_changed",
        None,
        "International Affairs",
    )


# Committees


REFERRAL = ActivityRecord("Referred To", "2025-03-28T02:35:22Z")
FOREIGN = CommitteeRecord("ssfr00", "Foreign Relations Committee", "Senate", "Standing", (REFERRAL,))


def test_each_activity_is_a_change_of_its_committee() -> None:
    change = only(
        {"committees": (FOREIGN,)},
        {"committees": (with_(FOREIGN, activities=(ActivityRecord("Markup By", None), REFERRAL)),)},
    )
    assert (change.kind, change.subject, change.occurred_on) == ("committee_activity_added", "ssfr00", None)
    assert change.after == {
        "code": "ssfr00",
        "committee": "Foreign Relations Committee",
        "activity": "Markup By",
        "at": None,
    }


def test_a_subcommittees_activity_bears_its_own_code_and_washingtons_day() -> None:
    below = SubcommitteeRecord("ssfr01", "East Asia", (REFERRAL,))
    assert told({"committees": (FOREIGN,)}, {"committees": (with_(FOREIGN, subcommittees=(below,)),)}) == [
        ("committee_activity_added", "ssfr01", "2025-03-27")
    ]


def test_the_case_of_an_activity_drifts_and_says_nothing() -> None:
    drifted = with_(FOREIGN, activities=(ActivityRecord("Referred to", REFERRAL.at),))
    assert told({"committees": (FOREIGN,)}, {"committees": (drifted,)}) == []


def test_a_committee_without_activity_has_done_nothing_yet() -> None:
    bare = with_(FOREIGN, activities=())
    assert told({}, {"committees": (bare,)}) == told({"committees": (bare,)}, {}) == []
    assert told({"committees": (bare,)}, {"committees": (FOREIGN,)}) == [
        ("committee_activity_added", "ssfr00", "2025-03-27")
    ]


def test_another_name_of_a_committee_is_a_field() -> None:
    change = only({"committees": (FOREIGN,)}, {"committees": (with_(FOREIGN, name="Foreign Affairs"),)})
    assert (change.kind, change.subject) == ("field_changed", "committees.ssfr00")
    assert (change.before["name"], change.after["name"]) == ("Foreign Relations Committee", "Foreign Affairs")


# Laws, texts, summaries, relations


def test_a_law_is_dated_by_the_action_that_names_it() -> None:
    actions = (
        ActionRecord("2025-07-04", "Became Public Law No: 119-2.", type="BecameLaw"),
        ActionRecord("2025-07-03", "Became Public Law No: 119-21.", type="BecameLaw"),
    )
    laws = (LawRecord("Public Law", "119-21"), LawRecord("Public Law", "119-2"))
    found = told({"actions": actions}, {"actions": actions, "laws": laws})
    assert found == [("became_law", "119-21", "2025-07-03"), ("became_law", "119-2", "2025-07-04")]
    assert told({}, {"laws": laws[:1]}) == [("became_law", "119-21", None)]
    assert told({"laws": laws[:1]}, {}) == [("field_changed", "laws.119-21", None)]


def test_a_text_is_published_once_by_its_package() -> None:
    text = TextVersionRecord("is", "Introduced in Senate", "2025-03-27", "BILLS-119sres145is")
    assert told({}, {"text_versions": (text,)}) == [("text_published", "BILLS-119sres145is", "2025-03-27")]
    assert told({"text_versions": (text,)}, {"text_versions": (with_(text, on="2025-03-28"),)}) == [
        ("field_changed", "text_versions.BILLS-119sres145is", "2025-03-28")
    ]
    assert told({"text_versions": (text,)}, {}) == [
        ("field_changed", "text_versions.BILLS-119sres145is", None)
    ]


def test_a_text_without_an_address_is_known_by_name_and_day() -> None:
    text = TextVersionRecord(None, "Public Law", None)
    assert told({}, {"text_versions": (text,)}) == [("text_published", "Public Law", None)]


def test_a_summary_is_published_then_revised_when_its_words_change() -> None:
    summary = SummaryRecord("00", "2025-03-27", "Introduced in Senate", "<p>Words.</p>", "2025-05-01")
    assert told({}, {"summaries": (summary,)}) == [("summary_published", "00 2025-03-27", "2025-03-27")]
    change = only({"summaries": (summary,)}, {"summaries": (with_(summary, text="<p>Other words.</p>"),)})
    assert (change.kind, change.before["text"], change.after["text"]) == (
        "summary_revised",
        "Words.",
        "Other words.",
    )
    assert told({"summaries": (summary,)}, {"summaries": (with_(summary, stage="Passed"),)}) == [
        ("field_changed", "summaries.00 2025-03-27", "2025-03-27")
    ]
    assert told({"summaries": (summary,)}, {}) == [("field_changed", "summaries.00 2025-03-27", None)]


def test_a_relation_comes_goes_and_is_said_to_be_of_another_kind() -> None:
    relation = RelationRecord("119/hres/166", "Iran", (RelationDetail("Related bill", "CRS"),))
    identical = with_(relation, details=(*relation.details, RelationDetail("Identical bill", "House")))
    assert told({}, {"related": (relation,)}) == [("related_added", "119/hres/166", None)]
    assert told({"related": (relation,)}, {}) == [("related_removed", "119/hres/166", None)]
    assert told({"related": (relation,)}, {"related": (identical,)}) == [
        ("field_changed", "related.119/hres/166", None)
    ]


# Amendments


AMENDMENT = AmendmentRecord(
    "119/samdt/1",
    purpose="To improve it.",
    submitted_at="2025-04-05T03:00:00Z",
    sponsors=(TILLIS,),
    actions=(REFERRED,),
)


def test_an_amendment_comes_on_the_day_it_was_submitted() -> None:
    assert told({}, {"amendments": (AMENDMENT,)}) == [("amendment_added", "119/samdt/1", "2025-04-04")]
    assert told({"amendments": (AMENDMENT,)}, {}) == [("field_changed", "amendments.119/samdt/1", None)]


def test_anything_of_an_amendment_but_its_roll_calls_changes_it() -> None:
    def became(**fields: Any) -> list[tuple[str, str, str | None]]:
        return told({"amendments": (AMENDMENT,)}, {"amendments": (with_(AMENDMENT, **fields),)})

    changed = [("amendment_changed", "119/samdt/1", None)]
    assert became(purpose="To worsen it.") == changed
    assert became(latest_text="Agreed to.") == changed
    assert became(cosponsors=(SHAHEEN,)) == changed
    assert became(actions=(PASSED, REFERRED)) == changed
    assert became(on_behalf_of=(TILLIS,)) == changed
    assert became(actions=(with_(REFERRED, recorded_votes=(VOTE,)),)) == []
    assert became(actions=(REFERRED, REFERRED)) == []


def test_a_changed_amendment_tells_the_rows_that_came() -> None:
    change = only(
        {"amendments": (AMENDMENT,)}, {"amendments": (with_(AMENDMENT, actions=(PASSED, REFERRED)),)}
    )
    assert change.before["actions"] == []
    assert [row["text"] for row in change.after["actions"]] == [PASSED.text]


def test_beside_a_mere_listing_an_amendment_is_compared_by_what_that_has() -> None:
    listed = AmendmentRecord("119/samdt/1", purpose="To improve it.")
    assert told({"amendments": (AMENDMENT,)}, {"amendments": (listed,)}) == []
    assert told({"amendments": (listed,)}, {"amendments": (with_(AMENDMENT, purpose="Else."),)}) == [
        ("amendment_changed", "119/samdt/1", None)
    ]


# Fields


def test_what_has_no_kind_of_its_own_is_a_field() -> None:
    before: dict[str, Any] = {
        "introduced_on": "2025-03-27",
        "origin_chamber": "Senate",
        "notes": ("See S. 1.",),
    }
    after: dict[str, Any] = {
        "introduced_on": "2025-03-28",
        "origin_chamber": "House",
        "authority": "<pre>Article I</pre>",
        "notes": ("See S. 2.",),
        "committee_reports": ("S. Rept. 119-1",),
        "estimates": (EstimateRecord("2025-06-20T14:55:00Z", "S. 1", "https://cbo/1"),),
    }
    assert told(before, after) == [
        ("field_changed", "introduced_on", "2025-03-28"),
        ("field_changed", "origin_chamber", None),
        ("field_changed", "authority", None),
        ("field_changed", "notes", None),
        ("field_changed", "committee_reports", None),
        ("field_changed", "estimates", None),
    ]
    estimate = changes(measure(**before), measure(**after))[-1]
    assert estimate.after == [{"on": "2025-06-20", "title": "S. 1", "url": "https://cbo/1"}]


# Losses


def names(count: int) -> tuple[CosponsorRecord, ...]:
    return tuple(with_(COONS, member=f"C{n:06}") for n in range(count))


@pytest.mark.parametrize(
    ("before", "left", "lost"),
    [
        (18, 0, True),
        (6, 3, True),
        (7, 4, False),
        (3, 0, True),
        (2, 0, False),
        (4, 2, False),
        (18, 10, False),
        (18, 9, True),
    ],
)
def test_a_list_that_loses_three_and_half_of_its_items_is_lost(before: int, left: int, lost: bool) -> None:
    after = measure(cosponsors=names(before)[:left])
    assert lost_parts(measure(cosponsors=names(before)), after) == (["cosponsors"] if lost else [])


def test_dated_withdrawals_are_no_losses() -> None:
    rows = names(6)
    withdrawn = tuple(with_(row, withdrawn_on="2025-05-01") for row in rows)
    assert lost_parts(measure(cosponsors=rows), measure(cosponsors=withdrawn)) == []
    assert lost_parts(measure(cosponsors=withdrawn), measure()) == []


def test_reworded_actions_are_no_losses() -> None:
    rows = tuple(ActionRecord(f"2025-05-0{n}", f"Action {n}.") for n in range(1, 7))
    reworded = tuple(with_(row, text=f"{row.text} (CR S1)") for row in rows)
    assert lost_parts(measure(actions=rows), measure(actions=reworded)) == []
    assert lost_parts(measure(actions=rows), measure(actions=rows[:2])) == ["actions"]


def test_actions_of_one_day_without_a_code_are_lost_one_by_one_and_repetitions_are_not() -> None:
    rows = tuple(ActionRecord("2025-05-01", f"Action {n}.") for n in range(6))
    assert lost_parts(measure(actions=rows), measure(actions=rows[:3])) == ["actions"]
    assert lost_parts(measure(actions=rows), measure(actions=rows[:4])) == []
    assert lost_parts(measure(actions=rows * 2), measure(actions=rows)) == []


def test_each_list_is_judged_by_itself() -> None:
    full = {"subjects": ("a", "b", "c"), "related": tuple(RelationRecord(f"119/hr/{n}") for n in range(1, 5))}
    assert lost_parts(measure(**full), measure(subjects=full["subjects"])) == ["related"]
    assert lost_parts(measure(**full), measure()) == ["subjects", "related"]
