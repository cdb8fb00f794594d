"""The map of the API: which address is answered by which function, and what the OpenAPI document says of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tracker.api import (
    asked,
    changes,
    check,
    coalition,
    files,
    kin,
    measures,
    openapi,
    people,
    shapes,
    state,
    stories,
    supporters,
    topics,
    vote_shapes,
    votes,
)
from tracker.api.answers import answer, base_url, encode

VERSION = "1"
ROOT = "/api/v1"

INTRODUCTION = (
    "The official record of Congress as this tracker holds it, and every change it saw. Reads need no account. "
    "A key that has no value is null or an empty list, never missing. Days are Washington's; instants are UTC."
)


class PublicAPI(NinjaAPI):
    """Routing and OpenAPI by ninja; answers are ready bytes, errors are `tracker.api.problems`."""

    def on_exception(self, request: HttpRequest, exc: Exception | type[Exception]) -> NoReturn:
        raise exc  # `tracker.api.doors` answers each

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {}).update(openapi.components())
        schema["paths"].update(files.paths(ROOT, schema["paths"]))
        for operation in (details for methods in schema["paths"].values() for details in methods.values()):
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":
                    parameter["description"], parameter["example"] = openapi.IN_PATHS[parameter["name"]]
        return schema


api = PublicAPI(
    title="Whereas",
    version=VERSION,
    description=INTRODUCTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    openapi_extra={
        "tags": [
            {"name": name}
            for name in (
                "Measures",
                "Changes",
                "People",
                "Votes",
                "Topics",
                "The article check",
                "The tracker",
                files.TAG,
            )
        ]
    },
)


def index(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    asked.only(request)
    root = f"{base_url(request)}{ROOT}"
    lists = ("measures", "changes", "members", "committees", "votes", "topics", "sources", "stats")
    addresses = {name: f"{root}/{name}" for name in lists}
    return answer(request, shapes.Index(f"{root}/docs", f"{root}/openapi.json", **addresses))


def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    asked.only(request)
    return answer(request, msgspec.Raw(openapi_document()))


@cache
def openapi_document() -> bytes:
    """The OpenAPI document as JSON; it is the same for everyone."""
    return encode(api.get_openapi_schema(path_prefix=f"{ROOT}/"))


def _route(path: str, view: Callable[..., HttpResponse], tag: str, summary: str, **described: Any) -> None:
    name = view.__name__
    api.get(
        path,
        operation_id=name,
        url_name=name.replace("_", "-"),
        tags=[tag],
        summary=summary,
        openapi_extra=openapi.described(**described),
    )(view)


_MEASURE = "/measures/{int:congress}/{type}/{int:number}"

_route(
    "/measures",
    measures.measures,
    "Measures",
    "Measures",
    shape=shapes.MeasureList,
    parameters=[*openapi.filters("updated_since"), openapi.SORT, openapi.CURSOR, openapi.LIMIT],
    example="/measures?type=sres&status=referred&q=Iran&limit=3",
)
_route(
    _MEASURE,
    measures.measure,
    "Measures",
    "One measure",
    shape=shapes.Measure,
    parameters=[openapi.AS_OF, openapi.ON],
    found=False,
    example="/measures/119/sres/145",
)
_route(
    f"{_MEASURE}/changes",
    measures.measure_changes,
    "Measures",
    "Changes of one measure",
    shape=shapes.EventList,
    parameters=[p for p in openapi.filters("kind") if p["name"] == "kind"] + [openapi.CURSOR, openapi.LIMIT],
    found=False,
    example="/measures/119/sres/145/changes",
)
_route(
    f"{_MEASURE}/coalition",
    coalition.measure_coalition,
    "Measures",
    "Coalition board of one measure",
    shape=shapes.Coalition,
    found=False,
    example="/measures/119/sres/145/coalition",
)
_route(
    f"{_MEASURE}/kin",
    kin.measure_kin,
    "Measures",
    "Kin of one measure by their words",
    shape=shapes.KinList,
    found=False,
    example="/measures/119/sres/145/kin",
)
_route(
    f"{_MEASURE}/story",
    stories.measure_story,
    "Measures",
    "What became of one measure, in sentences",
    shape=shapes.Story,
    parameters=[openapi.AS_OF, openapi.ON],
    found=False,
    example="/measures/119/sres/145/story",
)
_route(
    f"{_MEASURE}/supporters",
    supporters.measure_supporters,
    "Measures",
    "Supporters of one measure, day by day",
    shape=shapes.Supporters,
    parameters=[openapi.AS_OF, openapi.ON],
    found=False,
    example="/measures/119/sres/145/supporters",
)
_route(
    "/changes",
    changes.changes,
    "Changes",
    "All changes",
    shape=shapes.Changes,
    parameters=[openapi.SINCE, *openapi.filters("kind", "updated_since"), openapi.LIMIT],
    example="/changes?kind=status_changed&limit=3",
)
_route(
    "/members",
    people.members,
    "People",
    "Members",
    shape=shapes.MemberList,
    parameters=[
        openapi.STATE,
        openapi.DISTRICT,
        openapi.CHAMBER,
        openapi.PARTY,
        openapi.SITTING,
        openapi.NAME,
        openapi.CURSOR,
        openapi.LIMIT,
    ],
    example="/members?state=NC&chamber=senate&sitting=true",
)
_route(
    "/members/{bioguide}",
    people.member,
    "People",
    "One member",
    shape=shapes.Member,
    found=False,
    example="/members/T000476",
)
_route(
    "/committees",
    people.committees,
    "People",
    "Committees",
    shape=shapes.CommitteeList,
    parameters=[openapi.COMMITTEE_CHAMBER, openapi.CURRENT, openapi.PARENT, openapi.CURSOR, openapi.LIMIT],
    example="/committees?chamber=senate&current=true&limit=3",
)
_route(
    "/committees/{code}",
    people.committee,
    "People",
    "One committee",
    shape=shapes.Committee,
    found=False,
    example="/committees/ssfr00",
)
_route(
    "/topics",
    topics.topics,
    "Topics",
    "Topics",
    shape=shapes.TopicList,
    parameters=[openapi.CURSOR, openapi.LIMIT],
    example="/topics",
)
_route(
    "/topics/{slug}",
    topics.topic,
    "Topics",
    "One topic",
    shape=shapes.Topic,
    found=False,
    example="/topics/iranian-refugees",
)
_route(
    "/members/{bioguide}/votes",
    votes.member_votes,
    "Votes",
    "Votes of one member",
    shape=vote_shapes.VotesOfMember,
    parameters=[openapi.CURSOR, openapi.LIMIT],
    found=False,
    example="/members/T000476/votes",
)
_route(
    "/votes",
    votes.votes,
    "Votes",
    "Recorded votes",
    shape=vote_shapes.VoteList,
    parameters=[
        openapi.CHAMBER,
        openapi.VOTE_CONGRESS,
        openapi.VOTE_SESSION,
        openapi.VOTE_YEAR,
        openapi.VOTE_RESULT,
        openapi.VOTE_MEASURE,
        openapi.CURSOR,
        openapi.LIMIT,
    ],
    example="/votes?chamber=senate&result=rejected&limit=3",
)
_route(
    "/votes/{int:congress}/{chamber}/{int:year}/{int:number}",
    votes.vote,
    "Votes",
    "One recorded vote",
    shape=vote_shapes.Vote,
    found=False,
    example="/votes/119/house/2025/145",
)
_route("/sources", state.sources, "The tracker", "Sources", shape=shapes.Sources, example="/sources")
_route("/stats", state.stats, "The tracker", "Counts", shape=shapes.Stats, example="/stats")
api.post(
    "/check",
    operation_id="check",
    url_name="check",
    tags=["The article check"],
    summary="Check an article",
    openapi_extra=openapi.described_post(),
)(check.check)
_route("/", index, "The tracker", "Index", shape=shapes.Index, example="/")
api.get("/openapi.json", url_name="openapi", include_in_schema=False)(document)
