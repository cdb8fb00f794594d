"""The elements of a BILLSTATUS file that are known, schema by schema, and what each kind of row must have.

Source: GPO's bill-status documentation and sample files (the schema of 2014 without a number, 1.0.0, 3.0.0) and the
files of the 108th to 119th Congresses. Old names stand beside their successors. An element that is not listed here is
*unknown*: it is counted and shown, never dropped in silence. Some are known and not read: counts and links that the
source derives from what it lists elsewhere, members' names in parts, and the dates of its own record keeping.
"""

from __future__ import annotations

from typing import NamedTuple


class Shape:
    """One kind of element, at `path`, and the names of its children.

    `leaves` hold text and `lists` hold elements; `names` has both, those that hold elements as `+name` too.
    `needed` must be there where an unknown element stands beside. `usual` must be there in at least one row of a list
    whose every row has an unknown element in its place. `optional` lists are often absent: by what their rows hold
    they are known again under another name.
    """

    __slots__ = ("names", "needed", "optional", "part", "path", "usual")

    def __init__(
        self,
        path: str,
        leaves: str,
        *,
        lists: str = "",
        needed: str = "",
        usual: str = "",
        optional: dict[str, frozenset[str]] | None = None,
    ) -> None:
        self.path = path
        self.part = PARTS.get(path.split("/")[1]) if "/" in path else None
        self.needed = tuple(needed.split())
        self.usual = tuple(usual.split())
        self.optional = optional or {}
        nested = lists.split()
        self.names = frozenset((*leaves.split(), *nested, *("+" + name for name in nested)))

    def below(self, name: str) -> str:
        """The path of a child."""
        return f"{self.path}/{name}" if self.path else name


# What each element directly under `bill` fills: the names are those of `MeasureRecord`.
PARTS: dict[str, str] = {
    "title": "title",
    "introducedDate": "introduced_on",
    "originChamber": "origin_chamber",
    "policyArea": "policy_area",
    "titles": "titles",
    "sponsors": "sponsors",
    "cosponsors": "cosponsors",
    "actions": "actions",
    "committees": "committees",
    "subjects": "subjects",
    "summaries": "summaries",
    "textVersions": "text_versions",
    "relatedBills": "related",
    "amendments": "amendments",
    "laws": "laws",
    "notes": "notes",
    "committeeReports": "committee_reports",
    "cboCostEstimates": "estimates",
}

VERSIONS = frozenset(("1.0.0", "3.0.0"))

_PERSON = "bioguideId fullName firstName middleName lastName name party state district url type"

FILE = Shape("", "version", lists="bill dublinCore")
BILL = Shape(
    "bill",
    "number billNumber type billType congress title introducedDate originChamber originChamberCode updateDate"
    " updateDateIncludingText createDate version legislationUrl isReserved constitutionalAuthorityStatementText",
    lists="titles sponsors cosponsors actions committees subjects summaries textVersions relatedBills amendments laws"
    " notes committeeReports cboCostEstimates policyArea latestAction recordedVotes cdata primarySubject"
    " calendarNumbers constitutionalAuthorityStatementText onBehalfOfSponsor",
)
LATEST_ACTION = Shape("bill/latestAction", "actionDate actionTime text", lists="links")
POLICY_AREA = Shape("bill/policyArea", "name updateDate", lists="parentSubject", needed="name")
WRAPPED = Shape("cdata", "constitutionalAuthorityStatementText cdata text")  # some files wrap a text in it

TITLE = Shape(
    "bill/titles/item",
    "title titleType titleTypeCode chamberCode chamberName billTextVersionCode billTextVersionName parentTitleType"
    " updateDate sourceSystem",
    needed="title",
    usual="titleType",
)


def _sponsor(path: str) -> Shape:
    return Shape(path, f"{_PERSON} isByRequest byRequestType", lists="identifiers", usual="fullName|name")


def _cosponsor(path: str) -> Shape:
    return Shape(
        path,
        f"{_PERSON} isOriginalCosponsor sponsorshipDate sponsorshipWithdrawnDate",
        lists="identifiers",
        needed="bioguideId",
        usual="sponsorshipDate fullName|name",
    )


SPONSOR = _sponsor("bill/sponsors/item")
COSPONSOR = _cosponsor("bill/cosponsors/item")


class ActionShapes(NamedTuple):
    """The shapes of a list of actions, which measures and amendments have alike."""

    action: Shape
    committee: Shape
    source: Shape
    calendar: Shape
    vote: Shape


def _vote(path: str) -> Shape:
    return Shape(
        path,
        "chamber congress date rollNumber sessionNumber url fullActionName",
        needed="chamber congress rollNumber sessionNumber",
    )


def _actions(path: str) -> ActionShapes:
    return ActionShapes(
        Shape(
            path,
            "actionDate actionTime text type actionCode",
            lists="sourceSystem committees committee recordedVotes calendarNumber links",
            needed="actionDate",
            usual="text",
            optional={
                "committees": frozenset(("systemCode", "name")),
                "recordedVotes": frozenset(("chamber", "rollNumber")),
            },
        ),
        Shape(f"{path}/committees/item", "systemCode name url", needed="systemCode"),
        Shape(f"{path}/sourceSystem", "code name", needed="name"),
        Shape(f"{path}/calendarNumber", "calendar number", needed="calendar"),
        _vote(f"{path}/recordedVotes/recordedVote"),
    )


ACTIONS = _actions("bill/actions/item")
BILL_VOTE = _vote("bill/recordedVotes/recordedVote")  # 1.0.0: beside the actions, not in them
BILL_CALENDAR = Shape("bill/calendarNumbers/item", "calendar number", needed="calendar")

COMMITTEE = Shape(
    "bill/committees/item",
    "systemCode name chamber type url",
    lists="activities subcommittees",
    needed="name",
    usual="systemCode +activities",
    optional={"subcommittees": frozenset(("systemCode", "name"))},
)
SUBCOMMITTEE = Shape(
    "bill/committees/item/subcommittees/item",
    "systemCode name url",
    lists="activities",
    needed="name",
    usual="systemCode +activities",
)
ACTIVITY = Shape("bill/committees/item/activities/item", "name date", needed="name", usual="date")

SUBJECTS = Shape(
    "bill/subjects",
    "",
    lists="legislativeSubjects policyArea billSubjects primarySubject otherSubjects",
    optional={"legislativeSubjects": frozenset(("name",))},
)
SUBJECT = Shape(
    "bill/subjects/legislativeSubjects/item", "name updateDate", lists="parentSubject", needed="name"
)
SUMMARY = Shape(
    "bill/summaries/summary",
    "versionCode actionDate actionDesc name updateDate lastSummaryUpdateDate text",
    lists="cdata",
    needed="versionCode actionDate",
    usual="actionDesc text",
)
TEXT_VERSION = Shape(
    "bill/textVersions/item", "type date", lists="formats", needed="type", usual="+formats date"
)
TEXT_FORMAT = Shape("bill/textVersions/item/formats/item", "url type", needed="url")
RELATION = Shape(
    "bill/relatedBills/item",
    "congress type number title latestTitle url",
    lists="latestAction relationshipDetails",
    needed="congress type number",
    usual="+relationshipDetails",
)
RELATION_ACTION = Shape("bill/relatedBills/item/latestAction", "actionDate actionTime text", lists="links")
RELATION_DETAIL = Shape("bill/relatedBills/item/relationshipDetails/item", "type identifiedBy", needed="type")
LAW = Shape("bill/laws/item", "type number", needed="number")
NOTE = Shape("bill/notes/item", "text", lists="cdata links", usual="text")
COMMITTEE_REPORT = Shape("bill/committeeReports/committeeReport", "citation url", needed="citation")
ESTIMATE = Shape(
    "bill/cboCostEstimates/item",
    "pubDate title url description rptPubDate rptTitle rptUrl",
    usual="pubDate title",
)

AMENDMENT = Shape(
    "bill/amendments/amendment",
    "number type congress chamber purpose description submittedDate proposedDate updateDate createDate version url",
    lists="latestAction sponsors cosponsors onBehalfOfSponsor actions amendedBill amendedAmendment amendedTreaty"
    " amendments amendmentsToAmendment textVersions titles links notes",
    needed="number type congress",
    usual="+sponsors +actions submittedDate",
    optional={"cosponsors": frozenset(("bioguideId",))},
)
AMENDMENT_LATEST = Shape(
    "bill/amendments/amendment/latestAction", "actionDate actionTime text", lists="links"
)
AMENDMENT_SPONSOR = _sponsor("bill/amendments/amendment/sponsors/item")
AMENDMENT_BEHALF = _sponsor("bill/amendments/amendment/onBehalfOfSponsor/item")
AMENDMENT_COSPONSOR = _cosponsor("bill/amendments/amendment/cosponsors/item")
AMENDMENT_ACTION_LIST = Shape(
    "bill/amendments/amendment/actions", "count", lists="actions actionByCounts actionTypeCounts"
)
AMENDMENT_ACTIONS = _actions("bill/amendments/amendment/actions/actions/item")
AMENDED = Shape(
    "bill/amendments/amendment/amendedAmendment", "number type congress purpose description updateDate"
)
