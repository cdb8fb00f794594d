"""What events a series of documents implies, by a second and plain implementation of the contract's rules of counting.

Written from the contract alone, over ElementTree, without anything of `tracker.records`. It counts events by kind for one
measure whose files are given oldest first, the first of them being its first sight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as ET

_PACKAGE = re.compile(r"(BILLS-\w+|PLAW-\w+)")


def events(files: Iterable[bytes], first: str) -> Counter[str]:
    """Events by kind, without `status_changed`; `first` is "loaded" or "introduced"."""
    counts: Counter[str] = Counter()
    before: dict[str, object] | None = None
    for file in files:
        after = _facts(file)
        counts.update([first] if before is None else _between(before, after))
        before = after
    return counts


def _between(before: dict, after: dict) -> Counter[str]:
    found: Counter[str] = Counter()
    gone, come = before["actions"] - after["actions"], after["actions"] - before["actions"]
    pairs = Counter((a[0], a[1]) for a in gone) & Counter((a[0], a[1]) for a in come)
    edited = sum(pairs.values())
    found["action_edited"] += edited
    found["action_removed"] += len(gone) - edited
    found["action_added"] += len(come) - edited
    for key, withdrawn in after["cosponsors"].items():
        if key not in before["cosponsors"]:
            found["cosponsor_added"] += 1
        if withdrawn and not before["cosponsors"].get(key):
            found["cosponsor_withdrawn"] += 1
    found["cosponsor_removed"] += len(before["cosponsors"].keys() - after["cosponsors"].keys())
    found["sponsor_changed"] += before["sponsors"] != after["sponsors"]
    found["title_changed"] += (before["title"] != after["title"]) + (before["titles"] != after["titles"])
    found["text_published"] += len(after["texts"] - before["texts"])
    for key, words in after["summaries"].items():
        if key not in before["summaries"]:
            found["summary_published"] += 1
        elif words != before["summaries"][key]:
            found["summary_revised"] += 1
    found["committee_activity_added"] += len(after["activities"] - before["activities"])
    found["committee_activity_removed"] += len(before["activities"] - after["activities"])
    found["subjects_changed"] += before["subjects"] != after["subjects"]
    found["policy_area_changed"] += before["area"] != after["area"]
    found["related_added"] += len(after["related"] - before["related"])
    found["related_removed"] += len(before["related"] - after["related"])
    found["amendment_added"] += len(after["amendments"].keys() - before["amendments"].keys())
    both = after["amendments"].keys() & before["amendments"].keys()
    found["amendment_changed"] += sum(after["amendments"][k] != before["amendments"][k] for k in both)
    found["vote_recorded"] += len(after["votes"] - before["votes"])
    found["became_law"] += len(after["laws"] - before["laws"])
    found["field_changed"] += len(before["texts"] - after["texts"]) + len(before["laws"] - after["laws"])
    found["field_changed"] += len(before["summaries"].keys() - after["summaries"].keys())
    found["field_changed"] += len(before["amendments"].keys() - after["amendments"].keys())
    return +found


def _facts(file: bytes) -> dict:
    bill = ET.fromstring(file).find("bill")

    def items(path: str) -> list[ET.Element]:
        return [item for item in bill.findall(path) if len(item)]

    def text(node: ET.Element, path: str) -> str | None:
        return _folded(node.findtext(path))

    actions, votes = set(), set()
    for a in items("actions/item"):
        codes = tuple(
            sorted(text(c, "systemCode") or text(c, "name") or "" for c in a.findall("committees/item"))
        )
        key = (
            text(a, "actionDate"),
            text(a, "actionCode"),
            text(a, "sourceSystem/name"),
            codes,
            text(a, "text"),
        )
        actions.add(key)
        votes.update(
            (text(v, "chamber"), text(v, "congress"), text(v, "sessionNumber"), text(v, "rollNumber"))
            for v in a.findall("recordedVotes/recordedVote")
        )
    activities = set()
    for c in items("committees/item"):
        for part in (c, *c.findall("subcommittees/item")):
            listed = [i for i in part.findall("activities/item") if len(i)]
            code = text(part, "systemCode")
            activities.update((code, (text(i, "name") or "").casefold(), text(i, "date")) for i in listed)
    return {
        "actions": actions,
        "votes": votes,
        "activities": activities,
        "cosponsors": {
            (text(c, "bioguideId"), text(c, "sponsorshipDate")): text(c, "sponsorshipWithdrawnDate")
            for c in items("cosponsors/item")
        },
        "sponsors": [text(s, "bioguideId") for s in items("sponsors/item")],
        "title": text(bill, "title"),
        "titles": sorted(
            tuple(
                text(t, tag) or ""
                for tag in ("titleTypeCode", "title", "billTextVersionCode", "chamberName", "titleType")
            )
            for t in items("titles/item")
        ),
        "texts": {_text_version(t) for t in items("textVersions/item")},
        "summaries": {
            (text(s, "versionCode"), text(s, "actionDate")): text(s, "text")
            for s in items("summaries/summary")
        },
        "subjects": sorted(text(s, "name") or "" for s in bill.findall("subjects/legislativeSubjects/item")),
        "area": text(bill, "policyArea/name"),
        "related": {
            tuple(text(r, tag) for tag in ("congress", "type", "number")) for r in items("relatedBills/item")
        },
        "amendments": {
            tuple(text(a, tag) for tag in ("congress", "type", "number")): _without_votes(a)
            for a in items("amendments/amendment")
        },
        "laws": {(text(law, "type"), text(law, "number")) for law in items("laws/item")},
    }


def _text_version(item: ET.Element) -> str:
    for url in item.findall("formats/item/url"):
        if found := _PACKAGE.search(url.text or ""):
            return found[1]
    return f"{_folded(item.findtext('type'))} {(item.findtext('date') or '')[:10]}"


def _without_votes(amendment: ET.Element) -> str:
    for parent in list(amendment.iter()):
        for child in list(parent):
            if child.tag in ("recordedVotes", "updateDate", "updateDateIncludingText"):
                parent.remove(child)
    return ET.tostring(amendment, encoding="unicode")


def _folded(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
