"""A second, plain reading of BILLSTATUS 3.0.0 with the standard library: a measure as the contract's JSON shows it.

Written from the contract and the files, apart from `tracker.records`, to be held against it. It is slow and simple on
purpose, and knows the current schema only.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")


def read(xml: bytes) -> dict[str, Any]:
    """The keys of the contract's measure that follow from its file alone."""
    bill = ElementTree.fromstring(xml).find("bill")
    assert bill is not None
    kind = text(bill, "type").lower()
    return {
        "id": f"{text(bill, 'congress')}/{kind}/{text(bill, 'number')}",
        "congress": int(text(bill, "congress")),
        "type": kind,
        "number": int(text(bill, "number")),
        "title": text(bill, "title"),
        "origin_chamber": text(bill, "originChamber"),
        "introduced_on": text(bill, "introducedDate"),
        "updated_at": text(bill, "updateDate"),
        "latest_action": dated(bill.find("latestAction")),
        "policy_area": text(bill, "policyArea/name"),
        "titles": [title(item) for item in filled(bill, "titles/item")],
        "sponsors": [
            person(item) | {"by_request": text(item, "isByRequest") == "Y"}
            for item in filled(bill, "sponsors/item")
        ],
        "cosponsors": [cosponsor(item) for item in filled(bill, "cosponsors/item")],
        "actions": [action(item) for item in filled(bill, "actions/item")],
        "committees": [committee(item) for item in bill.findall("committees/item")],
        "subjects": [text(item, "name") for item in bill.findall("subjects/legislativeSubjects/item")],
        "summaries": [summary(item) for item in filled(bill, "summaries/summary")],
        "text_versions": [text_version(item) for item in filled(bill, "textVersions/item")],
        "related": [relation(item) for item in filled(bill, "relatedBills/item")],
        "amendments": [amendment(item) for item in filled(bill, "amendments/amendment")],
        "laws": [{"type": text(i, "type"), "number": text(i, "number")} for i in filled(bill, "laws/item")],
        "notes": [text(item, "text") for item in filled(bill, "notes/item")],
        "committee_reports": [text(i, "citation") for i in filled(bill, "committeeReports/committeeReport")],
        "cbo_estimates": [
            {"on": eastern_day(text(i, "pubDate")), "title": text(i, "title"), "url": text(i, "url")}
            for i in filled(bill, "cboCostEstimates/item")
        ],
    }


def text(node: ElementTree.Element, path: str) -> Any:
    """The text at a path without white space around it; None where it is empty or nothing is there."""
    return (node.findtext(path) or "").strip() or None


def filled(node: ElementTree.Element, path: str) -> list[ElementTree.Element]:
    return [item for item in node.findall(path) if len(item)]


def number(value: str | None) -> int | None:
    return None if value is None else int(value)


def utc(day: str | None, clock: str | None) -> str | None:
    if day is None or clock is None:
        return None
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=EASTERN)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def eastern_day(instant: str | None) -> str | None:
    if instant is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d|.*T0[45]:00:00Z", instant):
        return instant[:10]
    moment = datetime.fromisoformat(instant.replace("Z", "+00:00"))
    return moment.astimezone(EASTERN).strftime("%Y-%m-%d")


def chamber(name: str | None) -> str | None:
    return None if name is None else name.lower()


def dated(node: ElementTree.Element | None) -> dict[str, Any] | None:
    return None if node is None else {"on": text(node, "actionDate"), "text": text(node, "text")}


def person(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "member": text(item, "bioguideId"),
        "name": text(item, "fullName") or text(item, "name"),
        "party": text(item, "party"),
        "state": text(item, "state"),
        "district": number(text(item, "district")),
    }


def cosponsor(item: ElementTree.Element) -> dict[str, Any]:
    return person(item) | {
        "joined_on": text(item, "sponsorshipDate"),
        "original": text(item, "isOriginalCosponsor") == "True",
        "withdrawn_on": text(item, "sponsorshipWithdrawnDate"),
    }


def title(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "type": text(item, "titleType"),
        "type_code": text(item, "titleTypeCode"),
        "chamber": chamber(text(item, "chamberName")),
        "text_version": text(item, "billTextVersionCode"),
        "title": text(item, "title"),
    }


def action(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "on": text(item, "actionDate"),
        "at": utc(text(item, "actionDate"), text(item, "actionTime")),
        "text": text(item, "text"),
        "code": text(item, "actionCode"),
        "type": text(item, "type"),
        "source": text(item, "sourceSystem/name"),
        "committees": [text(one, "systemCode") for one in item.findall("committees/item")],
        "recorded_votes": [vote(one) for one in item.findall("recordedVotes/recordedVote")],
    }


def vote(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "chamber": chamber(text(item, "chamber")),
        "congress": int(text(item, "congress")),
        "session": int(text(item, "sessionNumber")),
        "roll": int(text(item, "rollNumber")),
        "on": eastern_day(text(item, "date")),
        "url": text(item, "url"),
    }


def activities(item: ElementTree.Element) -> list[dict[str, Any]]:
    return [{"name": text(one, "name"), "at": text(one, "date")} for one in filled(item, "activities/item")]


def committee(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "code": text(item, "systemCode"),
        "name": text(item, "name"),
        "chamber": chamber(text(item, "chamber")),
        "activities": activities(item),
        "subcommittees": [
            {"code": text(one, "systemCode"), "name": text(one, "name"), "activities": activities(one)}
            for one in filled(item, "subcommittees/item")
        ],
    }


def summary(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "version": text(item, "versionCode"),
        "on": text(item, "actionDate"),
        "stage": text(item, "actionDesc"),
        "html": text(item, "text"),
        "updated_at": text(item, "updateDate"),
    }


def text_version(item: ElementTree.Element) -> dict[str, Any]:
    urls = [text(one, "url") for one in item.findall("formats/item")]
    code = None
    for url in urls:
        code = re.search(r"BILLS-\d+[a-z]+\d+([a-z]\w*)", url)
        if code:
            break
    return {
        "code": code and code[1],
        "name": text(item, "type"),
        "on": eastern_day(text(item, "date")),
        "formats": [{"type": url.rsplit(".", 1)[-1], "url": url} for url in urls],
    }


def relation(item: ElementTree.Element) -> dict[str, Any]:
    return {
        "measure": f"{text(item, 'congress')}/{text(item, 'type').lower()}/{text(item, 'number')}",
        "title": text(item, "title"),
        "relations": [
            {"type": text(one, "type"), "by": text(one, "identifiedBy")}
            for one in item.findall("relationshipDetails/item")
        ],
    }


def amendment(item: ElementTree.Element) -> dict[str, Any]:
    """As the contract shows it, and beside that all that makes an `amendment_changed`."""
    amended = item.find("amendedAmendment")
    return {
        "id": f"{text(item, 'congress')}/{text(item, 'type').lower()}/{text(item, 'number')}",
        "purpose": text(item, "purpose"),
        "description": text(item, "description"),
        "latest_action": dated(item.find("latestAction")),
        "chamber": text(item, "chamber"),
        "submitted_at": text(item, "submittedDate"),
        "proposed_at": text(item, "proposedDate"),
        "sponsors": [person(one) | {"by_request": False} for one in filled(item, "sponsors/item")],
        "on_behalf_of": [
            person(one) | {"by_request": False} for one in filled(item, "onBehalfOfSponsor/item")
        ],
        "cosponsors": [cosponsor(one) for one in filled(item, "cosponsors/item")],
        "actions": [action(one) for one in filled(item, "actions/actions/item")],
        "amends": None
        if amended is None
        else f"{text(amended, 'congress')}/{text(amended, 'type').lower()}/{text(amended, 'number')}",
    }
