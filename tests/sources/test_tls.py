"""The same over TLS: only a certificate that is trusted, and the deadlines too."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sources.conftest import SMALL, Asker
from tests.sources.loopback import Loopback, drip, hang, kept, raw
from tracker.sources.http import SourceUnreachable


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl is installed")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=loopback"
    asked += f" -addext subjectAltName=IP:127.0.0.1 -keyout {path} -out {path}.crt"
    subprocess.run([openssl, *asked.split()], check=True, capture_output=True)
    with path.open("a") as both:
        both.write(Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def server(certificate: Path) -> Iterator[Loopback]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    running = Loopback(context)
    yield running
    running.stop()


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{certificate}.crt")


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(server: Loopback, asker: Asker) -> None:
    with pytest.raises(SourceUnreachable, match=r"sres: certificate not accepted: self.signed certificate$"):
        asker.get()
    assert server.asked == [] and asker.slept == []


@pytest.mark.usefixtures("trusted")
def test_a_bundle_of_the_environment_is_trusted(server: Loopback, asker: Asker) -> None:
    server.answers(kept(b"<a/>"), kept(b"<b/>"))
    assert asker.get().body == b"<a/>"
    assert asker.get().body == b"<b/>"
    assert server.connections == 1


@pytest.mark.usefixtures("trusted")
def test_deadline_and_silence_hold_under_encryption(server: Loopback, asker: Asker) -> None:
    asker.fetcher.limits = replace(SMALL, document_seconds=0.6)
    server.answers(drip(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + b"<" * 60_000))
    with pytest.raises(SourceUnreachable, match=r"not whole after 0.6 s$"):
        asker.get()
    asker.fetcher.limits = replace(SMALL, silence_seconds=0.15)
    server.answers(hang)
    with pytest.raises(SourceUnreachable, match=r"nothing came for 0.15 s, 2 times$"):
        asker.get()


@pytest.mark.usefixtures("trusted")
def test_a_body_cut_under_encryption_is_short(server: Loopback, asker: Asker) -> None:
    server.answers(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n<a"))
    with pytest.raises(SourceUnreachable, match=r"short body: 2 of 60 bytes, 5 times$"):
        asker.get()


def test_a_handshake_that_is_not_answered_is_no_connection(asker: Asker) -> None:
    silent = Loopback()  # waits for the head of a request, which a handshake never ends
    asker.server.url = silent.url.replace("http:", "https:")
    asker.fetcher.limits = replace(SMALL, connect_seconds=0.2)
    with pytest.raises(SourceUnreachable, match=r"no connection within 0.2 s, 3 times$"):
        asker.get()
    silent.stop()


def test_what_answers_a_handshake_in_plain_text_is_said_to(asker: Asker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asker.server.url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        threading.Thread(target=_answer_plainly, args=(listening,), daemon=True).start()
        with pytest.raises(
            SourceUnreachable, match=r"no encrypted connection: WRONG_VERSION_NUMBER, 3 times$"
        ):
            asker.get()


def _answer_plainly(listening: socket.socket) -> None:
    for _ in range(3):
        conn, _ = listening.accept()
        with conn:
            conn.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            conn.recv(65_536)
