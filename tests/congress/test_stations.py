"""The path of each type, and the stops of a measure on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.congress.test_stages import JOURNEYS, actions
from tracker.congress.measures import TYPES
from tracker.congress.stages import Status, derive_history
from tracker.congress.stations import Stop, stations, track


def drawn(type: str, *statuses: Status, amendment: bool = False) -> list[str]:
    """The stops as "state label day"."""
    stops = track(
        type, statuses, congress=119, introduced_on="2025-01-01", constitutional_amendment=amendment
    )
    return [" ".join(filter(None, (stop.state or "-", stop.label, stop.on))) for stop in stops]


def notes(type: str, *statuses: Status) -> list[str]:
    return [stop.note for stop in track(type, statuses, congress=119) if stop.note]


@pytest.mark.parametrize(
    ("type", "labels"),
    [
        ("sres", "Introduced, In committee, Reported or discharged, Agreed to by the Senate"),
        (
            "hconres",
            "Introduced, In committee, Reported or discharged, Agreed to by the House, Agreed to by the Senate",
        ),
        ("hr", "Introduced, In committee, Passed the House, Passed the Senate, To the President, Law"),
        ("sjres", "Introduced, In committee, Passed the Senate, Passed the House, To the President, Law"),
    ],
)
def test_each_type_has_its_path(type: str, labels: str) -> None:
    assert ", ".join(station.label for station in stations(type)) == labels


def test_a_constitutional_amendment_ends_with_the_states() -> None:
    assert [station.code for station in stations("hjres", constitutional_amendment=True)] == [
        "introduced", "referred", "passed_house", "passed_both", "to_archivist",
    ]  # fmt: skip
    assert drawn(
        "hjres", Status("passed_house", "2025-02-01"), Status("to_archivist", "2025-03-01"), amendment=True
    ) == [
        "done Introduced 2025-01-01",
        "done Passed the House 2025-02-01",
        "done Passed the Senate 2025-03-01",
        "here Sent to the states 2025-03-01",
    ]


def test_s_res_145_is_at_its_second_station() -> None:
    assert drawn("sres", Status("introduced", "2025-03-27", 1), Status("referred", "2025-03-27", 0)) == [
        "done Introduced 2025-03-27",
        "here In committee 2025-03-27",
        "- Reported or discharged",
        "- Agreed to by the Senate",
    ]
    assert notes("sres", Status("introduced")) == ["final: not law, and sent to no one else"]


def test_a_station_never_made_is_left_out_once_it_is_past() -> None:
    assert drawn("sres", Status("agreed_to", "2025-03-27", 0)) == [
        "done Introduced 2025-01-01",
        "here Agreed to by the Senate 2025-03-27",
    ]


def test_a_law_has_made_every_stop() -> None:
    codes = ["introduced", "referred", "reported", "on_calendar", "passed_house", "resolving_differences", "passed_both", "to_president", "enacted"]  # fmt: skip
    assert drawn("hr", *(Status(code, f"2025-01-0{day}") for day, code in enumerate(codes, 1))) == [
        "done Introduced 2025-01-01",
        "done Reported 2025-01-03",
        "done Passed the House 2025-01-05",
        "done Passed the Senate 2025-01-06",
        "done To the President 2025-01-08",
        "here Law 2025-01-09",
    ]


def test_a_measure_in_dispute_says_so_where_it_stands() -> None:
    statuses = [Status("passed_house", "2025-02-01"), Status("resolving_differences", "2025-03-01")]
    assert "not in the same words" in notes("hr", *statuses)
    assert drawn("hconres", *statuses)[-1] == "here Agreed to by the Senate 2025-03-01"
    assert notes("hconres", *statuses) == ["not in the same words"]


@pytest.mark.parametrize(
    ("now", "stop"),
    [
        (Status("failed", "2025-05-01"), "ended Failed 2025-05-01"),
        (Status("withdrawn", "2025-05-01"), "ended Withdrawn 2025-05-01"),
        (Status("vetoed", "2025-05-01"), "ended Vetoed by the President 2025-05-01"),
        (Status("died", "2027-01-03"), "ended Died with the 119th Congress 2027-01-03"),
    ],
)
def test_where_the_way_ended_the_rest_is_left_out(now: Status, stop: str) -> None:
    assert drawn("hr", Status("introduced", "2025-01-02"), Status("referred", "2025-01-02"), now) == [
        "done Introduced 2025-01-02",
        "done In committee 2025-01-02",
        stop,
    ]


def test_a_reserved_number_has_no_stops() -> None:
    assert drawn("hr", Status("reserved", "2025-01-03")) == []


@given(
    st.sampled_from(JOURNEYS), st.sampled_from(sorted(TYPES)), st.dates(date(2025, 1, 3), date(2028, 1, 1))
)
def test_every_history_is_drawn_with_one_stop_where_it_stands(
    journey: tuple[str, str, Sequence[str], str, str | None], type: str, today: date
) -> None:
    history = derive_history(type=type, title="", congress=119, actions=actions(*journey[2]), has_law=False, introduced_on=None, today=today)  # fmt: skip
    stops = track(type, history, congress=119)
    assert [stop.is_here for stop in stops].count(True) == 1
    states = [stop.state for stop in stops]
    assert states == sorted(states, key=["done", "here", "ended", ""].index)
    assert stops[0] == Stop("Introduced", stops[0].state, stops[0].on)
