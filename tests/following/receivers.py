"""Programs on loopback that are called, over TLS too, with certificates of an authority that only tests trust."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = Callable[[BaseHTTPRequestHandler], None]


class Receiver:
    """A program that is called. `answer` says what it does; without, it accepts. With `tls` it speaks https."""

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.asked_for = list[str | None]()  # the names that whoever opened a secure connection gave
        self.answer: Answer | None = None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                if receiver.answer is not None:
                    receiver.answer(self)
                else:
                    self.send_response(204)
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request: object, address: object) -> None:
                if tls is not None:  # here, in the thread of this one connection
                    request = tls.wrap_socket(request, server_side=True)
                super().finish_request(request, address)

            def handle_error(self, *_: object) -> None:
                return  # a caller that refused our certificate has hung up

        if tls is not None:
            tls.sni_callback = lambda _, name, __: self.asked_for.append(name)
        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self.url = f"{'http' if tls is None else 'https'}://{host}:{self.port}/hook"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def events(self) -> list[int]:
        return [json.loads(body)["data"]["id"] for _, body in self.got]


def answering(status: int, words: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(words)

    return answer


class Authority:
    """Signs certificates. `bundle` is the file of its own, for whoever is to trust it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of tests")])
        usage = x509.BasicConstraints(ca=True, path_length=None)
        self._own = (
            self._form(self._name, self._key).add_extension(usage, True).sign(self._key, hashes.SHA256())
        )
        self.bundle = folder / "authority.pem"
        self.bundle.write_bytes(self._own.public_bytes(serialization.Encoding.PEM))

    def context(self, name: str, *, expired: bool = False, self_signed: bool = False) -> ssl.SSLContext:
        """What a server with a certificate for this name speaks TLS by."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        form = self._form(subject, key, issuer=subject if self_signed else None, expired=expired)
        form = form.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
        signed = form.sign(key if self_signed else self._key, hashes.SHA256())
        file = self._folder / f"{name}-{expired}-{self_signed}.pem"
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        file.write_bytes(
            signed.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _form(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        issuer: x509.Name | None = None,
        expired: bool = False,
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        begins, ends = (now - timedelta(days=9), now - timedelta(days=2)) if expired else (now, now)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer or self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins - timedelta(days=1))
            .not_valid_after(ends + timedelta(days=1))
        )
