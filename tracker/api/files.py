"""What the OpenAPI document says of the addresses that send files: whole lists, and the whole record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.api import bulk, exports, openapi

TAG = "Whole lists and the whole record"

_FORMS = {"csv": ("CSV", "text/csv"), "jsonl": ("JSON Lines", "application/x-ndjson")}


def paths(root: str, described_already: Mapping[str, Any]) -> dict[str, Any]:
    """The paths of these addresses, by those of the lists, whose filters are theirs too."""
    described = {}
    for name in exports.LISTS:
        listed = described_already[f"{root}/{name}"]["get"]
        filters = [each for each in listed["parameters"] if each["name"] not in exports.NOT_OF_A_FILE]
        for form, (words, media_type) in _FORMS.items():
            what = f"{listed['summary']} as {words}"
            said = openapi.described_file(media_type, "Every row, sent while it is read.", filters)
            described[f"{root}/{name}.{form}"] = _get(f"{name}_{form}", what, _OF_FORM[form], said)
    record = openapi.described_file("application/gzip", "The file of last night.", in_parts=True)
    described[f"{root}/bulk/{bulk.NAME}"] = _get("bulk", "The whole record", _OF_RECORD, record)
    digest = openapi.described_file("text/plain", "Its SHA-256 and its name.", in_parts=True)
    described[f"{root}/bulk/{bulk.NAME}.sha256"] = _get("bulk_digest", "Its digest", _OF_DIGEST, digest)
    return described


_OF_FORM = {
    "csv": "The whole list, a row a line. A cell that a spreadsheet would take for a formula has a `'` before it.",
    "jsonl": "The whole list, each line a row as the list has it.",
}

_OF_RECORD = "Every measure as it is answered alone, a line each, packed by gzip. `Range` goes on where a download broke off."
_OF_DIGEST = "The SHA-256 of that file, as `sha256sum -c` reads it."


def _get(operation: str, summary: str, description: str, said: dict[str, Any]) -> dict[str, Any]:
    of_operation = {"operationId": operation, "summary": summary, "description": description, "tags": [TAG]}
    return {"get": {**of_operation, **said, "x-example": ""}}
