"""What events say in plain words, kind by kind, from nothing but their own JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ledger.models import ChangeEvent
from tracker.ledger.words import KIND_LABELS, Came, Gone, Person, Quoted, brief, tell

SEEN = datetime(2025, 4, 3, 12, tzinfo=UTC)


@dataclass
class Event:
    kind: str
    subject: str = ""
    was: Any = None
    became: Any = None
    occurred_on: date | None = None
    observed_at: datetime = SEEN
    source: str = "govinfo"


def said(*events: Event) -> list[str]:
    return [str(line) for line in tell(events)]


def name(member: str, written: str, party: str, state: str) -> dict[str, Any]:
    return {"member": member, "name": written, "party": party, "state": state, "district": None}


KING = name("K000383", "Sen. King, Angus S., Jr. [I-ME]", "I", "ME")
CRUZ = name("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")
COONS = name("C001088", "Sen. Coons, Christopher A. [D-DE]", "D", "DE")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            Event(
                "introduced",
                "measure",
                became={"title": "…", "sponsor": "Rep. Grothman, Glenn [R-WI-6]", "status": "referred"},
            ),
            "Introduced by Glenn Grothman (R-WI); referred to committee.",
        ),
        (Event("introduced", "measure", became={"sponsor": None, "status": "introduced"}), "Introduced."),
        (
            Event("action_added", "k", became={"text": "Referred to the Committee."}),
            "“Referred to the Committee.”",
        ),
        (Event("action_added", "k", became={"text": None}), "An action without words."),
        (
            Event("action_edited", "k", {"text": "Agreed to 51-49."}, {"text": "Agreed to 52-48."}),
            "An action was reworded: “Agreed to 51-49.” became “Agreed to 52-48.”",
        ),
        (
            Event("action_edited", "k", {"text": "Agreed to.", "source": "Senate"}, {"text": "Agreed to."}),
            "An action was corrected: “Agreed to.”",
        ),
        (
            Event("action_removed", "k", {"text": "Held at the desk."}),
            "No longer listed among the actions: “Held at the desk.”",
        ),
        (
            Event("status_changed", "status", {"code": "referred"}, {"code": "agreed_to"}),
            "Agreed to; before: referred to committee.",
        ),
        (
            Event("status_changed", "status", {"code": "referred"}, {"code": "died"}),
            "Died with its Congress; before: referred to committee.",
        ),
        (
            Event("sponsor_changed", "sponsors", [KING], [CRUZ]),
            "Sponsor now Ted Cruz (R-TX); was Angus S. King Jr. (I-ME).",
        ),
        (Event("sponsor_changed", "sponsors", [KING], []), "Sponsor no longer Angus S. King Jr. (I-ME)."),
        (
            Event("cosponsor_withdrawn", "K000383", None, KING),
            "Angus S. King Jr. (I-ME) withdrew as cosponsor.",
        ),
        (
            Event("cosponsor_removed", "K000383", KING, None),
            "Angus S. King Jr. (I-ME) is no longer listed as cosponsor.",
        ),
        (Event("title_changed", "title", "Old.", "New."), "Title: “Old.” became “New.”"),
        (
            Event("title_changed", "titles", [{"title": "Old."}], [{"title": "New Act"}, {"title": "NA"}]),
            "Titles: added “New Act” and “NA”; taken off “Old.”",
        ),
        (
            Event("text_published", "p", became={"name": "Reported in House", "code": "rh"}),
            "Text published: Reported in House.",
        ),
        (
            Event("text_published", "BILLS-119sres178as", became={"name": "AS", "code": "as"}),
            "Text published: Amendment Ordered to be Printed in Senate.",
        ),
        (
            Event("summary_published", "00", became={"stage": "Introduced in Senate"}),
            "Summary by the Congressional Research Service published, of the text introduced in Senate.",
        ),
        (Event("summary_revised", "00"), "Summary by the Congressional Research Service revised."),
        (
            Event(
                "committee_activity_added",
                "hsii24",
                became={"activity": "Referred to", "committee": "Indian and Insular Affairs Subcommittee"},
            ),
            "Referred to the Indian and Insular Affairs Subcommittee.",
        ),
        (
            Event(
                "committee_activity_added",
                "ssfr00",
                became={"activity": "Discharged From", "committee": "Finance Committee"},
            ),
            "Discharged from the Finance Committee.",
        ),
        (
            Event(
                "committee_activity_added",
                "hsfa00",
                became={"activity": "Markup By", "committee": "Foreign Affairs Committee"},
            ),
            "Marked up by the Foreign Affairs Committee.",
        ),
        (
            Event("committee_activity_added", "hsfa00", became={"activity": "Reported by"}),
            "Reported by hsfa00.",
        ),
        (
            Event(
                "committee_activity_added",
                "hsfa00",
                became={"activity": "Exchange of Letters", "committee": "Foreign Affairs Committee"},
            ),
            "Foreign Affairs Committee: exchange of letters.",
        ),
        (  # 119/hr/131, after its veto
            Event(
                "committee_activity_added",
                "hsii00",
                became={"activity": "Unknown", "committee": "Natural Resources Committee"},
            ),
            "Natural Resources Committee: activity without a name.",
        ),
        (
            Event("subjects_changed", "subjects", ["Bees", "Iran"], ["Bees", "Honey", "Wasps"]),
            "Subjects: added “Honey” and “Wasps”; taken off “Iran”.",
        ),
        (Event("policy_area_changed", "policy_area", None, "Taxation"), "Policy area: “Taxation”."),
        (Event("policy_area_changed", "policy_area", "Taxation", None), "Policy area: “Taxation” is gone."),
        (
            Event("related_added", "119/hres/166", became={"measure": "119/hres/166", "title": "On Iran."}),
            "Listed as related: H.Res. 166 (119th Congress) “On Iran.”",
        ),
        (
            Event("amendment_added", "119/samdt/12", became={"purpose": "To strike.", "description": None}),
            "Amendment S.Amdt. 12 offered: “To strike.”",
        ),
        (
            Event(
                "vote_recorded", "119/house/2026/156", became={"chamber": "house", "roll": 156, "session": 2}
            ),
            "Recorded vote: House roll call 156 of the second session.",
        ),
        (
            Event("became_law", "119-91", became={"type": "Public Law", "number": "119-91"}),
            "Became Public Law 119-91.",
        ),
        (Event("field_changed", "authority", "a", "b"), "Corrected, authority: “a” became “b”."),
        (
            Event("field_changed", "laws.119-4", {"number": "119-4"}, None),
            "No longer listed, a law: “119-4”.",
        ),
        (
            Event(
                "field_changed", "actions.0085ec", {"text": "Held.", "at": None}, {"text": "Held.", "at": "…"}
            ),
            "Corrected, an action: “Held.”",
        ),
        (Event("field_changed", "notes", ["a"], ["b"]), "Corrected: notes."),
        (Event("vanished", "measure"), "Gone from the source; what was held of it stays."),
        (Event("returned", "measure"), "Listed by the source again."),
        (
            Event("entry_published", "entry/1", became={"kind": "key_points", "title": "In plain words"}),
            "Key points published.",
        ),
        (
            Event("entry_published", "entry/1", became={"kind": "note", "title": "", "read_alone": True}),
            "Note published (published without a second reader).",
        ),
        (
            Event("entry_published", "entry/1", became={"kind": "note", "title": "N"}, source="starter"),
            "Note published (came with Whereas).",
        ),
        (
            Event("entry_corrected", "entry/1", became={"kind": "note", "why": "The day was wrong"}),
            "Note corrected: The day was wrong.",
        ),
        (
            Event(
                "entry_withdrawn",
                "entry/1",
                {"kind": "press_coverage"},
                {"kind": "press_coverage", "why": "Gone."},
            ),
            "Press coverage withdrawn: Gone.",
        ),
        (Event("something_new", "x"), "Something new."),
    ],
)
def test_each_kind_says_what_happened(event: Event, words: str) -> None:
    assert said(event) == [words]


def test_names_of_one_day_share_a_line_and_others_do_not() -> None:
    days = [date(2025, 4, 1), date(2025, 4, 2)]
    events = [
        Event("cosponsor_added", "K000383", None, KING, days[0]),
        Event("cosponsor_added", "C001098", None, CRUZ, days[1]),
        Event("cosponsor_added", "C001088", None, COONS, days[1]),
    ]
    assert said(*events) == [
        "Angus S. King Jr. (I-ME) joined as cosponsor.",
        "Ted Cruz (R-TX) and Christopher A. Coons (D-DE) joined as cosponsors.",
    ]


def test_a_crowd_of_names_is_counted_after_the_first_twelve() -> None:
    (line,) = said(*(Event("cosponsor_added", f"K{n:06}", None, KING) for n in range(40)))
    assert line.endswith("and 28 more joined as cosponsors.")
    assert line.count("King") == 12


def test_of_many_alike_the_first_five_are_told_and_the_rest_counted() -> None:
    lines = said(*(Event("action_added", f"k{n}", became={"text": f"Line {n}."}) for n in range(20_000)))
    assert len(lines) == 6
    assert lines[-1] == "Actions: 19,995 more like this."


def test_an_action_that_two_sources_list_is_told_once_in_the_chambers_words() -> None:
    day = date(2025, 6, 2)
    agreed = "Resolution agreed to in Senate by Unanimous Consent. (consideration: CR S3190; text: CR S3192)"
    library = {
        "text": "Passed/agreed to in Senate: Resolution agreed to in Senate by Unanimous Consent.",
        "source": "Library of Congress",
    }
    events = [
        Event("action_added", "a", became=library, occurred_on=day),
        Event("action_added", "b", became={"text": agreed, "source": "Senate"}, occurred_on=day),
        Event("action_added", "c", became={"text": agreed, "source": "Senate"}, occurred_on=date(2025, 6, 3)),
    ]
    lines = tell(events)
    assert [(str(line), line.count) for line in lines] == [(f"“{agreed}”.", 2), (f"“{agreed}”.", 1)]


def test_what_matters_most_comes_first() -> None:
    events = [
        Event("subjects_changed", "subjects", [], ["Bees"]),
        Event("action_added", "k", became={"text": "Became Public Law No: 119-4."}),
        Event("status_changed", "status", {"code": "to_president"}, {"code": "enacted"}),
        Event("became_law", "119-4", became={"type": "Public Law", "number": "119-4"}),
    ]
    assert [line.kind for line in tell(events)] == [
        "became_law",
        "status_changed",
        "action_added",
        "subjects_changed",
    ]


def test_pieces_tell_names_from_words_of_the_record_and_from_ours() -> None:
    (line,) = tell([Event("cosponsor_added", "K000383", None, KING)])
    assert line.pieces[0] == Person("K000383", "Angus S. King Jr.", "I", "ME")
    (line,) = tell([Event("title_changed", "title", "Old", "New")])
    assert [type(piece) for piece in line.pieces if isinstance(piece, Gone)] == [Gone, Came]
    (line,) = tell([Event("action_added", "k", became={"text": "Held."})])
    assert line.pieces == (Quoted("Held."),)


def test_a_change_is_late_when_more_than_a_weekend_lies_between() -> None:
    (late,) = tell([Event("vanished", occurred_on=date(2025, 3, 12))])
    (usual,) = tell([Event("vanished", occurred_on=date(2025, 3, 31))])
    (undated,) = tell([Event("vanished")])
    assert (late.late_days, usual.late_days, undated.late_days) == (22, None, None)


def test_lateness_counts_days_in_washington() -> None:
    """03:00 UTC on April 6 is still April 5 there: five days after March 31."""
    (line,) = tell(
        [Event("vanished", occurred_on=date(2025, 3, 31), observed_at=datetime(2025, 4, 6, 3, tzinfo=UTC))]
    )
    assert line.late_days == 5


def test_every_kind_of_the_contract_has_a_label() -> None:
    assert set(KIND_LABELS) == set(ChangeEvent.Kind.values)
    assert all(brief(kind) for kind in KIND_LABELS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(KIND_LABELS)), st.text(max_size=20))
def test_an_event_that_holds_nothing_still_says_something(kind: str, subject: str) -> None:
    (line,) = tell([Event(kind, subject)])
    assert str(line).strip(" .")
