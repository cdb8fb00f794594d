"""Lists of measures: what each filter finds, what it says, and that both come from one table."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.api.holding import FIRST_SEEN, LAWLER, TILLIS, WARNOCK, cosponsor, hold, record
from tracker.congress.measures import TYPES
from tracker.congress.stages import STATUS_LABELS
from tracker.ledger.listing import FILTERS, SORTS, BadFilter, MeasureFilters
from tracker.ledger.models import Measure, Member
from tracker.records.model import CommitteeRecord, SubcommitteeRecord

EVERYWHERE = frozenset({"updated_since", "kind"})


def filters(query: str, **options: object) -> MeasureFilters:
    return MeasureFilters.from_query(QueryDict(query), **{"also": EVERYWHERE, **options})


def found(query: str) -> list[str]:
    return [measure.key for measure in filters(query).measures()]


@pytest.fixture
def four(db: None) -> None:
    """Two of the Senate, one of the House, and one of the Congress before, each seen an hour after the last."""
    energy = CommitteeRecord(
        "hsif00",
        "Energy and Commerce Committee",
        "House",
        subcommittees=(SubcommitteeRecord("hsif14", "Health Subcommittee"),),
    )
    hold(record("118/sres/599", introduced_on="2024-03-20", title="Calling for the release of prisoners."))
    later = [FIRST_SEEN + timedelta(hours=hours) for hours in (1, 2, 3)]
    hold(record("119/sres/145", title="Condemning Iran.", cosponsors=(cosponsor(WARNOCK),)), at=later[0])
    hold(
        record(
            "119/hr/22",
            sponsors=(LAWLER,),
            introduced_on="2025-01-03",
            committees=(energy,),
            policy_area="Health",
        ),
        at=later[1],
    )
    hold(
        record("119/sres/9", sponsors=(WARNOCK, TILLIS), committees=(), subjects=("Iran", "Sanctions")),
        at=later[2],
    )


def test_the_table_and_the_class_know_the_same_filters() -> None:
    assert {*FILTERS, "sort"} == {field.name for field in fields(MeasureFilters)}


def test_every_status_can_be_asked_for_and_says_itself(db: None) -> None:
    for code in STATUS_LABELS:
        assert filters(f"status={code}").sentence(2).startswith("2 measures ")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["119/sres/9", "119/hr/22", "119/sres/145", "118/sres/599"]),
        ("type=sres", ["119/sres/9", "119/sres/145", "118/sres/599"]),
        ("type=sres&type=hr&congress=119", ["119/sres/9", "119/hr/22", "119/sres/145"]),
        ("congress=118", ["118/sres/599"]),
        ("chamber=house", ["119/hr/22"]),
        ("status=referred&type=hr", ["119/hr/22"]),
        ("status=enacted", []),
        ("sponsor=T000476", ["119/sres/9", "119/sres/145", "118/sres/599"]),  # one of two sponsors counts
        ("party=D", ["119/sres/9"]),
        ("committee=ssfr00", ["119/sres/145", "118/sres/599"]),
        ("committee=hsif00", ["119/hr/22"]),
        ("committee=hsif14", ["119/hr/22"]),  # the subcommittee itself
        ("committee=hsif15", []),
        ("committee=ssfr00&committee=hsif14", ["119/hr/22", "119/sres/145", "118/sres/599"]),
        ("subject=Health", ["119/hr/22"]),  # a policy area is one too
        ("subject=Iran", ["119/sres/9"]),
        ("subject=iran", []),  # by its exact name
        ("introduced_after=2025-01-03", ["119/sres/9", "119/sres/145"]),  # the day itself is not after it
        ("introduced_before=2025-01-03", ["118/sres/599"]),
        ("changed_after=2025-03-31", ["119/sres/9", "119/hr/22", "119/sres/145", "118/sres/599"]),
        ("changed_after=2025-04-01", []),  # all were seen on that day
        ("updated_since=2025-04-01T14:00:00Z", ["119/sres/9", "119/hr/22"]),
        ("updated_since=2025-04-01T10:00:00-04:00", ["119/sres/9", "119/hr/22"]),
        ("updated_since=2025-04-01", ["119/sres/9", "119/hr/22", "119/sres/145", "118/sres/599"]),
        ("q=Iran&sort=number", ["119/sres/9", "119/sres/145"]),
        ("q=!!", []),
        ("sort=introduced", ["119/sres/145", "119/sres/9", "119/hr/22", "118/sres/599"]),
        ("sort=cosponsors", ["119/sres/145", "119/sres/9", "119/hr/22", "118/sres/599"]),
        ("sort=number", ["119/hr/22", "119/sres/9", "119/sres/145", "118/sres/599"]),
    ],
)
def test_a_filter_finds_what_it_says(four: None, query: str, keys: list[str]) -> None:
    assert found(query) == keys


def test_a_full_committee_stands_for_a_subcommittee_that_stands_alone(db: None) -> None:
    hold(record("119/hr/1", committees=(CommitteeRecord("hsif14", "Health Subcommittee", "House"),)))
    assert found("committee=hsif00") == found("committee=hsif14") == ["119/hr/1"]
    assert found("committee=hsif15") == found("committee=hsig00") == []


def test_a_search_puts_the_best_match_first(four: None) -> None:
    assert found("q=Iran")[0] == "119/sres/145"  # in its title, not only a subject


def test_a_measure_with_two_matching_parts_stands_once_in_a_list(four: None) -> None:
    assert found("subject=Iran&subject=Sanctions") == ["119/sres/9"]


@pytest.mark.parametrize(
    ("query", "count", "sentence"),
    [
        ("", 11448, "11,448 measures"),
        ("", 1, "1 measure"),
        ("", 0, "No measures"),
        ("", None, "Measures"),
        ("type=sres&status=referred&q=Iran", 50, "50 Senate resolutions referred to committee, with “Iran”"),
        ("type=sres", 1, "1 Senate resolution"),
        ("type=sres&type=hres", 2, "2 simple resolutions"),
        ("type=hr&type=s", 2, "2 bills"),
        ("type=hr&type=sres", 2, "2 House bills and Senate resolutions"),
        ("type=hr&type=sres", 1, "1 House bill or Senate resolution"),
        ("&".join(f"type={t}" for t in TYPES), 3, "3 measures"),
        ("&".join(f"type={t}" for t in TYPES if "res" in t), 3, "3 resolutions"),
        ("status=enacted&type=hr&congress=119", 67, "67 House bills of the 119th Congress became law"),
        ("status=reserved", 8, "8 measures with a reserved number"),
        ("congress=118&congress=101", 2, "2 measures of the 118th or 101st Congress"),
        (
            "chamber=senate&party=D&party=I",
            2,
            "2 measures that began in the Senate sponsored by a Democrat or an Independent",
        ),
        ("sponsor=T000476", 3, "3 measures sponsored by Thomas Tillis"),
        ("sponsor=X000000", 0, "No measures sponsored by X000000"),
        ("committee=ssfr00", 3, "3 measures that went to the Foreign Relations Committee"),
        ("committee=hsif14", 1, "1 measure that went to the Health Subcommittee"),
        ("committee=hsif15", 0, "No measures that went to hsif15"),
        ("subject=Iran", 1, "1 measure about Iran"),
        (
            "introduced_after=2025-01-03&introduced_before=2025-12-31",
            4,
            "4 measures introduced after Jan 3, 2025, introduced before Dec 31, 2025",
        ),
        ("changed_after=2025-04-01", 4, "4 measures changed after Apr 1, 2025"),
    ],
)
def test_a_list_says_in_words_what_it_holds(four: None, query: str, count: int | None, sentence: str) -> None:
    assert filters(query).sentence(count) == sentence


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("type=zres", "type=zres: no such type; accepted: hr, s, hjres, sjres, hconres, sconres, hres, sres"),
        ("type=SRES", "type=SRES: no such type;"),
        ("colour=red", "colour=red: no such parameter; accepted: chamber, changed_after,"),
        ("status=passed", "status=passed: no such status;"),
        (
            "congress=0",
            "congress=0: not the number of a Congress; accepted: the number of a Congress, such as 119",
        ),
        ("congress=١١٩", "congress=١١٩: not the number of a Congress;"),
        ("sponsor=Tillis", "sponsor=Tillis: not a Bioguide id; accepted: a Bioguide id, such as T000476"),
        (
            "committee=SSFR",
            "committee=SSFR: not a committee's code; accepted: a committee's code, such as ssfr00",
        ),
        (
            "introduced_after=2025-02-30",
            "introduced_after=2025-02-30: not a day; accepted: a day as YYYY-MM-DD",
        ),
        ("introduced_after=0000-00-00", "introduced_after=0000-00-00: not a day;"),
        ("changed_after=2025-04-01T00:00:00Z", "changed_after=2025-04-01T00:00:00Z: not a day;"),
        ("updated_since=yesterday", "updated_since=yesterday: neither a day nor an instant;"),
        (
            "introduced_after=2025-01-01&introduced_after=2025-01-02",
            "introduced_after=2025-01-01 2025-01-02: given more than once;",
        ),
        ("q=a&q=b", "q=a b: given more than once;"),
        ("q=" + "a" * 201, f"q={'a' * 57}…: longer than 200 characters; accepted: at most 200 characters"),
        ("q=a%00b", "q=a\0b: has control characters in it;"),
        ("&".join(f"congress={n}" for n in range(1, 60)), "congress=1: given more than 50 times;"),
        (
            "sort=size",
            "sort=size: no such order; accepted: changed, introduced, cosponsors, number, relevance",
        ),
        ("sort=relevance", "sort=relevance: needs a search (q);"),
        ("kind=exploded", "kind=exploded: no such kind of change; accepted: introduced, loaded,"),
    ],
)
def test_what_means_nothing_is_named_with_what_is_accepted(query: str, message: str) -> None:
    with pytest.raises(BadFilter) as refused:
        filters(query)
    assert str(refused.value).startswith(message)
    assert refused.value.parameter == message.partition("=")[0]


def test_what_others_put_on_links_is_passed_over_on_pages_and_refused_where_asked() -> None:
    assert filters("utm_source=mail&fbclid=1&gclid=2&mc_cid=3&type=sres").type == ("sres",)
    with pytest.raises(BadFilter, match="utm_source=mail: no such parameter"):
        filters("utm_source=mail", strict=True)


def test_an_empty_value_is_no_filter() -> None:
    assert filters("q=&type=&introduced_after=&sort=&congress=+") == MeasureFilters()


def test_a_parameter_of_the_caller_is_left_to_it() -> None:
    assert filters("page=2&type=hr", also=frozenset({"page"})).type == ("hr",)
    with pytest.raises(BadFilter):
        filters("kind=loaded", also=frozenset({"page"}))


def test_changes_are_those_of_the_measures_that_match(four: None) -> None:
    assert [event.measure_id for event in filters("congress=118").events()] == [
        Measure.objects.get(congress=118).pk
    ]
    assert filters("kind=introduced").events().count() == 4
    assert filters("kind=introduced&kind=loaded&type=hr").events().count() == 1
    assert filters("kind=loaded").events().count() == 0
    assert [event.id for event in filters("").events()] == [4, 3, 2, 1]


def test_each_value_can_be_dropped_by_its_own_link(four: None) -> None:
    chips = filters("type=sres&type=hr&q=Iran&sort=number").chips()
    assert [(chip.words, chip.query_without) for chip in chips] == [
        ("Senate resolutions", "type=hr&q=Iran&sort=number"),
        ("House bills", "type=sres&q=Iran&sort=number"),
        ("with “Iran”", "type=sres&type=hr&sort=number"),
    ]


def test_a_query_string_takes_changes_for_links() -> None:
    wanted = filters("type=sres&introduced_after=2025-01-01")
    assert wanted.query() == "type=sres&introduced_after=2025-01-01"
    assert wanted.query(page=3, type=None) == "introduced_after=2025-01-01&page=3"
    assert wanted.query(type=["hr", "s"]) == "type=hr&type=s&introduced_after=2025-01-01"


def _values() -> st.SearchStrategy[dict[str, list[str]]]:
    one_of = {
        "type": st.sampled_from(list(TYPES)),
        "status": st.sampled_from(list(STATUS_LABELS)),
        "congress": st.integers(1, 999).map(str),
        "sponsor": st.just("T000476"),
        "subject": st.text(st.characters(blacklist_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20),
    }
    many = {name: st.lists(values, min_size=1, max_size=3) for name, values in one_of.items()}
    single = {
        "introduced_after": st.dates(datetime(1800, 1, 1).date()).map(str).filter(lambda day: day < "2200"),
        "updated_since": st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
            lambda at: at.isoformat()
        ),
        "sort": st.sampled_from([name for name in SORTS if name != "relevance"]),
    }
    return st.fixed_dictionaries(
        {}, optional={**many, **{name: values.map(lambda value: [value]) for name, values in single.items()}}
    )


@given(_values())
def test_a_list_read_from_its_own_query_string_is_the_same_list(values: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, given_values in values.items():
        query.setlist(name, given_values)
    once = MeasureFilters.from_query(query, also=EVERYWHERE)
    assert filters(once.query()) == once


@pytest.mark.django_db  # whether there is such a topic is asked of the database
@given(st.dictionaries(st.sampled_from([*FILTERS, "sort", "page"]), st.text(), max_size=4))
def test_any_text_is_read_or_refused(values: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(values)
    try:
        MeasureFilters.from_query(query, also=EVERYWHERE)
    except BadFilter as refused:
        assert refused.parameter in values


def test_members_are_named_as_pages_name_them(four: None) -> None:
    assert Member.objects.get(pk="T000476").name == "Thomas Tillis"
