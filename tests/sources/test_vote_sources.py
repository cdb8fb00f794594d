"""The Clerk and the Senate: which roll calls there are, and each of them, asked for politely."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Asker
from tests.sources.loopback import Loopback, ok, redirect, refusal
from tracker.sources.house_clerk import HouseClerk
from tracker.sources.http import BadAnswer, NotThere, SourceRefused
from tracker.sources.senate import Senate

MENU = (
    b'<?xml version="1.0" encoding="UTF-8"?><vote_summary><congress>119</congress><session>1</session><votes>'
    b"<vote><vote_number>00002</vote_number><vote_date>18-Dec</vote_date><en_bloc><matter><issue>PN1</issue></matter></en_bloc></vote>"
    b"<vote><vote_number>00001</vote_number><issue>S. 5</issue><vote_tally/></vote></votes></vote_summary>"
)


def _index(year: int, *numbers: int, pages: tuple[str, ...] = ("ROLL_100.asp", "ROLL_000.asp")) -> bytes:
    rows = "".join(
        f'<TR><TD><A HREF="http://clerk.house.gov/cgi-bin/vote.asp?year={year}&rollnumber={n}">{n}</A></TD></TR>\r\n'
        for n in numbers
    )
    links = "".join(f'<A HREF="{page}">Roll Calls</A>' for page in pages)
    return f"<HTML><HEAD><TITLE>Roll Call Votes</TITLE></HEAD><TABLE>{rows}</TABLE>{links}</HTML>".encode()


@pytest.fixture
def clerk(asker: Asker) -> HouseClerk:
    return HouseClerk(asker.fetcher, asker.server.url)


@pytest.fixture
def senate(asker: Asker) -> Senate:
    return Senate(asker.fetcher, asker.server.url)


def test_the_index_of_a_year_tells_its_newest_roll_calls_and_its_pages(
    server: Loopback, clerk: HouseClerk
) -> None:
    server.answers(ok(_index(2025, 123, 122, 119), Last_Modified="Wed, 12 Mar 2025 10:00:00 GMT"))
    index = clerk.index(2025)
    assert index is not None
    assert (index.newest, index.numbers, index.hundreds) == (123, {119, 122, 123}, {0, 1})
    assert index.last_modified == "Wed, 12 Mar 2025 10:00:00 GMT"
    assert server.asked[0].path == "/evs/2025/index.asp"


def test_an_index_that_did_not_change_is_none(server: Loopback, clerk: HouseClerk) -> None:
    server.answers(refusal("304 x", Content_Length=""))
    assert clerk.index(2025, last_modified="Wed, 12 Mar 2025 10:00:00 GMT") is None


def test_a_page_of_a_hundred_tells_those_of_that_hundred(server: Loopback, clerk: HouseClerk) -> None:
    server.answers(ok(_index(2025, 123, 101, 99)))
    assert clerk.hundred(2025, 1) == {101, 123}
    assert server.asked[0].path == "/evs/2025/ROLL_100.asp"


def test_a_page_about_something_else_is_a_bad_answer(server: Loopback, clerk: HouseClerk) -> None:
    server.answers(ok(b"<html><title>Down for maintenance</title></html>"))
    with pytest.raises(BadAnswer, match=r"^house-clerk: index of 2025: a page without a roll call"):
        clerk.index(2025)
    server.answers(ok(_index(2024, 5)))
    with pytest.raises(BadAnswer):
        clerk.index(2025)


def test_a_roll_call_is_asked_for_by_three_digits_and_conditionally(
    server: Loopback, clerk: HouseClerk
) -> None:
    server.answers(ok(b"<rollcall-vote/>"))
    answer = clerk.vote(2025, 7, last_modified="Wed, 12 Mar 2025 10:00:00 GMT")
    assert answer is not None and answer.body == b"<rollcall-vote/>"
    assert server.asked[0].path == "/evs/2025/roll007.xml"
    assert server.asked[0].headers["if-modified-since"] == "Wed, 12 Mar 2025 10:00:00 GMT"


def test_a_roll_call_that_is_not_there_yet_is_not_there(server: Loopback, clerk: HouseClerk) -> None:
    server.answers(refusal("404 Not Found", b"<html>"))
    with pytest.raises(NotThere, match=r"^house-clerk: roll call 999 of 2025: not there \(404\)$"):
        clerk.vote(2025, 999)


def test_the_menu_of_a_session_tells_every_vote_en_bloc_ones_too(server: Loopback, senate: Senate) -> None:
    server.answers(ok(MENU))
    menu = senate.menu(119, 1)
    assert menu is not None and menu.numbers == {1, 2}
    assert server.asked[0].path == "/legislative/LIS/roll_call_lists/vote_menu_119_1.xml"


@pytest.mark.parametrize(
    "body", [MENU.replace(b"119", b"118"), b"<vote_summary/>", b"<other/>", b"<vote_summary><"]
)
def test_another_sessions_menu_or_none_is_a_bad_answer(server: Loopback, senate: Senate, body: bytes) -> None:
    server.answers(ok(body))
    with pytest.raises(BadAnswer, match=r"^senate: votes of session 1 of the 119th: "):
        senate.menu(119, 1)


def test_a_vote_that_the_senate_lacks_is_a_redirect_to_a_page_of_its_own(
    server: Loopback, senate: Senate
) -> None:
    server.answers(redirect("/legislative/roll-call-vote-not-available.htm", "301 Moved Permanently"))
    with pytest.raises(NotThere, match="redirected to its error page"):
        senate.vote(119, 1, 549)
    assert [a.path for a in server.asked] == [
        "/legislative/LIS/roll_call_votes/vote1191/vote_119_1_00549.xml"
    ]


def test_a_senate_that_shuts_us_out_is_asked_once_and_by_our_own_name(
    server: Loopback, senate: Senate
) -> None:
    server.answers(refusal("403 Forbidden", b"<HTML>Access Denied"))
    with pytest.raises(SourceRefused) as refused:
        senate.menu(119, 1)
    assert refused.value.status == 403
    assert [a.headers["user-agent"] for a in server.asked] == ["Whereas/1.2 (+https://tracker.example)"]
