"""The whole public record as one file, made each night: a line a measure, as `/api/v1/measures/…` answers it now.

The file and its SHA-256 are put in place whole, one after the other; who fetches it between sees the file of the night before.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from tracker.api import asked
from tracker.api.answers import encode
from tracker.api.doors import public
from tracker.api.problems import Refused, not_found
from tracker.api.ranges import Part, wanted
from tracker.api.record import whole
from tracker.desk import published
from tracker.ledger.as_of import shown
from tracker.ledger.models import Measure

NAME = "record.jsonl.gz"
_BATCH = 200


def folder() -> Path:
    return Path(settings.VAR_DIR) / "bulk"


def write() -> tuple[int, str]:
    """Make the file anew; how many measures are in it, and its SHA-256. May be killed: then the one before stays."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    beside = place / f".{NAME}.{os.getpid()}"
    count = 0
    try:
        # No name within: it would be the passing one, with the number of this process in it.
        with beside.open("wb") as below, gzip.GzipFile("", "wb", 6, below, mtime=0) as file:
            for pk in Measure.objects.order_by("pk").values_list("pk", flat=True).iterator(_BATCH):
                measure = Measure.objects.filter(pk=pk).first()
                if measure is None:  # withdrawn since
                    continue
                ours = published.standing(published.of_measure(pk, None))
                file.write(encode(whole(shown(measure), changed_at=measure.changed_at, entries=ours)) + b"\n")
                count += 1
        digest = hashlib.sha256(beside.read_bytes()).hexdigest()
        beside.replace(place / NAME)
        digested = place / f".{NAME}.sha256.{os.getpid()}"
        digested.write_text(f"{digest}  {NAME}\n")
        digested.replace(place / f"{NAME}.sha256")
    finally:
        beside.unlink(missing_ok=True)
    return count, digest


@require_safe
def record(request: HttpRequest) -> HttpResponse | FileResponse:
    """The file of last night."""
    return _sent(request, NAME, "application/gzip")


@require_safe
def digest(request: HttpRequest) -> HttpResponse | FileResponse:
    """Its SHA-256, as `sha256sum -c` reads it."""
    return _sent(request, f"{NAME}.sha256", "text/plain; charset=utf-8")


def _sent(request: HttpRequest, name: str, kind: str) -> HttpResponse | FileResponse:
    """A file as it lies; a part of it where one is asked for, so that a download that broke off can go on."""
    asked.only(request)
    file = folder() / name
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise not_found("The file of the whole record is made each night; there has been none yet.") from None
    seen = os.fstat(opened.fileno())  # of the very file that is sent, whatever stands in its place by now
    etag = f'"{seen.st_mtime_ns:x}-{seen.st_size:x}"'
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(seen.st_mtime))
    if unchanged is not None:
        opened.close()
        return unchanged
    try:
        part = wanted(request, seen.st_size, etag)
    except Refused:
        opened.close()
        raise
    sent = opened if part is None else Part(opened, part)
    answer = FileResponse(sent, content_type=kind, as_attachment=kind == "application/gzip", filename=name)
    answer["Content-Length"] = str(seen.st_size if part is None else len(part))
    if part is not None:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{seen.st_size}"
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(seen.st_mtime)
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


urlpatterns = [
    path(f"bulk/{NAME}", public(record), name="bulk-record"),
    path(f"bulk/{NAME}.sha256", public(digest), name="bulk-digest"),
]
