"""Every key of every measure, as the API answers it, against a second and plain reading of the official XML.

`differences` asks through whatever it is given, so that a test's client and a program over HTTP can use it alike.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.records import second_reading
from tracker.api.html import cleaned

ABBREVIATIONS = {
    "hr": "H.R.", "s": "S.", "hjres": "H.J.Res.", "sjres": "S.J.Res.", "hconres": "H.Con.Res.", "sconres": "S.Con.Res.",
    "hres": "H.Res.", "sres": "S.Res.",
}  # fmt: skip

_AMENDMENT = ("id", "purpose", "description", "latest_action")


def official_files(folder: Path) -> Iterator[bytes]:
    """The BILLSTATUS files of a folder of bulk zips."""
    for path in sorted(folder.glob("BILLSTATUS-*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name)


def differences(ask: Callable[[str], dict[str, Any]], xml: bytes, site: str) -> list[str]:
    """The keys in which the API's measure is not what the file says, as "119/sres/145 title"; none is what we want.

    `ask` gives the JSON for a path below `/api/v1`; `site` is what links to pages begin with.
    """
    expected = as_answered(second_reading.read(xml), xml, site)
    found = ask(f"/measures/{expected['id']}")
    differing = [key for key in expected if found.get(key, "missing") != expected[key]]
    differing += sorted(found.keys() - expected.keys() - _OURS.keys())
    differing += [key for key, is_sound in _OURS.items() if key not in found or not is_sound(found)]
    return [f"{expected['id']} {key}" for key in differing]


def as_answered(read: dict[str, Any], xml: bytes, site: str) -> dict[str, Any]:
    """The second reading in the API's terms."""
    standing = [c for c in read["cosponsors"] if c["withdrawn_on"] is None]
    keys = ("member", "name", "party", "state", "district")
    return {
        "id": read["id"],
        "congress": read["congress"],
        "type": read["type"],
        "number": read["number"],
        "citation": f"{ABBREVIATIONS[read['type']]} {read['number']}",
        "title": read["title"],
        "origin_chamber": read["origin_chamber"].lower(),
        "introduced_on": read["introduced_on"],
        "sponsor": {key: read["sponsors"][0][key] for key in keys} if read["sponsors"] else None,
        "cosponsor_counts": {
            "total": len(standing),
            "withdrawn": len(read["cosponsors"]) - len(standing),
            "by_party": dict(Counter(c["party"] for c in standing)),
        },
        "latest_action": read["latest_action"],
        "policy_area": read["policy_area"],
        "origin": "official",
        "url": f"{site}/measures/{read['id']}/",
        "summaries": [
            summary | {"html": cleaned(summary["html"]), "updated_at": _stamp(summary["updated_at"])}
            for summary in read["summaries"]
        ],
        "amendments": [{key: amendment[key] for key in _AMENDMENT} for amendment in read["amendments"]],
        "entries": [],
        **{
            name: read[name]
            for name in (
                "titles", "sponsors", "cosponsors", "committees", "subjects", "text_versions", "related", "laws", "notes",
                "committee_reports", "cbo_estimates",
            )
        },
        "actions": _Actions(read["actions"]),
        "source": _Source(read["updated_at"], hashlib.sha256(xml).hexdigest()),
    }  # fmt: skip


class _Actions(list[dict[str, Any]]):
    """The actions of a file; equal to the API's, which have a key besides, each its own."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, list):
            return False
        keys = [action.get("key") for action in other]
        without = [{name: value for name, value in action.items() if name != "key"} for action in other]
        return all(keys) and len(set(keys)) == len(keys) and list(self) == without

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None


class _Source:
    """The source that an answer must name: GovInfo, with the file's own date and digest."""

    def __init__(self, updated_at: str, sha256: str) -> None:
        self.updated_at, self.sha256 = updated_at, sha256

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, dict):
            return False
        said = (other["name"], other["updated_at"], other["sha256"], sorted(other))
        keys = ["fetched_at", "name", "sha256", "updated_at", "url"]
        return said == ("govinfo", self.updated_at, self.sha256, keys) and _is_instant(other["fetched_at"])

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None


def _stamp(written: str) -> str:
    """An instant; of a day alone, its beginning."""
    return f"{written}T00:00:00Z" if len(written) == 10 else written


def _is_instant(text: str) -> bool:
    return text.endswith("Z") and datetime.fromisoformat(text).tzinfo is not None


def _status_is_sound(measure: dict[str, Any]) -> bool:
    """What the status is, other tests judge; here: that it names an action of the list, or none, and says itself."""
    status = measure["status"]
    action = {action["key"]: action for action in measure["actions"]}.get(status["action"])
    named = status["action"] is None or (action is not None and action["on"] == status["since"])
    return (
        sorted(status) == ["action", "code", "label", "sentence", "since"]
        and named
        and bool(status["sentence"])
    )


_OURS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "status": _status_is_sound,
    "seen_at": lambda measure: _is_instant(measure["seen_at"]),
    "changed_at": lambda measure: (
        _is_instant(measure["changed_at"]) and measure["changed_at"] >= measure["seen_at"]
    ),
}
"""Keys that no file says, each with what must hold of it."""
