"""Where endpoints are called and where never: over real TLS, at ill receivers, and at addresses that are not public."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import requests.adapters
from pytest_django import Settings

from tests.desk import cast
from tests.following.receivers import Authority, Receiver, answering
from tracker.desk.models import User
from tracker.following import calling, endpoints, targets
from tracker.following.calling import Outcome
from tracker.following.models import Endpoint

NAME = "hooks.example.org"
Named = Callable[..., None]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The authority, trusted; receivers listen on loopback."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(authority.bundle))
    monkeypatch.setattr(targets, "LOOPBACK_TOO", True)
    return authority


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Named:
    """Makes names lead to addresses, one after the other each time a name is asked for; the last one stays."""

    def name(*addresses: str) -> None:
        left = list(addresses)

        def resolve(host: str, port: object, *_: object, **__: object) -> list[tuple[object, ...]]:
            try:
                address = str(ipaddress.ip_address(host))  # no server of names is asked for those
            except ValueError:
                address = left.pop(0) if len(left) > 1 else left[0]
            v6 = ":" in address
            where = (address, port or 0, 0, 0) if v6 else (address, port or 0)
            return [(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_STREAM, 6, "", where)]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)

    return name


@pytest.fixture
def receiving(trusted: Authority, named: Named) -> Iterator[Callable[..., Receiver]]:
    """Starts receivers that speak TLS by a certificate for the name given, under the name that is called."""
    named("127.0.0.1")
    started = list[Receiver]()

    def start(certified: str = NAME, **how: bool) -> Receiver:
        started.append(Receiver(trusted.context(certified, **how), host=NAME))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def called(url: str) -> Outcome:
    """What comes of one try, as it would be written down."""
    endpoint = Endpoint(url=url, secret=endpoints.secrets.seal(endpoints.secrets.new_secret()))
    return calling._try(endpoint, b"{}", 1)


# Over TLS


def test_the_certificate_is_judged_by_the_name_though_an_address_is_connected_to(
    receiving: Callable[..., Receiver],
) -> None:
    receiver = receiving()
    assert called(receiver.url).accepted
    ((headers, body),) = receiver.got
    assert receiver.asked_for == [NAME]
    assert headers["host"] == f"{NAME}:{receiver.port}"
    assert body == b"{}"


@pytest.mark.parametrize(
    ("certified", "how"),
    [
        ("other.example.org", {}),
        ("127.0.0.1", {}),
        (NAME, {"expired": True}),
        (NAME, {"self_signed": True}),
    ],
)
def test_a_certificate_that_does_not_hold_is_sent_nothing(
    receiving: Callable[..., Receiver], certified: str, how: dict[str, bool]
) -> None:
    receiver = receiving(certified, **how)
    outcome = called(receiver.url)
    assert (outcome.status, receiver.got) == (None, [])
    assert outcome.error == "no secure connection: the certificate is not valid for this name"


def test_one_that_speaks_no_tls_is_sent_nothing(trusted: Authority, named: Named) -> None:
    named("127.0.0.1")
    receiver = Receiver()
    try:
        assert called(f"https://{NAME}:{receiver.port}/hook").status is None
        assert receiver.got == []
    finally:
        receiver.stop()


def test_an_authority_that_the_environment_names_is_not_believed(
    receiving: Callable[..., Receiver], authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nor a proxy of the environment, which would resolve the name anew."""
    other = Authority(tmp_path)
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(other.bundle))
    for name, value in (("REQUESTS_CA_BUNDLE", str(authority.bundle)), ("HTTPS_PROXY", "http://127.0.0.1:1")):
        monkeypatch.setenv(name, value)
    assert "certificate" in called(receiving().url).error


# Ill receivers, over TLS


def test_one_that_takes_the_event_and_says_it_did_not_is_not_believed_to_have_it(
    receiving: Callable[..., Receiver],
) -> None:
    receiver = receiving()
    receiver.answer = answering(500, b"we failed", X_Long="y" * 1000)
    outcome = called(receiver.url)
    assert (outcome.status, outcome.accepted, outcome.answer) == (500, False, "we failed")
    assert len(receiver.got) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiving: Callable[..., Receiver], status: int) -> None:
    receiver, trap = receiving(), receiving()
    receiver.answer = answering(status, Location=trap.url)
    outcome = called(receiver.url)
    assert (outcome.status, trap.asked_for, trap.got) == (status, [], [])
    assert "redirect" in outcome.error


def _drip(over: threading.Event, begin: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(begin)
            while not over.wait(0.05):
                handler.wfile.write(b"y")
        except OSError:
            return

    return drip


@pytest.mark.parametrize(
    "begin", [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"]
)
def test_one_that_drips_is_left_whole_or_not(
    receiving: Callable[..., Receiver], begin: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "WHOLE_SECONDS", 0.5)
    receiver, over = receiving(), threading.Event()
    receiver.answer = _drip(over, begin)
    outcome = called(receiver.url)
    over.set()
    assert outcome.status is None
    assert "no whole answer" in outcome.error


def test_one_that_opens_and_says_nothing_is_left(
    trusted: Authority, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a byte of the secure connection's own opening comes."""
    monkeypatch.setattr(targets, "WHOLE_SECONDS", 0.5)
    monkeypatch.setattr(targets, "CONNECT_SECONDS", 0.5)
    named("127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outcome = called(f"https://{NAME}:{silent.getsockname()[1]}/hook")
    assert outcome.status is None
    assert outcome.error in ("no answer", "no whole answer within 0.5 s")


def test_an_answer_that_never_ends_is_looked_at_and_left(receiving: Callable[..., Receiver]) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65_536)
        except OSError:
            return

    receiver = receiving()
    receiver.answer = endless
    outcome = called(receiver.url)
    assert (outcome.accepted, len(outcome.answer)) == (True, targets.ANSWER_READ)


def test_headers_without_end_are_no_answer(receiving: Callable[..., Receiver]) -> None:
    def headers(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(100_000):
                handler.wfile.write(b"X-%d: %s\r\n" % (n, b"y" * 1000))
        except OSError:
            return

    receiver = receiving()
    receiver.answer = headers
    assert called(receiver.url).error == "no answer"


# Where nothing may be called

NOT_PUBLIC = [
    "127.0.0.1", "127.1", "0.0.0.0", "0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "2130706433",
    "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.1", "localhost", "localhost.", "127。0。0。1", "①②⑦.0.0.1",
    "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00::1]", "[fec0::1]", "[ff02::1]", "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "[2001:db8::1]", "[5f00::1]", "[3fff::1]",
]  # fmt: skip
AS_ANSWERS = [
    host.strip("[]") for host in NOT_PUBLIC if host[0] == "[" or (host.count(".") == 3 and host[0] in "12")
]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The connections that anybody tries to open; none is."""
    tried = list[object]()

    def connect(_: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no connection is opened in this test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", NOT_PUBLIC)
def test_no_address_within_is_connected_to(host: str, scheme: str, opened: list[object]) -> None:
    with pytest.raises((targets.Refused, requests.RequestException)):
        targets.post(f"{scheme}://{host}/hook", b"{}", {})
    assert opened == []


@pytest.mark.parametrize("address", AS_ANSWERS)
def test_no_name_that_leads_within_is_connected_to(address: str, named: Named, opened: list[object]) -> None:
    named(address)
    with pytest.raises(targets.Refused, match="no address on the public Internet"):
        targets.post(f"https://{NAME}/hook", b"{}", {})
    assert opened == []


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(
    named: Named, opened: list[object]
) -> None:
    """A name that answers with a public address first and with one of ours then: the second answer is never asked for."""
    named("93.184.216.34", "127.0.0.1")
    with pytest.raises(requests.RequestException):
        targets.post(f"https://{NAME}/hook", b"{}", {})
    assert opened == [("93.184.216.34", 443)]


def test_a_name_is_judged_anew_at_each_try(named: Named, opened: list[object]) -> None:
    named("93.184.216.34", "10.0.0.1")
    with pytest.raises(requests.RequestException):
        targets.post(f"https://{NAME}/hook", b"{}", {})
    with pytest.raises(targets.Refused):
        targets.post(f"https://{NAME}/hook", b"{}", {})
    assert opened == [("93.184.216.34", 443)]


def test_who_asks_learns_nothing_of_what_listens_within(trusted: Authority, named: Named) -> None:
    """The same words, whether something listens at an address of ours or not."""
    targets.LOOPBACK_TOO = False
    named("127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)):
        said = {called(f"https://{host}/hook").error for host in (NAME, "10.0.0.1", "[::1]")}
    assert said == {targets.NOT_PUBLIC}


def test_public_addresses_are_public() -> None:
    for address in ("8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"):
        assert targets.is_public(ipaddress.ip_address(address))


@pytest.fixture
def owner() -> User:
    return cast.an_editor()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "", "hook", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "http://", "https:///x",
        "http://user:pw@example.org/", "http://example.org:22/", "http://example.org:25/", "http://example.org:6379/",
        "https://example.org:8443/", "http://example.org:99999/", "http://exa mple.org/", "http://example.org/\r\nX: y",
        "javascript:alert(1)", f"http://example.org/{'x' * 2001}", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_what_is_no_address_to_call_is_refused_when_it_is_typed(url: str, owner: User) -> None:
    with pytest.raises(endpoints.Wrong) as refused:
        endpoints.add(owner, "Bad", url, "")
    assert refused.value.field == "url"


@pytest.mark.django_db
def test_where_this_site_speaks_https_endpoints_have_to(owner: User, settings: Settings) -> None:
    settings.HTTPS = True
    with pytest.raises(endpoints.Wrong, match="https://"):
        endpoints.add(owner, "Plain", "http://example.org/hook", "")
    endpoints.add(owner, "Secure", "https://example.org/hook", "")


def test_a_try_takes_no_longer_than_it_may(receiving: Callable[..., Receiver]) -> None:
    """A lease is longer than the longest try, so that no second worker takes a call that is still made."""
    assert calling.LEASE.total_seconds() > targets.WHOLE_SECONDS + targets.CONNECT_SECONDS
    begun = time.monotonic()
    assert called(receiving().url).milliseconds <= (time.monotonic() - begun) * 1000 + 1
