"""The paragraph on a measure: told word by word for known shapes, in any language, and never without a proof."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.committees import committee_in_line, committee_name
from tracker.congress.english import ENGLISH, MESSAGES
from tracker.congress.language import Language, Message, Proof, Sentence, plain
from tracker.congress.measures import TYPES
from tracker.congress.people import formal_name
from tracker.congress.stages import PENDING, STATUS_LABELS, Status, derive_status
from tracker.records.keys import action_keys
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeRecord,
    CosponsorRecord,
    LawRecord,
    MeasureRecord,
    SponsorRecord,
    TextVersionRecord,
    VoteReference,
)
from tracker.records.story import story
from tracker.records.telling import Before, Known

DAY = date(2026, 6, 20)
TILLIS = SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")
FOREIGN = CommitteeRecord("ssfr00", "Foreign Relations Committee", "Senate", "Standing")
REFERRED = ActionRecord("2025-03-27", "Referred to the Committee on Foreign Relations.", None, "IntroReferral", "Senate")  # fmt: skip
PEOPLE = (("C001088", "Coons, Christopher A.", "D", "DE"), ("C001098", "Cruz, Ted", "R", "TX"), ("K000383", "King, Angus S., Jr.", "I", "ME"),
          ("S001181", "Shaheen, Jeanne", "D", "NH"))  # fmt: skip


def joins(person: int, on: str = "2025-03-27", left: str | None = None) -> CosponsorRecord:
    member, name, party, state = PEOPLE[person]
    return CosponsorRecord(member, f"Sen. {name} [{party}-{state}]", party, state, joined_on=on, original=on == "2025-03-27", withdrawn_on=left)  # fmt: skip


def measure(type: str = "sres", congress: int = 119, **parts: Any) -> MeasureRecord:
    usual = {"introduced_on": "2025-03-27", "sponsors": (TILLIS,), "actions": (REFERRED,), "committees": (FOREIGN,)}  # fmt: skip
    return MeasureRecord(congress, type, 145, **{**usual, **parts})


def status_of(record: MeasureRecord, day: date = DAY) -> Status:
    return derive_status(
        type=record.type,
        title=record.title,
        congress=record.congress,
        actions=record.actions,
        has_law=bool(record.laws),
        introduced_on=record.introduced_on,
        today=day,
    )


def told(
    record: MeasureRecord, known: Known | None = None, language: Language = ENGLISH
) -> tuple[Sentence, ...]:
    known = known or Known(DAY, polled=True)
    return story(record, status_of(record, known.day), known, language=language)


def words(record: MeasureRecord, known: Known | None = None) -> str:
    """The paragraph without its first sentence, that of the status."""
    return " ".join(plain(sentence) for sentence in told(record, known)[1:])


# Who introduced it


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), "Sen. Thomas Tillis [R-NC] introduced it."),
        ((0,), "Sen. Thomas Tillis [R-NC] introduced it, with Sen. Christopher A. Coons [D-DE]."),
        ((0, 2), "introduced it, with Sen. Christopher A. Coons [D-DE] and Sen. Angus S. King Jr. [I-ME]."),
        ((0, 1, 2), "Sen. Thomas Tillis [R-NC] introduced it, with 3 others."),
    ],
)
def test_who_introduced_it_is_named_and_with_whom(people: tuple[int, ...], said: str) -> None:
    assert said in words(measure(cosponsors=tuple(joins(person) for person in people)))


def test_the_day_is_said_where_the_status_does_not_say_it() -> None:
    agreed = ActionRecord("2025-06-02", "Resolution agreed to in Senate by Unanimous Consent.", "17000")
    assert "introduced it on March 27, 2025." in words(measure(actions=(agreed, REFERRED)))
    assert "introduced it the same day." in words(measure(actions=(replaced(agreed, on="2025-03-27"),)))


def test_several_sponsors_and_a_request_are_told() -> None:
    king = SponsorRecord("K000383", "Sen. King, Angus S., Jr. [I-ME]", "I", "ME", by_request=True)
    said = "Sen. Thomas Tillis [R-NC] and Sen. Angus S. King Jr. [I-ME] introduced it by request."
    assert said in words(measure(sponsors=(TILLIS, king)))


def test_a_name_without_office_or_place_gets_its_place_from_the_record() -> None:
    lawler = SponsorRecord(None, "Lawler, Michael", "R", "NY", "17")
    assert words(measure(sponsors=(lawler,))).startswith("Michael Lawler [R-NY-17] introduced it.")


def test_where_no_sponsor_is_named_the_chamber_is() -> None:
    agreed = ActionRecord("2025-06-02", "Resolution agreed to in Senate by Unanimous Consent.", "17000")
    assert words(measure(sponsors=(), actions=(agreed,))).startswith("It was introduced in the Senate on March 27, 2025.")  # fmt: skip
    assert words(measure(sponsors=())).startswith("Nobody has cosponsored it.")


def test_a_reserved_number_is_for_whom_the_record_names() -> None:
    record = measure("hr", title="Reserved for the Speaker.", actions=(), committees=())
    assert words(record) == "The record names Sen. Thomas Tillis [R-NC] for it."


# Who stands behind it


def test_names_are_counted_by_party_with_the_day_of_the_last() -> None:
    record = measure(cosponsors=(joins(0), joins(1, "2025-04-02"), joins(2, "2025-06-16")))
    said = (
        "It has 3 cosponsors: 1 Democrat, 1 independent and 1 Republican; the last joined on June 16, 2025."
    )
    assert said in words(record)


def test_those_of_one_party_are_said_to_be() -> None:
    assert "It has two cosponsors, both Democrats." in words(measure(cosponsors=(joins(0), joins(3))))
    three = tuple(replaced(joins(3), member=f"X{n}", name=f"Sen. Name{n} [D-NH]") for n in range(3))
    assert "It has 3 cosponsors, all of them Democrats." in words(measure(cosponsors=three))


def test_who_withdrew_is_named_and_whoever_came_back() -> None:
    one = measure(cosponsors=(joins(0), joins(1), joins(2, "2025-04-02", left="2025-04-09")))
    assert "Sen. Angus S. King Jr. [I-ME] withdrew on April 9, 2025." in words(one)
    back = measure(cosponsors=(joins(1), joins(0, "2025-04-02", left="2025-04-09"), joins(0, "2025-05-01")))
    assert "withdrew on April 9, 2025 and joined again on May 1, 2025." in words(back)
    many = measure(cosponsors=tuple(joins(person, "2025-04-02", left="2025-04-09") for person in range(3)))
    said = "Nobody stands as cosponsor now. Of those who joined, 3 withdrew, the last on April 9, 2025."
    assert said in words(many)


def test_what_is_settled_had_its_names() -> None:
    agreed = ActionRecord("2025-06-02", "Resolution agreed to in Senate by Unanimous Consent.", "17000")
    assert "It had 3 cosponsors" in words(measure(actions=(agreed,), cosponsors=tuple(map(joins, range(3)))))
    assert "Nobody cosponsored it." in words(measure(actions=(agreed,)))


# What happened on the way


@pytest.mark.parametrize(
    ("line", "said"),
    [  # 119/hr/6644, 119/hr/7147; the rest as chambers write it
        (
            "House agreed to Senate amendment with amendment pursuant to H. Res. 1299 (consideration: CR H3643-3644)",
            "The House agreed to the Senate’s words with changes of its own on May 20, 2026.",
        ),
        (
            "On motion that the House suspend the rules and agree to the Senate amendment with an amendment Agreed to by voice vote.",
            "The House agreed to the Senate’s words with changes of its own by voice vote on May 20, 2026.",
        ),
        (
            "Senate concurred in the House amendment to the Senate amendment with an amendment by Yea-Nay Vote. 68 - 29. Record Vote Number: 9.",
            "The Senate agreed to the House’s words with changes of its own by 68 votes to 29 on May 20, 2026.",
        ),
        (
            "On motion that the House disagree to the Senate amendment, and request a conference Agreed to by voice vote.",
            None,
        ),
        ("Message on House action received in Senate: House amendment to Senate amendment.", None),
    ],
)
def test_an_answer_with_changes_is_told_once_and_no_other_step_of_a_dispute(
    line: str, said: str | None
) -> None:
    passed = ActionRecord("2026-02-09", "On passage Passed by voice vote.", "H37100")
    changed = ActionRecord("2026-03-12", "Passed Senate with an amendment by Voice Vote.")
    answer = ActionRecord("2026-05-20", line)
    again = ActionRecord("2026-05-20", f"Resolving differences -- House actions: {line}")
    actions = (
        (again, answer, changed, passed, REFERRED)
        if "House" in line[:20]
        else (answer, changed, passed, REFERRED)
    )
    paragraph = words(measure("hr", actions=actions))
    assert paragraph.count("with changes of its own") == (said is not None)
    assert said is None or said in paragraph


def test_votes_are_told_with_their_tally_which_leads_to_the_vote() -> None:
    vote = VoteReference("House", 119, 1, 145)
    passed = ActionRecord("2025-05-22", "On passage Passed by the Yeas and Nays: 215 - 214, 1 Present (Roll no. 145).", "H37100", recorded_votes=(vote,))  # fmt: skip
    changed = ActionRecord("2025-07-01", "Passed Senate with an amendment by Yea-Nay Vote. 51 - 50. Record Vote Number: 372.")  # fmt: skip
    law = ActionRecord("2025-07-04", "Became Public Law No: 119-21.", "36000")
    taken = ActionRecord("2025-07-03", "On motion that the House agree to the Senate amendment Agreed to by recorded vote: 218 - 214 (Roll no. 190).")  # fmt: skip
    record = measure("hr", actions=(law, taken, changed, passed, REFERRED), laws=(LawRecord("Public Law", "119-21"),))  # fmt: skip
    assert (
        "The House passed it by 215 votes to 214 on May 22, 2025. "
        "The Senate passed it with changes by 51 votes to 50 on July 1, 2025. "
        "The House agreed to the Senate’s words by 218 votes to 214 on July 3, 2025."
    ) in words(record)
    proofs = {span.text: span.proof for sentence in told(record) for span in sentence}
    assert proofs["215 votes to 214"] == Proof("vote", "119/house/2025/145")
    keys = action_keys(record.actions)
    assert proofs["51 votes to 50"] == Proof(
        "action", keys[2]
    )  # no roll call is named, so its line proves it
    assert proofs["Public Law 119-21"] == Proof("action", keys[0])


def test_what_followed_on_the_same_day_is_said_to_have() -> None:
    reported = ActionRecord("2025-03-27", "Reported by the Committee on Foreign Relations.")
    passed = ActionRecord("2025-04-01", "Passed Senate without amendment by Unanimous Consent.")
    house = ActionRecord("2025-04-01", "On passage Passed without objection.")
    assert words(measure("s", actions=(house, passed, reported, REFERRED))).startswith(
        "Sen. Thomas Tillis [R-NC] introduced it on March 27, 2025. The Senate Foreign Relations Committee reported it the same day. "
        "The Senate passed it by unanimous consent on April 1, 2025. The House passed it without objection the same day."
    )


def test_names_of_an_unknown_day_are_no_silence() -> None:
    record = measure(cosponsors=(replaced(joins(0), joined_on=None, original=False),))
    assert words(record).endswith(
        "Apart from that, nothing has happened since March 27, 2025, as of the last poll."
    )


def test_of_several_votes_of_a_day_a_tally_leads_to_the_one_that_its_line_names() -> None:
    votes = (
        VoteReference("senate", 119, 1, 145),
        VoteReference("house", 119, 1, 145),
        VoteReference("house", 119, 1, 14),
    )
    passed = ActionRecord("2025-05-22", "On passage Passed by the Yeas and Nays: 215 - 214 (Roll no. 145).", "H37100")  # fmt: skip
    library = ActionRecord("2025-05-22", "Motion to recommit failed.", None, recorded_votes=votes)
    (status, *_) = told(measure("hr", actions=(passed, library, REFERRED)))
    tally = next(span for span in status if span.text.startswith("215"))
    assert tally.proof == Proof("vote", "119/house/2025/145")


def test_a_tally_whose_vote_is_not_listed_leads_to_its_line() -> None:
    """H.Res. 166 of the 118th: its own roll call is named in words alone, another of that day is listed."""
    agreed = ActionRecord("2025-05-22", "On agreeing to the resolution Agreed to by recorded vote: 216 - 205 (Roll No. 123).")  # fmt: skip
    ordered = ActionRecord("2025-05-22", "On ordering the previous question Agreed to by the Yeas and Nays: 213 - 201 (Roll no. 122).", recorded_votes=(VoteReference("house", 119, 1, 122),))  # fmt: skip
    record = measure("hres", actions=(agreed, ordered, REFERRED))
    tally = next(span for span in told(record)[0] if span.text.startswith("216"))
    assert tally.proof == Proof("action", action_keys(record.actions)[0])


def test_a_veto_that_stood_and_a_petition_and_refusals_are_told() -> None:
    actions = (
        ActionRecord("2026-01-08", "On passage, the objections of the President to the contrary notwithstanding Failed by the Yeas and Nays: (2/3 required): 248 - 177 (Roll no. 5)."),
        ActionRecord("2025-12-29", "Vetoed by President.", "E30000"),
        ActionRecord("2025-12-18", "Presented to President."),
        ActionRecord("2025-12-16", "Passed Senate without amendment by Voice Vote."),
        ActionRecord("2025-08-01", "Motion to proceed to consideration of measure rejected in Senate by Yea-Nay Vote. 36 - 62."),
        ActionRecord("2025-07-22", "Motion to discharge Senate Committee on Foreign Relations rejected by Yea-Nay Vote. 15 - 83."),
        ActionRecord("2025-07-21", "On passage Passed without objection."),
        ActionRecord("2025-07-20", "On motion to discharge Agreed to by the Yeas and Nays: 222 - 200 (Roll no. 321)."),
        ActionRecord("2025-06-04", "Motion to Discharge Committee filed by Mr. Golden (ME). Petition No: 119-6. (<a href='x'>Discharge petition</a> text.)"),
    )  # fmt: skip
    assert (
        "Mr. Golden (ME) filed discharge petition 119-6 on June 4, 2025. "
        "The House took it from its committee by 222 votes to 200 on July 20, 2025. "
        "The House passed it without objection on July 21, 2025. "
        "A motion to take it from its committee failed in the Senate by 15 votes to 83 on July 22, 2025. "
        "A motion to take it up failed in the Senate by 36 votes to 62 on August 1, 2025. "
        "The Senate passed it by voice vote on December 16, 2025. "
        "An override of the veto failed in the House by 248 votes to 177 on January 8, 2026, where it needed two thirds."
    ) in words(measure("hr", actions=actions))


# Silence


def test_that_nothing_has_happened_is_said_outright() -> None:
    assert words(measure()).endswith("Nothing has happened since March 27, 2025, as of the last poll.")
    joined = words(measure(cosponsors=(joins(0, "2025-04-02"),)))
    assert joined.endswith("Apart from that, nothing has happened since March 27, 2025, as of the last poll.")
    (*_, silence) = told(measure())
    assert silence[1].proof == Proof("action", action_keys((REFERRED,))[0]) and silence[1].day == date(
        2025, 3, 27
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"text_versions": (TextVersionRecord("rs", "Reported in Senate", "2025-05-02T04:00:00Z"),)},
        {"committees": (CommitteeRecord("ssfr00", "Foreign Relations Committee", activities=(ActivityRecord("Hearings By", "2025-05-02T15:00:00Z"),)),)},
        {"amendments": (AmendmentRecord("119/samdt/1", "Senate", submitted_at="2025-05-02T04:00:00Z"),)},
    ],
)  # fmt: skip
def test_what_congress_did_beside_its_actions_breaks_the_silence(parts: dict[str, Any]) -> None:
    assert "nothing has happened since May 2, 2025" in words(measure(**parts)).replace("Nothing", "nothing")


def test_of_what_happened_lately_nothing_is_said() -> None:
    assert "othing has happened" not in words(measure(), Known(date(2025, 4, 23)))
    assert "othing has happened" in words(measure(), Known(date(2025, 4, 24)))


@pytest.mark.parametrize("known", [Known(DAY, settled=False), Known(DAY, source="staff")])
def test_of_a_record_in_doubt_or_by_staff_no_silence_is_claimed(known: Known) -> None:
    assert "othing" not in words(measure(cosponsors=(joins(0),)), known)


def test_a_starter_record_speaks_for_its_own_list_alone() -> None:
    assert words(measure(), Known(DAY, source="starter")).endswith("The starter record lists nothing after March 27, 2025.")  # fmt: skip


def test_names_entered_by_staff_are_said_to_be() -> None:
    said = words(measure(cosponsors=(joins(0), joins(1))), Known(DAY, source="staff"))
    assert "Staff entered 2 cosponsors: 1 Democrat and 1 Republican." in said
    assert "cosponsor" not in words(measure(), Known(DAY, source="staff"))


def test_what_died_had_been_silent_and_came_back() -> None:
    record = measure(congress=118, introduced_on="2024-03-20", actions=(replaced(REFERRED, on="2024-03-20"),))
    known = Known(DAY, came_back=Before("119/sres/145", "S.Res. 145", 119))
    assert [plain(sentence) for sentence in told(record, known)] == [
        "It died with the 118th Congress on January 3, 2025, in the Senate Foreign Relations Committee, where it had been since March 20, 2024.",
        "Sen. Thomas Tillis [R-NC] introduced it on March 20, 2024.",
        "Nobody cosponsored it.",
        "Nothing had happened to it since March 20, 2024.",
        "It came back in the 119th Congress as S.Res. 145.",
    ]
    was = Known(DAY, was=Before("118/sres/599", "S.Res. 599", 118, died=True))
    assert words(measure(), was).endswith("It was S.Res. 599 in the 118th Congress, and died with it.")


# All shapes, in any language

_LINES = (
    "Referred to the Committee on Foreign Relations.",
    "Committee on Foreign Relations. Ordered to be reported without amendment favorably.",
    "Ordered to be Reported by Voice Vote.",
    "Reported by the Committee on Foreign Relations. H. Rept. 119-1.",
    "Reported by Senator Risch, without amendment.",
    "Placed on the Union Calendar, Calendar No. 5.",
    "Placed on the House Calendar, Calendar No. 5.",
    "Placed on the Private Calendar, Calendar No. 5.",
    "Placed on Senate Executive Calendar.",
    "Placed on Senate Legislative Calendar under General Orders.",
    "Senate Committee on Foreign Relations discharged by Unanimous Consent.",
    "Discharged.",
    "On passage Passed by the Yeas and Nays: 216 - 214 (Roll no. 50).",
    "Passed Senate with an amendment by Unanimous Consent.",
    "On agreeing to the resolution Agreed to without objection.",
    "On motion that the House agree to the Senate amendment Agreed to by voice vote.",
    "House agreed to Senate amendment with amendment pursuant to H. Res. 1299.",
    "Conference report agreed to in House: by recorded vote: 216 - 214 (Roll no. 51).",
    "Signed by President.",
    "Became Public Law No: 119-4.",
    "Became Private Law No: 119-4.",
    "Vetoed by President.",
    "Passed House over veto: by the Yeas and Nays: (2/3 required): 300 - 100 (Roll no. 52).",
    "Failed of passage in Senate over veto by Yea-Nay Vote. 50 - 45. Record Vote Number: 9.",
    "On motion to suspend the rules and pass the bill Failed by the Yeas and Nays: (2/3 required): 211 - 217 (Roll no. 53).",
    "Upon reconsideration, under the order of 9/29/2025, not having achieved 60 votes in the affirmative, failed of passage in Senate by Yea-Nay Vote. 55 - 45.",
    "On passage Failed by the Yeas and Nays: 200 - 220.",
    "On motion to reconsider Agreed to by voice vote.",
    "On motion to table the measure Agreed to by the Yeas and Nays: 214 - 213 (Roll no. 276).",
    "Indefinitely postponed by Senate by Unanimous Consent.",
    "Motion to Discharge Committee filed by Mrs. Luna. Petition No: 119-1.",
    "Motion to discharge Senate Committee on Foreign Relations rejected by Yea-Nay Vote. 15 - 83. Record Vote Number: 166.",
    "Motion to proceed to consideration of measure rejected in Senate by Voice Vote.",
    "On motion to discharge Agreed to by the Yeas and Nays: 222 - 200 (Roll no. 321).",
    "",
)  # fmt: skip
_PARTIES = ("D", "R", "I", "ID", "L", "X", None)
_ARROWS = dict(zip(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), map(chr, range(0x2800, 0x2834)), strict=True))  # fmt: skip


def names(parties: tuple[str | None, ...], on: str, left: str | None = None) -> tuple[CosponsorRecord, ...]:
    return tuple(
        CosponsorRecord(f"X00000{n}", f"Rep. Name{n}, Given [{party}-GA-{n}]", party, "GA", str(n), on, on == "2025-03-27", left)
        for n, party in enumerate(parties)
    )  # fmt: skip


def shapes() -> Iterator[tuple[MeasureRecord, Status, Known]]:
    """Every type with every status that any line could have set, dated or not; all kinds of names, sources and ends."""
    supports = (
        (),
        names(("D",), "2025-03-27"),
        names(("D",), "2025-05-02"),
        names(("D", "D"), "2025-03-27"),
        names(("R", "R"), "2025-05-02"),
        names(("D",) * 3, "2025-03-27") + names(("D",), "2025-05-02"),
        names(("R",) * 3, "2025-03-27"),
        names(_PARTIES, "2025-03-27") + names(_PARTIES, "2025-05-02"),
        names(("D",), "2025-03-27", "2025-05-02"),
        names(("D",), "2025-03-27", "2025-05-02") + names(("D",), "2025-06-02"),
        names(("D",) * 4, "2025-03-27", "2025-05-02"),
    )
    committees = (
        (),
        (FOREIGN,),
        (FOREIGN, CommitteeRecord(None, "Intelligence (Select) Committee")),
        (FOREIGN,) * 3,
    )
    end = date(2027, 1, 3)
    again = Before("118/sres/599", "S.Res. 599", 118)
    knowns = (
        Known(DAY, polled=True, was=again),
        Known(DAY, source="starter", was=replace(again, died=True)),
        Known(DAY, source="staff"),
        Known(end, came_back=again),
    )
    befores = (None, *(Status(before, "2025-03-27", 1) for before in sorted(PENDING)))
    any_of = random.Random(145).choice
    for type, code, line in product(TYPES, STATUS_LABELS, _LINES):
        passed = ActionRecord("2025-04-01", "On passage Passed by voice vote.")
        action = ActionRecord("2025-05-22", line, recorded_votes=(VoteReference("house", 119, 1, 50),))
        record = measure(
            type,
            actions=(action, passed, REFERRED) if any_of("ab") == "a" else (action, REFERRED),
            cosponsors=any_of(supports),
            committees=any_of(committees),
            sponsors=any_of(((), (TILLIS,), (replaced(TILLIS, by_request=True),))),
            laws=any_of(((), (LawRecord("Public Law", "119-4"),))),
        )
        before = any_of(befores) if code == "died" else None
        yield record, Status(code, any_of(("2025-05-22", "2025-03-27", None)), 0, before), any_of(knowns)


class Noted(dict[str, Message]):
    """A table that knows which of its messages were said."""

    def __init__(self, messages: dict[str, Message]) -> None:
        super().__init__(messages)
        self.said: set[str] = set()

    def __getitem__(self, name: str) -> Message:
        self.said.add(name)
        return super().__getitem__(name)


def foreign(message: str) -> str:
    """A message in a language of no letters that English has; its placeholders, links and groups stay."""
    return "".join(
        part if part[:1] in ("{", "<") else part.translate(_ARROWS)
        for part in re.split(r"(\{\w+\}|</?\w+>)", message)
    )


PSEUDO_MESSAGES = {
    name: foreign(message)
    if isinstance(message, str)
    else {kind: foreign(text) for kind, text in message.items()}
    for name, message in MESSAGES.items()
}


def test_in_another_language_no_word_is_english_but_names() -> None:
    """Every message, day, number and ordinal goes through the language: what is left is the record's own."""
    messages = Noted(PSEUDO_MESSAGES)
    pseudo = Language(
        code="xx",
        messages=messages,
        day=lambda day: f"⟦{day}⟧",
        number=lambda number: f"⟦{number}⟧",
        word=lambda number: f"⟦{number}⟧",
        ordinal=lambda number: f"⟦{number}⟧",
        plural=lambda number: "one" if number == 1 else "other",
    )
    for record, status, known in shapes():
        own = {formal_name(who.name, who.party, who.state, who.district) for who in (*record.sponsors, *record.cosponsors)}  # fmt: skip
        own |= {committee_name(each.name or "") for each in record.committees}
        own |= {committee_in_line(line) or "" for line in _LINES} | {"Mrs. Luna", "S.Res. 599", "X"}
        for sentence in story(record, status, known, language=pseudo):
            said = plain(sentence)
            for name in sorted(own, key=len, reverse=True):
                said = said.replace(name, "")
            assert not re.search(r"[A-Za-z]", said), said
            assert not re.search(r"\d", re.sub(r"⟦[\d-]+⟧|119-\d|\b60\b", "", said)), said
    assert messages.said == set(MESSAGES), set(MESSAGES) - messages.said


def test_every_shape_is_told_in_whole_sentences_with_proofs() -> None:
    gaps = re.compile(r" [ ,;.:]|None|\bon (?!March|April|May|June|January|Intelligence|the )|\bon\b[^ ]|\bsince\b[^ ]|\bthe the\b|,,|_|\.\.")  # fmt: skip
    for record, status, known in shapes():
        for sentence in story(record, status, known):
            said = plain(sentence)
            assert re.fullmatch(r"[A-Z].*\.", said) and not gaps.search(said), said
            unproven = "".join(span.text for span in sentence if span.proof is None)
            assert not re.search(r"\d", re.sub(r"\b1\d\dth\b", "", unproven)), said
            assert all(span.proof for span in sentence if span.day), said


@given(st.builds(ActionRecord, on=st.sampled_from(["2025-05-02", "2025-02-30", None]), text=st.text(max_size=60) | st.sampled_from(_LINES)))  # fmt: skip
def test_any_line_can_be_told(action: ActionRecord) -> None:
    assert told(measure("hr", actions=(action, REFERRED)))


def replaced(row: Any, **parts: Any) -> Any:
    return msgspec.structs.replace(row, **parts)
