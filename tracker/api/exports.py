"""Any list of the API whole, as a file: `/api/v1/measures.csv`, `/api/v1/measures.jsonl`, with the list's own filters.

A file is made of the very pages of the list, one after the other, so that it can say nothing else; it is sent as they are
read. A list of measures is read by number unless another order is asked for, since by that order no change of the record
moves a row while the file is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_sequence
from django.views.decorators.http import require_safe

from tracker.api import changes, measures, people, topics, votes
from tracker.api.asked import LARGEST_LIMIT
from tracker.api.doors import public
from tracker.csv_lines import csv_line
from tracker.ledger.filters import BadFilter
from tracker.packing import takes_gzip

View = Callable[[HttpRequest], HttpResponse]


class _Page(msgspec.Struct):
    results: list[msgspec.Raw]
    next: str | None


_decode_page = msgspec.json.Decoder(_Page).decode

_MEASURE = (
    "id", "citation", "title", "congress", "type", "number", "origin_chamber", "introduced_on", "status.code", "status.since",
    "status.sentence", "sponsor.member", "sponsor.name", "sponsor.party", "sponsor.state", "sponsor.district",
    "cosponsor_counts.total", "cosponsor_counts.withdrawn", "cosponsor_counts.by_party", "latest_action.on", "latest_action.text",
    "policy_area", "origin", "url", "seen_at", "changed_at",
)  # fmt: skip
_MEMBER = ("id", "name", "party", "state", "district", "chamber", "sitting", "url")
_COMMITTEE = ("code", "name", "chamber", "parent", "current", "url")
_TOPIC = ("slug", "name", "measures", "url")
_VOTE = (
    "id", "chamber", "congress", "session", "year", "number", "on", "at", "question", "result", "outcome", "title", "measure",
    "totals.yea", "totals.nay", "totals.present", "totals.not_voting", "url",
)  # fmt: skip

_EVENT = (
    "id", "measure", "kind", "subject", "occurred_on", "observed_at", "source", "document", "hash", "before", "after", "url",
)  # fmt: skip

NOT_OF_A_FILE = ("cursor", "since", "limit")
"""Parameters of a list that its file has not."""

LISTS: dict[str, tuple[View, tuple[str, ...], Mapping[str, str]]] = {
    "measures": (measures.measures, _MEASURE, {"sort": "number"}),
    "changes": (changes.changes, _EVENT, {}),
    "members": (people.members, _MEMBER, {}),
    "committees": (people.committees, _COMMITTEE, {}),
    "topics": (topics.topics, _TOPIC, {}),
    "votes": (votes.votes, _VOTE, {}),
}
"""Each list: what answers a page of it, the columns of its CSV (a dot leads into a part), and how it is read unless asked otherwise."""


def _export(name: str, form: str) -> Callable[[HttpRequest], StreamingHttpResponse]:
    view, columns, unless_asked = LISTS[name]

    def export(request: HttpRequest) -> StreamingHttpResponse:
        for parameter in NOT_OF_A_FILE:
            if parameter in request.GET:
                raise BadFilter(
                    parameter,
                    request.GET[parameter],
                    "no parameter of a whole list",
                    "the list's filters, and sort",
                )
        pages = _pages(view, request, unless_asked)
        first = next(pages)  # what is wrong with the request is told before anything is sent
        lines = _csv(first, pages, columns) if form == "csv" else _json_lines(first, pages)
        kind = "text/csv" if form == "csv" else "application/x-ndjson"
        packing = takes_gzip(request)
        answer = StreamingHttpResponse(
            compress_sequence(lines) if packing else lines, content_type=f"{kind}; charset=utf-8"
        )
        if packing:
            answer["Content-Encoding"] = "gzip"
        patch_vary_headers(answer, ["Accept-Encoding"])
        answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        answer["Cache-Control"] = "no-store"
        return answer

    export.__doc__ = f"The whole list of {name} as {form}."
    return require_safe(export)


def _pages(view: View, request: HttpRequest, unless_asked: Mapping[str, str]) -> Iterator[list[msgspec.Raw]]:
    """Every page of the list, asked for one after the other."""
    query = _mutable(request.GET.urlencode())
    for parameter, value in unless_asked.items():
        query.setdefault(parameter, value)
    query["limit"] = str(LARGEST_LIMIT)
    while True:
        page = _decode_page(view(_asking(request, query)).content)
        yield page.results
        if (
            page.next is None or len(page.results) < LARGEST_LIMIT
        ):  # the log's `next` is where to ask again later
            return
        query = _mutable(urlsplit(page.next).query)


def _mutable(query: str) -> QueryDict:
    return QueryDict(query, mutable=True)


def _asking(request: HttpRequest, query: QueryDict) -> HttpRequest:
    """A request for one page: of the same host, for whoever asks, neither packed nor only what the reader's cache lacks."""
    asking = HttpRequest()
    asking.method, asking.path = "GET", request.path
    asking.GET = QueryDict(query.urlencode())
    asking.META = {
        name: value
        for name, value in request.META.items()
        if not name.startswith(("HTTP_IF_", "HTTP_ACCEPT_"))
    }
    asking.META["QUERY_STRING"] = query.urlencode()  # a page is kept ready under its whole address
    return asking


def _json_lines(first: list[msgspec.Raw], further: Iterator[list[msgspec.Raw]]) -> Iterator[bytes]:
    for results in _all(first, further):
        yield b"".join(bytes(result) + b"\n" for result in results)


def _csv(
    first: list[msgspec.Raw], further: Iterator[list[msgspec.Raw]], columns: tuple[str, ...]
) -> Iterator[bytes]:
    yield csv_line(column.replace(".", "_") for column in columns).encode()
    for results in _all(first, further):
        rows = (msgspec.json.decode(result) for result in results)
        yield "".join(csv_line(_cell(row, column) for column in columns) for row in rows).encode()


def _all(first: list[msgspec.Raw], further: Iterator[list[msgspec.Raw]]) -> Iterator[list[msgspec.Raw]]:
    yield first
    yield from further


def _cell(row: Any, column: str) -> Any:
    for name in column.split("."):
        row = None if row is None else row[name]
    if column == "cosponsor_counts.by_party":
        return " ".join(f"{party} {count}" for party, count in row.items())
    return msgspec.json.encode(row).decode() if isinstance(row, dict | list) else row


urlpatterns = [
    path(f"{name}.{form}", public(_export(name, form)), name=f"{name}-{form}")
    for name in LISTS
    for form in ("csv", "jsonl")
]
