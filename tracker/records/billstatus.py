"""GovInfo's BILLSTATUS XML → `MeasureRecord`: schema 3.0.0, and 1.0.0 with its predecessor of 2014 to 2022.

The source's own words, values and order are kept; the structs of `model` say how. Of the old schemas' differences the
readers make one thing: `billType` is `type`, `summaries/billSummaries/item` is `summaries/summary`, a roll call listed
beside the actions stands at the action that names it, a subject of an old kind is a subject.
"""

from __future__ import annotations

from tracker.records import shapes
from tracker.records.elements import Element, XmlAccount
from tracker.records.measure import missing_parts, read_identity, read_measure
from tracker.records.model import Reading
from tracker.records.xml import read_xml, refuse, refuse_depth


def read_billstatus(body: bytes, *, expected: tuple[int, str, int] | None = None) -> Reading:
    """Read one BILLSTATUS file.

    `expected` is (congress, type, number) of the measure that was asked for. Raises DocumentRefused, in one line,
    where the bytes are no such file, do not say which measure they are about, are about another one, or have an
    unknown element where one is missing that every row must have.
    """
    root = read_xml(body, root="billStatus")
    bills = root.findall("bill")
    if len(bills) != 1:
        refuse(f"{len(bills) or 'no'} measures are in the file, where one was expected")
    bill = bills[0]
    identity = read_identity(
        _exactly(bill, "congress"),
        _exactly(bill, "type") or _exactly(bill, "billType"),
        _exactly(bill, "number") or _exactly(bill, "billNumber"),
        expected,
    )
    account = XmlAccount()
    top = account.fields(root, shapes.FILE)
    fields = account.fields(bill, shapes.BILL)
    version = top.get("version") or fields.get("version")
    if version is not None and version not in shapes.VERSIONS:
        account.strange(f"version {version}")
    record = read_measure(account, identity, fields)
    if account.unknown:
        refuse_depth(root)
    return Reading(record, account.unknown, missing_parts(account, fields, record), tuple(account.odd))


def _exactly(bill: Element, name: str) -> str | None:
    """The text of a child as it stands, white space too."""
    element = bill.find(name)
    return None if element is None else element.text
