"""Small BILLSTATUS files of either schema around the part that a test is about."""

from __future__ import annotations

import json


def bill(
    inner: str = "", *, congress: str = "119", kind: str = "SRES", number: str = "145", version: str = "3.0.0"
) -> bytes:
    """A file of schema 3.0.0 (or another `version`)."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<billStatus><version>{version}</version><bill><number>{number}</number>'
        f"<type>{kind}</type><congress>{congress}</congress>{inner}</bill></billStatus>"
    ).encode()


def old_bill(inner: str = "") -> bytes:
    """A file of schema 1.0.0."""
    return (
        "<billStatus><bill><billNumber>45</billNumber><billType>HJRES</billType><congress>114</congress>"
        f"<version>1.0.0</version><createDate>2015-04-17T09:01:54Z</createDate>{inner}</bill></billStatus>"
    ).encode()


def bundle(**parts: object) -> bytes:
    """The API's parts of S.Res. 145 as the client collects them; `parts` replace whole ones, `bill=` adds to the item."""
    item: dict[str, object] = {
        "congress": 119,
        "number": "145",
        "type": "SRES",
        "title": "A resolution protecting refugees.",
        "originChamber": "Senate",
        "originChamberCode": "S",
        "introducedDate": "2025-03-27",
        "updateDate": "2025-04-10T10:00:00Z",
        "updateDateIncludingText": "2025-04-10T10:00:00Z",
        "legislationUrl": "https://www.congress.gov/bill/119th-congress/senate-resolution/145",
        "latestAction": {
            "actionDate": "2025-03-27",
            "text": "Referred to the Committee on Foreign Relations.",
        },
        "policyArea": {"name": "International Affairs"},
        "sponsors": [
            {
                "bioguideId": "T000476",
                "fullName": "Sen. Tillis, Thomas [R-NC]",
                "firstName": "Thomas",
                "lastName": "Tillis",
                "party": "R",
                "state": "NC",
                "isByRequest": "N",
                "url": "https://api.congress.gov/v3/member/T000476?format=json",
            }
        ],
        "actions": {"count": 1, "url": "https://api.congress.gov/v3/bill/119/sres/145/actions?format=json"},
    }
    item |= parts.pop("bill", {})
    whole: dict[str, object] = {
        "bill": item,
        "actions": [
            {
                "actionDate": "2025-03-27",
                "text": "Referred to the Committee on Foreign Relations.",
                "type": "IntroReferral",
                "sourceSystem": {"name": "Senate"},
                "committees": [
                    {
                        "systemCode": "ssfr00",
                        "name": "Foreign Relations Committee",
                        "url": "https://api.congress.gov/x",
                    }
                ],
            }
        ],
        "cosponsors": [
            {
                "bioguideId": "S001181",
                "fullName": "Sen. Shaheen, Jeanne [D-NH]",
                "party": "D",
                "state": "NH",
                "sponsorshipDate": "2025-03-27",
                "isOriginalCosponsor": True,
            }
        ],
        "committees": [],
        "subjects": {
            "legislativeSubjects": [{"name": "Iran"}],
            "policyArea": {"name": "International Affairs"},
        },
        "summaries": [],
        "titles": [
            {"title": "A resolution protecting refugees.", "titleType": "Display Title", "titleTypeCode": 45}
        ],
        "textVersions": [],
        "relatedBills": [],
        "amendments": [],
    }
    return json.dumps(whole | parts).encode()
