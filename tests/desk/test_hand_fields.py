"""What staff type into the form of a hand-entered measure is read as they mean it, or refused beside the field that is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.by_hand import SEEN, congress_known, typed
from tracker.desk import hand_fields
from tracker.desk.fields import NotValid
from tracker.desk.hand_names import suggestions
from tracker.desk.hand_record import record_of

pytestmark = pytest.mark.django_db

TODAY = date(2024, 7, 28)


@pytest.fixture(autouse=True)
def _congress() -> None:
    congress_known()


def read(**parts: Any) -> hand_fields.HandFields:
    return hand_fields.read(typed(**parts), today=TODAY)


def errors(**parts: Any) -> dict[str, str]:
    with pytest.raises(NotValid) as refused:
        read(**parts)
    return refused.value.errors


def test_the_press_report_of_s_res_599_is_read_whole() -> None:
    fields = read()
    assert (fields.key, fields.citation, fields.chamber) == ("118/sres/599", "S.Res. 599", "Senate")
    assert [p.member for p in fields.sponsors] == ["T000476"]
    assert [p.member for p in fields.cosponsors] == [
        "C001056", "C001098", "B001236", "S001181", "C001088", "B001288",
    ]  # fmt: skip
    record = record_of(fields)
    assert {c.joined_on for c in record.cosponsors} == {"2024-03-20"} and record.cosponsors[0].original
    assert record.cosponsors[0].name == "Sen. Cornyn, John [R-TX]"
    assert (record.origin_chamber, record.id) == ("Senate", "118/sres/599")


@pytest.mark.parametrize(
    "citation",
    [
        "S. Res. 599",
        "sres599",
        "S.RES. No. 599",
        "118/sres/599",
        "S. Res. 599 (118th Congress)",
        "sres599-118",
    ],
)
def test_a_citation_may_be_in_any_spelling(citation: str) -> None:
    assert read(citation=citation).key == "118/sres/599"


def test_the_congress_comes_from_the_citation_the_field_or_the_date() -> None:
    assert read(citation="S.Res. 599, 118th Congress", introduced_on="").congress == 118
    assert read(congress="118", introduced_on="").congress == 118
    assert read(introduced_on="2023-02-01").congress == 118
    assert "Which Congress?" in errors(introduced_on="")["congress"]
    assert (
        "118th"
        in errors(citation="S.Res. 599 (118th Congress)", congress="117", introduced_on="")["congress"]
    )


@pytest.mark.parametrize(
    ("parts", "field", "words"),
    [
        ({"citation": ""}, "citation", "Give the measure’s citation"),
        ({"citation": "Resolution 599"}, "citation", "is no citation"),
        ({"citation": "S.Res. 599 (150th Congress)"}, "citation", "no 150th Congress yet"),
        ({"congress": "abc"}, "congress", "number of a Congress"),
        ({"congress": "0"}, "congress", "number of a Congress"),
        ({"title": " \n "}, "title", "Give its title"),
        ({"title": "x" * 1001}, "title", "at most 1,000 fit"),
        ({"chamber": "House"}, "chamber", "is of the Senate"),
        ({"introduced_on": "2024-02-30"}, "introduced_on", "is no day"),
        ({"introduced_on": "2025-01-01"}, "introduced_on", "still to come"),
        ({"introduced_on": "2022-03-20", "congress": "118"}, "introduced_on", "in the 117th"),
        ({"cosponsors": [{"name": "", "joined_on": "2024-03-20"}]}, "cosponsors.0.name", "Whose day"),
        (
            {"cosponsors": [{"name": "Ted Cruz", "joined_on": "2024-03-01"}]},
            "cosponsors.0.joined_on",
            "before",
        ),
        (
            {"cosponsors": [{"name": "Ted Cruz"}, {"name": "Cruz [R-TX]"}]},
            "cosponsors.1.name",
            "stands here twice",
        ),
        ({"actions": [{"on": "2024-03-20", "text": ""}]}, "actions.0.text", "Say what happened"),
        ({"actions": [{"on": "", "text": "Referred."}]}, "actions.0.on", "Give the day"),
        ({"seen": []}, "seen.0.url", "Say where it was seen"),
        ({"seen": [{**SEEN, "url": "javascript:alert(1)"}]}, "seen.0.url", "https://"),
        ({"seen": [{**SEEN, "url": "", "name": "The Paper"}]}, "seen.0.url", "Give the address"),
        ({"seen": [{**SEEN, "what": ""}]}, "seen.0.what", "Say what this is"),
        ({"seen": [{**SEEN, "what": "a rumour"}]}, "seen.0.what", "Choose one of"),
        ({"cosponsors": [{"name": f"Name {n}"} for n in range(151)]}, "cosponsors", "at most 150"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(parts: dict[str, Any], field: str, words: str) -> None:
    found = errors(**parts)
    assert list(found) == [field]
    assert words in found[field]


@pytest.mark.parametrize(
    "name",
    [
        "Thom Tillis", "Tillis", "Tillis, Thom", "Sen. Tillis (R-NC)", "Senator Thom Tillis [R–NC]", "thom tillis",
        "Sen. Thomas Tillis, R-NC", "anybody at all (T000476)",
    ],
)  # fmt: skip
def test_a_member_is_found_by_name_however_it_is_written(name: str) -> None:
    assert read(sponsors=[{"name": name}]).sponsors[0].member == "T000476"


def test_a_name_that_fits_several_says_who_they_are() -> None:
    found = errors(citation="H.Res. 599", sponsors=[{"name": "Smith"}])["sponsors.0.name"]
    assert "2 members fit" in found and "Adrian Smith [R-NE] (S001172)" in found
    assert read(citation="H.Res. 599", sponsors=[{"name": "Smith [R-NJ]"}]).sponsors[0].member == "S000522"


def test_only_who_sat_in_the_measures_chamber_is_meant_by_a_name() -> None:
    assert read(cosponsors=[{"name": "Bob Menendez (D-NJ)"}]).cosponsors[0].member in (None, "M000639")
    assert read(citation="H.Res. 599", cosponsors=[{"name": "Menendez"}]).cosponsors[0].member == "M001226"


def test_a_name_that_nobody_here_has_stays_as_it_was_typed_with_its_party_and_state() -> None:
    person = read(cosponsors=[{"name": "Sen. Jane Doe (D-OR)"}]).cosponsors[0]
    assert (person.name, person.member, person.party, person.state) == ("Jane Doe", None, "D", "OR")
    assert person.typed == "Jane Doe [D-OR]"


def test_a_committee_is_found_by_name() -> None:
    for name in ("Foreign Relations", "Senate Committee on Foreign Relations", "(ssfr00)"):
        assert read(committees=[{"name": name}]).committees[0].code == "ssfr00"
    assert read(committees=[{"name": "Foreign Affairs"}]).committees[0].code is None


def test_another_parliaments_measure_needs_no_citation_of_ours() -> None:
    fields = read(
        parliament="European Parliament", citation="2024/2580(RSP)", cosponsors=[{"name": "Tillis"}]
    )
    assert (fields.key, fields.citation, fields.cosponsors[0].member) == (None, "2024/2580(RSP)", None)


def test_what_is_stored_is_opened_and_typed_again_as_it_was() -> None:
    fields = read(actions=[{"on": "2024-03-20", "text": "Referred to the Committee on Foreign Relations."}])
    kept = hand_fields.stored(fields)
    assert hand_fields.opened(kept) == fields
    again = typed(
        citation=fields.citation,
        congress="118",
        sponsors=[{"name": p.typed} for p in fields.sponsors],
        cosponsors=[{"name": p.typed} for p in fields.cosponsors],
        actions=[{"on": a.on, "text": a.text} for a in fields.actions],
    )
    assert hand_fields.stored(hand_fields.read(again, today=TODAY)) == kept


def test_actions_stand_newest_first_as_a_source_lists_them() -> None:
    fields = read(
        actions=[
            {"on": "2024-03-20", "text": "Introduced in Senate"},
            {"on": "2024-03-20", "text": "Referred to the Committee on Foreign Relations."},
            {"on": "2024-06-01", "text": "Hearings held."},
        ]
    )
    assert [a.text[:8] for a in record_of(fields).actions] == ["Hearings", "Referred", "Introduc"]


def test_suggestions_are_of_the_chamber_and_begin_as_what_is_typed() -> None:
    assert [m.pk for m in suggestions("coo", "sres", 118)] == ["C001088"]
    assert [m.pk for m in suggestions("smi", "hres", 118)] == ["S001172", "S000522"]
    assert suggestions("s", "hres", 118) == [] and suggestions("(", None, None) == []


_TEXT = st.text(max_size=60)
_ROW = st.dictionaries(
    st.sampled_from(["name", "joined_on", "on", "text", "what", "url", "id"]), _TEXT, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["citation", "congress", "title", "chamber", "introduced_on", "parliament", "sponsors", "seen"]
        ),
        st.one_of(_TEXT, st.lists(_ROW, max_size=3), st.none(), st.integers()),
    )
)
def test_whatever_is_sent_is_read_or_refused_by_its_fields(sent: dict[str, Any]) -> None:
    try:
        fields = hand_fields.read(typed() | sent, today=TODAY)
    except NotValid as refused:
        assert all(refused.errors.values())
    else:
        assert hand_fields.opened(hand_fields.stored(fields)) == fields
