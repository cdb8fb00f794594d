"""GovInfo's bill status as a tiny server on this machine: it answers from the zips, and counts what it was asked."""

from __future__ import annotations

import re
import threading
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from tracker.operate.bench import corpus

_STAMP = "2026-01-02T03:04:05.000Z"
_SITEMAP = re.compile(r"/sitemap/bulkdata/BILLSTATUS/(\d+)([a-z]+)/sitemap\.xml")
_ZIP = re.compile(r"/bulkdata/BILLSTATUS/(\d+)/([a-z]+)/BILLSTATUS-\d+-[a-z]+\.zip")
_FILE = re.compile(r"/bulkdata/BILLSTATUS/(\d+)/([a-z]+)/(BILLSTATUS-\d+[a-z]+\d+\.xml)")


class Source:
    """Serves `folder`'s zips in a `with`. `asked` and `sent_bytes` count since `forget()`."""

    def __init__(self, folder: Path) -> None:
        self.zips = corpus.zips(folder)
        self.made_at = timezone.now().replace(microsecond=0)
        self.forget()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answerer(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Source:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        self.asked: list[str] = []
        self.sent_bytes = 0

    def make_zips_anew(self) -> None:
        """The same files in zips of a later moment: what GovInfo's nightly run does."""
        self.made_at = timezone.now().replace(microsecond=0)

    def count(self, path: str, size: int) -> None:
        with self._lock:
            self.asked.append(path)
            self.sent_bytes += size

    def find(self, path: str) -> tuple[bytes | Path, str] | None:
        """What stands at `path`, and its type; None where nothing does."""
        if path == "/sitemap/bulkdata/BILLSTATUS/sitemapindex.xml":
            places = (
                f"/sitemap/bulkdata/BILLSTATUS/{congress}{type}/sitemap.xml" for congress, type in self.zips
            )
            return self._map("sitemapindex", "sitemap", places), "application/xml"
        if path == "/rss/billstatus-batch.xml":
            return self._batches(), "application/rss+xml"
        if match := _SITEMAP.fullmatch(path):
            congress, type = int(match[1]), match[2]
            if (congress, type) not in self.zips:
                return None
            with ZipFile(self.zips[congress, type]) as zipped:
                names = [f"/bulkdata/BILLSTATUS/{congress}/{type}/{name}" for name in zipped.namelist()]
            return self._map("urlset", "url", iter(names)), "application/xml"
        if (match := _ZIP.fullmatch(path)) and (found := self.zips.get((int(match[1]), match[2]))):
            return found, "application/zip"
        if (match := _FILE.fullmatch(path)) and (found := self.zips.get((int(match[1]), match[2]))):
            with ZipFile(found) as zipped:
                return (zipped.read(match[3]), "application/xml") if match[3] in zipped.namelist() else None
        return None

    def _batches(self) -> bytes:
        """One batch, long worked off, with one file: an empty feed would be taken for an outage."""
        (congress, type), path = next(iter(self.zips.items()))
        with ZipFile(path) as zipped:
            link = f"{self.url}/bulkdata/BILLSTATUS/{congress}/{type}/{zipped.namelist()[0]}"
        return (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Bill status batches</title><item>'
            "<guid>batch-1</guid><pubDate>Fri, 02 Jan 2026 04:00:00 GMT</pubDate>"
            f"<description>&lt;a href={link}&gt;file&lt;/a&gt;</description></item></channel></rss>"
        ).encode()

    def _map(self, root: str, entry: str, places: Any) -> bytes:
        rows = "".join(
            f"<{entry}><loc>{self.url}{p}</loc><lastmod>{_STAMP}</lastmod></{entry}>" for p in places
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{space}">{rows}</{root}>'.encode()


def _answerer(source: Source) -> type[BaseHTTPRequestHandler]:
    class Answerer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = source.find(self.path.partition("?")[0])
            if found is None:
                self._send(404, b"", "text/plain")
                return
            body, type = found
            if self.headers.get("If-Modified-Since") == self._made():
                self._send(304, b"", type)
                return
            self._send(200, body.read_bytes() if isinstance(body, Path) else body, type)

        def _send(self, status: int, body: bytes, type: str) -> None:
            self.send_response(status)
            if status != 304:
                self.send_header("Content-Type", type)
                self.send_header("Content-Length", str(len(body)))
            if status != 404:
                self.send_header("Last-Modified", self._made())
            self.end_headers()
            self.wfile.write(body)
            source.count(self.path, len(body))

        def _made(self) -> str:
            return format_datetime(source.made_at, usegmt=True)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the table is what is printed."""

    return Answerer
