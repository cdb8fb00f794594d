"""Versions of a measure's text: their codes, names and usual order.

The codes are GovInfo's, the last letters of a package: `BILLS-119sres145is` is the `is` version. A reprint adds a
digit and at times a chamber (`rfs2`, `eh1s`). A public law's text is no BILLS package; its code here is `plaw`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.congress.measures import TYPES

VERSIONS: dict[str, str] = {
    "ih": "Introduced in House",
    "is": "Introduced in Senate",
    "iph": "Indefinitely Postponed in House",
    "ips": "Indefinitely Postponed in Senate",
    "as": "Amendment Ordered to be Printed in Senate",
    "ash": "Additional Sponsors House",
    "sas": "Additional Sponsors Senate",
    "sc": "Sponsor Change",
    "rth": "Referred to Committee House",
    "rts": "Referred to Committee Senate",
    "rch": "Reference Change House",
    "rcs": "Reference Change Senate",
    "rih": "Referral Instructions House",
    "ris": "Referral Instructions Senate",
    "oph": "Ordered to be Printed House",
    "ops": "Ordered to be Printed Senate",
    "pp": "Public Print",
    "rh": "Reported in House",
    "rs": "Reported in Senate",
    "rah": "Referred with Amendments House",
    "ras": "Referred with Amendments Senate",
    "cdh": "Committee Discharged House",
    "cds": "Committee Discharged Senate",
    "pch": "Placed on Calendar House",
    "pcs": "Placed on Calendar Senate",
    "fah": "Failed Amendment House",
    "fph": "Failed Passage House",
    "fps": "Failed Passage Senate",
    "lth": "Laid on Table in House",
    "lts": "Laid on Table in Senate",
    "eh": "Engrossed in House",
    "es": "Engrossed in Senate",
    "eph": "Engrossed and Deemed Passed by House",
    "cph": "Considered and Passed House",
    "cps": "Considered and Passed Senate",
    "ath": "Agreed to House",
    "ats": "Agreed to Senate",
    "pap": "Printed as Passed",
    "pav": "Previous Action Vitiated",
    "rdh": "Received in House",
    "rds": "Received in Senate",
    "hdh": "Held at Desk House",
    "hds": "Held at Desk Senate",
    "rfh": "Referred in House",
    "rfs": "Referred in Senate",
    "rhuc": "Returned to the House by Unanimous Consent",
    "pwah": "Ordered to be Printed with House Amendment",
    "eah": "Engrossed Amendment House",
    "eas": "Engrossed Amendment Senate",
    "reah": "Re-engrossed Amendment House",
    "res": "Re-engrossed Amendment Senate",
    "enr": "Enrolled Bill",
    "renr": "Re-enrolled Bill",
    "plaw": "Public Law",
}

# The stages of a text in one chamber, then what can only come after that chamber has passed it.
_IN_A_CHAMBER = (
    "ih is as ash sas sc",
    "rth rts rch rcs rih ris oph ops pp",
    "rh rs rah ras cdh cds",
    "pch pcs",
    "iph ips fah fph fps lth lts",
    "eh es eph cph cps ath ats pap pav",
)
_ON_THE_WAY = "rdh rds hdh hds rfh rfs rhuc"
_AT_THE_END = ("pwah eah eas reah res", "enr", "renr", "plaw")

_STAGE = {code: stage for stage, codes in enumerate(_IN_A_CHAMBER) for code in codes.split()}
_ARRIVED = len(_IN_A_CHAMBER)
_SECOND_CHAMBER = _ARRIVED + 1  # reports, calendars and passages there follow its arrival
_LAST = 2 * _SECOND_CHAMBER
_STAGE |= dict.fromkeys(_ON_THE_WAY.split(), _ARRIVED)
_STAGE |= {code: _LAST + stage for stage, codes in enumerate(_AT_THE_END) for code in codes.split()}
_UNKNOWN = _LAST + len(_AT_THE_END)

_PACKAGE = re.compile(r"BILLS-\d+[a-z]+\d+([a-z]+\d*[a-z]*)", re.ASCII | re.I)
_LAW_PACKAGE = re.compile(r"PLAW-\d+p(?:ubl|vtl)\d+", re.ASCII | re.I)
_CODE = re.compile(r"([a-z]+)(\d*)[a-z]*", re.ASCII)


def version_of_package(package: str | None) -> str | None:
    """The version code in a package id: `is` of `BILLS-119sres145is`, `plaw` of `PLAW-119publ4`; else None."""
    if package is None:
        return None
    if _LAW_PACKAGE.fullmatch(package):
        return "plaw"
    named = _PACKAGE.fullmatch(package)
    return named[1].lower() if named else None


def version_name(code: str | None) -> str:
    """What a version code is called ("Introduced in Senate"). A reprint has the name of what it prints again.

    A code that no list knows is shown as it is, in capitals; "" for none.
    """
    if not code:
        return ""
    known, reprint = _known(code.lower())
    if known is None:
        return code.upper()
    return f"{VERSIONS[known]} (reprint {reprint})" if reprint else VERSIONS[known]


def called(name: str | None, code: str | None) -> str:
    """What a source calls a version; where it gives no name, or the bare code for one ("AS"), what that code is called."""
    if name and name.lower() != (code or "").lower():
        return name
    return version_name(code) or name or ""


def version_order(code: str | None, type: str | None = None) -> int:
    """Where a version usually stands among those of one measure; greater is later. Unknown codes come last.

    For versions that the source gives no date (enrolled ones have none). With the measure's `type`, reports and
    passages in the other chamber follow the arrival there; without it they stand beside those of the first.
    """
    known, reprint = _known((code or "").lower())
    if known is None:
        return _UNKNOWN * 10
    stage = _STAGE[known]
    if type is not None and stage < _ARRIVED and known[-1] in "hs" and known[-1] != TYPES[type].chamber[0]:
        stage += _SECOND_CHAMBER
    return stage * 10 + min(reprint, 9)


@lru_cache(maxsize=1024)
def _known(code: str) -> tuple[str | None, int]:
    """The known code that this one is or prints again, and the number of the reprint (0: none)."""
    parts = _CODE.fullmatch(code)
    if code in VERSIONS or parts is None:
        return (code if code in VERSIONS else None), 0
    letters, digits = parts.groups()
    while letters and letters not in VERSIONS:
        letters = letters[:-1]
    return letters or None, int(digits[:2] or 0)
