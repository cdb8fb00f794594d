"""Polls of the chambers: new votes found by themselves, no more asked than has to be, nothing lost by a failure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.builders import billstatus, incoming
from tests.vote_builders import HOUSE, house_vote, senate_vote
from tracker.ledger import health
from tracker.ledger.apply import apply
from tracker.ledger.models import RollCall, VoteFile, roll_call_pk
from tracker.ledger.polling.report import SourceReport
from tracker.ledger.polling.votes import poll_house, poll_senate
from tracker.sources.errors import BadAnswer, NotThere, SourceRefused, SourceUnreachable
from tracker.sources.house_clerk import HouseIndex
from tracker.sources.http import Fetched
from tracker.sources.senate import SenateMenu

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 3, 12, 16, tzinfo=UTC)


class Clerk:
    """A Clerk with these roll calls of 2025, who writes down what is asked."""

    def __init__(self, *numbers: int) -> None:
        self.votes = {number: house_vote(number) for number in numbers}
        self.asked: list[str] = []
        self.failure: Exception | None = None

    def index(self, year: int, etag: str | None = None, last_modified: str | None = None) -> HouseIndex:
        self._ask(f"index {year}")
        if year != 2025 or not self.votes:
            raise NotThere("house-clerk", f"index of {year}", "not there (404)", status=404)
        newest = sorted(self.votes)[-5:]
        return HouseIndex(frozenset(newest), frozenset(n // 100 for n in self.votes), None, None)

    def hundred(self, year: int, hundred: int) -> frozenset[int]:
        self._ask(f"hundred {hundred}")
        return frozenset(n for n in self.votes if n // 100 == hundred)

    def vote(self, year: int, number: int, etag: str | None, last_modified: str | None) -> Fetched | None:
        self._ask(f"vote {number}")
        if number not in self.votes:
            raise NotThere("house-clerk", f"roll call {number} of {year}", "not there (404)", status=404)
        body = self.votes[number]
        stamp = f'"{hash(body)}"'
        if etag == stamp:
            return None
        url = f"https://clerk.house.gov/evs/{year}/roll{number:03}.xml"
        return Fetched(200, url, body, stamp, None, datetime.now(UTC), {})

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.failure is not None:
            raise self.failure


@pytest.fixture(autouse=True)
def _followed(settings) -> Iterator[None]:
    settings.CONGRESSES = [119]
    health.of(health.HOUSE_CLERK)
    health.of(health.SENATE)
    with time_machine.travel(NOON, tick=False):
        yield


def _poll(
    clerk: Clerk, marks: dict, *, take_over: bool = False, after: timedelta = timedelta()
) -> tuple[SourceReport, dict]:
    clerk.asked.clear()
    report = SourceReport(health.HOUSE_CLERK)
    with time_machine.travel(datetime.now(UTC) + after, tick=False):
        marks = poll_house(clerk, report, marks, take_over=take_over)
    return report, marks


def test_a_first_poll_finds_every_vote_of_the_index() -> None:
    clerk = Clerk(*range(1, 9), 101, 104, 203)
    report, _ = _poll(clerk, {})
    assert set(RollCall.objects.values_list("number", flat=True)) == set(clerk.votes)
    assert report.failures == [] and report.votes_changed == 11
    assert clerk.asked[:4] == ["index 2025", "hundred 0", "hundred 1", "hundred 2"]


def test_a_poll_within_the_hour_asks_nothing_and_one_after_it_the_index_alone() -> None:
    clerk = Clerk(1, 2, 3)
    _, marks = _poll(clerk, {})
    report, marks = _poll(clerk, marks, after=timedelta(minutes=15))
    assert clerk.asked == [] and report.not_due_until is not None
    report, marks = _poll(clerk, marks, after=timedelta(minutes=61))
    assert clerk.asked == ["index 2025"] and report.votes_changed == 0


def test_a_new_vote_costs_the_index_and_its_file() -> None:
    clerk = Clerk(*range(1, 120))
    _, marks = _poll(clerk, {})
    clerk.votes[120] = house_vote(120)
    report, _ = _poll(clerk, marks, after=timedelta(hours=2))
    assert clerk.asked == ["index 2025", "vote 120"]
    assert report.votes_changed == 1


def test_the_first_of_a_hundred_is_found_though_the_index_shows_only_those_after_it() -> None:
    clerk = Clerk(*range(1, 99))
    _, marks = _poll(clerk, {})
    clerk.votes |= {number: house_vote(number) for number in range(99, 106)}
    _poll(clerk, marks, after=timedelta(hours=2))
    assert RollCall.objects.count() == 105


def test_a_vote_that_a_measure_names_is_asked_for_at_once() -> None:
    clerk = Clerk(1)
    _, marks = _poll(clerk, {})
    clerk.votes[2] = house_vote(2)
    vote = "<recordedVotes><recordedVote><rollNumber>2</rollNumber><chamber>House</chamber><congress>119</congress><date>2025-03-12T14:00:00Z</date><sessionNumber>1</sessionNumber><url>x</url></recordedVote></recordedVotes>"
    body = billstatus(25, type="hjres").replace(
        b"<type>IntroReferral</type>", f"<type>Floor</type>{vote}".encode(), 1
    )
    apply([incoming(body, 25, type="hjres")])
    report, _ = _poll(clerk, marks, after=timedelta(minutes=5))
    assert "vote 2" in clerk.asked
    assert "index 2025" in clerk.asked, "the chamber voted: there may be votes that no measure names"
    assert RollCall.objects.filter(number=2).exists()
    assert report.failures == []


def test_a_vote_that_is_listed_and_not_there_yet_is_noted_and_asked_again_later() -> None:
    clerk = Clerk(1, 2)
    late = clerk.votes.pop(2)
    VoteFile.objects.create(
        vote_id=roll_call_pk(119, 1, "house", 2), chamber="house", due_at=NOON, named_by="index"
    )
    report, marks = _poll(clerk, {})
    assert report.failures == [] and report.absent == 1
    assert report.notes == ["house-clerk: not there (yet): house 2 of 2025"]
    _poll(clerk, marks, after=timedelta(minutes=30))
    assert clerk.asked == []
    clerk.votes[2] = late
    _poll(clerk, marks, after=timedelta(minutes=65))
    assert RollCall.objects.filter(number=2).exists()


def test_by_hand_it_is_asked_for_at_once_twice_and_then_as_it_is_due() -> None:
    clerk = Clerk(1)
    VoteFile.objects.create(
        vote_id=roll_call_pk(119, 1, "house", 2), chamber="house", due_at=NOON, named_by="index"
    )
    marks: dict = {}
    for asked in (True, True, True, False):
        _, marks = _poll(clerk, marks, take_over=True)
        assert ("vote 2" in clerk.asked) is asked


def test_what_a_measure_names_and_no_index_lists_is_asked_for_once_a_day_by_hand_too() -> None:
    clerk = Clerk(1, 3)
    pk = roll_call_pk(119, 1, "house", 2)
    VoteFile.objects.create(vote_id=pk, chamber="house", due_at=NOON, named_by="measure")
    _, marks = _poll(clerk, {}, take_over=True)
    assert "vote 2" in clerk.asked
    _, marks = _poll(clerk, marks, take_over=True, after=timedelta(hours=5))
    assert "vote 2" not in clerk.asked
    clerk.votes[2] = house_vote(2)  # and the index lists it
    _poll(clerk, marks, after=timedelta(hours=7))
    assert RollCall.objects.filter(number=2).exists()


def test_a_correction_within_three_days_comes_into_force_and_then_the_vote_rests() -> None:
    clerk = Clerk(1)  # of 11 March
    _, marks = _poll(clerk, {})
    clerk.votes[1] = house_vote(1, votes=[(*HOUSE[0][:4], "Yea"), *HOUSE[1:]])
    report, marks = _poll(clerk, marks, after=timedelta(hours=21))
    assert report.votes_changed == 1 and RollCall.objects.get().yea == 5
    report, marks = _poll(clerk, marks, after=timedelta(hours=42))
    assert "vote 1" in clerk.asked and report.unchanged == 1
    _poll(clerk, marks, after=timedelta(days=4))
    _poll(clerk, marks, after=timedelta(days=6))
    assert clerk.asked == ["index 2025"]


def test_a_bad_file_is_a_failure_of_its_own_and_the_others_are_held() -> None:
    clerk = Clerk(1, 2, 3)
    clerk.votes[2] = b"<rollcall-vote><"
    report, marks = _poll(clerk, {})
    assert set(RollCall.objects.values_list("number", flat=True)) == {1, 3}
    (line,) = report.failures
    assert line.startswith("house-clerk: house 2 of 2025: not well-formed XML")
    clerk.votes[2] = house_vote(2)
    _poll(clerk, marks, after=timedelta(hours=2))
    assert RollCall.objects.count() == 3


def test_three_silences_in_a_row_end_the_poll_and_nothing_is_lost() -> None:
    clerk = Clerk(*range(1, 10))
    _, marks = _poll(clerk, {})
    RollCall.objects.all()
    clerk.votes |= {n: house_vote(n) for n in range(10, 20)}
    ask = clerk._ask

    def silent(what: str) -> None:
        ask(what)
        if what.startswith("vote"):
            raise SourceUnreachable("house-clerk", what, "no answer")

    clerk._ask = silent
    with pytest.raises(SourceUnreachable):
        _poll(clerk, marks, after=timedelta(hours=2))
    assert sum(what.startswith("vote") for what in clerk.asked) == 3
    clerk._ask = ask
    _poll(clerk, marks, after=timedelta(hours=3))
    assert RollCall.objects.count() == 19


def test_a_chamber_that_shuts_us_out_is_asked_once_a_day() -> None:
    clerk = Clerk(1)
    clerk.failure = SourceRefused("house-clerk", "index of 2025", "refused (403)", status=403)
    report, marks = _poll(clerk, {})
    assert report.failures == ["house-clerk: index of 2025: refused (403)"]
    clerk.failure = None
    report, marks = _poll(clerk, marks, after=timedelta(hours=5))
    assert clerk.asked == [] and report.failures == []
    _poll(clerk, marks, after=timedelta(hours=21))
    assert RollCall.objects.exists()


def test_an_index_that_is_no_index_stops_no_file() -> None:
    clerk = Clerk(1)
    VoteFile.objects.create(
        vote_id=roll_call_pk(119, 1, "house", 1), chamber="house", due_at=NOON, named_by="measure"
    )

    def broken(year: int, etag: str | None = None, last_modified: str | None = None) -> HouseIndex:
        raise BadAnswer("house-clerk", f"index of {year}", "a page without a roll call of that year")

    clerk.index = broken
    report, _ = _poll(clerk, {})
    assert RollCall.objects.exists() and len(report.failures) == 1


class MenuOnly:
    """A Senate with one vote, whose menu can be asked for conditionally."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.numbers = {549}

    def menu(
        self, congress: int, session: int, etag: str | None, last_modified: str | None
    ) -> SenateMenu | None:
        self.asked.append(f"menu {session} {last_modified}")
        if session == 2:
            raise NotThere("senate", "menu", "not there (404)", status=404)
        stamp = f"state {len(self.numbers)}"
        return None if last_modified == stamp else SenateMenu(frozenset(self.numbers), None, stamp)

    def vote(
        self, congress: int, session: int, number: int, etag: str | None, last_modified: str | None
    ) -> Fetched | None:
        self.asked.append(f"vote {number}")
        return Fetched(
            200, f"https://www.senate.gov/{number}", senate_vote(number), None, None, datetime.now(UTC), {}
        )


def test_the_senates_menu_is_asked_for_conditionally() -> None:
    senate = MenuOnly()
    marks = poll_senate(senate, SourceReport(health.SENATE), {}, take_over=False)
    senate.asked.clear()
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        report = SourceReport(health.SENATE)
        marks = poll_senate(senate, report, marks, take_over=False)
    assert senate.asked == ["menu 1 state 1"] and report.unchanged == 1
    senate.numbers.add(550)
    with time_machine.travel(NOON + timedelta(hours=4), tick=False):
        poll_senate(senate, SourceReport(health.SENATE), marks, take_over=False)
    assert senate.asked == ["menu 1 state 1", "menu 1 state 1", "vote 550"]


def test_a_session_before_is_read_once_more_when_the_next_begins_and_then_left() -> None:
    senate = MenuOnly()
    january = datetime(2026, 1, 10, tzinfo=UTC)
    with time_machine.travel(january, tick=False):
        marks = poll_senate(senate, SourceReport(health.SENATE), {}, take_over=False)
        assert [what for what in senate.asked if what.startswith("menu")] == ["menu 2 None", "menu 1 None"]

        def begun(congress: int, session: int, etag: str | None, last_modified: str | None) -> SenateMenu:
            senate.asked.append(f"menu {session}")
            return SenateMenu(frozenset({1}), None, None)

        senate.menu = begun
        senate.asked.clear()
        marks = poll_senate(senate, SourceReport(health.SENATE), marks, take_over=True)
        assert [what for what in senate.asked if what.startswith("menu")] == ["menu 2", "menu 1"]
        senate.asked.clear()
        poll_senate(senate, SourceReport(health.SENATE), marks, take_over=True)
        assert [what for what in senate.asked if what.startswith("menu")] == ["menu 2"]
