"""The Congress.gov client: whole lists, whole measures, and never beyond the quota."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sources.conftest import NOON, Asker
from tests.sources.loopback import Answer, Asked, Loopback, drop, ok, refusal
from tracker.sources.congress_api import PARTS, ChangedBill, CongressApi
from tracker.sources.errors import QuotaSpent, TooManyChanged
from tracker.sources.http import BadAnswer, NotThere, SourceError, SourceRefused

KEY = "topsecretkey"
SINCE = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)


@pytest.fixture
def api(asker: Asker) -> CongressApi:
    return CongressApi(asker.fetcher, asker.server.url + "/v3/", KEY)


class Book:
    """A small API: lists of rows by path, in pages, with what the item says of each. `left` falls with each request."""

    def __init__(self, server: Loopback, limit: int = 5_000, left: int = 5_000) -> None:
        self.lists: dict[str, tuple[str, Any]] = {}
        self.items: dict[str, Any] = {}
        self.limit, self.left = limit, left
        self.bend: Callable[[Asked, dict[str, Any]], dict[str, Any]] = lambda asked, data: data
        server.routed(self.answer)

    def answer(self, asked: Asked) -> Answer:
        self.left -= 1
        url = urlsplit(asked.path)
        query = {k: v[0] for k, v in parse_qs(url.query).items()}
        if url.path in self.items:
            data: dict[str, Any] = {"bill": self.items[url.path]}
        elif url.path in self.lists:
            name, rows = self.lists[url.path]
            offset, limit = int(query["offset"]), int(query["limit"])
            whole = rows["legislativeSubjects"] if isinstance(rows, dict) else rows
            page: Any = whole[offset : offset + limit]
            if isinstance(rows, dict):
                page = rows | {"legislativeSubjects": page}
            data = {name: page, "pagination": {"count": len(whole)}}
        else:
            return refusal("404 Not Found", b'{"error": "Unknown resource: x"}', **self.told())
        data = self.bend(asked, data)
        return ok(json.dumps(data | {"request": {"format": "json"}}).encode(), **self.told())

    def told(self) -> dict[str, str]:
        return {"X_Ratelimit_Limit": str(self.limit), "X_Ratelimit_Remaining": str(self.left)}

    def measure(self, type: str, number: int, **parts: Any) -> None:
        path = f"/v3/bill/119/{type}/{number}"
        item: dict[str, Any] = {
            "congress": 119,
            "type": type.upper(),
            "number": str(number),
            "title": "A title",
        }
        for part, rows in parts.items():
            count = len(rows["legislativeSubjects"]) if isinstance(rows, dict) else len(rows)
            item[part] = {"count": count, "url": "https://api.congress.gov/x?format=json"}
            self.lists[f"{path}/{PARTS[part]}"] = (part, rows)
        self.items[path] = item


def row(type: str, number: int, updated: str = "2026-03-02T08:00:00Z") -> dict[str, Any]:
    return {
        "congress": 119,
        "type": type.upper(),
        "number": str(number),
        "title": "x",
        "updateDate": updated[:10],
        "updateDateIncludingText": updated,
    }


@pytest.fixture
def book(server: Loopback) -> Book:
    return Book(server)


def test_the_key_goes_in_a_header_and_json_is_asked_for(
    server: Loopback, book: Book, api: CongressApi
) -> None:
    book.lists["/v3/bill/119"] = ("bills", [])
    assert api.changed_since(119, SINCE) == []
    (asked,) = server.asked
    assert asked.headers["x-api-key"] == KEY and KEY not in asked.path
    query = parse_qs(urlsplit(asked.path).query)
    assert (query["format"], query["limit"], query["sort"]) == (["json"], ["250"], ["updateDate asc"])


def test_the_window_is_a_day_wider_than_asked_for_and_from_midnight_to_midnight(
    server: Loopback, book: Book, api: CongressApi
) -> None:
    book.lists["/v3/bill/119"] = ("bills", [])
    api.changed_since(119, SINCE)
    query = parse_qs(urlsplit(server.asked[0].path).query)
    assert query["fromDateTime"] == ["2026-02-28T00:00:00Z"]
    assert query["toDateTime"] == ["2026-03-04T00:00:00Z"]


def test_changed_measures_come_with_the_later_of_their_stamps(book: Book, api: CongressApi) -> None:
    only_days = row("hr", 2) | {"updateDate": "2026-03-02", "updateDateIncludingText": "2026-03-01"}
    book.lists["/v3/bill/119"] = ("bills", [row("sres", 145), only_days])
    assert api.changed_since(119, SINCE) == [
        ChangedBill(119, "sres", 145, datetime(2026, 3, 2, 8, tzinfo=UTC)),
        ChangedBill(119, "hr", 2, datetime(2026, 3, 2, tzinfo=UTC)),
    ]


def test_one_whole_pass_is_enough(server: Loopback, book: Book, api: CongressApi) -> None:
    book.lists["/v3/bill/119"] = ("bills", [row("hr", n) for n in range(1, 601)])
    assert len(api.changed_since(119, SINCE)) == 600
    assert len(server.asked) == 3


def test_a_row_listed_twice_is_one_and_the_later_stamp_counts(book: Book, api: CongressApi) -> None:
    book.lists["/v3/bill/119"] = ("bills", [row("hr", 1, "2026-03-02T09:00:00Z"), row("hr", 1)])
    (found,) = api.changed_since(119, SINCE)
    assert found.updated_at.hour == 9


def test_rows_that_slip_from_page_to_page_are_found_by_another_pass(
    server: Loopback, book: Book, api: CongressApi
) -> None:
    """A row updated while one pages goes to the end, and all after it move up: one is on no page (api.congress.gov#78)."""
    rows = [row("hr", n) for n in range(1, 601)]

    def slip(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
        query = parse_qs(urlsplit(asked.path).query)
        offset, limit = int(query["offset"][0]), int(query["limit"][0])
        return data | {"bills": rows[offset + bool(offset) : offset + limit + bool(offset)]}

    book.lists["/v3/bill/119"] = ("bills", rows)
    book.bend = slip
    assert {c.number for c in api.changed_since(119, SINCE)} == set(range(1, 601))


def test_a_count_that_is_wrong_ends_the_asking_once_nothing_new_comes(
    server: Loopback, book: Book, api: CongressApi
) -> None:
    """Counts have been wrong for weeks (api.congress.gov#334)."""
    book.lists["/v3/bill/119"] = ("bills", [row("hr", n) for n in range(1, 300)])
    book.bend = lambda asked, data: data | {"pagination": {"count": 310}}
    assert len(api.changed_since(119, SINCE)) == 299
    assert len(server.asked) == 4  # two passes of two pages


def test_a_list_that_never_settles_is_given_up_in_time(
    server: Loopback, book: Book, api: CongressApi
) -> None:
    book.lists["/v3/bill/119"] = ("bills", [row("hr", 1)])
    book.bend = lambda asked, data: (
        data
        | {
            "bills": [row("hr", len(server.asked) + 1)],
            "pagination": {"count": 240},
        }
    )
    assert len(api.changed_since(119, SINCE)) >= 4
    assert len(server.asked) <= 8


def test_types_that_are_no_measures_are_left_out(book: Book, api: CongressApi) -> None:
    book.lists["/v3/bill/119"] = ("bills", [row("hamdt", 1), row("sres", 145)])
    assert [c.key for c in api.changed_since(119, SINCE)] == [(119, "sres", 145)]


def test_a_reprocessing_of_a_whole_congress_is_left_to_the_zips(
    server: Loopback, book: Book, api: CongressApi
) -> None:
    book.lists["/v3/bill/119"] = ("bills", [row("hr", 1)])
    book.bend = lambda asked, data: data | {"pagination": {"count": 100_000}}
    with pytest.raises(TooManyChanged, match=r"changes of Congress 119 since 2026-02-28: 100,000 rows"):
        api.changed_since(119, SINCE)
    assert len(server.asked) == 1


def test_the_address_of_the_next_page_is_not_followed(server: Loopback, book: Book, api: CongressApi) -> None:
    trap = Loopback()
    book.lists["/v3/bill/119"] = ("bills", [row("hr", n) for n in range(1, 400)])
    book.bend = lambda asked, data: (
        data | {"pagination": data["pagination"] | {"next": trap.url + "/v3/bill"}}
    )
    assert len(api.changed_since(119, SINCE)) == 399
    assert trap.asked == []
    trap.stop()


@pytest.mark.parametrize(
    "bent",
    [
        {"number": "12x"},
        {"number": None},
        {"congress": "one hundred"},
        {"type": 7},
        {"updateDate": None, "updateDateIncludingText": None},
        {"updateDate": "2026-02-30", "updateDateIncludingText": "soon"},
    ],
)
def test_a_row_without_what_a_row_needs_is_a_bad_answer(
    book: Book, api: CongressApi, bent: dict[str, Any]
) -> None:
    book.lists["/v3/bill/119"] = ("bills", [row("hr", 1) | bent])
    with pytest.raises(
        BadAnswer, match=r"^congress.gov: changes of Congress 119 since 2026-02-28: "
    ) as caught:
        api.changed_since(119, SINCE)
    assert str(caught.value).isprintable()


def test_a_measure_is_collected_with_all_its_parts(server: Loopback, book: Book, api: CongressApi) -> None:
    subjects = {"legislativeSubjects": [{"name": "Iran"}], "policyArea": {"name": "International Affairs"}}
    book.measure(
        "sres", 145, actions=[{"text": "b"}, {"text": "a"}], cosponsors=[{"x": 1}], subjects=subjects
    )
    bundle = json.loads(api.bill(119, "sres", 145))
    assert set(bundle) == {"bill", *PARTS}
    assert bundle["actions"] == [{"text": "b"}, {"text": "a"}]
    assert bundle["subjects"] == subjects
    assert bundle["titles"] == [] and bundle["bill"]["title"] == "A title"
    assert len(server.asked) == 4  # the item, and the parts that it says exist


def test_a_measure_without_parts_is_one_request(server: Loopback, book: Book, api: CongressApi) -> None:
    book.measure("hr", 2)
    bundle = json.loads(api.bill(119, "hr", 2))
    assert bundle["actions"] == [] and bundle["subjects"] == {}
    assert len(server.asked) == 1


def test_the_same_content_is_the_same_bytes_in_whatever_order_it_comes(book: Book, api: CongressApi) -> None:
    book.measure("sres", 145, actions=[{"text": "a", "actionDate": "2026-01-01"}])
    first = api.bill(119, "sres", 145)
    book.bend = lambda asked, data: _backwards(data)
    assert api.bill(119, "sres", 145) == first


def test_parts_of_several_pages_come_whole(book: Book, api: CongressApi) -> None:
    """HR 1 of the 119th had more than a thousand amendments."""
    amendments = [{"number": str(n)} for n in range(1_131)]
    subjects = {
        "legislativeSubjects": [{"name": f"s{n}"} for n in range(260)],
        "policyArea": {"name": "Taxation"},
    }
    book.measure("hr", 1, amendments=amendments, subjects=subjects)
    bundle = json.loads(api.bill(119, "hr", 1))
    assert bundle["amendments"] == amendments
    assert bundle["subjects"] == subjects


def test_withdrawn_cosponsors_are_in_the_list_though_not_in_the_count(book: Book, api: CongressApi) -> None:
    book.measure("hr", 3, cosponsors=[{"bioguideId": f"A{n}"} for n in range(5)])
    told = {"count": 3, "countIncludingWithdrawnCosponsors": 5}
    book.items["/v3/bill/119/hr/3"]["cosponsors"] = told
    book.bend = lambda asked, data: data | {"pagination": told} if "cosponsors" in asked.path else data
    assert len(json.loads(api.bill(119, "hr", 3))["cosponsors"]) == 5


def test_the_policy_area_may_be_counted_among_the_subjects(book: Book, api: CongressApi) -> None:
    book.measure("hr", 3, subjects={"legislativeSubjects": [{"name": "Iran"}], "policyArea": {"name": "x"}})
    book.items["/v3/bill/119/hr/3"]["subjects"] = {"count": 2}
    assert json.loads(api.bill(119, "hr", 3))["subjects"]["legislativeSubjects"] == [{"name": "Iran"}]


@pytest.mark.parametrize("lost", [1, 2])
def test_half_a_part_is_never_handed_on(server: Loopback, book: Book, api: CongressApi, lost: int) -> None:
    book.measure("hr", 3, actions=[{"text": str(n)} for n in range(300)])
    book.bend = lambda asked, data: (
        data | {"actions": data["actions"][lost:]} if "offset=250" in asked.path else data
    )
    with pytest.raises(
        BadAnswer, match=rf"^congress.gov: actions of 119/hr/3: {300 - lost} came where 300 were told$"
    ):
        api.bill(119, "hr", 3)


def test_a_row_on_two_pages_is_no_second_row(book: Book, api: CongressApi) -> None:
    """Exact repetitions are part of the record, so more rows than told are not sorted out but asked for again."""
    rows = [{"text": str(n)} for n in range(300)]
    book.measure("hr", 3, actions=rows)
    slips = [1]

    def once(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
        if "offset=250" in asked.path and slips:
            return data | {"actions": rows[250 - slips.pop() :]}
        return data

    book.bend = once
    assert json.loads(api.bill(119, "hr", 3))["actions"] == rows


def test_rows_that_slipped_once_are_asked_for_again(book: Book, api: CongressApi) -> None:
    book.measure("hr", 3, actions=[{"text": str(n)} for n in range(300)])
    slips = [1]

    def once(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
        if "offset=250" in asked.path and slips:
            return data | {"actions": data["actions"][slips.pop() :]}
        return data

    book.bend = once
    assert len(json.loads(api.bill(119, "hr", 3))["actions"]) == 300


@pytest.mark.parametrize("failing", ["cosponsors", "titles"])
def test_a_part_that_fails_fails_the_measure(
    book: Book, api: CongressApi, server: Loopback, failing: str
) -> None:
    book.measure("hr", 3, actions=[{"a": 1}], cosponsors=[{"b": 1}], titles=[{"c": 1}])
    server.routed(lambda asked: refusal("403 x") if failing in asked.path else book.answer(asked))
    with pytest.raises(SourceRefused, match=f"{failing} of 119/hr/3: answered 403"):
        api.bill(119, "hr", 3)


@pytest.mark.parametrize("bent", [{"congress": 118}, {"type": "SRES"}, {"number": "146"}, {"number": None}])
def test_another_measure_inside_is_refused(book: Book, api: CongressApi, bent: dict[str, Any]) -> None:
    book.measure("hr", 3)
    book.items["/v3/bill/119/hr/3"].update(bent)
    with pytest.raises(BadAnswer, match=r"^congress.gov: 119/hr/3: another measure is inside"):
        api.bill(119, "hr", 3)


def test_what_the_api_does_not_know_is_not_there(book: Book, api: CongressApi) -> None:
    with pytest.raises(NotThere, match=r"^congress.gov: 119/hr/9: not there \(404\)$"):
        api.bill(119, "hr", 9)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ok(b'{"error": "UnboundLocalError"}'), "an error came with 200: UnboundLocalError"),
        (ok(b'{"bill": []}'), "the answer holds no bill"),
        (ok(b"{}"), "the answer holds no bill"),
        (ok(b"[]"), "an error came with 200: list"),
        (ok(b'{"bill": '), "not JSON"),
        (ok(b'{"bill": "\xff"}'), "not JSON"),
        (ok(b'{"bill": ' + b"[" * 50_000), "not JSON"),
        (ok(b"<html><title>Just a moment...</title>"), "an HTML page came instead of JSON"),
        (ok(b'<?xml version="1.0"?><api-root/>'), "not JSON: it begins with"),
    ],
)
def test_what_is_no_measure_is_a_bad_answer(
    server: Loopback, api: CongressApi, answer: Answer, why: str
) -> None:
    server.answers(answer)
    with pytest.raises(BadAnswer, match=f"^congress.gov: 119/hr/3: {why}") as caught:
        api.bill(119, "hr", 3)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["actions", "subjects"])
@pytest.mark.parametrize("content", [None, "x", 7, {"legislativeSubjects": 7}])
def test_a_part_of_another_shape_is_a_bad_answer(
    book: Book, api: CongressApi, name: str, content: object
) -> None:
    book.measure("hr", 3, **{name: [{"a": 1}] if name == "actions" else {"legislativeSubjects": [1]}})
    book.bend = lambda asked, data: data | {name: content} if name in data else data
    with pytest.raises(BadAnswer, match=f"the answer holds no {name}"):
        api.bill(119, "hr", 3)


def test_what_is_nested_beyond_reason_is_refused(book: Book, api: CongressApi) -> None:
    deep: Any = "x"
    for _ in range(70):
        deep = [deep]
    book.measure("hr", 3)
    book.items["/v3/bill/119/hr/3"]["deep"] = deep
    with pytest.raises(BadAnswer, match="nested deeper than 64"):
        api.bill(119, "hr", 3)


def test_an_internal_error_of_the_api_is_not_asked_for_again(server: Loopback, api: CongressApi) -> None:
    """Reserved numbers have given this for years (api.congress.gov#232)."""
    server.answers(refusal("500 x", b'{"error": "UnboundLocalError: local variable"}'))
    with pytest.raises(SourceRefused, match=r"answered 500 \(Internal Server Error\): UnboundLocalError"):
        api.bill(119, "hr", 2)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": {"code": "API_KEY_INVALID", "message": "An invalid api_key"}}', ": API_KEY_INVALID"),
        (b'{"error": {"message": "topsecretkey is unknown"}}', ""),
        (b'{"error": "topsecretkey is unknown"}', ": … is unknown"),
    ],
)
def test_a_key_that_is_refused_is_said_without_the_key(
    server: Loopback, api: CongressApi, body: bytes, words: str
) -> None:
    server.answers(refusal("403 Forbidden", body))
    with pytest.raises(SourceRefused) as caught:
        api.bill(119, "hr", 2)
    assert str(caught.value) == f"congress.gov: 119/hr/2: answered 403 (Forbidden){words}"


@pytest.mark.parametrize("key", ["", " ", "a b", "key\n", "schlüssel", "\0"])
def test_what_cannot_be_a_key_is_refused_without_telling_it(asker: Asker, key: str) -> None:
    with pytest.raises(ValueError, match=r"^CONGRESS_API_KEY: ") as caught:
        CongressApi(asker.fetcher, asker.server.url, key)
    assert not key.strip() or key not in str(caught.value)


def test_the_quota_is_what_the_last_answer_told(book: Book, api: CongressApi) -> None:
    assert (api.quota.limit, api.quota.remaining, api.quota.rests_until) == (None, None, None)
    book.measure("hr", 2)
    api.bill(119, "hr", 2)
    assert (api.quota.limit, api.quota.remaining, api.quota.rests_until) == (5_000, 4_999, None)


@pytest.mark.parametrize(("limit", "kept"), [(50, 10), (100, 10), (5_000, 500), (30, 10)])
def test_a_tenth_and_never_fewer_than_ten_requests_are_left(
    server: Loopback, asker: Asker, api: CongressApi, limit: int, kept: int
) -> None:
    book = Book(server, limit, limit if limit < 1_000 else kept + 25)
    book.measure("hr", 2, actions=[{"a": 1}])
    with pytest.raises(QuotaSpent) as caught:
        for _ in range(10_000):
            api.bill(119, "hr", 2)
    assert book.left == kept
    assert caught.value.retry_at == NOON + timedelta(hours=1)
    assert f"{kept} of {limit} requests are left, asked again after 13:00 UTC" in str(caught.value)
    with pytest.raises(QuotaSpent):
        api.changed_since(119, SINCE)
    assert book.left == kept


def test_after_its_rest_the_api_is_asked_again(server: Loopback, asker: Asker, api: CongressApi) -> None:
    book = Book(server, 50, 11)
    book.measure("hr", 2)
    api.bill(119, "hr", 2)
    with pytest.raises(QuotaSpent):
        api.bill(119, "hr", 2)
    asker.now += timedelta(hours=1)
    book.left = 50
    api.bill(119, "hr", 2)
    assert api.quota.remaining == 49 and api.quota.rests_until is None


def test_tries_that_fail_spend_the_quota_too(server: Loopback, asker: Asker, api: CongressApi) -> None:
    book = Book(server, 50, 12)
    server.routed(lambda asked: (book.answer(asked), refusal("503 x", **book.told()))[1])
    with pytest.raises(QuotaSpent):
        api.bill(119, "hr", 2)
    assert book.left == 10


def test_over_the_quota_is_a_rest_as_long_as_the_api_asks(server: Loopback, api: CongressApi) -> None:
    server.answers(refusal("429 x", b'{"error": {"code": "OVER_RATE_LIMIT"}}', Retry_After="1800"))
    for _ in range(3):
        with pytest.raises(QuotaSpent, match="no requests are left, asked again after 12:30 UTC") as caught:
            api.bill(119, "hr", 2)
        assert caught.value.retry_at == NOON + timedelta(minutes=30)
    assert len(server.asked) == 1


@pytest.mark.parametrize("told", [{"X_Ratelimit_Limit": "many"}, {"X_Ratelimit_Remaining": "3"}, {}])
def test_a_quota_that_is_not_told_in_full_stops_nothing(
    server: Loopback, api: CongressApi, told: dict[str, str]
) -> None:
    server.answers(ok(b'{"bills": [], "pagination": {"count": 0}}', **told))
    assert api.changed_since(119, SINCE) == []
    assert api.quota.limit is None


@pytest.mark.parametrize("fault", [drop, refusal("403 x"), ok(b"<html>"), ok(b"")])
def test_the_key_is_in_no_error(server: Loopback, api: CongressApi, fault: Answer) -> None:
    server.answers(fault)
    for ask in (lambda: api.bill(119, "hr", 2), lambda: api.changed_since(119, SINCE)):
        with pytest.raises(SourceError) as caught:
            ask()
        error: BaseException | None = caught.value
        while error:
            assert KEY not in str(error) and KEY not in repr(error)
            error = error.__cause__ or error.__context__


def _backwards(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _backwards(data[key]) for key in reversed(data)}
    return [_backwards(kid) for kid in data] if isinstance(data, list) else data
