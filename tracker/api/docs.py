"""`/api/v1/docs`: the OpenAPI document as a page, each operation with an example that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tracker.api import asked
from tracker.api.answers import MAX_AGE
from tracker.api.api import ROOT, openapi_document
from tracker.api.shapes import Problem
from tracker.desk import public_topics
from tracker.ledger.models import Measure, RollCall

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    meaning: SafeString
    takes: str


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an answer: `status.code`, `actions[].on`."""

    path: SafeString
    type: str
    meaning: SafeString


@dataclass(frozen=True, slots=True)
class Operation:
    anchor: str
    path: str
    method: str
    summary: str
    description: SafeString
    parameters: list[Parameter]
    keys: list[Key]
    sends: str  # the media type of an answer that is a file; "" of JSON
    like: str  # anchor of the list whose parameters a file has too; "" of anything else
    example: str
    body: str  # an example of what is posted


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: list[Operation]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The documentation page."""
    held = _held_here()
    context = {
        "root": ROOT,
        "groups": [Group(group.name, [_held(one, held) for one in group.operations]) for group in groups()],
        "problem": keys_of({"$ref": f"#/components/schemas/{Problem.__name__}"}),
        "limit": settings.API_READS_PER_MINUTE,
        "most": asked.LARGEST_LIMIT,
        "usual": asked.DEFAULT_LIMIT,
    }
    response = render(request, "api/docs.html", context)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(openapi_document())
    return document


@cache
def groups() -> list[Group]:
    """The operations by tag, in the order of the document."""
    document = _document()
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, details in methods.items():
            found[details["tags"][0]].append(_operation(path, method, details))
    return [Group(name, operations) for name, operations in found.items()]


def _operation(path: str, method: str, details: dict[str, Any]) -> Operation:
    ((media_type, answer),) = details["responses"]["200"]["content"].items()
    return Operation(
        anchor=details["operationId"],
        path=path,
        method=method.upper(),
        summary=details["summary"],
        description=coded(details["description"]),
        parameters=[
            Parameter(p["name"], coded(p.get("description", "")), p.get("x-accepted") or takes(p["schema"]))
            for p in details["parameters"]
            if p["in"] == "query"
        ],
        keys=keys_of(answer["schema"]),
        like=details["operationId"].removesuffix("_csv").removesuffix("_jsonl")
        if media_type in ("text/csv", "application/x-ndjson")
        else "",
        sends="" if media_type == "application/json" else media_type,
        example=_example(path, media_type, details["x-example"]),
        body=_body(details),
    )


def _held_here() -> dict[str, str]:
    """For the examples that a site may not hold, those of the same kind that this one does; "" where it holds none."""
    found = {}
    if not Measure.objects.keyed(119, "sres", 145).exists():
        measure = Measure.objects.order_by("-changed_at", "-pk").first()
        found[f"{ROOT}/measures/119/sres/145"] = f"{ROOT}/measures/{measure.key}" if measure else ""
    vote = RollCall.objects.newest_first().values_list("congress", "chamber", "year", "number").first()
    found[f"{ROOT}/votes/119/house/2025/145"] = f"{ROOT}/votes/{'/'.join(map(str, vote))}" if vote else ""
    topic = public_topics.topics().first()
    found[f"{ROOT}/topics/iranian-refugees"] = f"{ROOT}/topics/{topic.slug}" if topic else ""
    return found


def _held(operation: Operation, instead: Mapping[str, str]) -> Operation:
    for usual, held in instead.items():
        if operation.example.startswith(usual):
            return replace(operation, example=held and held + operation.example.removeprefix(usual))
    return operation


def _example(path: str, media_type: str, below: str) -> str:
    """An address to try. A file is fetched, and not shown; its own address is example enough."""
    if below:
        return ROOT + below
    return "" if media_type == "application/json" else path


def _body(details: dict[str, Any]) -> str:
    """The example of a body, as JSON; "" where none is taken."""
    content = details.get("requestBody", {}).get("content", {}).get("application/json", {})
    example = content.get("example")
    return "" if example is None else msgspec.json.encode(example).decode()


def breakable(path: str) -> SafeString:
    """The path with places at which a narrow column may break it."""
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in re.split(r"(?<=[._])", path)))


def coded(text: str) -> SafeString:
    """The text with what stands between backticks as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in parts)
    )


def takes(schema: Schema) -> str:
    """What a parameter accepts, in few words."""
    if "enum" in schema:
        few = schema["enum"] if len(schema["enum"]) <= 20 else [*schema["enum"][:3], "…"]
        return ", ".join(few)
    if "minimum" in schema:
        usual = f", usually {schema['default']}" if "default" in schema else ""
        return f"{schema['minimum']} to {schema['maximum']}{usual}"
    if "anyOf" in schema:
        return "a day or an instant"
    return {"date": "a day"}.get(schema.get("format", ""), "text")


def keys_of(schema: Schema, prefix: str = "") -> list[Key]:
    """Every key of an answer with this schema, parts within parts."""
    return list(_keys(schema, prefix))


def _keys(schema: Schema, prefix: str) -> Iterator[Key]:
    shape = _resolved(schema)
    for name, value in shape.get("properties", {}).items():
        path = f"{prefix}{name}"
        yield Key(breakable(path), _type(value), coded(value.get("description", "")))
        inner = _inner(value)
        if inner is not None:
            is_list = _resolved(_not_null(value)).get("type") == "array"
            yield from _keys(inner, f"{path}[]." if is_list else f"{path}.")


def _resolved(schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = _document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _not_null(schema: Schema) -> Schema:
    """The schema of the values other than null."""
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            found: Schema = choice
            return found
    return schema


def _inner(schema: Schema) -> Schema | None:
    """The schema of the parts of this value, where it is an object or a list of objects."""
    value = _resolved(_not_null(schema))
    if value.get("type") == "array":
        value = _resolved(_not_null(value["items"]))
    return value if "properties" in value else None


def _type(schema: Schema) -> str:
    """What kind of value this is, in few words."""
    or_null = " or null" if any(choice.get("type") == "null" for choice in schema.get("anyOf", ())) else ""
    value = _resolved(_not_null(schema))
    if value.get("type") == "array":
        item = _type(value["items"])
        return f"list of {item}s"
    if "properties" in value or "additionalProperties" in value:
        return f"object{or_null}"
    if "enum" in value:
        return f"{', '.join(str(choice) for choice in value['enum'] if choice is not None)}{or_null}"
    name = {"date": "day", "date-time": "instant"}.get(value.get("format", ""), value.get("type", "anything"))
    return f"{name}{or_null}"
