"""What is asked, what is taken for an answer, what is asked again, and what an error says."""

from __future__ import annotations

import gzip
import pickle
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.sources.conftest import NOON, SMALL, Asker
from tests.sources.loopback import Loopback, drop, endless, kept, ok, raw, redirect, refusal
from tracker.sources.http import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable


def test_a_body_comes_with_its_validators_and_its_moment(server: Loopback, asker: Asker) -> None:
    server.answers(ok(b"<a/>", ETag='W/"7"', Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT"))
    answer = asker.get()
    assert (answer.status, answer.body, answer.etag) == (200, b"<a/>", 'W/"7"')
    assert answer.last_modified == "Mon, 02 Mar 2026 08:00:00 GMT"
    assert answer.fetched_at == NOON


def test_the_source_is_told_who_asks_and_for_what(server: Loopback, asker: Asker) -> None:
    asker.get()
    headers = server.asked[0].headers
    assert headers["user-agent"] == "Whereas/1.2 (+https://tracker.example)"
    assert headers["accept-encoding"] == "gzip"
    assert headers["accept"].startswith("application/xml")
    assert "if-none-match" not in headers and "if-modified-since" not in headers


def test_json_is_asked_for_as_nothing_else(server: Loopback, asker: Asker) -> None:
    server.answers(ok(b"{}"))
    asker.get(form="json")
    assert server.asked[0].headers["accept"] == "application/json"


def test_validators_are_sent_back_verbatim_and_304_has_no_body(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("304 Not Modified", Content_Length=""))
    answer = asker.get(etag='W/"x y"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")
    assert (answer.status, answer.body) == (304, None)
    assert server.asked[0].headers["if-none-match"] == 'W/"x y"'
    assert server.asked[0].headers["if-modified-since"] == "Mon, 02 Mar 2026 08:00:00 GMT"


def test_304_to_a_question_without_validators_is_no_answer(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("304 Not Modified", Content_Length=""))
    with pytest.raises(SourceRefused, match="answered 304"):
        asker.get()


@pytest.mark.parametrize("value", ["a\x0bb", "x" * 301, "\xe9"])
def test_a_validator_that_could_not_be_sent_back_is_not_kept(
    server: Loopback, asker: Asker, value: str
) -> None:
    server.answers(ok(ETag=value))
    assert asker.get().etag is None


def test_a_packed_body_is_unpacked(server: Loopback, asker: Asker) -> None:
    server.answers(ok(gzip.compress(b"<a>" + b"b" * 5_000 + b"</a>"), Content_Encoding="gzip"))
    assert asker.get().body == b"<a>" + b"b" * 5_000 + b"</a>"


def test_a_connection_is_used_again(server: Loopback, asker: Asker) -> None:
    server.answers(
        kept(b"<a/>"), kept(b"not here", "404 Not Found"), kept(b"<b/>", chunked=True), kept(b"<c/>")
    )
    assert asker.get().body == b"<a/>"
    with pytest.raises(NotThere):
        asker.get()
    assert asker.get().body == b"<b/>"
    assert asker.get().body == b"<c/>"
    assert server.connections == 1


def test_a_connection_that_the_source_closed_meanwhile_is_opened_again(
    server: Loopback, asker: Asker
) -> None:
    server.answers(kept(b"<a/>"), drop, ok(b"<b/>"))
    asker.get()
    assert asker.get().body == b"<b/>"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 520, 524])
def test_what_may_pass_is_asked_again_after_1_2_4_and_8_seconds(
    server: Loopback, asker: Asker, status: int
) -> None:
    server.answers(*[refusal(f"{status} x")] * 4, ok(b"<late/>"))
    assert asker.get().body == b"<late/>"
    assert asker.slept == [1, 2, 4, 8]


def test_after_five_tries_the_error_says_how_often(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("503 x"))
    with pytest.raises(SourceRefused) as caught:
        asker.get()
    assert str(caught.value) == "govinfo: sitemap of 119/sres: answered 503 (Service Unavailable), 5 times"
    assert (caught.value.status, caught.value.retry_at) == (503, None)
    assert len(server.asked) == 5


@pytest.mark.parametrize("status", [201, 204, 206, 300, 400, 401, 403, 406, 410, 501])
def test_what_will_not_pass_is_asked_once(server: Loopback, asker: Asker, status: int) -> None:
    server.answers(refusal(f"{status} x", Content_Length="" if status == 204 else "0"))
    with pytest.raises(SourceRefused, match=f"answered {status}") as caught:
        asker.get()
    assert caught.value.status == status
    assert len(server.asked) == 1 and asker.slept == []


def test_404_is_not_there(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("404 Not Found", b"<html>no</html>"))
    with pytest.raises(NotThere, match=r"^govinfo: sitemap of 119/sres: not there \(404\)$"):
        asker.get()
    assert len(server.asked) == 1


def test_a_retry_after_of_a_few_seconds_is_slept_through(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("429 x", Retry_After="6"), ok(b"<a/>"))
    assert asker.get().body == b"<a/>"
    assert asker.slept == [6]


def test_a_short_retry_after_does_not_shorten_the_waits(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("503 x", Retry_After="1"), refusal("503 x", Retry_After="1"), ok(b"<a/>"))
    asker.get()
    assert asker.slept == [1, 2]


def test_a_long_retry_after_lets_the_source_rest_until_then(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("503 x", Retry_After="240"))
    with pytest.raises(SourceRefused) as caught:
        asker.get()
    assert caught.value.retry_at == NOON + timedelta(seconds=240)
    assert (
        str(caught.value)
        == "govinfo: sitemap of 119/sres: answered 503 (Service Unavailable), asked again after 12:04 UTC"
    )
    assert len(server.asked) == 1 and asker.slept == []


def test_a_retry_after_on_another_day_names_the_day(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("429 x", Retry_After="50000"))
    with pytest.raises(SourceRefused, match=r"asked again after Mar 3, 01:53 UTC$"):
        asker.get()


def test_a_retry_after_of_years_is_obeyed_for_a_day(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("429 x", Retry_After="9" * 30))
    with pytest.raises(SourceRefused) as caught:
        asker.get()
    assert caught.value.retry_at == NOON + timedelta(days=1)


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "400 Bad Request"])
def test_a_refusal_that_will_not_pass_still_tells_its_retry_after(
    server: Loopback, asker: Asker, status: str
) -> None:
    server.answers(refusal(status, Retry_After="3600"))
    with pytest.raises(SourceError) as caught:
        asker.get()
    assert caught.value.retry_at == NOON + timedelta(hours=1)


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "Mon, 02 Mar 2026 11:00:00 GMT", "1.5", "²"])
def test_a_retry_after_that_cannot_be_obeyed_means_the_usual_wait(
    server: Loopback, asker: Asker, nonsense: str
) -> None:
    server.answers(refusal("503 x", Retry_After=nonsense or " "), ok(b"<a/>"))
    asker.get()
    assert asker.slept == [1]


def test_a_date_to_ask_again_is_measured_by_the_sources_clock(server: Loopback, asker: Asker) -> None:
    """Ours may be wrong by a day; the answer's own Date tells how long the rest was meant to be."""
    server.answers(
        refusal("503 x", Date="Tue, 03 Mar 2026 09:00:00 GMT", Retry_After="Tue, 03 Mar 2026 09:10:00 GMT")
    )
    with pytest.raises(SourceRefused) as caught:
        asker.get()
    assert caught.value.retry_at == NOON + timedelta(minutes=10)


def test_no_wait_is_begun_that_the_deadline_would_cut(server: Loopback, asker: Asker) -> None:
    asker.fetcher.limits = replace(SMALL, document_seconds=1.9)
    server.answers(refusal("503 x"))
    with pytest.raises(SourceRefused):
        asker.get()  # the second wait is 2 s, the whole call has 1.9
    assert len(server.asked) == 2 and asker.slept == [1]


def test_a_dropped_connection_is_asked_again(server: Loopback, asker: Asker) -> None:
    server.answers(drop, drop, ok(b"<a/>"))
    assert asker.get().body == b"<a/>"
    server.answers(drop)
    with pytest.raises(SourceUnreachable, match=r"connection closed before the answer was whole, 5 times$"):
        asker.get()


def test_a_short_body_is_asked_again(server: Loopback, asker: Asker) -> None:
    server.answers(ok(b"<a>", Content_Length="1500"), ok(b"<a></a>"))
    assert asker.get().body == b"<a></a>"
    server.answers(ok(b"<a>", Content_Length="1500"))
    with pytest.raises(SourceUnreachable, match=r"short body: 3 of 1,500 bytes, 5 times$"):
        asker.get()


def test_a_chunked_body_that_breaks_off_is_short(server: Loopback, asker: Asker) -> None:
    server.answers(raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<a/>"))
    with pytest.raises(SourceUnreachable, match="short body"):
        asker.get()


def test_a_packed_body_that_breaks_off_is_short(server: Loopback, asker: Asker) -> None:
    server.answers(ok(gzip.compress(b"<a/>" * 50)[:-9], Content_Encoding="gzip"))
    with pytest.raises(SourceUnreachable, match="short body: gzip ended early"):
        asker.get()


@pytest.mark.parametrize(
    "garbage", [b"no http at all\r\n\r\n", b"\x16\x03\x01\x02\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\r\n"]
)
def test_what_is_no_http_is_said_to_be_none(server: Loopback, asker: Asker, garbage: bytes) -> None:
    server.answers(raw(garbage))
    with pytest.raises(SourceUnreachable) as caught:
        asker.get()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: twelve\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: " + b"9" * 5000 + b"\r\n",
        b"Content-Length: \xb2\r\n",
        b"X: " + b"y" * 70_000 + b"\r\n",
        b"".join(b"X-%d: y\r\n" % i for i in range(200)),
        b"Transfer-Encoding: chunked\r\n",
    ],
)
def test_headers_beyond_reason_give_one_line(server: Loopback, asker: Asker, head: bytes) -> None:
    server.answers(raw(b"HTTP/1.1 200 OK\r\n" + head + b"\r\nzz not a chunk\r\n"))
    with pytest.raises(SourceError) as caught:
        asker.get()
    assert "\n" not in str(caught.value)


def test_a_closed_port_is_tried_three_times(server: Loopback, asker: Asker) -> None:
    server.stop()
    with pytest.raises(
        SourceUnreachable, match=r"^govinfo: sitemap of 119/sres: connection refused, 3 times$"
    ):
        asker.get()
    assert asker.slept == [1, 2]


def test_a_host_that_no_one_knows_is_said_to_be_unknown(asker: Asker) -> None:
    asker.server.url = "http://no-such-host.invalid"
    with pytest.raises(SourceUnreachable, match="host name not found"):
        asker.get()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "an empty answer"),
        (b" \r\n\t", "an empty answer"),
        (b"\xef\xbb\xbf", "an empty answer"),
        (b"\n <!DOCTYPE html><title>Just a moment...</title>", "an HTML page came instead of XML"),
        (b"\xef\xbb\xbf<HTML>", "an HTML page came instead of XML"),
        (b'{"error": "x"}', r"not XML: it begins with '\{\"error"),
        (b"\xff\xd8\xff\xe0\nJFIF", r"not XML: it begins with '\\xff"),
    ],
)
def test_a_200_that_is_not_what_was_asked_for_is_no_answer(
    server: Loopback, asker: Asker, body: bytes, why: str
) -> None:
    server.answers(ok(body, Content_Type="application/xml"))
    with pytest.raises(BadAnswer, match=why) as caught:
        asker.get()
    assert "\n" not in str(caught.value) and len(server.asked) == 1


def test_each_form_has_its_beginning(server: Loopback, asker: Asker) -> None:
    for form, good, bad in (
        ("json", b" [1]", b"<a/>"),
        ("zip", b"PK\5\6", b"<a/>"),
        ("yaml", b"- id:", b"<html>"),
    ):
        server.answers(ok(good))
        assert asker.get(form=form).body == good
        server.answers(ok(bad))
        with pytest.raises(BadAnswer):
            asker.get(form=form)
    utf16 = "<a/>".encode("utf-16")
    server.answers(ok(utf16))
    assert asker.get().body == utf16


def test_a_redirect_within_the_host_is_followed(server: Loopback, asker: Asker) -> None:
    server.answers(
        redirect("/b.xml"), redirect(server.url + "/c.xml", "308 x"), redirect("d.xml"), ok(b"<d/>")
    )
    answer = asker.get()
    assert (answer.body, answer.url) == (b"<d/>", server.url + "/d.xml")
    assert [a.path for a in server.asked] == ["/a.xml", "/b.xml", "/c.xml", "/d.xml"]


def test_the_body_of_a_redirect_is_not_read(server: Loopback, asker: Asker) -> None:
    def endless_redirect(conn: socket.socket, over: threading.Event) -> None:
        conn.sendall(b"HTTP/1.1 302 Found\r\nLocation: /b.xml\r\n\r\n")
        endless()(conn, over)

    server.answers(endless_redirect, ok(b"<b/>"))
    assert asker.get().body == b"<b/>"


def test_a_fourth_redirect_is_refused(server: Loopback, asker: Asker) -> None:
    server.answers(redirect("/a.xml"))
    with pytest.raises(BadAnswer, match="redirect refused: more than 3 in a row"):
        asker.get()
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:{trap}/x",
        "//127.0.0.1:{trap}/x",
        "http://localhost:{trap}/x",
        "http://127.0.0.1:{port}@127.0.0.1:{trap}/",
        "http://user@127.0.0.1:{port}/a",
        "https://127.0.0.1:{port}/a",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1:{trap}/_x",
        "http://127.0.0.1:99999/",
        "http://[::1/",
    ],
)
def test_a_redirect_elsewhere_is_refused_and_nobody_else_is_asked(
    server: Loopback, asker: Asker, to: str
) -> None:
    trap = Loopback()
    try:
        server.answers(redirect(to.format(trap=trap.port, port=server.port)))
        with pytest.raises(BadAnswer, match="redirect refused") as caught:
            asker.get(secret_headers={"X-Api-Key": "verysecret"})
        assert "\n" not in str(caught.value) and "verysecret" not in str(caught.value)
        assert trap.asked == [] and len(server.asked) == 1
    finally:
        trap.stop()


def test_a_redirect_to_the_page_that_stands_for_404_is_not_there(server: Loopback, asker: Asker) -> None:
    server.answers(redirect("https://elsewhere.example/error?x=1"))
    with pytest.raises(NotThere, match="redirected to its error page"):
        asker.get(missing_at=("/error",))
    assert len(server.asked) == 1


def test_a_secret_is_sent_and_never_told(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("403 x", b'{"error": "bad key s3cret\\nat all"}'))
    with pytest.raises(SourceRefused) as caught:
        asker.get(form="json", secret_headers={"X-Api-Key": "s3cret"})
    assert server.asked[0].headers["x-api-key"] == "s3cret"
    assert str(caught.value) == "govinfo: sitemap of 119/sres: answered 403 (Forbidden): bad key … at all"
    assert "s3cret" not in repr(caught.value) + repr(caught.value.__dict__)


def test_words_that_mean_a_settled_matter_end_the_asking(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("500 x", b'{"error": "UnboundLocalError: result"}'))
    with pytest.raises(SourceRefused, match=r"answered 500 \(Internal Server Error\): UnboundLocalError"):
        asker.get(form="json", settled="UnboundLocalError")
    assert len(server.asked) == 1


def test_credentials_written_down_for_the_host_are_not_sent(
    server: Loopback, asker: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    asker.get()
    assert "authorization" not in server.asked[0].headers


def test_cookies_are_not_kept(server: Loopback, asker: Asker) -> None:
    server.answers(ok(Set_Cookie="visitor=7; Path=/"))
    asker.get()
    asker.get()
    assert "cookie" not in server.asked[1].headers


def test_loopback_is_asked_past_any_proxy(
    server: Loopback, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert asker.get().status == 200


def test_a_proxy_of_the_environment_is_used(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", asker.server.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    proxy, asker.server.url = asker.server, "http://www.govinfo.invalid"
    assert asker.get().status == 200
    assert proxy.asked[0].path == "http://www.govinfo.invalid/a.xml"


def test_each_request_is_announced_and_each_answer_heard(server: Loopback, asker: Asker) -> None:
    announced: list[int] = []
    heard: list[str] = []
    server.answers(refusal("503 x", X_Left="2"), redirect("/b.xml"), ok(X_Left="1"))
    asker.get(
        before=lambda: announced.append(1), heard=lambda headers: heard.append(headers.get("x-left", "-"))
    )
    assert (len(announced), heard) == (3, ["2", "-", "1"])


def test_an_error_is_one_line_whatever_the_source_writes(server: Loopback, asker: Asker) -> None:
    server.answers(refusal("400 x", b'{"error": "a\\nb\\u0000\\u202e\\u001b[31m' + b"z" * 5000 + b'"}'))
    with pytest.raises(SourceRefused) as caught:
        asker.get(form="json")
    line = str(caught.value)
    assert line.isprintable() and len(line) < 250


def test_an_error_survives_being_handed_to_another_process() -> None:
    error = SourceRefused("govinfo", "sitemap", "no", status=503, retry_at=datetime(2026, 3, 2, tzinfo=UTC))
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.status, again.retry_at) == (str(error), 503, error.retry_at)
